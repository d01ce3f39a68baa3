//! `remit matrix`: the same matrix for a terminal, a shell, a spreadsheet program and other programs.

use super::{Desk, Run, put_examples};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

/// What the columns before those of parties are called.
const LEADING: [&str; 5] = ["计划", "章节", "二级章节", "重点任务", "本章节"];

/// A desk with a register of the example plan.
fn desk() -> Desk {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "plan.txt"])
        .expect_success();
    desk
}

fn matrix(desk: &Desk, more: &[&str]) -> Run {
    desk.run(&[&["matrix", "--valid-on", "2024-06-30"][..], more].concat())
}

fn document(desk: &Desk, more: &[&str]) -> Value {
    let run = matrix(desk, &[more, &["--format", "json"]].concat()).expect_success();
    serde_json::from_str(&run.stdout).unwrap()
}

fn records(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv);
    let records = reader.records().map(|record| record.unwrap());
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// The cells of the first sheet. A cell that a merged one covers is empty.
fn cells(file: &Path) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(file).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is no text"),
    };
    sheet
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

#[test]
fn a_shell_gets_a_line_for_each_task_with_the_marks_of_its_parties() {
    let desk = desk();
    let run = matrix(&desk, &[]).expect_success();
    let records = records(run.stdout.as_bytes());
    assert_eq!(records.len(), 1 + 13);
    assert_eq!(
        records[0][..4],
        ["章节", "二级章节", "重点任务", "天津市东丽区人民政府"]
    );
    let lead = "中共天津市委网络安全和信息化委员会办公室";
    let lead = records[0].iter().position(|name| name == lead).unwrap();
    assert!(records[1][2].ends_with("统一数据目录"), "{:?}", records[1]);
    assert_eq!(records[1][lead], "牵");
    assert!(!run.stdout.contains('\r') && !run.stdout.starts_with('\u{feff}'));

    let one = matrix(&desk, &["--party", "市委网信办", "--role", "lead,co_lead"]);
    let one = one.expect_success();
    let first = one.stdout.lines().next().unwrap();
    assert!(
        first.ends_with("重点任务,中共天津市委网络安全和信息化委员会办公室"),
        "{first}"
    );
    assert!(one.stdout.contains(",牵\n") && !one.stdout.contains('责'));
}

#[test]
fn a_workbook_says_what_the_csv_says_and_is_the_same_file_whenever_it_is_made() {
    let desk = desk();
    for (more, levels) in [
        (&[][..], 0),
        (&["--columns", "kind,party"][..], 1),
        (&["--rows", "section:1", "--columns", "kind"][..], 0),
        (
            &["--rows", "plan", "--columns", "parent:1,place:3,party"][..],
            2,
        ),
    ] {
        let with = |output: &'static str| [more, &["--output", output, "--force"]].concat();
        matrix(&desk, &with("m.csv")).expect_success();
        matrix(&desk, &with("m.xlsx")).expect_success();
        matrix(&desk, &with("again.xlsx")).expect_success();
        let read = |name: &str| fs::read(desk.path().join(name)).unwrap();
        assert!(read("m.xlsx") == read("again.xlsx"), "{more:?}");

        let text = read("m.csv");
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let expected = records(text);
        let found = cells(&desk.path().join("m.xlsx"));
        // A title, what it is about, the colours, headings, names, rows, totals.
        let names = 3 + levels;
        assert_eq!(found.len(), names + expected.len() + 1, "{more:?}");
        assert!(found[0][0].contains("责任矩阵") && found[2].contains(&"图例".to_owned()));
        let is_leading = |name: &&String| LEADING.contains(&name.as_str());
        let leading = expected[0].iter().take_while(is_leading).count();
        for (row, record) in expected.iter().enumerate().skip(1) {
            let mut cells = found[names + row].clone();
            assert_eq!(cells.len(), record.len() + 1, "and the total");
            for (column, cell) in cells.iter_mut().enumerate().take(leading) {
                if cell.is_empty() && !record[column].is_empty() {
                    // A merged cell stands over it.
                    let mut above = (0..names + row).rev().map(|above| &found[above][column]);
                    cell.clone_from(above.find(|cell| !cell.is_empty()).unwrap());
                }
            }
            assert_eq!(cells[..record.len()], record[..], "{more:?}");
        }
        let last_names = expected[0]
            .iter()
            .map(|name| name.rsplit(" / ").next().unwrap());
        let last_names: Vec<_> = last_names.skip(leading).collect();
        assert_eq!(found[names][leading..][..last_names.len()], last_names[..]);
    }
}

#[test]
fn the_notes_of_a_workbook_are_the_words_of_the_document() {
    let desk = desk();
    matrix(&desk, &["--output", "m.xlsx"]).expect_success();
    let file = fs::File::open(desk.path().join("m.xlsx")).unwrap();
    let mut parts = zip::ZipArchive::new(file).unwrap();
    let notes = std::io::read_to_string(parts.by_name("xl/comments1.xml").unwrap()).unwrap();
    let cells = document(&desk, &[])["cells"].as_array().unwrap().len();
    assert_eq!(notes.matches("<comment ").count(), cells);
    assert!(notes.contains("牵头：中共天津市委网络安全和信息化委员会办公室"));
    assert!(notes.contains("原文：“市委网信办”"));
    assert!(notes.contains("依据：原文"));
}

#[test]
fn a_table_counts_tasks_where_it_is_rolled_up() {
    let desk = desk();
    let table = matrix(
        &desk,
        &[
            "--format",
            "table",
            "--rows",
            "section:1",
            "--columns",
            "kind",
        ],
    );
    let table = table.expect_success().stdout;
    let document = document(&desk, &["--rows", "section:1", "--columns", "kind"]);
    assert!(
        table.contains("政府部门") && table.contains("牵 lead"),
        "{table}"
    );
    for cell in document["cells"].as_array().unwrap() {
        let roles = cell["total"]["roles"].as_object().unwrap();
        if let Some(lead) = roles.get("lead").filter(|lead| lead["tasks"] != 1) {
            let mark = format!("牵{}", lead["tasks"]);
            assert!(table.contains(&mark), "{mark}\n{table}");
        }
    }
}

#[test]
fn the_totals_of_the_document_are_the_sums_of_its_cells() {
    let desk = desk();
    let matrix = document(&desk, &["--rows", "section", "--columns", "parent:1,kind"]);
    let sum = |list: &Value| -> u64 {
        let list = list.as_array().unwrap().iter();
        list.map(|part| part["total"]["assignments"].as_u64().unwrap())
            .sum()
    };
    let all = matrix["total"]["assignments"].as_u64().unwrap();
    assert_eq!(
        (
            sum(&matrix["cells"]),
            sum(&matrix["rows"]),
            sum(&matrix["columns"])
        ),
        (all, all, all)
    );
    let assignments = matrix["cells"].as_array().unwrap().iter();
    let keys = assignments.flat_map(|cell| cell["assignments"].as_array().unwrap());
    let keys: BTreeSet<_> = keys
        .map(|one| one["assignment"].as_str().unwrap())
        .collect();
    assert_eq!(keys.len() as u64, all);
}

#[test]
fn what_cannot_be_drawn_is_told_with_what_can() {
    let desk = desk();
    for (wrong, told) in [
        (&["no-such-plan"][..], "there are doc-"),
        (&["--party", "没有这个局"][..], "no party is called"),
        (&["--format", "xlsx"][..], "--output FILE.xlsx"),
        (&["--output", "m.docx"][..], "say --format"),
        (&["--known-seq", "9"][..], "the last one is 2"),
        (&["--output", "plan.txt"][..], "--force"),
    ] {
        let run = matrix(&desk, wrong);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{wrong:?}");
        assert!(run.stderr.contains(told), "{wrong:?}: {}", run.stderr);
    }
    for wrong in [
        ["--rows", "party"],
        ["--columns", "kind:2"],
        ["--role", "chief"],
        ["--rows", "section:0"],
    ] {
        assert_eq!(matrix(&desk, &wrong).code, Some(2), "{wrong:?}");
    }
    let before = matrix(&desk, &["--known-seq", "1", "--format", "table"]).expect_success();
    assert_eq!(before.stdout, "no party has a role in a task\n");
}

#[test]
fn a_register_that_is_being_served_can_be_drawn() {
    let desk = Desk::new();
    put_examples(&desk);
    let server = desk.serve(&["--import", "plan.txt", "parties.csv"]);
    let run = matrix(&desk, &[]).expect_success();
    assert_eq!(run.stdout.lines().count(), 1 + 13);
    server.stop("TERM").expect_success();
}

#[test]
fn words_that_a_spreadsheet_program_takes_for_a_formula_get_an_apostrophe() {
    let desk = Desk::new();
    desk.put(
        "parties.csv",
        "official_name,short_names,former_names,kind,level,place,division_code,parent\n\
         =某局,,,department,,某市,,\n",
    );
    desk.run(&["import", "parties.csv"]).expect_success();
    let run = matrix(&desk, &["--party", "=某局"]).expect_success();
    let header = run.stdout.lines().next().unwrap();
    assert!(header.ends_with(",'=某局"), "{header}");
}

/// The published page that the reference documents hold, unless they are not here.
#[test]
fn the_matrix_of_a_published_page_has_48_of_220_cells() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let page = shared.join("000_606a11503816fd8e.txt");
    if !page.exists() {
        assert_ne!(std::env::var("REMIT_REQUIRE_SHARED").as_deref(), Ok("1"));
        return;
    }
    let desk = Desk::new();
    put_examples(&desk);
    desk.put("page.txt", fs::read(page).unwrap());
    desk.run(&["import", "parties.csv", "page.txt"])
        .expect_success();
    let matrix = document(&desk, &[]);
    let count = |list: &str| matrix[list].as_array().unwrap().len();
    assert_eq!(
        (count("rows"), count("columns"), count("cells")),
        (10, 22, 48)
    );
}
