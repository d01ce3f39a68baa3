//! Tables of files whose cells are merged, counted by the program, or go on in another table.

use super::{
    office::{Sheet, docx, paragraph, word_table, xlsx},
    reading,
};
use crate::table::rows;

/// A page with these rows of tables; `^` is a cell merged with the one above, for so many rows.
fn page(tables: &[&str]) -> Vec<u8> {
    let tables: Vec<_> = tables
        .iter()
        .map(|table| format!("<table>{table}</table><p>&nbsp;</p>"))
        .collect();
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>任务分解表</title></head><body><div>{}</div></body></html>",
        tables.concat()
    );
    page.into_bytes()
}

#[test]
fn measures_with_bodies_of_their_own_are_tasks_below_what_they_are_against() {
    let table = "<tr><td>序号</td><td>反馈问题</td><td>整改措施</td><td>责任单位</td></tr>
        <tr><td rowspan=2>1</td><td rowspan=2>扬尘反复</td><td>(1)每天洒水</td><td>市城管局</td></tr>
        <tr><td>(2)沿线设卡</td><td>市公安局</td></tr>
        <tr><td>2</td><td>排口没有封堵</td><td>1.溯源；2.封堵</td><td>市水利局</td></tr>
        <tr><td rowspan=2>3</td><td rowspan=2>油烟扰民</td><td>装净化器</td><td>市生态环境局</td></tr>
        <tr><td>(1)夜间巡查</td><td>市市场监管局</td></tr>";
    let expected = [
        "1/(1) 每天洒水: R.市城管局",
        "1/(2) 沿线设卡: R.市公安局",
        "2 排口没有封堵: R.市水利局",
        "3 油烟扰民: R.市生态环境局",
        "3 油烟扰民: R.市市场监管局",
    ];
    assert_eq!(rows(&reading(&page(&[table]))), expected);
}

#[test]
fn a_table_goes_on_in_the_next_one_where_its_numbers_do() {
    let first = "<tr><td>序号</td><td>任务</td><td>成员单位</td><td>时间</td></tr>
        <tr><td>1</td><td>修好两条小路</td><td>区交通局</td><td>6月</td></tr>
        <tr><td>2</td><td>种上行道树</td><td>区林业局</td><td>9月</td></tr>";
    let next = "<tr><td>3</td><td>办一次演练</td><td>区安委会成员单位</td><td>全年</td></tr>
        <tr><td>4</td><td>清一遍河道</td><td>区水利局</td><td>12月</td></tr>";
    let expected = [
        "1 修好两条小路: R.区交通局 @6月",
        "2 种上行道树: R.区林业局 @9月",
        "3 办一次演练: R.区安委会成员单位 @全年",
        "4 清一遍河道: R.区水利局 @12月",
    ];
    let found = reading(&page(&[first, next]));
    assert_eq!(rows(&found), expected, "{}", found.text);
    // A form of the same width is none of its rows.
    let form = "<tr><td>责任单位</td><td>区住建局</td><td>整改时限</td><td>9月</td></tr>";
    let found = rows(&reading(&page(&[first, form])));
    assert_eq!(found[..2], expected[..2]);
    assert!(found[2].ends_with(": R.区住建局 @9月"), "{found:?}");
}

#[test]
fn numbers_that_word_counts_in_empty_cells_are_those_of_their_rows() {
    let rows_of: [&[&str]; 3] = [
        &["序号", "任务", "责任单位"],
        &["#", "建设平台", "市科技局"],
        &["#", "完善网点", "市教委#"],
    ];
    let counted = paragraph("", Some(2));
    let words = paragraph("#", None);
    let behind = paragraph("市教委#", None);
    let table = word_table(&rows_of)
        .replace(&words, &counted)
        .replace(&behind, &(paragraph("市教委", None) + &counted));
    let expected = ["1 建设平台: R.市科技局", "2 完善网点: R.市教委"];
    assert_eq!(rows(&reading(&docx(&table))), expected);
}

#[test]
fn sheets_may_have_headings_in_two_rows() {
    let workbook = xlsx(&[Sheet {
        name: "表",
        hidden: false,
        rows: &[
            &["创建任务分解表"],
            &["测评项目", "序号", "测评标准", "责任划分", ""],
            &["", "", "", "牵头单位", "责任单位"],
            &[
                "政务环境",
                "1",
                "窗口用语文明",
                "区行政审批局",
                "各进驻单位",
            ],
            &["", "2", "投诉当天有回音", "区信访局", "区司法局"],
        ],
        merged: &["A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "A4:A5"],
    }]);
    let found = reading(&workbook);
    let expected = [
        "政务环境/1 窗口用语文明: L.区行政审批局 R.各进驻单位",
        "政务环境/2 投诉当天有回音: L.区信访局 R.区司法局",
    ];
    assert_eq!(rows(&found), expected, "{}", found.text);
}
