//! What a writer refuses: changes that do not fit the register they are applied to.

use crate::{
    history::{Kept, TEXTS, changeset, day, register_id},
    sample::{
        assignment, citation, clause, deadline, document, due, id, party, party_name, place, plan,
        section, target, task,
    },
};
use domain::{
    change::{Change, Fact},
    clause::Subject,
    id::{PartyId, PlanId},
    register::{Inapplicable, Writer},
    task::{Body, Task, Wording},
    text::{Citation, Sha256, Span},
    time::Seq,
    view::View,
    vocabulary::Role,
};
use std::sync::Arc;

/// A writer of a register with one or two things of each kind, whose ids are the numbers here.
fn writer() -> Writer {
    let changes = vec![
        Change::record(id(1), document(TEXTS[0])),
        Change::record(id(2), place()),
        Change::record(id(3), party()),
        Change::record(id(4), party()),
        Change::record(id(5), party_name(id(3), "市科技局")),
        Change::record(id(6), plan("甲")),
        Change::record(id(7), plan("乙")),
        Change::record(id(8), section(id(6))),
        Change::record(id(9), task(id(6))),
        Change::record(id(10), task(id(6))),
        Change::record(id(11), clause(subject(9), first_word())),
        Change::record(id(12), assignment(id(9), id(3), Role::Lead)),
        Change::record(id(13), target(subject(9))),
        Change::record(id(14), deadline(subject(9))),
    ];
    let mut writer = Writer::new(register_id());
    writer
        .apply(&changeset(Seq(1), changes), &Kept::new())
        .unwrap();
    writer
}

/// No id of anything.
const MISSING: u128 = 99;
/// The id of what a change is to record.
const NEW: u128 = 50;

fn subject(n: u128) -> Subject {
    Subject::Task(id(n))
}

fn first_word() -> Citation {
    citation(id(1), 0, 3)
}

/// Applies changes to what there is.
fn applied(changes: Vec<Change>) -> Result<(), Inapplicable> {
    writer().apply(&changeset(Seq(2), changes), &Kept::new())
}

fn recorded<F: Fact>(after: F) -> Result<(), Inapplicable> {
    applied(vec![Change::record(id(NEW), after)])
}

#[test]
fn whatever_refers_to_what_is_not_there_is_refused() {
    let nowhere = citation(id(MISSING), 0, 3);
    let mut other = due();
    other.wording = Wording::Cited(nowhere);
    let party = party();
    let plan = plan("丙");
    let section = section(id(6));
    let task = task(id(6));
    let clause = clause(subject(9), first_word());
    let assignment = assignment(id(9), id(3), Role::Support);
    let target = target(subject(9));
    let deadline = deadline(subject(9));
    macro_rules! with {
        ($fact:ident.$field:ident = $value:expr) => {{
            let mut fact = $fact.clone();
            fact.$field = $value;
            Change::record(id(NEW), fact)
        }};
    }
    let place = place();
    let name = party_name(id(MISSING), "市科技局");
    for (change, refers_to) in [
        (with!(place.parent = Some(id(MISSING))), "place"),
        (with!(party.parent = Some(id(MISSING))), "party"),
        (with!(party.place = Some(id(MISSING))), "place"),
        (Change::record(id(NEW), name), "party"),
        (with!(plan.document = Some(id(MISSING))), "document"),
        (with!(plan.owner = Some(id(MISSING))), "party"),
        (with!(section.plan = id(MISSING)), "plan"),
        (with!(section.parent = Some(id(MISSING))), "section"),
        (with!(section.citation = Some(nowhere)), "document"),
        (with!(task.plan = id(MISSING)), "plan"),
        (with!(task.section = Some(id(MISSING))), "section"),
        (with!(task.body = Some(Body::Cited(nowhere))), "document"),
        (with!(clause.subject = Subject::Plan(id(MISSING))), "plan"),
        (
            with!(clause.subject = Subject::Section(id(MISSING))),
            "section",
        ),
        (with!(clause.subject = Subject::Task(id(MISSING))), "task"),
        (with!(clause.citation = nowhere), "document"),
        (with!(assignment.task = id(MISSING)), "task"),
        (with!(assignment.party = id(MISSING)), "party"),
        (with!(assignment.clause = Some(id(MISSING))), "clause"),
        (with!(assignment.citation = Some(nowhere)), "document"),
        (with!(assignment.written = Some(nowhere)), "document"),
        (with!(target.subject = Subject::Task(id(MISSING))), "task"),
        (with!(target.wording = Wording::Cited(nowhere)), "document"),
        (with!(target.due = Some(other.clone())), "document"),
        (with!(deadline.subject = Subject::Plan(id(MISSING))), "plan"),
        (with!(deadline.due = other.clone()), "document"),
    ] {
        let entity = change.entity();
        let refused = Err(Inapplicable::Dangling {
            entity,
            id: id(NEW),
            refers_to,
            missing: id(MISSING),
        });
        assert_eq!(applied(vec![change]), refused);
    }
}

#[test]
fn a_thing_is_not_there_for_what_comes_before_it() {
    let (section, mut task) = (section(id(6)), task(id(6)));
    task.section = Some(id(NEW));
    let section = Change::record(id(NEW), section);
    let task = Change::record(id(NEW), task);
    assert_eq!(applied(vec![section.clone(), task.clone()]), Ok(()));
    assert!(matches!(
        applied(vec![task, section]),
        Err(Inapplicable::Dangling {
            refers_to: "section",
            ..
        })
    ));
}

#[test]
fn a_quote_of_a_text_that_is_not_kept_is_refused() {
    let digest = Sha256::of("另一文件".as_bytes());
    let mut citing = document("另一文件");
    assert_eq!(
        recorded(citing.clone()),
        Ok(()),
        "the text itself is not needed"
    );
    citing.cites = vec![Span { start: 0, end: 3 }];
    let missing = Err(Inapplicable::TextMissing {
        entity: "document",
        id: id(NEW),
        digest,
    });
    assert_eq!(recorded(citing), missing);
    let quote = clause(subject(9), citation(id(NEW), 0, 3));
    let refused = applied(vec![
        Change::record(id(NEW), document("另一文件")),
        Change::record(id(NEW), quote),
    ]);
    let missing = Err(Inapplicable::TextMissing {
        entity: "clause",
        id: id(NEW),
        digest,
    });
    assert_eq!(refused, missing);
}

#[test]
fn a_span_that_does_not_fit_its_text_is_refused() {
    let digest = Sha256::of(TEXTS[0].as_bytes());
    let end = TEXTS[0].len() as u32;
    assert_eq!(
        recorded(clause(subject(9), citation(id(1), 0, end))),
        Ok(())
    );
    // Too long, in the middle of a character at either end, and backwards.
    for (start, end) in [(0, end + 1), (0, 2), (1, 3), (6, 3)] {
        let span = Span { start, end };
        let outside = |entity| {
            Err(Inapplicable::SpanOutside {
                entity,
                id: id(NEW),
                digest,
                span,
            })
        };
        let cited = Citation {
            document: id(1),
            span,
        };
        assert_eq!(recorded(clause(subject(9), cited)), outside("clause"));
        let mut scoped = clause(subject(9), first_word());
        scoped.scope = Some(span);
        assert_eq!(recorded(scoped), outside("clause"));
        let mut citing = document(TEXTS[0]);
        citing.cites = vec![span];
        assert_eq!(recorded(citing), outside("document"));
    }
}

#[test]
fn what_a_fact_is_about_stays() {
    let role = Role::Lead;
    for moved in [
        Change::revise(id(1), document(TEXTS[0]), document(TEXTS[1])),
        Change::revise(
            id(5),
            party_name(id(3), "市科技局"),
            party_name(id(4), "市科技局"),
        ),
        Change::revise(id(8), section(id(6)), section(id(7))),
        Change::revise(id(9), task(id(6)), task(id(7))),
        Change::revise(
            id(11),
            clause(subject(9), first_word()),
            clause(subject(10), first_word()),
        ),
        Change::revise(
            id(12),
            assignment(id(9), id(3), role),
            assignment(id(10), id(3), role),
        ),
        Change::revise(
            id(12),
            assignment(id(9), id(3), role),
            assignment(id(9), id(4), role),
        ),
        Change::revise(id(13), target(subject(9)), target(Subject::Plan(id(6)))),
        Change::revise(
            id(14),
            deadline(subject(9)),
            deadline(Subject::Section(id(8))),
        ),
    ] {
        let refused = Err(Inapplicable::Moved {
            entity: moved.entity(),
            id: moved.id(),
        });
        assert_eq!(applied(vec![moved]), refused);
    }
}

#[test]
fn what_a_fact_is_about_stays_even_when_it_was_withdrawn() {
    let (texts, withdrawn) = (Kept::new(), Change::withdraw::<Task>(id(10), task(id(6))));
    let again = |plan: PlanId| {
        let mut writer = writer();
        writer.apply(&changeset(Seq(2), vec![withdrawn.clone()]), &texts)?;
        writer.apply(
            &changeset(Seq(3), vec![Change::record(id(10), task(plan))]),
            &texts,
        )
    };
    assert_eq!(again(id(6)), Ok(()));
    assert!(matches!(again(id(7)), Err(Inapplicable::Moved { .. })));
}

#[test]
fn what_was_never_recorded_cannot_be_withdrawn() {
    for change in [
        Change::withdraw(id(MISSING), document(TEXTS[0])),
        Change::withdraw(id(MISSING), party()),
        Change::withdraw(id(MISSING), assignment(id(9), id(3), Role::Lead)),
    ] {
        let refused = Err(Inapplicable::Unknown {
            entity: change.entity(),
            id: id(MISSING),
        });
        assert_eq!(applied(vec![change]), refused);
    }
}

#[test]
fn new_things_of_one_changeset_come_in_the_order_of_their_ids() {
    let party = |n| Change::record(id(n), party());
    let refused = Err(Inapplicable::OutOfOrder {
        entity: "party",
        id: id(51),
    });
    assert_eq!(applied(vec![party(52), party(51)]), refused);
    assert_eq!(applied(vec![party(51), party(52)]), Ok(()));
    // Each kind for itself, and known things anywhere.
    let plan = Change::record(id(51), plan("丙"));
    assert_eq!(applied(vec![party(52), plan]), Ok(()));
    let revised = Change::revise(id(3), crate::sample::party(), crate::sample::party());
    assert_eq!(applied(vec![party(52), revised]), Ok(()));
    // An id may be older than those of an earlier changeset.
    assert_eq!(
        applied(vec![Change::record(id(0), crate::sample::party())]),
        Ok(())
    );
}

#[test]
fn a_changeset_follows_the_head() {
    let mut writer = writer();
    for seq in [Seq(0), Seq(1), Seq(3)] {
        let changes = vec![Change::record(id(NEW), party())];
        let refused = Err(Inapplicable::NotNext { seq, head: Seq(1) });
        assert_eq!(
            writer.apply(&changeset(seq, changes), &Kept::new()),
            refused
        );
    }
}

#[test]
fn nothing_of_a_refused_changeset_is_ever_seen() {
    let mut writer = writer();
    let mut dangling = assignment(id(9), id(3), Role::Support);
    dangling.task = id(MISSING);
    let changes = vec![
        Change::record(id(NEW), party()),
        Change::revise(id(6), plan("甲"), plan("丁")),
        Change::record(id(NEW), dangling),
    ];
    assert!(
        writer
            .apply(&changeset(Seq(2), changes), &Kept::new())
            .is_err()
    );
    let view = View::new(Arc::clone(writer.register()), Seq(2), day(0));
    assert_eq!(view.seq(), Seq(1));
    let (new, plan): (PartyId, PlanId) = (id(NEW), id(6));
    assert_eq!(view.find::<domain::image::Party>(new), None);
    let plan = view.find::<domain::image::Plan>(plan).unwrap();
    assert_eq!(view.text(view.get(plan).unwrap().title), "甲");
}

#[test]
fn a_refusal_says_what_and_where() {
    let message = applied(vec![Change::record(
        id(NEW),
        assignment(id(MISSING), id(3), Role::Lead),
    )]);
    assert_eq!(
        message.unwrap_err().to_string(),
        "assignment 00000000-0000-0000-0000-000000000032 refers to task \
         00000000-0000-0000-0000-000000000063, which the register does not hold"
    );
}
