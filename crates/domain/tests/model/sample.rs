//! Facts written by hand, as plain as they can be.

use domain::{
    assignment::Assignment,
    clause::{Clause, Confidence, Subject},
    deadline::{Deadline, Due},
    document::Document,
    id::{DocumentId, PartyId, PlanId, TaskId},
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    target::Target,
    task::{Task, Wording},
    text::{Citation, Sha256, Span},
    time::Validity,
    vocabulary::{
        Basis, DueKind, DueSource, Firmness, NameKind, PartyKind, PlaceLevel, Reference, Role,
        TaskStatus,
    },
};
use uuid::Uuid;

/// Id number `n` of any kind.
pub(crate) fn id<I: From<Uuid>>(n: u128) -> I {
    Uuid::from_u128(n).into()
}

pub(crate) fn document(text: &str) -> Document {
    Document {
        title: "行动计划".to_owned(),
        issuer: None,
        number: None,
        issued_on: None,
        posted_on: None,
        address: None,
        bytes: Sha256::of(text.as_bytes()),
        text: Sha256::of(text.as_bytes()),
        encoding: "UTF-8".to_owned(),
        cites: vec![],
        reader: "1".to_owned(),
    }
}

pub(crate) fn citation(document: DocumentId, start: u32, end: u32) -> Citation {
    let span = Span { start, end };
    Citation { document, span }
}

pub(crate) fn place() -> Place {
    Place {
        code: None,
        name: "滨海新区".to_owned(),
        level: PlaceLevel::District,
        parent: None,
    }
}

pub(crate) fn party() -> Party {
    Party {
        kind: PartyKind::Department,
        parent: None,
        place: None,
        code: None,
        position: 0,
        validity: Validity::ALWAYS,
    }
}

pub(crate) fn party_name(party: PartyId, text: &str) -> PartyName {
    PartyName {
        party,
        text: text.to_owned(),
        kind: NameKind::Official,
        validity: Validity::ALWAYS,
    }
}

pub(crate) fn plan(title: &str) -> Plan {
    Plan {
        code: "a".to_owned(),
        title: title.to_owned(),
        document: None,
        owner: None,
        year: None,
        validity: Validity::ALWAYS,
        superseded_by: None,
    }
}

pub(crate) fn section(plan: PlanId) -> Section {
    Section {
        plan,
        parent: None,
        label: "一".to_owned(),
        title: "总体要求".to_owned(),
        position: 0,
        citation: None,
    }
}

pub(crate) fn task(plan: PlanId) -> Task {
    Task {
        plan,
        section: None,
        label: "1".to_owned(),
        title: "建设".to_owned(),
        body: None,
        position: 0,
        status: TaskStatus::NotStarted,
        validity: Validity::ALWAYS,
    }
}

pub(crate) fn clause(subject: Subject, citation: Citation) -> Clause {
    Clause {
        subject,
        citation,
        scope: None,
        form: "牵头".to_owned(),
        rule: "bracket".to_owned(),
        open: false,
        garbled: false,
        confidence: Confidence::percent(100),
    }
}

pub(crate) fn assignment(task: TaskId, party: PartyId, role: Role) -> Assignment {
    Assignment {
        task,
        party,
        role,
        basis: Basis::Recorded,
        reference: Reference::Named,
        clause: None,
        citation: None,
        written: None,
        position: 0,
        validity: Validity::ALWAYS,
        inherits: None,
    }
}

pub(crate) fn target(subject: Subject) -> Target {
    Target {
        subject,
        wording: Wording::Entered("5个".to_owned()),
        min: None,
        max: None,
        unit: None,
        firmness: Firmness::Firm,
        due: None,
        position: 0,
        validity: Validity::ALWAYS,
    }
}

pub(crate) fn due() -> Due {
    Due {
        wording: Wording::Entered("2024年".to_owned()),
        kind: DueKind::ByDate,
        date: None,
        source: DueSource::Record,
    }
}

pub(crate) fn deadline(subject: Subject) -> Deadline {
    Deadline {
        subject,
        due: due(),
        validity: Validity::ALWAYS,
        fulfilled: None,
    }
}
