//! Files that nobody made in good faith, and files that were damaged on the way.

use super::{office, paper, prose_in_every_format, table_in_every_format};
use ingest::{Options, json::draft_json, read};
use proptest::prelude::*;
use std::{fmt::Write as _, sync::LazyLock};

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let files = prose_in_every_format()
        .into_iter()
        .chain(table_in_every_format());
    files.map(|(_, bytes)| bytes).collect()
});

/// One thing that happens to the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Set(usize, u8),
    Cut(usize, usize),
    Repeat(usize, usize),
    Insert(usize, &'static str),
}

const WORDS: [&str; 16] = [
    "<table><tr><td rowspan=65535 colspan=65535>",
    "</td></tr></table>",
    "<w:p><w:r><w:t>",
    "</w:tc></w:tr></w:tbl>",
    "<div style=display:none>",
    "<!--",
    "<script>",
    "&#x10FFFF;&lol;",
    "endstream endobj",
    "<</Length 999999999>>stream\n",
    "/Contents 1 0 R",
    "[0 -99999999999999]TJ",
    "\u{0}",
    "\u{FEFF}",
    "9999999999",
    "]]>",
];

fn damage() -> impl Strategy<Value = Damage> {
    let place = 0usize..1 << 20;
    prop_oneof![
        (place.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (place.clone(), 1usize..64).prop_map(|(at, len)| Damage::Cut(at, len)),
        (place.clone(), 1usize..64).prop_map(|(at, len)| Damage::Repeat(at, len)),
        (place, prop::sample::select(&WORDS[..])).prop_map(|(at, words)| Damage::Insert(at, words)),
    ]
}

fn damaged(file: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        match *damage {
            Damage::Set(at, byte) => {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            Damage::Cut(at, len) => {
                let at = at % bytes.len();
                bytes.drain(at..(at + len).min(file.len()).min(bytes.len()).max(at));
            }
            Damage::Repeat(at, len) => {
                let at = at % bytes.len();
                let piece = bytes[at..(at + len).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            Damage::Insert(at, words) => {
                let at = at % bytes.len();
                bytes.splice(at..at, words.bytes());
            }
        }
    }
    bytes
}

fn is_read_or_refused(bytes: &[u8]) {
    if let Ok(reading) = read(bytes, &Options::default()) {
        draft_json(&reading);
        for clause in &reading.draft.clauses {
            assert!(clause.span.slice(&reading.text).is_some());
        }
    }
}

proptest! {
    #[test]
    fn damaged_files_are_read_or_refused(
        file in 0usize..13,
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        let file = &FILES[file % FILES.len()];
        is_read_or_refused(&damaged(file, &damages));
    }

    #[test]
    fn damaged_content_in_whole_archives_is_read_or_refused(damages in prop::collection::vec(damage(), 1..12)) {
        let body = office::paragraph("一、任务", Some(0)) + &office::word_table(&[&["序号", "任务", "责任单位"], &["1", "甲", "市科技局"]]);
        let body = String::from_utf8_lossy(&damaged(body.as_bytes(), &damages)).into_owned();
        is_read_or_refused(&office::docx(&body));
        let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>任务</t></is></c></row></sheetData></worksheet>"#;
        let sheet = String::from_utf8_lossy(&damaged(sheet.as_bytes(), &damages)).into_owned();
        is_read_or_refused(&office::archive(&[
            ("_rels/.rels", office::ROOT),
            ("xl/workbook.xml", r#"<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#),
            ("xl/worksheets/sheet1.xml", &sheet),
        ]));
    }
}

fn refused(bytes: &[u8]) -> String {
    read(bytes, &Options::default()).unwrap_err().to_string()
}

#[test]
fn what_unfolds_to_far_more_than_its_size_is_refused() {
    let spaces = " ".repeat(8 << 20);
    let bomb = office::archive(&[("word/document.xml", &spaces)]);
    assert!(bomb.len() < 1 << 16);
    assert!(refused(&bomb).contains("unfolds to more than"));
    let sheet = office::archive(&[
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/sharedStrings.xml", &spaces),
    ]);
    assert!(refused(&sheet).contains("unfolds to more than"));
    let names: Vec<String> = (0..5000).map(|number| format!("word/{number}")).collect();
    let many: Vec<_> = names.iter().map(|name| (&**name, "")).collect();
    assert!(refused(&office::archive(&many)).contains("4096 files"));
    let page = vec![(60.0, 700.0, &*"\u{3000}".repeat(6 << 20).leak())];
    assert!(refused(&paper::packed(&[page])).contains("unfolds to more than"));
}

#[test]
fn entities_are_not_unfolded() {
    let mut document = r#"<!DOCTYPE x [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲">"#.to_owned();
    for (name, of) in ('b'..='i').zip('a'..) {
        write!(
            document,
            "<!ENTITY {name} \"{}\">",
            format!("&{of};").repeat(10)
        )
        .unwrap();
    }
    document.push_str("]><w:document><w:body><w:p><w:r><w:t>一、任务&i;。</w:t></w:r></w:p></w:body></w:document>");
    let bytes = office::archive(&[("word/document.xml", &document)]);
    let reading = read(&bytes, &Options::default()).unwrap();
    assert_eq!(reading.text, "一、任务。\n");
}

#[test]
fn what_nests_without_end_is_read_or_refused() {
    const DEEP: usize = 20_000;
    for (start, end) in [
        ("<div>", "</div>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<font color=1><b>", ""),
        ("<p>", ""),
        ("<ul><li>", ""),
        ("<a href=x>", "</a>"),
    ] {
        let page = format!(
            "<html><body>{}一、任务。{}</body></html>",
            start.repeat(DEEP),
            end.repeat(DEEP)
        );
        let reading = read(page.as_bytes(), &Options::default()).unwrap();
        assert!(reading.text.contains("一、任务"), "{start}");
    }
    for (start, end) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r>", "</w:r></w:p>"),
    ] {
        let body = start.repeat(DEEP / 4) + &end.repeat(DEEP / 4);
        assert!(refused(&office::docx(&body)).contains("inside of each other"));
    }
}
