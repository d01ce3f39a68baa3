//! A document that is read again, or a newer version of it: accepted as a difference.

use crate::desk::{Desk, plan, read};
use domain::{
    change::Change,
    command::{Against, DraftRefused, Extent},
    id::DocumentId,
    image::TaskRef,
    review::Review,
    time::Day,
    view::{Valid, View},
    vocabulary::Role,
};
use ingest::Reading;

const OLD: &str = "某市绿化行动计划\n\n2024年1月8日\n\n一、重点任务\n\n\
    1.种树。到2025年，建成100个公园。（甲局牵头，乙局配合）\n\n\
    2.养护。把树养好。（乙局、丙局负责）\n\n\
    3.宣传。多宣传。（丁局负责）\n";

const NEW: &str = "某市绿化行动计划\n\n2024年5月6日\n\n一、重点任务\n\n\
    1.种树。到2025年，建成200个公园。（甲局牵头，乙局配合）\n\n\
    2.节水。少用水。（戊局负责）\n\n\
    3.养护。把树养好。（乙局、己局负责）\n";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn document(view: &View) -> DocumentId {
    let plan = view.plan_find_by_code("p").unwrap();
    view.id(view.thing(plan).document.unwrap())
}

/// Accepts a newer version of the plan `p`.
fn supersede(desk: &mut Desk, old: &str, new: &Reading) -> Vec<Change> {
    let against = Against::Version {
        document: document(&desk.view()),
        text: old,
    };
    let whole = (&new.draft, Extent::Whole, &[][..]);
    let changes = desk
        .decide_against(against, &new.text, whole, None)
        .unwrap();
    desk.keep(&new.text);
    desk.commit(changes.clone());
    changes
}

/// The tasks of the plan on a day, each with its parties as written.
fn tasks(desk: &Desk, on: &str) -> Vec<String> {
    let view = desk.view();
    let view = View::new(view.register().clone(), view.seq(), day(on));
    let plan = view.plan_find_by_code("p").unwrap();
    let described = |task: TaskRef| {
        let parties = view.task_assignments(task, Valid::OnDay).into_iter();
        let parties = parties.map(|assignment| {
            let held = view.thing(assignment);
            let written = view.quote(held.written.unwrap()).text;
            let lead = if held.role == Role::Lead { "*" } else { "" };
            format!("{}{lead}", view.text(written))
        });
        let parties: Vec<_> = parties.collect();
        format!(
            "{} {}",
            view.text(view.thing(task).title),
            parties.join(" ")
        )
    };
    let tasks = view.plan_tasks(plan, Valid::OnDay);
    tasks.into_iter().map(described).collect()
}

#[test]
fn a_newer_version_ends_what_is_gone_on_its_day_and_leaves_what_it_says_again() {
    let mut desk = Desk::new();
    desk.accept(OLD, "p");
    let before = tasks(&desk, "2024-05-05");
    let changes = supersede(&mut desk, OLD, &read(NEW));
    assert_eq!(tasks(&desk, "2024-05-05"), before, "the past stays");
    assert_eq!(
        tasks(&desk, "2024-05-06"),
        ["种树 甲局* 乙局", "节水 戊局", "养护 乙局 己局"]
    );
    let withdrawn = |change: &&Change| {
        let form = serde_json::to_value(change).unwrap();
        form["after"].is_null()
    };
    assert_eq!(changes.iter().find(withdrawn), None, "nothing is deleted");
    // 种树 is found again word for word, but for its figure; so its two assignments stay as they are.
    let assignments = changes
        .iter()
        .filter(|change| change.entity() == "assignment");
    assert_eq!(assignments.count(), 4, "戊 and 己 begin, 丙 and 丁 end");
    let targets = changes.iter().filter(|change| change.entity() == "target");
    assert_eq!(targets.count(), 2, "one figure ends, another begins");
    let view = desk.view();
    assert_eq!(view.plan_count(&domain::view::PlanFilter::default()), 1);
}

#[test]
fn the_same_version_accepted_again_changes_nothing() {
    let mut desk = Desk::new();
    desk.accept(OLD, "p");
    supersede(&mut desk, OLD, &read(NEW));
    let new = read(NEW);
    let whole = (&new.draft, Extent::Whole, &[][..]);
    let again = desk.decide_against(Against::Itself, NEW, whole, None);
    assert_eq!(again, Ok(vec![]));
    // The older version was superseded: to read it again is no reason to bring it back.
    let old = read(OLD);
    let whole = (&old.draft, Extent::Whole, &[][..]);
    assert_eq!(
        desk.decide_against(Against::Itself, OLD, whole, None),
        Ok(vec![])
    );
}

#[test]
fn a_version_that_goes_back_to_the_first_brings_back_what_was_gone_as_something_new() {
    let mut desk = Desk::new();
    desk.accept(OLD, "p");
    supersede(&mut desk, OLD, &read(NEW));
    let third = OLD.replace("2024年1月8日", "2024年6月1日");
    supersede(&mut desk, NEW, &read(&third));
    assert_eq!(
        tasks(&desk, "2024-06-30"),
        ["种树 甲局* 乙局", "养护 乙局 丙局", "宣传 丁局"]
    );
    assert_eq!(tasks(&desk, "2024-05-20").len(), 3);
    let between = tasks(&desk, "2024-05-20").concat();
    assert!(!between.contains("丁局"), "{between}");
}

#[test]
fn a_newer_reading_of_the_same_bytes_takes_back_what_the_older_should_not_have_found() {
    let mut desk = Desk::new();
    desk.accept(OLD, "p");
    let reading = read(OLD);
    let mut draft = reading.draft.clone();
    draft.clauses[1].parties.remove(1);
    draft.tasks[0].title = "植树".to_owned();
    draft.tasks.pop();
    draft.clauses.pop();
    let whole = (&draft, Extent::Whole, &[][..]);
    let changes = desk
        .decide_against(Against::Itself, OLD, whole, None)
        .unwrap();
    desk.commit(changes);
    assert_eq!(tasks(&desk, "2024-06-30"), ["植树 甲局* 乙局", "养护 乙局"]);
    assert_eq!(
        tasks(&desk, "2024-01-08").len(),
        2,
        "as if it had never been so"
    );
    let again = desk.decide_against(Against::Itself, OLD, whole, None);
    assert_eq!(again, Ok(vec![]));
}

#[test]
fn a_part_is_accepted_first_and_the_rest_later_without_anything_ending() {
    let mut desk = Desk::new();
    let reading = read(OLD);
    let review = Review::new(reading.draft.clone());
    let left_out = [review.clauses[1].key].into_iter().collect();
    let part = review.draft_without(&left_out);
    let accept = |desk: &mut Desk, draft, extent| {
        let what = (draft, extent, &[][..]);
        let changes = desk.decide_against(Against::Itself, OLD, what, Some("p"));
        desk.keep(OLD);
        desk.commit(changes.unwrap());
    };
    accept(&mut desk, &part, Extent::Part);
    assert_eq!(
        tasks(&desk, "2024-06-30"),
        ["种树 甲局* 乙局", "养护 ", "宣传 丁局"]
    );
    accept(&mut desk, &review.draft(), Extent::Whole);
    assert_eq!(
        tasks(&desk, "2024-06-30"),
        ["种树 甲局* 乙局", "养护 乙局 丙局", "宣传 丁局"]
    );
}

#[test]
fn what_is_superseded_has_to_be_a_document_that_sets_out_a_plan() {
    let mut desk = Desk::new();
    desk.accept(OLD, "p");
    let first = document(&desk.view());
    supersede(&mut desk, OLD, &read(NEW));
    let third = read(&plan("某市绿化行动计划", &["甲局负责"]));
    let against = Against::Version {
        document: first,
        text: OLD,
    };
    let whole = (&third.draft, Extent::Whole, &[][..]);
    assert_eq!(
        desk.decide_against(against, &third.text, whole, None),
        Err(DraftRefused::NoEarlierPlan { document: first })
    );
}
