//! What came of a write, in words.

use api::outcome::Outcome;
use serde_json::Value;

/// That a register says already what it was to say.
pub(crate) const NOTHING: &str = "nothing changed: the register says the same already";

/// What came of a write here.
pub(crate) fn of(outcome: &Outcome) -> String {
    let seq = outcome.changeset().filter(|_| outcome.is_kept);
    in_words(
        outcome.changes().len(),
        seq.map(|changeset| changeset.seq.0.into()),
    )
}

/// What came of a write at a server, as the payload of its mutation has it.
pub(crate) fn told(payload: &Value) -> String {
    let changes = payload["changeCount"].as_u64().unwrap_or_default();
    in_words(changes as usize, payload["changeset"]["seq"].as_u64())
}

/// What came of it, if so many facts changed, and where that was kept as a changeset.
pub(crate) fn in_words(changes: usize, kept: Option<u64>) -> String {
    match kept {
        Some(seq) => format!("{changes} changes, kept as changeset {seq}"),
        None if changes > 0 => format!("{changes} changes would be made; this was a dry run"),
        None => NOTHING.to_owned(),
    }
}
