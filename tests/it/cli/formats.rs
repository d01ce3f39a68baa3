//! One plan in every format that offices publish, from the file to the matrix that clients ask for.

use super::Desk;
use crate::{
    graph::Example,
    http_import::upload,
    support::{
        database::TestDatabase,
        edge::{ask, loopback, serve},
    },
};
use serde_json::{Value, json};

// The files are put together as for the tests of the reader.
#[path = "../../../crates/ingest/tests/reading/format/office.rs"]
mod office;
#[expect(dead_code, reason = "packed streams are tested where they are read")]
#[path = "../../../crates/ingest/tests/reading/format/paper.rs"]
mod paper;

const TITLE: &str = "某市数字服务行动方案";

const HEADINGS: [&str; 5] = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"];

const ROWS: [[&str; 5]; 3] = [
    [
        "1",
        "建设数据平台",
        "市科技局",
        "市教委、市财政局",
        "2024年12月31日",
    ],
    [
        "2",
        "完善服务网点",
        "市教委",
        "各区人民政府",
        "2024年12月31日",
    ],
    [
        "3",
        "改造老旧小区",
        "市住房城乡建设委",
        "市财政局",
        "2025年6月30日",
    ],
];

/// What the matrix of the plan says in each format.
const MATRIX: [&str; 7] = [
    "完善服务网点 LEAD 市教委",
    "完善服务网点 SUPPORT 各区人民政府",
    "建设数据平台 LEAD 市科技局",
    "建设数据平台 SUPPORT 市教委",
    "建设数据平台 SUPPORT 市财政局",
    "改造老旧小区 LEAD 市住房城乡建设委",
    "改造老旧小区 SUPPORT 市财政局",
];

/// The plan as a table where the format has tables, else as headings with clauses.
fn files() -> [(&'static str, Vec<u8>); 6] {
    let clauses = ROWS.map(|[number, task, lead, support, by]| {
        format!("{number}.{task}。（牵头单位：{lead}；配合单位：{support}；完成时限：{by}）")
    });
    let mut prose = vec![TITLE, "一、重点任务"];
    prose.extend(clauses.iter().map(String::as_str));
    let set = paper::set(&prose, 28);
    let pages = set.iter().map(|page| {
        let placed = page.iter().map(|(x, y, words)| (*x, *y, words.as_str()));
        placed.collect()
    });
    let pages: Vec<Vec<_>> = pages.collect();
    let rows = [HEADINGS].into_iter().chain(ROWS);
    let csv: Vec<_> = rows.clone().map(|row| row.join(",")).collect();
    let html = rows.clone().map(|row| row.join("</td><td>"));
    let html: Vec<_> = html.collect();
    let html = format!(
        "<html><body><div><h1>{TITLE}</h1><table><tr><td>{}</td></tr></table></div></body></html>",
        html.join("</td></tr><tr><td>")
    );
    let table: Vec<Vec<&str>> = rows.map(|row| row.to_vec()).collect();
    let table: Vec<&[&str]> = table.iter().map(Vec::as_slice).collect();
    let mut sheet: Vec<&[&str]> = vec![&[TITLE]];
    sheet.extend(&table);
    let sheet = office::Sheet {
        name: "任务",
        hidden: false,
        rows: &sheet,
        merged: &["A1:E1"],
    };
    let paragraphs: String = prose
        .iter()
        .map(|words| office::paragraph(words, None))
        .collect();
    let word_table = office::paragraph(TITLE, None) + &office::word_table(&table);
    [
        ("plan.docx", office::docx(&paragraphs)),
        ("table.docx", office::docx(&word_table)),
        ("plan.xlsx", office::xlsx(&[sheet])),
        ("plan.pdf", paper::pdf(&pages)),
        (
            "plan.csv",
            format!("{TITLE}\n{}", csv.join("\n")).into_bytes(),
        ),
        ("plan.html", html.into_bytes()),
    ]
}

const QUESTION: &str = "query($code: String!) { register { plan(code: $code) { title matrix { \
                        rows { title } columns { name } cells { row column roles } } } } }";

/// The matrix of an answer, a line for each role.
fn matrix(answer: &Value) -> Vec<String> {
    let plan = &answer["data"]["register"]["plan"];
    assert_eq!(plan["title"], TITLE, "{answer}");
    let matrix = &plan["matrix"];
    let name = |of: &Value, list: &str, field: &str| {
        let index = usize::try_from(of.as_u64().unwrap()).unwrap();
        matrix[list][index][field].as_str().unwrap().to_owned()
    };
    let cells = matrix["cells"].as_array().unwrap().iter();
    let lines = cells.flat_map(|cell| {
        let task = name(&cell["row"], "rows", "title");
        let party = name(&cell["column"], "columns", "name");
        let roles = cell["roles"].as_array().unwrap().iter();
        roles.map(move |role| format!("{task} {} {party}", role.as_str().unwrap()))
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort();
    lines
}

#[test]
fn a_plan_gives_the_same_matrix_from_a_file_of_any_format() {
    let desk = Desk::new();
    for (name, bytes) in files() {
        desk.put(name, bytes);
        let import = ["import", name, "--code", name, "--database", "r.db"];
        desk.run(&import).expect_success();
    }
    let server = desk.serve(&["--database", "r.db"]);
    for (name, _) in files() {
        let question = QUESTION
            .replace("query($code: String!)", "")
            .replace("$code", &format!("{name:?}"));
        assert_eq!(matrix(&server.ask(&question, None).1), MATRIX, "{name}");
    }
    server.stop("TERM").expect_success();
}

#[tokio::test]
async fn a_plan_gives_the_same_matrix_from_an_upload_of_any_format() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let address = serve(example.app(loopback())).await.unwrap();
    for (name, bytes) in files() {
        let kept = upload(address, name, &bytes, json!({ "code": name })).await;
        assert_eq!(kept["userErrors"], json!([]), "{name}");
        let (_, answer) = ask(address, QUESTION, json!({ "code": name })).await;
        assert_eq!(matrix(&answer), MATRIX, "{name}");
    }
}
