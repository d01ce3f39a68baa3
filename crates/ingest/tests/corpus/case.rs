//! The documents of a corpus with their facts.

use crate::facts::{Facts, name};
use ingest::{Options, Reading};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A document and what it says.
#[derive(Debug)]
pub(crate) struct Case {
    /// The path below the corpus, without the ending.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) facts: Facts,
}

impl Case {
    /// Reads the document, or a variant of it.
    pub(crate) fn read(&self, bytes: &[u8]) -> Reading {
        let options = Options {
            jurisdiction: self.facts.place.as_deref(),
            ..Options::default()
        };
        ingest::read(bytes, &options).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// All cases below `folder`, by name. A case is a file `x.facts` beside a document `x.txt` (or with another ending).
///
/// Facts that cannot be right are refused: a line that is none, words that the document does not hold.
pub(crate) fn cases(folder: &Path) -> Vec<Case> {
    let mut files = vec![];
    collect(folder, &mut files);
    files.sort();
    let is_facts = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "facts");
    let facts = files.iter().filter(|path| is_facts(path));
    facts
        .map(|path| {
            let beside = |other: &&PathBuf| {
                !is_facts(other) && other.with_extension("") == path.with_extension("")
            };
            let document = files.iter().find(beside);
            let document = document
                .unwrap_or_else(|| panic!("{}: no document lies beside the facts", path.display()));
            case(folder, path, document)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn case(folder: &Path, facts: &Path, document: &Path) -> Case {
    let read = |path: &Path| fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let text = String::from_utf8(read(facts)).unwrap();
    let case = Case {
        name: document
            .strip_prefix(folder)
            .unwrap()
            .with_extension("")
            .to_string_lossy()
            .into_owned(),
        bytes: read(document),
        facts: Facts::parse(&text).unwrap_or_else(|bad| panic!("{} {bad}", facts.display())),
    };
    let Reading { text, draft } = case.read(&case.bytes);
    let words = name(&text);
    // The number of a page may stand inside of a name.
    let parties = draft.clauses.iter().flat_map(|clause| &clause.parties);
    let restored: Vec<_> = parties
        .filter_map(|party| party.restored.as_deref().map(name))
        .collect();
    for said in said(&case.facts) {
        assert!(
            words.contains(said) || restored.iter().any(|name| name == said),
            "{}: the document does not say {said}",
            facts.display()
        );
    }
    case
}

/// The words that the facts take from the document.
fn said(facts: &Facts) -> impl Iterator<Item = &str> {
    let clauses = facts.clauses.iter().flat_map(|clause| {
        let names = clause.parties.iter().map(|party| party.name.as_str());
        let due = clause.due.iter().map(|due| due.words.as_str());
        names
            .chain(due)
            .chain(clause.persons.iter().map(String::as_str))
    });
    let deadlines = facts.deadlines.iter().map(|(_, due)| due.words.as_str());
    let targets = facts
        .targets
        .iter()
        .map(|(_, figure)| figure.words.as_str());
    let mentions = facts.mentions.iter().map(String::as_str);
    clauses.chain(deadlines).chain(targets).chain(mentions)
}
