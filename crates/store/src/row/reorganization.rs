//! The table `reorganization`.

use super::{Version, cell, cell::BadCell};
use domain::reorganization::Reorganization;

versioned!("reorganization" of Reorganization {
    kind: String,
    effective_on: String,
    from_parties: String,
    to_parties: String,
    wording: Option<String>,
    wording_document_id: Option<Uuid>,
    wording_start: Option<i64>,
    wording_end: Option<i64>,
});

fn row(version: Version, fact: &Reorganization) -> Model {
    let Reorganization {
        kind,
        effective,
        from,
        to,
        wording,
    } = fact;
    let (words, (wording_document_id, wording_start, wording_end)) =
        cell::wording(wording.as_ref());
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        kind: kind.to_string(),
        effective_on: effective.to_string(),
        from_parties: cell::json(from),
        to_parties: cell::json(to),
        wording: words,
        wording_document_id,
        wording_start,
        wording_end,
    }
}

fn fact(row: Model) -> Result<Reorganization, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        kind,
        effective_on,
        from_parties,
        to_parties,
        wording,
        wording_document_id,
        wording_start,
        wording_end,
    } = row;
    let cited = (wording_document_id, wording_start, wording_end);
    Ok(Reorganization {
        kind: cell::read("kind", &kind)?,
        effective: cell::read("effective_on", &effective_on)?,
        from: cell::read_json("from_parties", &from_parties)?,
        to: cell::read_json("to_parties", &to_parties)?,
        wording: cell::read_wording("wording", (wording, cited))?,
    })
}
