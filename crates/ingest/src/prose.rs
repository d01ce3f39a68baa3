//! What the sentences outside of clauses say: targets, deadlines, and responsibility in prose.

use crate::{
    assignment,
    due::{self, DueWords, Shown},
    line::ends_sentence,
    mention::mention,
    read::Found,
    role::{Slot, label},
    target::{Figure, figures},
    unit::Unit,
};
use domain::{
    clause::Confidence,
    draft::{DraftDeadline, DraftDue, DraftMention, DraftTarget, Path},
    vocabulary::{DueKind, DueSource},
};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What was found in prose.
#[derive(Default)]
pub(crate) struct Prose {
    pub(crate) targets: Vec<DraftTarget>,
    pub(crate) deadlines: Vec<DraftDeadline>,
    pub(crate) mentions: Vec<DraftMention>,
}

/// Reads all sentences of the text that stand in no clause.
pub(crate) fn prose(found: &Found) -> Prose {
    let mut prose = Prose::default();
    // The deadline that the lead sentence of each section sets for what follows it there.
    let mut leads: Vec<Option<DueWords>> = vec![None; found.headings.len()];
    let first = found
        .headings
        .first()
        .map_or(found.body.end, |h| h.own.start);
    let mut preamble = Place {
        subject: None,
        path: vec![],
        is_task: false,
        lead: None,
    };
    prose.read(found, &mut preamble, found.body.start..first);
    for (index, heading) in found.headings.iter().enumerate() {
        let unit = found.units.of[index];
        let path = match unit {
            Unit::PartOf(task) => found.paths[task].clone(),
            Unit::Task | Unit::Section => found.paths[index].clone(),
        };
        let is_task = unit != Unit::Section;
        let mut place = Place {
            subject: (is_task || !is_of_whole_plan(found, index)).then(|| path.clone()),
            path,
            is_task,
            lead: heading
                .parent
                .filter(|_| !is_task)
                .and_then(|parent| leads[parent].clone()),
        };
        let title = found.title(index);
        let end = title.end.min(heading.own.end);
        let title = title.start.min(end)..end;
        // The cell of a task says all of it, whatever others say.
        let is_cell = heading.table.is_some();
        if !is_cell && says_more(found, title.end..heading.own.end) {
            prose.read_heading(found, &place, title.clone());
            prose.read(found, &mut place, title.end..heading.own.end);
        } else {
            prose.read(found, &mut place, title.start..heading.own.end);
        }
        leads[index] = place.lead;
    }
    // A time in a row whose bodies stand above is no part of where their clause stands.
    let dues = found
        .clauses
        .read
        .iter()
        .flat_map(|clause| &clause.statement.dues);
    let stated: FxHashSet<_> = dues.map(|due| found.span(&due.range)).collect();
    prose
        .deadlines
        .retain(|deadline| !stated.contains(&deadline.due.span));
    prose.read_further(found);
    prose
        .deadlines
        .sort_by_key(|deadline| deadline.due.span.start);
    prose
}

/// Whether anything but what is silent stands behind a heading. If not, the heading is all that the task says.
fn says_more(found: &Found, range: Range<usize>) -> bool {
    let says = |words: Range<usize>| found.text()[words].contains(domain::fold::is_han);
    spoken(found, range).any(says)
}

/// The parts of a range between those that are silent.
fn spoken(found: &Found, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let first = found
        .silent
        .partition_point(|silent| silent.end <= range.start);
    let within = found.silent[first..].iter();
    let within = within.take_while(move |silent| silent.start < range.end);
    let ends = within.clone().map(|silent| silent.start).chain([range.end]);
    let starts = std::iter::once(range.start).chain(within.map(|silent| silent.end));
    let parts = starts.zip(ends).map(|(start, end)| start..end);
    parts.filter(|part| part.start < part.end)
}

/// Where a sentence stands.
struct Place {
    /// What its figures and deadlines belong to; nothing for the whole plan.
    subject: Option<Path>,
    path: Path,
    is_task: bool,
    /// What the section's lead sentence set.
    lead: Option<DueWords>,
}

impl Prose {
    /// Reads the sentences of a range, without its clauses.
    fn read(&mut self, found: &Found, place: &mut Place, range: Range<usize>) {
        for part in spoken(found, range) {
            for sentence in sentences(found.text(), part) {
                self.read_sentence(found, place, sentence);
            }
        }
    }

    /// What clauses set beside their first deadline: 长期坚持 in 立行立改,长期坚持.
    fn read_further(&mut self, found: &Found) {
        for (clause, heading) in found.clauses.read.iter().zip(&found.units.governed) {
            for due in clause.statement.dues.iter().skip(1) {
                self.deadlines.push(DraftDeadline {
                    path: heading.map_or_else(Path::new, |heading| found.paths[heading].clone()),
                    due: drafted(found, due, DueSource::Clause),
                });
            }
        }
    }

    /// A deadline in a heading, and who is responsible: 道路安全整治,由甲部门负责.
    fn read_heading(&mut self, found: &Found, place: &Place, title: Range<usize>) {
        self.read_mention(found, place, title.clone());
        if let Some(due) = due::find(found.text(), title, found.year) {
            self.push_deadline(found, place, &due, DueSource::Heading);
        }
    }

    fn read_sentence(&mut self, found: &Found, place: &mut Place, sentence: Range<usize>) {
        let text = found.text();
        let dues = dues(found, sentence.clone());
        let figures = figures(text, sentence.clone());
        if let Some(first) = dues.first().filter(|due| leads(text, &sentence, due))
            && !place.is_task
        {
            place.lead = Some(first.clone());
        }
        let mut of_figures = vec![false; dues.len()];
        for figure in figures {
            let before = dues.partition_point(|due| due.range.start < figure.range.end);
            let own = before.checked_sub(1);
            if let Some(own) = own {
                of_figures[own] = true;
            }
            let due = own.map(|own| &dues[own]).or(place.lead.as_ref());
            self.push_target(found, place, figure, due);
        }
        for (due, of_figure) in dues.iter().zip(of_figures) {
            // 时间:2020-02-28 above the text is the page's.
            let lead = due.shown != Shown::Place && leads(text, &sentence, due);
            let counts = place.is_task || lead;
            if !of_figure && counts && !found.headings.is_empty() {
                self.push_deadline(found, place, due, DueSource::Body);
            }
        }
        self.read_mention(found, place, sentence);
    }

    fn read_mention(&mut self, found: &Found, place: &Place, sentence: Range<usize>) {
        if let Some(mention) = mention(found.text(), sentence, found.names) {
            let confidence = mention.shown.confidence();
            let parties = mention.parties.iter();
            self.mentions.push(DraftMention {
                span: found.span(&mention.range),
                path: place.path.clone(),
                parties: parties
                    .map(|party| assignment::party(found, party, None, confidence).0)
                    .collect(),
                rule: mention.shown.rule().into(),
                confidence,
            });
        }
    }

    fn push_deadline(&mut self, found: &Found, place: &Place, due: &DueWords, source: DueSource) {
        self.deadlines.push(DraftDeadline {
            path: place.subject.clone().unwrap_or_default(),
            due: drafted(found, due, source),
        });
    }

    fn push_target(
        &mut self,
        found: &Found,
        place: &Place,
        figure: Figure,
        due: Option<&DueWords>,
    ) {
        self.targets.push(DraftTarget {
            path: place.subject.clone(),
            span: found.span(&figure.range),
            min: figure.min,
            max: figure.max,
            unit: Some(found.written(&figure.unit)),
            firmness: figure.firmness,
            rule: "figure_with_unit".into(),
            confidence: Confidence::percent(85),
            due: due.map(|due| drafted(found, due, DueSource::Body)),
        });
    }
}

/// A deadline as the draft has it.
pub(crate) fn drafted(found: &Found, due: &DueWords, source: DueSource) -> DraftDue {
    DraftDue {
        span: found.span(&due.range),
        kind: due.kind,
        date: due.date,
        source,
        rule: due.shown.rule().into(),
        confidence: due.shown.confidence(),
    }
}

/// Whether a deadline stands at the head of its sentence (力争到2024年,…), so that it holds for what follows.
fn leads(text: &str, sentence: &Range<usize>, due: &DueWords) -> bool {
    const NEAR: usize = 4;
    due.kind == DueKind::ByDate
        && text[sentence.start..due.range.start]
            .trim_start_matches(['-', '·', ' '])
            .chars()
            .nth(NEAR)
            .is_none()
}

/// All deadlines of a sentence. In prose, so many days are how long a procedure takes, and no deadline of a task.
fn dues(found: &Found, sentence: Range<usize>) -> Vec<DueWords> {
    let mut dues = vec![];
    let mut start = sentence.start;
    while let Some(due) = due::find(found.text(), start..sentence.end, found.year) {
        start = due.range.end;
        let words = &found.text()[due.range.clone()];
        let lasts = due.kind == DueKind::Within && !words.contains(['年', '月']);
        if !lasts {
            dues.push(due);
        }
    }
    if dues.is_empty() {
        dues = set_apart(found, sentence);
    }
    dues
}

/// What is set apart as a deadline though no date says so: a sentence or a bracket with nothing but 长期坚持, or what stands
/// behind 完成时限:.
fn set_apart(found: &Found, sentence: Range<usize>) -> Vec<DueWords> {
    let text = found.text();
    let words = &text[sentence.clone()];
    if let Some((Slot::Deadline, _, len)) = label(words) {
        return due::all_expected(text, sentence.start + len..sentence.end, found.year);
    }
    let inner = words.strip_suffix([')', ']']).and_then(|words| {
        let open = words.rfind(['(', '['])?;
        Some(sentence.start + open + 1..sentence.start + words.len())
    });
    due::alone(text, inner.unwrap_or(sentence))
}

fn sentences(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let words = &text[range.clone()];
    let mut sentences = vec![];
    let mut start = range.start;
    for part in words.split_inclusive(|c| ends_sentence(c) || c == '\n' || c == '|') {
        let end = start + part.len();
        let words =
            part.trim_end_matches(|c: char| ends_sentence(c) || c.is_whitespace() || c == '|');
        let sentence = start..start + words.len();
        let lead = words.len() - words.trim_start().len();
        if !words.trim().is_empty() {
            sentences.push(sentence.start + lead..sentence.end);
        }
        start = end;
    }
    sentences
}

/// Whether a section, or one above it, speaks of the aims of the whole plan.
fn is_of_whole_plan(found: &Found, index: usize) -> bool {
    const WORDS: [&str; 4] = ["目标", "指标", "总体要求", "总体思路"];
    let title = &found.text()[found.headings[index].title.clone()];
    WORDS.iter().any(|word| title.contains(word))
        || found.headings[index]
            .parent
            .is_some_and(|parent| is_of_whole_plan(found, parent))
}
