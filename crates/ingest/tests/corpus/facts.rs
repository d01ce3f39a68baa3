//! The notation in which people write down what a document says.
//!
//! A line a fact, in the order of the text; `#` begins a comment. Names are written as the document writes them, without
//! spaces, in either script and width.
//!
//! ```text
//! form 2.3 2.14                    the forms of clause that the document shows
//! class text                       text, line (all on one line), table, damaged or scrambled
//! complete clauses deadlines       what the facts are complete for; without this line clauses, deadlines and targets
//! place 甲市                        the place whose government speaks, where the text does not show it
//! fails the reason                 the reader is known to get this case wrong
//!
//! task 一/(一)/1                    what follows is said of it; `plan` is the whole document, `task ?` has no label,
//!                                  `task */1` may stand below anything
//! clause lead 市科技局; support 市教委 市财政局; responsible 各区人民政府+; by 2024 2024年底前; open
//! deadline 2025 到2025年            said beside a clause
//! target 50..家 50家以上             least and most with the unit, then words that hold them
//! mention 由市科技局牵头制定          responsibility said in prose, which is no clause
//! problem bracket_not_closed       what a person should be told
//! ```
//!
//! A clause is made of parts with `;` between them: a role with its parties, `by` with a time and its words, `person` with
//! named leaders, `open` where the list goes on, `garbled` where the words are damaged. `lead/responsible` says that both
//! are right. Behind a name, `+` is a set of bodies, `?` bodies that the text leaves open, `^` a role that a document-wide
//! rule gives, `*` a party that such a rule adds, and `=市教委` the full name.
//!
//! A time is a date (`2024`, `2024-12`, `2024-12-31`) or the kind of deadline (`ongoing`, `within`, `recurring`,
//! `whole_year`, `immediate`); figures are `100个`, `50..家`, `..30天` or `3..5个`.

use domain::{
    deadline::DueDate,
    fold::fold,
    target::Decimal,
    vocabulary::{DueKind, Reference, Role},
};
use std::fmt;

/// What a document says.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) forms: Vec<String>,
    pub(crate) class: Class,
    pub(crate) complete: Complete,
    pub(crate) place: Option<String>,
    /// Why the reader is known to get this wrong.
    pub(crate) fails: Option<String>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) deadlines: Vec<(Path, Due)>,
    pub(crate) targets: Vec<(Path, Figure)>,
    pub(crate) mentions: Vec<String>,
    pub(crate) problems: Vec<String>,
}

/// The classes of document for which the reader's quality is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Brackets, labels and running text with its lines.
    Text,
    /// The whole document on one line.
    Line,
    /// Tables, flattened or not.
    Table,
    /// Pinyin glosses and bytes that were shifted.
    Damaged,
    /// Cells without a separator, columns interleaved, words swapped: to be flagged rather than read.
    Scrambled,
}

/// For which kinds of fact everything that the document says is written down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Complete {
    pub(crate) deadlines: bool,
    pub(crate) targets: bool,
}

/// Where something belongs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Path {
    /// The labels, folded and without their punctuation; none for the whole plan.
    Labels(Vec<String>),
    /// The last labels; what stands above them is not asked, nor anything where there is none.
    EndsWith(Vec<String>),
}

impl Path {
    /// Whether a path that was read is this one.
    pub(crate) fn is(&self, found: &[String]) -> bool {
        match self {
            Self::Labels(labels) => labels == found,
            Self::EndsWith(labels) => found.ends_with(labels),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Labels(labels) => f.write_str(&labels.join("/")),
            Self::EndsWith(labels) => write!(f, "*/{}", labels.join("/")),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Clause {
    pub(crate) path: Path,
    pub(crate) parties: Vec<Party>,
    pub(crate) persons: Vec<String>,
    pub(crate) due: Option<Due>,
    pub(crate) open: bool,
    pub(crate) garbled: bool,
}

#[derive(Debug)]
pub(crate) struct Party {
    pub(crate) name: String,
    /// Any of these is right.
    pub(crate) roles: Vec<Role>,
    pub(crate) reference: Reference,
    pub(crate) rule: DocumentRule,
    pub(crate) full_name: Option<String>,
}

/// What a rule of the whole document does to a party of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocumentRule {
    None,
    /// The clause names the party, the rule gives its role.
    GivesRole,
    /// The clause does not name the party, the rule adds it.
    AddsParty,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) kind: DueKind,
    pub(crate) date: Option<DueDate>,
    pub(crate) words: String,
}

#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) min: Option<Decimal>,
    pub(crate) max: Option<Decimal>,
    pub(crate) unit: String,
    pub(crate) words: String,
}

/// A line that could not be read.
#[derive(Debug)]
pub(crate) struct BadLine {
    line: usize,
    message: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl Facts {
    /// Reads facts; the notation is at the top of this file.
    pub(crate) fn parse(text: &str) -> Result<Self, BadLine> {
        let mut facts = Self {
            forms: vec![],
            class: Class::Text,
            complete: Complete {
                deadlines: true,
                targets: true,
            },
            place: None,
            fails: None,
            clauses: vec![],
            deadlines: vec![],
            targets: vec![],
            mentions: vec![],
            problems: vec![],
        };
        let mut path = Path::Labels(vec![]);
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            facts.line(line, &mut path).map_err(|message| BadLine {
                line: index + 1,
                message,
            })?;
        }
        Ok(facts)
    }

    fn line(&mut self, line: &str, path: &mut Path) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "form" => self.forms = rest.split_whitespace().map(str::to_owned).collect(),
            "class" => self.class = class(rest)?,
            "complete" => {
                let has = |word| rest.split_whitespace().any(|given| given == word);
                self.complete = Complete {
                    deadlines: has("deadlines"),
                    targets: has("targets"),
                };
            }
            "place" => self.place = Some(rest.to_owned()),
            "fails" => self.fails = Some(rest.to_owned()),
            "plan" => *path = Path::Labels(vec![]),
            "task" => *path = parse_path(rest),
            "clause" => self.clauses.push(clause(path.clone(), rest)?),
            "deadline" => self.deadlines.push((path.clone(), due(rest)?)),
            "target" => self.targets.push((path.clone(), figure(rest)?)),
            "mention" => self.mentions.push(name(rest)),
            "problem" => self.problems.push(rest.to_owned()),
            other => {
                return Err(format!(
                    "{other:?} begins no fact; one of: form, class, complete, place, fails, plan, task, clause, \
                     deadline, target, mention, problem"
                ));
            }
        }
        Ok(())
    }
}

/// Words as they are compared: folded, without spaces and without the glosses that pages put behind characters.
pub(crate) fn name(words: &str) -> String {
    let mut name = String::with_capacity(words.len());
    let folded = fold(words).replace(char::is_whitespace, "");
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        name.push(c);
        rest = &rest[c.len_utf8()..];
        if let Some(behind) = rest.strip_prefix('(').filter(|_| !c.is_ascii()) {
            let gloss = behind.find(|c: char| !c.is_ascii_lowercase());
            if let Some(end) = gloss.filter(|end| *end > 0 && behind[*end..].starts_with(')')) {
                rest = &behind[end + 1..];
            }
        }
    }
    name
}

/// A label as it is compared: 1. and 1、 are the same, (1) is another.
pub(crate) fn label(label: &str) -> String {
    name(label)
        .trim_end_matches(['.', '、', '。', ','])
        .to_owned()
}

fn parse_path(text: &str) -> Path {
    let labels = |text: &str| text.split('/').map(label).collect();
    match text.strip_prefix("*/") {
        Some(last) => Path::EndsWith(labels(last)),
        None if text == "?" => Path::EndsWith(vec![]),
        None => Path::Labels(labels(text)),
    }
}

fn class(word: &str) -> Result<Class, String> {
    Ok(match word {
        "text" => Class::Text,
        "line" => Class::Line,
        "table" => Class::Table,
        "damaged" => Class::Damaged,
        "scrambled" => Class::Scrambled,
        _ => {
            return Err(format!(
                "{word:?} is no class; one of: text, line, table, damaged, scrambled"
            ));
        }
    })
}

fn clause(path: Path, text: &str) -> Result<Clause, String> {
    let mut clause = Clause {
        path,
        parties: vec![],
        persons: vec![],
        due: None,
        open: false,
        garbled: false,
    };
    for part in text.split(';').map(str::trim) {
        let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
        match word {
            "open" => clause.open = true,
            "garbled" => clause.garbled = true,
            "by" => clause.due = Some(due(rest)?),
            "person" => clause.persons.extend(rest.split_whitespace().map(name)),
            roles => {
                let roles: Result<Vec<Role>, _> = roles.split('/').map(str::parse).collect();
                let roles = roles.map_err(|error| format!("in the part {part:?}: {error}"))?;
                clause
                    .parties
                    .extend(rest.split_whitespace().map(|words| party(&roles, words)));
            }
        }
    }
    Ok(clause)
}

fn party(roles: &[Role], words: &str) -> Party {
    let (words, full_name) = match words.split_once('=') {
        Some((words, full)) => (words, Some(name(full))),
        None => (words, None),
    };
    let written = words.trim_end_matches(['+', '?', '^', '*']);
    let marks = &words[written.len()..];
    Party {
        name: name(written),
        roles: roles.to_vec(),
        reference: if marks.contains('+') {
            Reference::Collective
        } else if marks.contains('?') {
            Reference::Indefinite
        } else {
            Reference::Named
        },
        rule: if marks.contains('*') {
            DocumentRule::AddsParty
        } else if marks.contains('^') {
            DocumentRule::GivesRole
        } else {
            DocumentRule::None
        },
        full_name,
    }
}

fn due(text: &str) -> Result<Due, String> {
    let (when, words) = text
        .split_once(' ')
        .ok_or_else(|| format!("{text:?} needs a time and the words that say it"))?;
    let date = when.parse::<DueDate>().ok();
    let kind = match date {
        Some(_) => DueKind::ByDate,
        None => when.parse::<DueKind>().map_err(|error| {
            format!("{when:?} is neither a date such as 2024-12 nor a kind of deadline: {error}")
        })?,
    };
    Ok(Due {
        kind,
        date,
        words: name(words),
    })
}

fn figure(text: &str) -> Result<Figure, String> {
    let (figure, words) = text
        .split_once(' ')
        .ok_or_else(|| format!("{text:?} needs a figure and the words that hold it"))?;
    let digits = figure
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(figure.len());
    let (bounds, unit) = figure.split_at(digits);
    let number = |digits: &str| -> Result<Option<Decimal>, String> {
        if digits.is_empty() {
            return Ok(None);
        }
        digits.parse().map(Some).map_err(|error| format!("{error}"))
    };
    let (min, max) = match bounds.split_once("..") {
        Some((min, max)) => (number(min)?, number(max)?),
        None => (number(bounds)?, number(bounds)?),
    };
    if min.is_none() && max.is_none() {
        return Err(format!(
            "{figure:?} has no number; write 100个, 50..家, ..30天 or 3..5个"
        ));
    }
    Ok(Figure {
        min,
        max,
        unit: name(unit),
        words: name(words),
    })
}
