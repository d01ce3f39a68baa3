//! Facts made up, one kind after the other.

mod work;

use super::{DAYS, Invent, TEXTS, day};
use crate::{
    dice::Dice,
    naive::{Kind, Lists},
};
use domain::{
    assignment::{Assignment, Inheritance},
    clause::{Clause, Confidence, Subject},
    deadline::{Deadline, Due},
    document::Document,
    id::{
        AssignmentId, ClauseId, DocumentId, PartyId, PartyNameId, PlaceId, PlanId,
        ReorganizationId, SectionId, TaskId,
    },
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    reorganization::Reorganization,
    target::Target,
    task::{Body, Task, Wording},
    text::{Citation, Sha256, Span},
    time::{Day, Validity},
    vocabulary::{
        Basis, DueKind, DueSource, Firmness, NameKind, PartyKind, PlaceLevel, Reference,
        ReorganizationKind, Role, TaskStatus,
    },
};

/// Titles, labels and names in several spellings; some are the same to a reader, some hold others.
const WORDS: [&str; 8] = [
    "滨海新区",
    "濱海新區",
    "科技局",
    "滨海新区科技局",
    "发展５Ｇ",
    "發展 5g",
    "（一）",
    "Binhai",
];

impl Invent for Document {
    fn invent(known: Option<(DocumentId, &Self)>, _: &Lists, dice: &mut Dice) -> Option<Self> {
        let text = known.map_or_else(
            || Sha256::of(dice.one_of(&TEXTS).as_bytes()),
            |(_, known)| known.text,
        );
        let words = TEXTS
            .into_iter()
            .find(|words| Sha256::of(words.as_bytes()) == text)?;
        Some(Self {
            title: dice.one_of(&WORDS).to_owned(),
            issuer: dice.maybe(&["市政府".to_owned()]),
            number: None,
            issued_on: dice.maybe(&[day(2)]),
            posted_on: None,
            address: dice.maybe(&["a.txt".to_owned()]),
            bytes: Sha256([dice.below(3) as u8; 32]),
            text,
            encoding: "UTF-8".to_owned(),
            cites: (0..dice.below(3)).map(|_| span(words, dice)).collect(),
            reader: "1".to_owned(),
        })
    }
}

impl Invent for Place {
    fn invent(known: Option<(PlaceId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        let codes = [
            "120116",
            "120000",
            "120116001000",
            "1201",
            "120116001",
            "110000",
        ];
        Some(Self {
            code: dice.maybe(&codes.map(str::to_owned)),
            name: dice.one_of(&WORDS).to_owned(),
            level: dice.one_of(PlaceLevel::ALL),
            parent: dice.maybe(&not_beneath(known, lists, |place: &Self| place.parent)),
        })
    }
}

impl Invent for Party {
    fn invent(known: Option<(PartyId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        Some(Self {
            kind: dice.one_of(&[
                PartyKind::Department,
                PartyKind::Government,
                PartyKind::Collective,
            ]),
            parent: dice.maybe(&not_beneath(known, lists, |party: &Self| party.parent)),
            place: dice.maybe(&lists.ids::<Place>()),
            code: dice.maybe(&["12".to_owned()]),
            position: dice.below(3) as u32,
            validity: validity(dice),
        })
    }
}

impl Invent for PartyName {
    fn invent(known: Option<(PartyNameId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        Some(Self {
            party: same_or_any(
                known.map(|(_, known)| known.party),
                &lists.ids::<Party>(),
                dice,
            )?,
            text: dice.one_of(&WORDS).to_owned(),
            kind: dice.one_of(NameKind::ALL),
            validity: validity(dice),
        })
    }
}

impl Invent for Reorganization {
    fn invent(
        _: Option<(ReorganizationId, &Self)>,
        lists: &Lists,
        dice: &mut Dice,
    ) -> Option<Self> {
        let parties = lists.ids::<Party>();
        let few = |dice: &mut Dice| {
            let some = (0..dice.below(3)).filter_map(|_| dice.pick(&parties));
            some.collect()
        };
        Some(Self {
            kind: dice.one_of(ReorganizationKind::ALL),
            effective: dice.one_of(&[2, 0, 5].map(day)),
            from: few(dice),
            to: few(dice),
            wording: dice.once_in(2).then(|| wording(lists, dice)),
        })
    }
}

impl Invent for Plan {
    fn invent(_: Option<(PlanId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        Some(Self {
            code: dice.one_of(&["a", "b", "c"]).to_owned(),
            title: dice.one_of(&WORDS).to_owned(),
            document: dice.maybe(&lists.ids::<Document>()),
            owner: dice.maybe(&lists.ids::<Party>()),
            year: dice.maybe(&[2023, 2021]),
            validity: validity(dice),
            superseded_by: dice.maybe(&lists.ids::<Plan>()),
        })
    }
}

impl Invent for Section {
    fn invent(known: Option<(SectionId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        let plan = same_or_any(
            known.map(|(_, known)| known.plan),
            &lists.ids::<Plan>(),
            dice,
        )?;
        let mut parents = not_beneath(known, lists, |section: &Self| section.parent);
        parents.retain(|id| lists.thing::<Self>(*id).plan == plan);
        Some(Self {
            plan,
            parent: dice.maybe(&parents),
            label: dice.one_of(&["（一）", "(一)", "1"]).to_owned(),
            title: dice.one_of(&WORDS).to_owned(),
            position: dice.below(4) as u32,
            citation: maybe_citation(lists, dice),
        })
    }
}

impl Invent for Task {
    fn invent(known: Option<(TaskId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        let plan = same_or_any(
            known.map(|(_, known)| known.plan),
            &lists.ids::<Plan>(),
            dice,
        )?;
        let mut sections = lists.ids::<Section>();
        sections.retain(|id| lists.thing::<Section>(*id).plan == plan);
        let body = match dice.below(3) {
            0 => None,
            1 => Some(Body::Own(Sha256([1; 32]))),
            _ => citation(lists, dice).map(Body::Cited),
        };
        Some(Self {
            plan,
            section: dice.maybe(&sections),
            label: dice.one_of(&["1", "２", "2"]).to_owned(),
            title: dice.one_of(&WORDS).to_owned(),
            body,
            position: dice.below(5) as u32,
            status: dice.one_of(&[
                TaskStatus::NotStarted,
                TaskStatus::InProgress,
                TaskStatus::Done,
            ]),
            validity: validity(dice),
        })
    }
}

impl Invent for Clause {
    fn invent(known: Option<(ClauseId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        Some(Self {
            subject: subject(known.map(|(_, known)| known.subject), lists, dice)?,
            citation: citation(lists, dice)?,
            scope: dice.maybe(&[Span { start: 0, end: 3 }]),
            form: dice.one_of(&["牵头", "按职责分工负责"]).to_owned(),
            rule: "bracket".to_owned(),
            open: dice.once_in(2),
            garbled: dice.once_in(2),
            confidence: Confidence::percent(dice.one_of(&[100, 60])),
        })
    }
}

impl Invent for Assignment {
    fn invent(
        known: Option<(domain::id::AssignmentId, &Self)>,
        lists: &Lists,
        dice: &mut Dice,
    ) -> Option<Self> {
        let task = same_or_any(
            known.map(|(_, known)| known.task),
            &lists.ids::<Task>(),
            dice,
        )?;
        let party = same_or_any(
            known.map(|(_, known)| known.party),
            &lists.ids::<Party>(),
            dice,
        )?;
        let plan = lists.thing::<Task>(task).plan;
        let mut clauses = lists.ids::<Clause>();
        clauses.retain(|id| match lists.thing::<Clause>(*id).subject {
            Subject::Plan(of) => of == plan,
            Subject::Section(of) => lists.thing::<Section>(of).plan == plan,
            Subject::Task(of) => of == task,
        });
        Some(Self {
            task,
            party,
            role: dice.one_of(Role::ALL),
            basis: dice.one_of(&[Basis::Stated, Basis::Recorded, Basis::Designated]),
            reference: dice.one_of(Reference::ALL),
            clause: dice.maybe(&clauses),
            position: dice.below(4) as u16,
            validity: validity(dice),
            citation: maybe_citation(lists, dice),
            written: maybe_citation(lists, dice),
            inherits: inheritance(known.map(|(id, _)| id), task, lists, dice),
        })
    }
}

impl Invent for Target {
    fn invent(
        known: Option<(domain::id::TargetId, &Self)>,
        lists: &Lists,
        dice: &mut Dice,
    ) -> Option<Self> {
        let number = |digits: &str| digits.parse().expect("it is a number");
        Some(Self {
            subject: subject(known.map(|(_, known)| known.subject), lists, dice)?,
            min: dice.maybe(&[number("5"), number("-0.25")]),
            max: dice.maybe(&[number("10")]),
            unit: dice.maybe(&["个".to_owned()]),
            firmness: dice.one_of(Firmness::ALL),
            position: dice.below(3) as u32,
            validity: validity(dice),
            wording: wording(lists, dice),
            due: dice.once_in(2).then(|| due(lists, dice)),
        })
    }
}

impl Invent for Deadline {
    fn invent(
        known: Option<(domain::id::DeadlineId, &Self)>,
        lists: &Lists,
        dice: &mut Dice,
    ) -> Option<Self> {
        Some(Self {
            subject: subject(known.map(|(_, known)| known.subject), lists, dice)?,
            validity: validity(dice),
            due: due(lists, dice),
            fulfilled: dice.maybe(&[day(1), day(4)]),
        })
    }
}

/// Mostly none; never of itself.
fn inheritance(
    known: Option<AssignmentId>,
    task: TaskId,
    lists: &Lists,
    dice: &mut Dice,
) -> Option<Inheritance> {
    let mut before = lists.ids::<Assignment>();
    before.retain(|id| Some(*id) != known && lists.thing::<Assignment>(*id).task == task);
    let is_one = dice.once_in(3);
    is_one.then(|| {
        Some(Inheritance {
            assignment: dice.pick(&before)?,
            reorganization: dice.pick(&lists.ids::<Reorganization>())?,
        })
    })?
}

/// Mostly without an end or not at all; sometimes never.
fn validity(dice: &mut Dice) -> Validity {
    let days: Vec<Day> = (0..DAYS).map(day).collect();
    let edge = |open: Day, dice: &mut Dice| {
        if dice.below(4) == 0 {
            open
        } else {
            dice.one_of(&days)
        }
    };
    Validity {
        from: edge(Day::BEGINNING, dice),
        to: edge(Day::FOREVER, dice),
    }
}

/// What a fact is about stays what it is.
fn same_or_any<T: Clone>(same: Option<T>, any: &[T], dice: &mut Dice) -> Option<T> {
    same.or_else(|| dice.pick(any))
}

fn subject(same: Option<Subject>, lists: &Lists, dice: &mut Dice) -> Option<Subject> {
    if same.is_some() {
        return same;
    }
    match dice.below(4) {
        0..2 => dice.pick(&lists.ids::<Task>()).map(Subject::Task),
        2 => dice.pick(&lists.ids::<Section>()).map(Subject::Section),
        _ => dice.pick(&lists.ids::<Plan>()).map(Subject::Plan),
    }
}

/// All of a kind that may become the parent of `known` without a ring.
fn not_beneath<F: Kind>(
    known: Option<(F::Id, &F)>,
    lists: &Lists,
    parent: impl Fn(&F) -> Option<F::Id>,
) -> Vec<F::Id> {
    let mut ids = lists.ids::<F>();
    if let Some((known, _)) = known {
        let above = |id: &F::Id| parent(lists.thing::<F>(*id));
        ids.retain(|id| std::iter::successors(Some(*id), above).all(|id| id != known));
    }
    ids
}

/// Some characters of a text: whole ones.
fn span(text: &str, dice: &mut Dice) -> Span {
    let edges: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let (a, b) = (dice.one_of(&edges), dice.one_of(&edges));
    Span::of(a.min(b)..a.max(b))
}

fn citation(lists: &Lists, dice: &mut Dice) -> Option<Citation> {
    let document = dice.pick(&lists.ids::<Document>())?;
    let digest = lists.thing::<Document>(document).text;
    let text = TEXTS
        .into_iter()
        .find(|text| Sha256::of(text.as_bytes()) == digest)?;
    let span = span(text, dice);
    Some(Citation { document, span })
}

fn maybe_citation(lists: &Lists, dice: &mut Dice) -> Option<Citation> {
    dice.once_in(2).then(|| citation(lists, dice)).flatten()
}

fn wording(lists: &Lists, dice: &mut Dice) -> Wording {
    maybe_citation(lists, dice).map_or_else(
        || Wording::Entered(dice.one_of(&WORDS).to_owned()),
        Wording::Cited,
    )
}

fn due(lists: &Lists, dice: &mut Dice) -> Due {
    let dates = [
        "2024",
        "2022-01-11",
        "2023-12",
        "2021",
        "2022-02",
        "2022-01",
        "2022-01-09",
    ];
    Due {
        kind: dice.one_of(DueKind::ALL),
        date: dice
            .maybe(&dates)
            .map(|date| date.parse().expect("it is a date")),
        source: dice.one_of(&[DueSource::Clause, DueSource::Record]),
        wording: wording(lists, dice),
    }
}
