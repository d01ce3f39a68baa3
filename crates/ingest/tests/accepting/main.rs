//! From a document to the register: what was read is accepted, and names find their parties.

#![expect(clippy::unwrap_used, reason = "in a test it is the failure")]

mod desk;
mod difference;
mod page;
mod review;
#[path = "../reading/shared.rs"]
mod shared;

use desk::{DIRECTORY, Desk, PLAN, plan, read, today};
use domain::{
    command::{AcceptDraft, Against, DirectoryRefused, DraftRefused, Extent, ImportDirectory},
    image::Subject,
    matrix::MatrixRequest,
    view::{TaskFilter, Valid},
    vocabulary::{Basis, NameKind, PartyKind, PlaceLevel, Role},
};

#[test]
fn every_row_of_the_directory_is_a_party_under_its_place_and_importing_again_changes_nothing() {
    let mut desk = Desk::with_directory();
    let view = desk.view();
    let binhai = desk.party("滨海新区政府");
    let image = view.thing(binhai);
    let place = view.thing(image.place.unwrap());
    assert_eq!(
        (view.text(place.name), place.level),
        ("滨海新区", PlaceLevel::District)
    );
    assert_eq!(place.code.map(|code| view.text(code)), Some("120116"));
    assert_eq!(view.text(view.thing(place.parent.unwrap()).name), "天津市");
    assert_eq!(
        view.text(view.party_name(image.parent.unwrap()).unwrap()),
        "天津市人民政府"
    );
    assert!(view.party_is_district(binhai));
    let districts = view.place_children(view.place_find_by_code("120000").unwrap());
    assert_eq!(districts.len(), 16);
    assert_eq!(
        desk.import(&ingest::directory_csv::read(DIRECTORY).unwrap()),
        0
    );
}

#[test]
fn a_directory_that_puts_a_body_under_itself_is_refused() {
    let directory = |rows: &str| {
        let header = "official_name,short_names,former_names,kind,level,place,division_code,parent";
        ingest::directory_csv::read(format!("{header}\n{rows}").as_bytes()).unwrap()
    };
    let mut desk = Desk::new();
    desk.import(&directory(
        "甲局,,,department,,某市,,\n甲局一处,,,subunit,,某市,,甲局\n",
    ));
    for rows in [
        "甲局,,,department,,某市,,甲局一处\n甲局一处,,,subunit,,某市,,\n",
        "甲局,,,department,,某市,,甲局\n",
        "乙局,,,department,,某市,,丙局\n丙局,,,department,,某市,,乙局\n",
    ] {
        let directory = directory(rows);
        let command = ImportDirectory {
            directory: &directory,
            today: today(),
            ids: desk.seed(),
        };
        let refused = command.decide(&desk.view());
        assert!(
            matches!(refused, Err(DirectoryRefused::ParentCycle { .. })),
            "{rows}: {refused:?}"
        );
    }
}

#[test]
fn a_relative_name_in_either_script_means_the_same_body_of_the_documents_city() {
    let mut desk = Desk::with_directory();
    desk.accept(
        &plan(
            "天津市绿化行动计划",
            &["市科技局牵头，滨海新区人民政府配合"],
        ),
        "simplified",
    );
    desk.accept(
        &plan(
            "天津市綠化行動計劃",
            &["市科技局牽頭，濱海新區人民政府配合"],
        ),
        "traditional",
    );
    let view = desk.view();
    for (party, role) in [
        ("天津市科学技术局", Role::Lead),
        ("天津市滨海新区人民政府", Role::Support),
    ] {
        let filter = TaskFilter {
            party: Some(desk.party(party)),
            roles: vec![role],
            ..TaskFilter::default()
        };
        assert_eq!(view.task_count(&filter), 2, "{party}");
    }
}

#[test]
fn names_and_titles_are_kept_without_what_converting_a_page_put_between_their_characters() {
    let mut desk = Desk::new();
    desk.accept(
        "綠化計劃\n1.補(bǔ)種行道樹(shù)。(市園林綠化局、市工業(yè)和信息\n化局負(fù)責(zé))\n",
        "glossed",
    );
    let view = desk.view();
    for name in ["市園林綠化局", "市工業和信息化局"] {
        let party = desk.party(name);
        assert_eq!(view.text(view.party_name(party).unwrap()), name);
    }
    let plan = view.plan_find_by_code("glossed").unwrap();
    let task = view.plan_tasks(plan, Valid::OnDay)[0];
    assert_eq!(view.text(view.thing(task).title), "補種行道樹");
}

#[test]
fn a_body_that_the_directory_lists_later_is_the_one_that_a_document_named_before() {
    let mut desk = Desk::new();
    desk.accept(&plan("天津市绿化行动计划", &["市科技局负责"]), "early");
    let named = desk.party("市科技局");
    desk.import(&ingest::directory_csv::read(DIRECTORY).unwrap());
    assert_eq!(desk.party("天津市科学技术局"), named);
    let view = desk.view();
    assert_eq!(
        view.text(view.party_name(named).unwrap()),
        "天津市科学技术局"
    );
    assert_eq!(view.thing(named).kind, PartyKind::Department);
}

#[test]
fn bodies_of_other_cities_are_never_merged_by_a_shared_short_name() {
    let mut desk = Desk::with_directory();
    desk.accept(
        &plan("石家庄市绿化行动计划", &["市科技局、市财政局负责"]),
        "elsewhere",
    );
    let view = desk.view();
    let found = view.party_find_by_name("市科技局");
    let places: Vec<_> = found
        .iter()
        .map(|&party| view.text(view.thing(view.thing(party).place.unwrap()).name))
        .collect();
    assert_eq!(places, ["天津市", "石家庄市"]);
    let names = view.party_names(found[1], Valid::Any);
    let names: Vec<_> = names
        .iter()
        .map(|&name| (view.text(view.thing(name).text), view.thing(name).kind))
        .collect();
    assert_eq!(
        names,
        [
            ("石家庄市科技局", NameKind::Short),
            ("市科技局", NameKind::Short)
        ]
    );
}

#[test]
fn the_example_plan_becomes_sections_tasks_and_a_matrix() {
    let mut desk = Desk::with_directory();
    desk.accept(PLAN, "example");
    let view = desk.view();
    let plan = view.plan_find_by_code("example").unwrap();
    let draft = read(PLAN).draft;
    assert_eq!(view.plan_sections(plan).len(), draft.sections.len());
    let tasks = view.plan_tasks(plan, Valid::OnDay);
    assert_eq!(tasks.len(), draft.tasks.len());
    let matrix = view.matrix(&MatrixRequest::of_plan(plan)).unwrap();
    let columns = matrix.parties().unwrap();
    assert_eq!(matrix.tasks(), Some(tasks.clone()));
    for cell in &matrix.cells {
        for &assignment in matrix.assignments(cell) {
            let image = view.thing(assignment);
            assert_eq!(
                (image.task, image.party),
                (tasks[cell.row as usize], columns[cell.column as usize])
            );
            assert_eq!(image.basis, Basis::Stated);
        }
    }
    let first = view.clauses(Subject::Task(tasks[0]));
    let citation = view.quote(view.thing(first[0]).citation);
    assert_eq!(
        Some(view.text(citation.text)),
        citation.passage.span.slice(PLAN)
    );
}

#[test]
fn the_same_bytes_change_nothing_and_a_code_is_given_once() {
    let mut desk = Desk::new();
    desk.accept(PLAN, "example");
    assert_eq!(desk.decide(&read(PLAN), Some("other")), Ok(vec![]));
    let newer = read(&format!("{PLAN}\n"));
    let taken = DraftRefused::PlanCodeTaken {
        code: "example".to_owned(),
    };
    assert_eq!(desk.decide(&newer, Some("example")), Err(taken));
    assert!(!desk.decide(&newer, Some("newer")).unwrap().is_empty());
}

#[test]
fn tasks_that_a_document_numbers_alike_keep_their_own_clauses() {
    let mut desk = Desk::new();
    let text = "某市绿化行动计划\n\n一、重点任务\n\n1.种树。多种树。（甲局负责）\n\n1.养护。把树养好。（乙局负责）\n";
    desk.accept(text, "p");
    let view = desk.view();
    let tasks = view.plan_tasks(view.plan_find_by_code("p").unwrap(), Valid::OnDay);
    let parties: Vec<_> = tasks
        .iter()
        .map(|&task| {
            let assignments = view.task_assignments(task, Valid::OnDay);
            let written = assignments
                .iter()
                .map(|&a| view.quote(view.thing(a).written.unwrap()).text);
            written
                .map(|text| view.text(text).to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(parties, [["甲局"], ["乙局"]]);
}

#[test]
fn deciding_again_on_the_same_view_gives_the_same_changes() {
    let desk = Desk::with_directory();
    let reading = read(PLAN);
    let command = AcceptDraft {
        draft: &reading.draft,
        text: &reading.text,
        against: Against::Nothing,
        extent: Extent::Whole,
        meanings: &[],
        code: None,
        address: None,
        valid_from: today(),
        ids: desk.seed(),
    };
    assert_eq!(command.decide(&desk.view()), command.decide(&desk.view()));
}
