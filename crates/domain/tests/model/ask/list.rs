//! Lists: every filter, every order, counted and paged.

use super::{handle, page::Listing};
use crate::{dice::Dice, naive::Moment};
use domain::{
    document, image, party, place, plan,
    register::Register,
    target, task,
    view::{
        AssignmentFilter, CaseFilter, DocumentFilter, PartyFilter, PartyOrder, PlaceFilter,
        PlanFilter, ReorganizationFilter, ReportFilter, TaskFilter, TaskOrder, Valid, View, Words,
    },
    vocabulary::{
        Basis, CaseStage, Light, PartyKind, PlaceLevel, Reference, ReorganizationKind, Role,
        TaskStatus,
    },
};

pub(super) fn all(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    documents(view, moment, dice);
    places(view, moment, dice);
    plans(view, moment, dice);
    parties(view, moment, dice);
    tasks(view, moment, dice);
    portfolios(view, moment, dice);
    reorganizations(view, moment, dice);
    reports(view, moment, dice);
    cases(view, moment, dice);
}

/// Words to look for, mostly none; as a person types them, for the view and for the model.
pub(super) fn words(dice: &mut Dice) -> Option<&'static str> {
    dice.maybe(&[
        "滨海",
        "濱海新區",
        "科技",
        "发展 5G",
        "（一",
        " 区 ",
        "没有",
        "",
    ])
}

pub(super) fn valid(dice: &mut Dice) -> Valid {
    dice.one_of(&[Valid::OnDay, Valid::Any])
}

/// Something to filter by, mostly nothing.
pub(super) fn maybe_one<I: image::Image>(
    register: &Register,
    ids: &[<I::Fact as domain::change::Fact>::Id],
    dice: &mut Dice,
) -> Option<domain::register::Ref<I>> {
    let id = dice.once_in(4).then(|| dice.pick(ids)).flatten();
    id.map(|id| handle(register, id))
}

fn documents(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let words = words(dice);
    let filter = DocumentFilter {
        words: words.map(Words::new),
    };
    let listed = moment.documents(words);
    assert_eq!(view.document_count(&filter), listed.len());
    Listing {
        view,
        listed,
        all: moment.documents(None),
        page: |request| view.document_page(&filter, request),
        cursor: |document| view.document_cursor(document),
    }
    .walk(dice);
}

fn places(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let words = words(dice);
    let filter = PlaceFilter {
        level: dice.maybe(&[PlaceLevel::Country, PlaceLevel::District]),
        parent: maybe_one(view.register(), &moment.lists.ids::<place::Place>(), dice),
        words: words.map(Words::new),
    };
    let listed = moment.places(view.register(), &filter, words);
    assert_eq!(view.place_count(&filter), listed.len());
    Listing {
        view,
        listed,
        all: moment.places(view.register(), &PlaceFilter::default(), None),
        page: |request| view.place_page(&filter, request),
        cursor: |place| view.place_cursor(place),
    }
    .walk(dice);
}

fn plans(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let words = words(dice);
    let filter = PlanFilter {
        words: words.map(Words::new),
        year: dice.maybe(&[2023, 2024]),
        document: maybe_one(
            view.register(),
            &moment.lists.ids::<document::Document>(),
            dice,
        ),
        valid: valid(dice),
    };
    let all = PlanFilter {
        valid: Valid::Any,
        ..PlanFilter::default()
    };
    let listed = moment.plans(view.register(), &filter, words);
    assert_eq!(view.plan_count(&filter), listed.len());
    Listing {
        view,
        listed,
        all: moment.plans(view.register(), &all, None),
        page: |request| view.plan_page(&filter, request),
        cursor: |plan| view.plan_cursor(plan),
    }
    .walk(dice);
}

fn parties(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    for order in [PartyOrder::Directory, PartyOrder::Name] {
        let words = words(dice);
        let filter = PartyFilter {
            kinds: dice.few(&[PartyKind::Department, PartyKind::Government]),
            place: maybe_one(view.register(), &moment.lists.ids::<place::Place>(), dice),
            parent: maybe_one(view.register(), &moment.lists.ids::<party::Party>(), dice),
            plan: maybe_one(view.register(), &moment.lists.ids::<plan::Plan>(), dice),
            roles: dice.few(Role::ALL),
            words: words.map(Words::new),
            valid: valid(dice),
        };
        let all = PartyFilter {
            valid: Valid::Any,
            ..PartyFilter::default()
        };
        let listed = moment.parties(view.register(), &filter, words, order);
        assert_eq!(view.party_count(&filter), listed.len(), "{filter:?}");
        Listing {
            view,
            listed,
            all: moment.parties(view.register(), &all, None, order),
            page: |request| view.party_page(&filter, order, request),
            cursor: |party| view.party_cursor(order, party),
        }
        .walk(dice);
    }
}

fn tasks(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    for order in [
        TaskOrder::Position,
        TaskOrder::Position,
        TaskOrder::Title,
        TaskOrder::Deadline,
    ] {
        let words = words(dice);
        let filter = TaskFilter {
            plan: maybe_one(view.register(), &moment.lists.ids::<plan::Plan>(), dice),
            section: maybe_one(view.register(), &moment.lists.ids::<plan::Section>(), dice),
            statuses: dice.few(&[TaskStatus::NotStarted, TaskStatus::InProgress]),
            words: words.map(Words::new),
            open: dice.one_of(&[None, None, Some(true), Some(false)]),
            party: maybe_one(view.register(), &moment.lists.ids::<party::Party>(), dice),
            roles: dice.few(Role::ALL),
            bases: dice.few(&[Basis::Stated, Basis::Recorded]),
            lights: dice.few(Light::ALL),
            references: dice.few(Reference::ALL),
            kinds: dice.few(&[PartyKind::Department, PartyKind::Government]),
            valid: valid(dice),
        };
        let all = TaskFilter {
            valid: Valid::Any,
            ..TaskFilter::default()
        };
        let listed = moment.tasks(view.register(), &filter, words, order);
        assert_eq!(view.task_count(&filter), listed.len(), "{filter:?}");
        Listing {
            view,
            listed,
            all: moment.tasks(view.register(), &all, None, order),
            page: |request| view.task_page(&filter, order, request),
            cursor: |task| view.task_cursor(order, task),
        }
        .walk(dice);
    }
}

fn portfolios(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let register = view.register();
    for id in moment.lists.ids::<party::Party>() {
        let party = handle::<image::Party>(register, id);
        let filter = AssignmentFilter {
            roles: dice.few(Role::ALL),
            bases: dice.few(&[Basis::Stated, Basis::Recorded]),
            plan: maybe_one(register, &moment.lists.ids::<plan::Plan>(), dice),
            valid: valid(dice),
        };
        let all = AssignmentFilter {
            valid: Valid::Any,
            ..AssignmentFilter::default()
        };
        let listed = moment.party_assignments(register, id, &filter);
        assert_eq!(view.party_assignment_count(party, &filter), listed.len());
        Listing {
            view,
            listed,
            all: moment.party_assignments(register, id, &all),
            page: |request| view.party_assignment_page(party, &filter, request),
            cursor: |assignment| view.party_assignment_cursor(assignment),
        }
        .walk(dice);
    }
}

fn reorganizations(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let register = view.register();
    let filter = ReorganizationFilter {
        kinds: dice.few(ReorganizationKind::ALL),
        party: maybe_one(register, &moment.lists.ids::<party::Party>(), dice),
        valid: valid(dice),
    };
    let all = ReorganizationFilter {
        valid: Valid::Any,
        ..ReorganizationFilter::default()
    };
    let listed = moment.reorganizations(register, &filter);
    assert_eq!(view.reorganization_count(&filter), listed.len());
    Listing {
        view,
        listed,
        all: moment.reorganizations(register, &all),
        page: |request| view.reorganization_page(&filter, request),
        cursor: |reorganization| view.reorganization_cursor(reorganization),
    }
    .walk(dice);
}

fn reports(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let register = view.register();
    let filter = ReportFilter {
        task: maybe_one(register, &moment.lists.ids::<task::Task>(), dice),
        target: maybe_one(register, &moment.lists.ids::<target::Target>(), dice),
        party: maybe_one(register, &moment.lists.ids::<party::Party>(), dice),
        valid: valid(dice),
    };
    let all = ReportFilter {
        valid: Valid::Any,
        ..ReportFilter::default()
    };
    let listed = moment.reports(register, &filter);
    assert_eq!(view.report_count(&filter), listed.len());
    Listing {
        view,
        listed,
        all: moment.reports(register, &all),
        page: |request| view.report_page(&filter, request),
        cursor: |report| view.report_cursor(report),
    }
    .walk(dice);
}

fn cases(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let register = view.register();
    let filter = CaseFilter {
        task: maybe_one(register, &moment.lists.ids::<task::Task>(), dice),
        party: maybe_one(register, &moment.lists.ids::<party::Party>(), dice),
        stages: dice.few(CaseStage::ALL),
        overdue: dice.maybe(&[true, false]),
        valid: valid(dice),
    };
    let all = CaseFilter {
        valid: Valid::Any,
        ..CaseFilter::default()
    };
    let listed = moment.cases(register, &filter);
    assert_eq!(view.case_count(&filter), listed.len());
    Listing {
        view,
        listed,
        all: moment.cases(register, &all),
        page: |request| view.case_page(&filter, request),
        cursor: |case| view.case_cursor(case),
    }
    .walk(dice);
}
