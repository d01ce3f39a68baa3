//! The same plan in every format gives the same facts; what is not read says what to do.

#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "files for tests are small, and read best where they are put together"
)]

mod grid;
mod hostile;
mod office;
mod paper;

use crate::table::{codes, rows};
use ingest::{Options, Reading};
use office::{Sheet, docx, paragraph, word_table, xlsx};

pub(crate) fn reading(bytes: &[u8]) -> Reading {
    ingest::read(bytes, &Options::default()).unwrap()
}

const PARAGRAPHS: [(&str, Option<usize>); 9] = [
    ("某市数字服务行动方案", None),
    (
        "为提升数字服务水平，结合本市实际，制定本方案，请各单位认真贯彻落实。",
        None,
    ),
    ("重点任务", Some(0)),
    ("数据底座", Some(1)),
    (
        "建设数据平台。到2025年，接入单位不少于50家，开放数据目录，统一接口规范，持续提高数据质量和共享水平。（市科技局牵头，市教委、市财政局等配合）",
        Some(2),
    ),
    (
        "完善服务网点。（责任单位：市教委、各区人民政府；完成时限：2024年12月底前）",
        Some(2),
    ),
    ("民生服务", Some(1)),
    (
        "改造老旧小区。（市住房城乡建设委、各街道按职责分工负责）",
        Some(2),
    ),
    ("保障措施", Some(0)),
];

/// The paragraphs with the labels that list 1 of the Word file gives them.
fn labelled() -> Vec<String> {
    let labels = ["", "", "一、", "（一）", "1.", "2.", "（二）", "1.", "二、"];
    let words = labels.iter().zip(PARAGRAPHS);
    words
        .map(|(label, (words, _))| format!("{label}{words}"))
        .collect()
}

fn prose_in_every_format() -> Vec<(&'static str, Vec<u8>)> {
    let lines = labelled();
    let body: String = lines[1..]
        .iter()
        .map(|line| format!("<p>　　{line}</p>\n"))
        .collect();
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=gb2312><title>首页</title><style>p{{color:red}}</style></head><body>\
         <div class=top><a href=/>首页</a><a href=/a>政务公开</a><a href=/b>办事服务</a></div><script>var a='<p>一、假</p>';</script>\
         <div class=main><h1>{}</h1><div>发布时间：2023-05-06</div><!-- 一、注释 --><div id=zoom>{body}<p style='display: none'>三、隐藏</p></div></div>\
         <div class=foot><a href=/c>关于我们</a><a href=/d>网站地图</a>版权所有</div></body></html>",
        lines[0]
    );
    let (gbk, ..) = encoding_rs::GBK.encode(&html);
    let word: String = PARAGRAPHS
        .iter()
        .map(|(words, level)| paragraph(words, *level))
        .collect();
    let by_style = word.replace(
        r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#,
        r#"<w:pPr><w:pStyle w:val="11"/></w:pPr>"#,
    );
    let borrowed: Vec<&str> = lines.iter().map(String::as_str).collect();
    let set = paper::set(&borrowed, 28);
    let pages: Vec<Vec<_>> = set
        .iter()
        .map(|page| {
            page.iter()
                .map(|(x, y, words)| (*x, *y, &**words))
                .collect()
        })
        .collect();
    vec![
        ("text", lines.join("\n").into_bytes()),
        ("html", html.replace("gb2312", "utf-8").into_bytes()),
        ("html in gb2312", gbk.into_owned()),
        ("docx", docx(&word)),
        ("docx with numbered styles", docx(&by_style)),
        ("pdf", paper::pdf(&pages)),
        ("pdf, packed", paper::packed(&pages)),
    ]
}

#[test]
fn a_plan_in_prose_gives_the_same_facts_in_every_format() {
    let expected = [
        "一/（一）/1 建设数据平台: L.市科技局 S.市教委 S.市财政局",
        "一/（一）/2 完善服务网点: R.市教委 R.各区人民政府 @2024年12月底前",
        "一/（二）/1 改造老旧小区: R.市住房城乡建设委 R.各街道",
    ];
    for (format, bytes) in prose_in_every_format() {
        let reading = reading(&bytes);
        assert_eq!(rows(&reading), expected, "{format}:\n{}", reading.text);
        assert_eq!(
            reading.draft.document.title, PARAGRAPHS[0].0,
            "{format}:\n{}",
            reading.text
        );
        let sections = reading.draft.sections.iter();
        let sections: Vec<_> = sections.map(|section| section.path.join("/")).collect();
        assert_eq!(sections, ["一", "一/（一）", "一/（二）", "二"], "{format}");
        let targets = reading
            .draft
            .targets
            .iter()
            .filter_map(|t| t.span.slice(&reading.text));
        assert_eq!(
            targets.collect::<Vec<_>>(),
            ["接入单位不少于50家"],
            "{format}"
        );
        for hidden in ["假", "注释", "隐藏"] {
            assert!(
                !reading.text.contains(hidden),
                "{format}:\n{}",
                reading.text
            );
        }
    }
}

const TABLE: [&[&str]; 7] = [
    &[
        "序号",
        "重点任务",
        "具体举措",
        "分管领导",
        "牵头单位",
        "配合单位",
        "完成时限",
    ],
    &["一、数字治理", "", "", "", "", "", ""],
    &[
        "1",
        "建设数据平台",
        "建成数据中心10个。",
        "张建国",
        "市科技局",
        "市教委、市财政局",
        "2024年12月31日",
    ],
    &[
        "2",
        "完善服务网点",
        "新增网点。",
        "李红",
        "市教委",
        "各区人民政府",
        "2024年12月31日",
    ],
    &["二、民生服务", "", "", "", "", "", ""],
    &[
        "3",
        "改造老旧小区",
        "改造管网。",
        "李红",
        "市住房城乡建设委",
        "市财政局",
        "2025年6月30日",
    ],
    &[
        "^",
        "^",
        "加装电梯。",
        "张建国",
        "市市场监管委",
        "各街道",
        "2025年6月30日",
    ],
];

const TABLE_ROWS: [&str; 4] = [
    "一/1 建设数据平台: L.市科技局 S.市教委 S.市财政局 @2024年12月31日 &张建国",
    "一/2 完善服务网点: L.市教委 S.各区人民政府 @2024年12月31日 &李红",
    "二/3 改造老旧小区: L.市住房城乡建设委 S.市财政局 @2025年6月30日 &李红",
    "二/3 改造老旧小区: L.市市场监管委 S.各街道 @2025年6月30日 &张建国",
];

fn table_in_every_format() -> Vec<(&'static str, Vec<u8>)> {
    const TITLE: &str = "2024年重点任务分解表";
    let own = |cell: &&str| cell.trim_matches('^').to_owned();
    let mut html = format!("<html><body><div><p>{TITLE}</p><table border=1>");
    for row in TABLE {
        html.push_str("<tr>");
        let section = row[1].is_empty();
        for (index, cell) in row.iter().enumerate().filter(|(_, cell)| **cell != "^") {
            let merged = TABLE[6][index] == "^" && row[0] == "3";
            let span = if merged {
                " rowspan=2"
            } else if section && index == 0 {
                " colspan=7"
            } else {
                ""
            };
            if !section || index == 0 {
                // Cells and rows are closed as pages like.
                html.push_str(&format!("<td{span}><p>{}</p>", cell.replace('、', "<br>")));
            }
        }
    }
    html.push_str("</table></div></body></html>");
    let dated: Vec<Vec<String>> = TABLE
        .iter()
        .map(|row| {
            let cells = row.iter().map(own);
            cells
                .map(|cell| {
                    cell.replace("2024年12月31日", "=45657")
                        .replace("2025年6月30日", "=45838")
                })
                .collect()
        })
        .collect();
    let dated: Vec<Vec<&str>> = dated
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let mut sheet: Vec<&[&str]> = vec![&[TITLE], &[""]];
    sheet.extend(dated.iter().map(Vec::as_slice));
    let csv = |separator: &str| {
        let lines = TABLE.iter().map(|row| {
            let cells = row.iter().map(|cell| format!("\"{}\"", own(cell)));
            cells.collect::<Vec<_>>().join(separator)
        });
        format!("{TITLE}\r\n{}", lines.collect::<Vec<_>>().join("\r\n"))
    };
    let word = paragraph(TITLE, None) + &word_table(&TABLE);
    let merged = ["A1:G1", "A4:G4", "A8:A9", "B8:B9"];
    let note: [&[&str]; 2] = [&["填表说明"], &["请各单位认真填写。"]];
    let of = |name, hidden, rows, merged| Sheet {
        name,
        hidden,
        rows,
        merged,
    };
    let book = xlsx(&[
        of("说明", false, &note, &[]),
        of("任务", false, &sheet, &merged),
        of("旧表", true, &sheet, &[]),
    ]);
    let text = csv(",");
    let (gb18030, ..) = encoding_rs::GB18030.encode(&text);
    vec![
        ("html", html.into_bytes()),
        ("docx", docx(&word)),
        ("xlsx", book),
        ("csv", csv(",").into_bytes()),
        ("csv in gb18030", gb18030.into_owned()),
        ("csv with semicolons", csv(";").into_bytes()),
    ]
}

#[test]
fn a_table_gives_the_same_facts_in_every_format() {
    for (format, bytes) in table_in_every_format() {
        let reading = reading(&bytes);
        assert_eq!(rows(&reading), TABLE_ROWS, "{format}:\n{}", reading.text);
        assert_eq!(
            reading.draft.document.title, "2024年重点任务分解表",
            "{format}:\n{}",
            reading.text
        );
        let targets = reading
            .draft
            .targets
            .iter()
            .filter_map(|t| t.span.slice(&reading.text));
        assert_eq!(
            targets.collect::<Vec<_>>(),
            ["建成数据中心10个"],
            "{format}"
        );
    }
}

#[test]
fn what_a_merged_cell_says_holds_for_all_its_rows() {
    let rows_of: [&[&str]; 4] = [
        &["序号", "任务", "牵头单位", "配合单位"],
        &["1", "建设平台", "市科技局", "市教委"],
        &["2", "完善网点", "^", "市财政局"],
        &["3", "改造小区", "^", "^"],
    ];
    let reading = reading(&docx(&word_table(&rows_of)));
    assert_eq!(
        rows(&reading),
        [
            "1 建设平台: L.市科技局 S.市教委",
            "2 完善网点: L.市科技局 S.市财政局",
            "3 改造小区: L.市科技局 S.市财政局",
        ]
    );
}

#[test]
fn word_files_are_read_as_word_shows_them() {
    let body = r"<w:p><w:r><w:t>某市工作方案</w:t></w:r></w:p>
        <w:p><w:r><w:t>一、甲</w:t></w:r></w:p>
        <w:p><w:r><w:t>1.乙。（市科技局</w:t></w:r><w:del><w:r><w:delText>删去局</w:delText></w:r></w:del><w:ins><w:r><w:t>、市教委</w:t></w:r></w:ins>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>负责&amp;落实&#65289;</w:t></w:r></w:p>
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>2.丙。（市财政局负责）</w:t></w:r></w:p></w:txbxContent></mc:Choice>
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>2.丙。（市财政局负责）</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    let reading = reading(&docx(body));
    assert_eq!(
        reading.text,
        "某市工作方案\n一、甲\n1.乙。（市科技局、市教委负责&落实）\n\n2.丙。（市财政局负责）\n"
    );
    assert_eq!(reading.draft.document.encoding, "docx");
}

#[test]
fn an_article_that_a_script_shows_is_read() {
    let page = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>
<h1 id="activity-name">今年要办的两件事</h1>
<div id="js_content" style="visibility: hidden; opacity: 0;"><p>学校分好了今年的工作，一起来看。</p>
<section><p><strong>01</strong></p><p><strong>把课上好</strong></p><p>新建一流课程20门。</p><p>▶ 牵头部门：教务处</p><p>▶ 配合部门：学生处</p></section>
<section><p><strong>02</strong></p><p><strong>修好宿舍</strong></p><p>换掉旧电线。</p><p>▶ 牵头部门：后勤管理处</p></section>
</div><p style="visibility: hidden">读过一次</p></body></html>"#;
    let reading = reading(page.as_bytes());
    let expected = [
        "01 把课上好: L.教务处 S.学生处",
        "02 修好宿舍: L.后勤管理处",
    ];
    assert_eq!(rows(&reading), expected, "{}", reading.text);
    assert!(!reading.text.contains("读过一次"), "{}", reading.text);
}

#[test]
fn lines_beside_each_other_on_a_page_are_never_trusted() {
    let page = vec![
        (200.0, 780.0, "重点任务分解表"),
        (60.0, 740.0, "序号"),
        (120.0, 740.0, "重点任务"),
        (280.0, 740.0, "牵头单位"),
        (420.0, 740.0, "责任单位"),
        (60.0, 710.0, "1"),
        (120.0, 710.0, "建设平台"),
        (280.0, 710.0, "市科技局"),
        (420.0, 710.0, "市教委"),
        (60.0, 680.0, "2"),
        (120.0, 680.0, "完善网点"),
        (280.0, 680.0, "市教委"),
        (420.0, 680.0, "市财政局"),
    ];
    let reading = reading(&paper::pdf(&[page]));
    assert!(
        codes(&reading).contains(&"columns_interleaved"),
        "{:?}",
        codes(&reading)
    );
    let surest = reading
        .draft
        .clauses
        .iter()
        .map(|clause| clause.confidence.as_percent())
        .max();
    assert!(surest.is_none_or(|percent| percent <= 20), "{surest:?}");
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let nested = office::archive(&[("a.docx", "x"), ("b.docx", "y")]);
    let scanned = paper::pdf(&[vec![], vec![]]);
    for (bytes, said) in [
        (nested, "unpack it and give its documents one by one"),
        (scanned, "run text recognition over it first"),
        (b"{\\rtf1 }".to_vec(), "give the document itself"),
    ] {
        let error = ingest::read(&bytes, &Options::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{error}");
    }
}
