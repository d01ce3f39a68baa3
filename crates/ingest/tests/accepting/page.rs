//! What the published page leaves open and who shares its tasks, against the facts that people found in it.

use crate::{desk::Desk, shared::shared};
use domain::{
    gaps::{GapFilter, GapOf},
    image::{PlanRef, Subject},
    sharing::{NetworkRequest, SharingScope},
    view::View,
    vocabulary::GapKind,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The page as a plan of a register that knows the bodies of Tianjin, and its facts.
fn page(test: &str) -> Option<(View, PlanRef, Value)> {
    let folder = shared(test)?;
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let mut desk = Desk::with_directory();
    desk.accept(&read("000_606a11503816fd8e.txt"), "page");
    let view = desk.view();
    let plan = view.plan_find_by_code("page").unwrap();
    let facts = serde_json::from_str(&read("000_606a11503816fd8e.facts.json")).unwrap();
    Some((view, plan, facts))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The names of the parties of each task, without those that the text leaves open.
fn named(facts: &Value) -> Vec<Vec<&str>> {
    let tasks = list(&facts["tasks"]).iter();
    tasks
        .map(|task| {
            let named = list(&task["parties"]).iter();
            let named = named.filter(|party| party["open_ended"] == false);
            named
                .map(|party| party["name_as_written"].as_str().unwrap())
                .collect()
        })
        .collect()
}

#[test]
fn the_parties_of_the_page_share_tasks_as_its_facts_say() {
    let Some((view, plan, facts)) = page("the_parties_of_the_page_share_tasks_as_its_facts_say")
    else {
        return;
    };
    let tasks = named(&facts);
    let (mut pairs, mut of_party) = (BTreeMap::new(), BTreeMap::new());
    for task in &tasks {
        for (place, one) in task.iter().enumerate() {
            *of_party.entry(*one).or_insert(0) += 1;
            for other in &task[place + 1..] {
                *pairs.entry(BTreeSet::from([*one, *other])).or_insert(0) += 1;
            }
        }
    }
    let single = of_party.values().filter(|tasks| **tasks == 1).count();
    assert_eq!((pairs.len(), of_party.len(), single), (82, 22, 13));

    let plan = Some(plan);
    let scope = SharingScope { plan, party: None };
    let found = view.pairs(scope, 1, 0, usize::MAX);
    let mut expected: Vec<u32> = pairs.into_values().collect();
    expected.sort_by_key(|tasks| std::cmp::Reverse(*tasks));
    assert_eq!(
        found.iter().map(|pair| pair.tasks).collect::<Vec<_>>(),
        expected
    );
    assert_eq!(view.pair_count(scope, 1), 82);
    assert_eq!(view.single_task_parties(plan).len(), 13);
    let network = view.network(&NetworkRequest {
        plan,
        min: 1,
        first: 1000,
    });
    assert_eq!((network.nodes.len(), network.edges.len()), (22, 82));
}

#[test]
fn the_page_leaves_open_what_its_facts_say() {
    let Some((view, plan, facts)) = page("the_page_leaves_open_what_its_facts_say") else {
        return;
    };
    let tasks = list(&facts["tasks"]);
    let count = |is_so: &dyn Fn(&Value) -> bool| tasks.iter().filter(|task| is_so(task)).count();
    let no_lead = count(&|task| task["lead_stated"] == false);
    let indefinite = count(&|task| task["named_party_count"] == 0);
    let open_lists = count(&|task| task["open_ended_marker"] == "等");
    let no_deadline = count(&|task| task["deadline_stated"] == false);
    let ownerless = list(&facts["document_targets"]).iter();
    let ownerless = ownerless.filter(|target| list(&target["responsible_parties"]).is_empty());
    let ownerless: Vec<_> = ownerless
        .map(|target| target["text"].as_str().unwrap())
        .collect();
    assert_eq!((no_lead, indefinite, ownerless.len()), (10, 1, 7));

    let filter = GapFilter {
        plan: Some(plan),
        ..GapFilter::default()
    };
    let counts: BTreeMap<GapKind, usize> = view.gap_counts(&filter).into_iter().collect();
    assert_eq!(counts[&GapKind::NoLead], no_lead);
    assert_eq!(counts[&GapKind::IndefiniteOnly], indefinite);
    assert_eq!(counts[&GapKind::NoDeadline], no_deadline);
    // 有關單位 leaves its list open as 等 does.
    assert_eq!(counts[&GapKind::OpenList], open_lists + indefinite);
    assert_eq!(counts[&GapKind::TargetWithoutOwner], ownerless.len());
    assert_eq!(
        counts[&GapKind::SeveralLeads] + counts[&GapKind::BodyIsOver],
        0
    );
    let of_kind = |kind| view.gaps(&filter).filter(move |gap| gap.kind == kind);
    let words = of_kind(GapKind::TargetWithoutOwner).map(|gap| view.gap_words(&gap).to_owned());
    assert_eq!(words.collect::<Vec<_>>(), ownerless);
    for gap in of_kind(GapKind::TargetWithoutOwner) {
        let GapOf::Target(target) = gap.of else {
            panic!("{gap:?}")
        };
        assert_eq!(view.thing(target).subject, Subject::Plan(plan));
    }
    let clauses = tasks
        .iter()
        .map(|task| task["clause_as_written"].as_str().unwrap());
    let shown = of_kind(GapKind::NoLead).map(|gap| view.gap_words(&gap).to_owned());
    assert!(shown.eq(clauses));
}
