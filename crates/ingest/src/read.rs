//! All steps in their order.

use crate::{
    assignment,
    clause::{Clauses, clauses},
    convention::{Convention, conventions},
    damage::without_noise,
    decode::{Decoded, ReadError, decode},
    due,
    frame::frame,
    head::{Head, head},
    label,
    line::{lines, trimmed},
    outline::{Heading, outline},
    party::Names,
    problem, prose,
    script::script,
    statement::Grammar,
    table::{self, Table},
    unit::{Unit, Units, units},
};
use domain::{
    clause::Confidence,
    directory::Directory,
    draft::{Draft, DraftClause, DraftDocument, DraftSection, DraftTask, Path, Problem},
    fold::{Folded, legible},
    text::{Sha256, Span},
    time::Day,
};
use std::ops::Range;

/// The version of the reader. A newer one may find more in the same bytes.
pub const READER: &str = concat!("remit-ingest ", env!("CARGO_PKG_VERSION"));

/// What a document is read with.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The most bytes a document may have.
    pub limit: usize,
    /// The parties that are known; without them kinds are read from names.
    pub directory: Option<&'a Directory>,
    /// The place whose government speaks, where the text does not show it.
    pub jurisdiction: Option<&'a str>,
    /// The day on which names are looked up, where the text has no date.
    pub on: Option<Day>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            limit: 16 << 20,
            directory: None,
            jurisdiction: None,
            on: None,
        }
    }
}

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its decoded characters, to which all spans refer.
    pub text: String,
    /// What was found.
    pub draft: Draft,
}

/// Reads a document.
pub fn read(bytes: &[u8], options: &Options) -> Result<Reading, ReadError> {
    let decoded = decode(bytes, options.limit)?;
    let mut draft = read_text(&decoded.text, &decoded.tables, options);
    draft.document.sha256 = Sha256::of(bytes);
    decoded.encoding.clone_into(&mut draft.document.encoding);
    doubt(&mut draft, &decoded);
    Ok(Reading {
        text: decoded.text,
        draft,
    })
}

/// What the steps have found, for those that make the draft of it.
pub(crate) struct Found<'a> {
    pub(crate) folded: &'a Folded<'a>,
    /// Where the text begins and ends.
    pub(crate) body: Range<usize>,
    pub(crate) names: &'a Names<'a>,
    /// The document's own year.
    pub(crate) year: Option<i16>,
    pub(crate) headings: &'a [Heading],
    /// The labels of each heading and of those above it.
    pub(crate) paths: &'a [Path],
    pub(crate) conventions: &'a [Convention],
    pub(crate) clauses: &'a Clauses,
    pub(crate) units: &'a Units,
    /// Where nothing is prose: clauses, and cells that tell other things than what is to be done. In the order of the text, and
    /// apart from each other.
    pub(crate) silent: &'a [Range<usize>],
}

impl Found<'_> {
    pub(crate) fn text(&self) -> &str {
        self.folded.text()
    }

    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        self.folded.span(range.clone())
    }

    /// The original characters at `range`, in one line.
    pub(crate) fn written(&self, range: &Range<usize>) -> String {
        self.folded.written(range.clone())
    }

    /// A name where more than what makes it legible was taken out of the copy, or was found to stand for something else.
    pub(crate) fn restored(&self, name: &Range<usize>) -> Option<String> {
        let slice = self.span(name).slice(self.folded.original())?;
        if slice == &self.text()[name.clone()] {
            return None;
        }
        let written = legible(&self.written(name));
        (legible(slice) != written).then_some(written)
    }

    /// The heading's own words, which end where a clause begins, or begin behind the one that it begins with.
    pub(crate) fn title(&self, heading: usize) -> Range<usize> {
        let title = self.headings[heading].title.clone();
        let next = self
            .clauses
            .read
            .partition_point(|clause| clause.range.start < title.start);
        let clause = self
            .clauses
            .read
            .get(next)
            .map_or(title.end..title.end, |c| c.range.clone());
        // 五、市财政局 says what it is called by.
        if clause == title {
            return title;
        }
        // 1.甲局负责,清理摊点: what is to be done stands behind who does it.
        if clause.start == title.start && clause.end < title.end {
            let words = &self.text()[clause.end..title.end];
            let rest = title.end - words.trim_start_matches(',').len();
            return trimmed(self.text(), rest..title.end);
        }
        let title = title.start..title.end.min(clause.start);
        let words = self.text()[title.clone()].trim_end_matches([',', ' ', '\n']);
        trimmed(self.text(), title.start..title.start + words.len())
    }
}

/// Lowers the confidence of what stands where the format leaves the order of the words open, and says so.
fn doubt(draft: &mut Draft, decoded: &Decoded) {
    let doubtful: Vec<_> = decoded.doubtful.iter().cloned().map(Span::of).collect();
    scattered(&mut draft.clauses, &doubtful);
    let problems = doubtful.into_iter().map(problem::columns_interleaved);
    draft.problems.extend(problems);
    draft
        .problems
        .sort_by_key(|problem| problem.span.map(|span| span.start));
}

/// Lowers the confidence of clauses that stand where the order of the words is a guess.
fn scattered(clauses: &mut [DraftClause], places: &[Span]) {
    let touches = |span: Span| {
        let mut places = places.iter();
        places.any(|place| place.start < span.end && span.start < place.end)
    };
    for clause in clauses {
        if touches(clause.span) {
            clause.confidence = clause.confidence.min(SCATTERED);
            for party in &mut clause.parties {
                party.confidence = party.confidence.min(SCATTERED);
            }
        }
    }
}

/// How sure it is at most what is read where columns run through each other.
const SCATTERED: Confidence = Confidence::percent(20);

fn read_text(original: &str, given: &[Table], options: &Options) -> Draft {
    let folded = without_noise(Folded::of(original));
    let text = folded.text();
    let lines = lines(text);
    let tables = table::all(&folded, &lines, given);
    let frame = frame(text, &lines, table::lines_of(&lines, &tables));
    let mut head = head(&folded, &lines, &frame, options.directory);
    if head.jurisdiction.is_none() {
        head.jurisdiction = options.jurisdiction.map(domain::fold::fold);
    }
    let own_day = head.issued_on.or(head.posted_on);
    let year = own_day
        .and_then(|day| Some(day.date()?.year()))
        .or_else(|| due::only_year(&domain::fold::fold(&head.title)))
        .or_else(|| due::year_of_number(&domain::fold::fold(head.number.as_deref()?)))
        .or_else(|| due::only_year_of_months(text))
        .or_else(|| due::only_year_named(text));
    let names = Names {
        directory: options.directory,
        jurisdiction: head.jurisdiction.as_deref(),
        on: own_day.or(options.on),
    };
    let body_lines = &lines[frame.body.clone()];
    let body = range_of(body_lines);
    // A rule may stand in the title, or below it.
    let first = [&frame.title, &frame.about]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.start)
        .min();
    let about = first.unwrap_or(frame.body.start)..frame.body.end;
    let conventions = conventions(text, range_of(&lines[about]), &names);
    let grammar = Grammar {
        text,
        names: &names,
        year,
        conventions: &conventions,
    };
    let mut problems = vec![];
    let (rows, unread) = table::read(grammar, &folded, &tables, &lines, &mut problems);
    let outside_tables = table::without(text, body_lines, &rows);
    let mut clauses = clauses(grammar, &outside_tables);
    let headings = outline(text, &outside_tables, &clauses.read);
    for rows in &rows {
        clauses.read.extend(rows.clauses.iter().cloned());
    }
    clauses.read.sort_by_key(|clause| clause.range.start);
    let aside = rows.iter().flat_map(|rows| &rows.aside);
    let of_clauses = clauses.read.iter().map(|clause| &clause.range);
    let silent = apart(of_clauses.chain(aside).cloned().collect());
    let headings = table::among(text, headings, rows);
    let units = units(text, &headings, &clauses.read);
    let paths = paths(&folded, &headings);
    let found = Found {
        folded: &folded,
        body,
        names: &names,
        year,
        headings: &headings,
        paths: &paths,
        conventions: &conventions,
        clauses: &clauses,
        units: &units,
        silent: &silent,
    };
    let outside = frame.outside(lines.len()).into_iter();
    let outside = outside.filter(|outside| !outside.is_empty());
    problems.extend(
        outside
            .map(|outside| problem::outside_the_document(folded.span(range_of(&lines[outside])))),
    );
    let prose = prose::prose(&found);
    let mut drafted = assignment::clauses(&found, &mut problems);
    let unread: Vec<_> = unread
        .iter()
        .map(|range| folded.span(range.clone()))
        .collect();
    scattered(&mut drafted, &unread);
    report(&found, &head, &mut problems);
    problems.sort_by_key(|problem| problem.span.map(|span| span.start));
    Draft {
        sections: sections(&found),
        tasks: tasks(&found),
        clauses: drafted,
        targets: prose.targets,
        deadlines: prose.deadlines,
        mentions: prose.mentions,
        problems,
        document: document(original, head),
    }
}

/// In the order of the text, with those that lie in or over each other as one.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = vec![];
    for range in ranges {
        match apart.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => apart.push(range),
        }
    }
    apart
}

fn range_of(lines: &[crate::line::Line]) -> Range<usize> {
    match lines {
        [first, .., last] => first.range.start..last.range.end,
        [only] => only.range.clone(),
        [] => 0..0,
    }
}

fn paths(folded: &Folded, headings: &[Heading]) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::with_capacity(headings.len());
    for heading in headings {
        let mut path = heading
            .parent
            .map_or_else(Path::new, |parent| paths[parent].clone());
        let label = &heading.label;
        let restored = label::restored(label, &folded.text()[label.range.clone()]);
        let written = || {
            let written = folded.written(label.range.clone());
            written.replace(char::is_whitespace, "")
        };
        path.push(restored.unwrap_or_else(written));
        paths.push(path);
    }
    paths
}

fn document(original: &str, head: Head) -> DraftDocument {
    let Head {
        title,
        issuer,
        number,
        issued_on,
        posted_on,
        jurisdiction,
        cites,
    } = head;
    DraftDocument {
        title,
        issuer,
        number,
        issued_on,
        posted_on,
        jurisdiction,
        cites,
        encoding: encoding_rs::UTF_8.name().to_owned(),
        script: script(original),
        sha256: Sha256::of(original.as_bytes()),
        reader: READER.to_owned(),
    }
}

fn sections(found: &Found) -> Vec<DraftSection> {
    let sections = (0..found.headings.len()).filter(|&i| found.units.of[i] == Unit::Section);
    sections
        .map(|index| {
            let title = found.title(index);
            let start = found.headings[index].label.range.start;
            DraftSection {
                path: found.paths[index].clone(),
                title: found.written(&title),
                span: found.span(&(start..title.end.max(found.headings[index].label.range.end))),
                rule: found.headings[index].rule().into(),
                confidence: found.headings[index].confidence(),
            }
        })
        .collect()
}

fn tasks(found: &Found) -> Vec<DraftTask> {
    let tasks = (0..found.headings.len()).filter(|&i| found.units.of[i] == Unit::Task);
    tasks
        .map(|index| {
            let title = found.title(index);
            DraftTask {
                path: found.paths[index].clone(),
                title: found.written(&title),
                span: found.span(&found.headings[index].whole),
                body: task_body(found, index, title.end).map(|body| found.span(&body)),
                rule: found.headings[index].rule().into(),
                confidence: found.headings[index].confidence(),
            }
        })
        .collect()
}

/// What a task says, from behind its heading to the clause that closes it.
fn task_body(found: &Found, task: usize, title_end: usize) -> Option<Range<usize>> {
    let text = found.text();
    let whole = &found.headings[task].whole;
    let clauses = &found.clauses.read;
    let behind = clauses.partition_point(|clause| clause.range.start < whole.end);
    let last = behind.checked_sub(1).map(|last| &clauses[last].range);
    let only_sign = |rest: &str| rest.trim_matches(['。', ';', ' ', '\n', '|']).is_empty();
    let end = last
        .filter(|last| last.start >= title_end && last.end <= whole.end)
        .filter(|last| only_sign(&text[last.end..whole.end]))
        .map_or(whole.end, |last| last.start);
    // The words of a task may stand in a cell that is merged with one above.
    let title_end = title_end.max(whole.start);
    let words = &text[title_end..end.max(title_end)];
    let start = title_end + words.len() - words.trim_start_matches(['。', ' ', '\n', '|']).len();
    let end = start
        + text[start..end.max(start)]
            .trim_end_matches(['|', ' ', '\n'])
            .len();
    Some(start..end).filter(|body| !body.is_empty())
}

/// The problems of the document as a whole and of its headings and clauses.
fn report(found: &Found, head: &Head, problems: &mut Vec<Problem>) {
    if head.title.is_empty() {
        problems.push(problem::no_title());
    }
    if found.clauses.read.is_empty() {
        problems.push(problem::no_clause());
    }
    for heading in found.headings.iter().filter(|heading| heading.slip) {
        let label = &heading.label.range;
        let message = problem::label_out_of_sequence(&found.written(label), found.span(label));
        problems.push(message);
    }
    let mut start = 0;
    for line in found.text().split_inclusive('\n') {
        let mut stops = line.match_indices('。');
        if let Some((at, _)) = stops.find(|(at, _)| label::is_shifted(&line[*at..])) {
            let damaged = start + at..start + line.trim_end().len();
            problems.push(problem::damaged_characters(found.span(&damaged)));
        }
        start += line.len();
    }
    for range in &found.clauses.unread {
        problems.push(problem::clause_not_read(found.span(range)));
    }
    for &task in &found.units.bare {
        let title = found.title(task);
        let message = problem::task_without_clause(&found.written(&title), found.span(&title));
        problems.push(message);
    }
}
