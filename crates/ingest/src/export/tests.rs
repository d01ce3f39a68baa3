use super::*;
use domain::export::cell::Kind;
use std::{cell::RefCell, rc::Rc};

const fn column(name: &'static str, kind: Kind) -> Column {
    Column {
        name,
        kind,
        optional: true,
        description: "",
    }
}

const COLUMNS: &[Column] = &[
    column("id", Kind::Id),
    column("words", Kind::Text),
    column("path", Kind::Texts),
    column("number", Kind::Number),
    column("open", Kind::Flag),
];

fn rows() -> [Vec<Cell<'static>>; 3] {
    [
        vec![
            Cell::Form("a".to_owned()),
            Cell::Text("说“好”，\"good\"\n第二行"),
            Cell::Texts(vec!["一", "（二）"]),
            Cell::Number(-1),
            Cell::Flag(true),
        ],
        vec![
            Cell::Form("-1.5".to_owned()),
            Cell::Text("=HYPERLINK(\"http://x\")"),
            Cell::Texts(vec!["＋1", "2"]),
            Cell::Null,
            Cell::Flag(false),
        ],
        vec![
            Cell::Null,
            Cell::Null,
            Cell::Texts(vec![]),
            Cell::Null,
            Cell::Null,
        ],
    ]
}

fn write(tables: &mut impl Tables) {
    tables.begin("task", COLUMNS).unwrap();
    for row in rows() {
        tables.row(&row).unwrap();
    }
    tables.end().unwrap();
    tables.begin("empty", COLUMNS).unwrap();
    tables.end().unwrap();
}

/// A file that stays when its writer is gone.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_spreadsheet_program_gets_quoted_cells_and_no_formula_of_somebody_else() {
    let files = RefCell::new(vec![]);
    let mut csv = Csv::new(|name| {
        let file = Shared::default();
        files.borrow_mut().push((name, file.clone()));
        Ok(file)
    });
    write(&mut csv);
    assert_eq!(csv.guarded(), 2);
    let files = files.into_inner();
    let text = |index: usize| String::from_utf8(files[index].1.0.borrow().clone()).unwrap();
    assert_eq!(
        text(0),
        "\u{feff}id,words,path,number,open\r\n\
         a,\"说“好”，\"\"good\"\"\n第二行\",一 / （二）,-1,true\r\n\
         -1.5,\"'=HYPERLINK(\"\"http://x\"\")\",'＋1 / 2,,false\r\n\
         ,,,,\r\n"
    );
    assert_eq!(
        (files[1].0, text(1).as_str()),
        ("empty", "\u{feff}id,words,path,number,open\r\n")
    );
}

#[test]
fn every_sign_that_begins_a_formula_is_guarded() {
    for sign in "=+-@\t\r\n＝＋－＠".chars() {
        let mut csv = Csv::new(|_| Ok(Shared::default()));
        csv.begin("t", &COLUMNS[..1]).unwrap();
        let text = format!("{sign}1");
        csv.row(&[Cell::Text(&text)]).unwrap();
        assert_eq!(csv.guarded(), 1, "{sign:?}");
    }
}

#[test]
fn the_document_is_json_with_the_same_columns() {
    let heading = Heading {
        register: "main",
        name: "某市",
        time_zone: "Asia/Shanghai",
        known_seq: Seq(2),
        known_at: Some(Instant(0)),
        valid_on: Day::from_number(0),
        only_valid: false,
    };
    let mut json = Json::new(vec![], &heading).unwrap();
    write(&mut json);
    let text = String::from_utf8(json.finish().unwrap()).unwrap();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        read["of"],
        serde_json::json!({
            "register": "main", "name": "某市", "time_zone": "Asia/Shanghai", "known_seq": 2,
            "known_at": "1970-01-01T00:00:00.000000Z", "valid_on": "1970-01-01", "only_valid": false,
        })
    );
    assert_eq!(
        read["task"][1],
        serde_json::json!({
            "id": "-1.5", "words": "=HYPERLINK(\"http://x\")", "path": ["＋1", "2"], "number": null, "open": false,
        })
    );
    assert_eq!(read["empty"], serde_json::json!([]));
    assert_eq!(text.lines().count(), 3 + 4 + 1 + 1, "a row a line: {text}");
}

/// `REMIT_WRITE_SCHEMA=1 cargo test -p ingest the_published_schema_of_an_export` writes it.
#[test]
fn the_published_schema_of_an_export_is_that_of_its_columns() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../schema/export.schema.json"
    );
    let schema = json_schema();
    if std::env::var_os("REMIT_WRITE_SCHEMA").is_some() {
        std::fs::write(path, format!("{schema:#}\n")).unwrap();
    }
    let published: serde_json::Value =
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert!(
        published == schema,
        "REMIT_WRITE_SCHEMA=1 cargo test -p ingest the_published_schema_of_an_export"
    );
    jsonschema::validator_for(&schema).unwrap();
}
