//! Word and Excel files, made as small as they may be.

#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "files for tests are small, and read best where they are put together"
)]

use std::io::{Cursor, Write as _};
use zip::{ZipWriter, write::SimpleFileOptions};

/// An archive of these files.
pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with this body, and the definition of list 1: 一、 （一） 1. (1).
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let level = |level: usize, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimal", "(%4)"),
    ];
    let numbering = format!(
        r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#,
        levels.concat()
    );
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="11"><w:basedOn w:val="1"/></w:style></w:styles>"#;
    let document =
        format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", styles),
    ])
}

/// A paragraph; with a level it is numbered.
pub(crate) fn paragraph(words: &str, level: Option<usize>) -> String {
    let list = level.map_or(String::new(), |level| {
        format!(
            r#"<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>"#
        )
    });
    format!("<w:p>{list}<w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// A table of Word; `^` is a cell merged with the one above.
pub(crate) fn word_table(rows: &[&[&str]]) -> String {
    let mut table = "<w:tbl>".to_owned();
    for row in rows {
        table.push_str("<w:tr>");
        for (index, cell) in row.iter().enumerate() {
            let below = rows.iter().any(|other| other.get(index) == Some(&"^"));
            let merge = match *cell {
                "^" => "<w:tcPr><w:vMerge/></w:tcPr>",
                _ if below => r#"<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>"#,
                _ => "",
            };
            let words = cell.trim_matches('^');
            table.push_str(&format!("<w:tc>{merge}{}</w:tc>", paragraph(words, None)));
        }
        table.push_str("</w:tr>");
    }
    table + "</w:tbl>"
}

/// Where the workbook of an Excel file is.
pub(crate) const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A sheet of an Excel file. A cell `=N` is the day with number N.
pub(crate) struct Sheet<'s> {
    pub(crate) name: &'s str,
    pub(crate) hidden: bool,
    pub(crate) rows: &'s [&'s [&'s str]],
    /// Areas that are one cell.
    pub(crate) merged: &'s [&'s str],
}

/// An Excel file with these sheets.
pub(crate) fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut files: Vec<(String, String)> = vec![];
    let (mut entries, mut relations) = (String::new(), String::new());
    for (index, sheet) in (1..).zip(sheets) {
        let Sheet {
            name,
            hidden,
            rows,
            merged,
        } = sheet;
        let state = if *hidden { r#" state="hidden""# } else { "" };
        entries.push_str(&format!(
            r#"<sheet name="{name}" sheetId="{index}"{state} r:id="rId{index}"/>"#
        ));
        relations.push_str(&format!(
            r#"<Relationship Id="rId{index}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{index}.xml"/>"#
        ));
        let mut data = String::new();
        for (row, cells) in (1..).zip(*rows) {
            data.push_str(&format!(r#"<row r="{row}">"#));
            for (column, words) in ('A'..).zip(*cells) {
                let place = format!("{column}{row}");
                match words.strip_prefix('=') {
                    _ if words.is_empty() => {}
                    Some(day) => {
                        data.push_str(&format!(r#"<c r="{place}" s="1"><v>{day}</v></c>"#));
                    }
                    None if words.parse::<f64>().is_ok() => {
                        data.push_str(&format!(r#"<c r="{place}"><v>{words}</v></c>"#));
                    }
                    None => data.push_str(&format!(
                        r#"<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>"#
                    )),
                }
            }
            data.push_str("</row>");
        }
        let merged: String = merged
            .iter()
            .map(|area| format!(r#"<mergeCell ref="{area}"/>"#))
            .collect();
        let merged = if merged.is_empty() {
            merged
        } else {
            format!("<mergeCells>{merged}</mergeCells>")
        };
        files.push((
            format!("xl/worksheets/sheet{index}.xml"),
            format!(
                r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData>{merged}</worksheet>"#
            ),
        ));
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    files.push((
        "xl/workbook.xml".to_owned(),
        format!(
            r#"<workbook xmlns="{main}" xmlns:r="{links}"><sheets>{entries}</sheets></workbook>"#
        ),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#),
    ));
    files.push((
        "xl/styles.xml".to_owned(),
        format!(r#"<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
    ));
    files.push(("_rels/.rels".to_owned(), ROOT.to_owned()));
    let files: Vec<_> = files
        .iter()
        .map(|(name, content)| (&**name, &**content))
        .collect();
    archive(&files)
}
