//! From the statements of clauses to the draft: kinds and full names of parties, and the document's conventions.

use crate::{
    clause::{self, Clause},
    convention,
    list::shared_end,
    problem, prose,
    read::Found,
    role,
    statement::Stated,
    unit::scope,
};
use domain::{
    clause::Confidence,
    directory::{Resolution, level_word},
    draft::{DraftClause, DraftParty, Problem},
    fold::fold,
    vocabulary::{Basis, DueSource, Reference},
};
use std::ops::Range;

/// The clauses of the draft, in the order of the text.
pub(crate) fn clauses(found: &Found, problems: &mut Vec<Problem>) -> Vec<DraftClause> {
    let clauses = 0..found.clauses.read.len();
    let mut drafted: Vec<_> = clauses
        .map(|index| drafted(found, index, problems))
        .collect();
    drafted.extend(convention::by_convention(found));
    drafted.sort_by_key(|clause| clause.span.start);
    drafted
}

fn drafted(found: &Found, index: usize, problems: &mut Vec<Problem>) -> DraftClause {
    let clause = &found.clauses.read[index];
    let statement = &clause.statement;
    let governed = &found.units.governed;
    let span = found.span(&clause.range);
    let original = span.slice(found.folded.original()).unwrap_or_default();
    let half = clause.rule == clause::Rule::HalfBracket;
    let rewritten = role::is_rewritten(&found.text()[clause.range.clone()]);
    let garbled = half || rewritten || statement.cut_off || original.chars().any(is_damaged);
    if half && original.starts_with(is_bracket) {
        problems.push(problem::bracket_not_closed(span));
    } else if half {
        problems.push(problem::bracket_not_opened(span));
    } else if rewritten {
        problems.push(problem::swapped_words(span));
    } else if statement.cut_off {
        problems.push(problem::text_cut_off(span));
    } else if garbled {
        problems.push(problem::damaged_characters(span));
    }
    let respectively = |words: &Range<usize>| found.text()[words.clone()].contains("分别");
    if statement.parties.len() > 1 && statement.form.iter().any(respectively) {
        problems.push(problem::respectively(span));
    }
    let sure = statement.certainty() * clause.rule.certainty() / 100;
    let of_row = governed[index].is_some_and(|heading| found.headings[heading].table.is_some());
    let sure = if of_row && !clause.rule.of_table() {
        sure.min(BEHIND_TABLE)
    } else {
        sure
    };
    let doubt = if garbled && !half { 30 } else { 0 };
    let confidence = Confidence::percent(sure.saturating_sub(doubt) as u8);
    let mut parties = parties(found, clause, confidence, problems);
    convention::give_roles(found, clause, &mut parties);
    convention::add_parties(found, index, &mut parties);
    let form: Vec<_> = statement
        .form
        .iter()
        .map(|words| found.written(words))
        .collect();
    let scope = scope(
        found.text(),
        found.headings,
        &found.clauses.read,
        governed,
        index,
    );
    DraftClause {
        path: governed[index].map_or_else(Vec::new, |heading| found.paths[heading].clone()),
        span,
        scope: scope.map(|scope| found.span(&scope)),
        form: form.join("…"),
        rule: clause.rule.name().into(),
        open: statement.open,
        garbled,
        confidence,
        deadline: statement
            .dues
            .first()
            .map(|due| prose::drafted(found, due, DueSource::Clause)),
        persons: statement
            .persons
            .iter()
            .map(|name| found.span(name))
            .collect(),
        parties,
    }
}

/// How sure it is at most, in percent, that what stands behind a table is said of its last row.
const BEHIND_TABLE: u32 = 60;

fn is_bracket(c: char) -> bool {
    let mut buffer = [0; 4];
    fold(c.encode_utf8(&mut buffer)).starts_with(['(', '['])
}

/// How sure it is at most that words are a party that neither the directory nor their shape shows to be one.
const UNKNOWN: Confidence = Confidence::percent(60);

/// Private-use and replacement characters stand where a page was converted wrongly, but for those whose meaning is known.
fn is_damaged(c: char) -> bool {
    let mut buffer = [0; 4];
    let mut unknown = |c: char| fold(c.encode_utf8(&mut buffer)).starts_with(c);
    c == '\u{FFFD}' || matches!(c, '\u{E000}'..='\u{F8FF}') && unknown(c)
}

fn parties(
    found: &Found,
    clause: &Clause,
    confidence: Confidence,
    problems: &mut Vec<Problem>,
) -> Vec<DraftParty> {
    let name_of = |party: &Stated| &found.text()[party.name.clone()];
    let level = clause.statement.parties.first().and_then(|first| {
        let of_jurisdiction = || {
            let jurisdiction = found.names.jurisdiction?;
            let whole = name_of(first).starts_with(jurisdiction);
            jurisdiction.chars().next_back().filter(|_| whole)
        };
        level_word(name_of(first)).or_else(of_jurisdiction)
    });
    let stated = &clause.statement.parties;
    let ranges: Vec<_> = stated.iter().map(|party| party.name.clone()).collect();
    let mut parties = Vec::with_capacity(stated.len());
    for (index, stated) in stated.iter().enumerate() {
        let (mut party, resolution) = party(found, stated, level, confidence);
        if let Some(end) = shared_end(found.text(), &ranges, index, found.names) {
            party.full_name = Some(format!("{}{end}", name_of(stated)));
            party.confidence = confidence;
        }
        let expected = found.names.directory.is_some() && party.reference == Reference::Named;
        match resolution {
            Resolution::Ambiguous(_) => {
                let name = found.written(&stated.name);
                problems.push(problem::ambiguous_party(&name, party.span));
            }
            Resolution::Unknown if expected => {
                let name = found.written(&stated.name);
                problems.push(problem::unknown_party(&name, party.span));
            }
            _ => {}
        }
        parties.push(party);
    }
    parties
}

/// A party as these words name it, and what the directory knows of it. `level` is the level word that names lack which
/// stand behind one that has it.
pub(crate) fn party(
    found: &Found,
    stated: &Stated,
    level: Option<char>,
    confidence: Confidence,
) -> (DraftParty, Resolution) {
    let name = &found.text()[stated.name.clone()];
    let named = found.names.party(name, level);
    let party = DraftParty {
        span: found.span(&stated.name),
        restored: found.restored(&stated.name),
        role: stated.role,
        basis: Basis::Stated,
        reference: named.reference,
        kind: named.kind,
        kind_confidence: named.kind_confidence,
        full_name: named.full_name,
        convention: None,
        confidence: if found.names.is_party(name) {
            confidence
        } else {
            confidence.min(UNKNOWN)
        },
    };
    (party, named.resolution)
}
