//! Responsibility tables in flattened text, in every layout that published pages show.

use domain::{draft::DraftTask, vocabulary::Role};
use ingest::{Options, Reading, read};
use std::fmt::Write as _;

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), &Options::default()).unwrap()
}

/// Each clause as `path title: role name …`, then `@` and the deadline, `&` and the leaders, `%` where it is unsure.
pub(crate) fn rows(reading: &Reading) -> Vec<String> {
    let words =
        |span: domain::text::Span| span.slice(&reading.text).unwrap().replace(['\r', '\n'], "");
    let clauses = reading.draft.clauses.iter().map(|clause| {
        let own = |task: &&DraftTask| task.path == clause.path;
        let tasks = || reading.draft.tasks.iter().filter(own);
        // A merged cell stands in another row than some of the tasks that it is said of.
        let task = tasks()
            .find(|task| task.span.contains(clause.span))
            .or_else(|| tasks().next());
        let title = task.map_or(String::new(), |task| task.title.clone());
        let mut shown = format!("{} {title}:", clause.path.join("/"));
        for party in &clause.parties {
            let role = match party.role {
                Role::Lead => "L",
                Role::CoLead => "C",
                Role::Responsible => "R",
                Role::Support => "S",
                Role::Participate => "P",
                Role::Supervise => "G",
                Role::Coordinate => "K",
            };
            write!(shown, " {role}.{}", words(party.span)).unwrap();
        }
        if let Some(due) = &clause.deadline {
            write!(shown, " @{}", words(due.span)).unwrap();
        }
        for person in &clause.persons {
            write!(shown, " &{}", words(*person)).unwrap();
        }
        if clause.confidence.as_percent() < 80 {
            shown += " %";
        }
        shown
    });
    clauses.collect()
}

pub(crate) fn codes(reading: &Reading) -> Vec<&str> {
    let problems = reading.draft.problems.iter();
    problems.map(|problem| problem.code.as_ref()).collect()
}

const PLAN: [&str; 3] = [
    "1 建设数据平台: L.市科技局 S.市教委 S.市财政局 @2024年底前",
    "2 完善服务网点: L.市教委 S.各区人民政府 @2023年12月底前",
    "3 改造老旧小区: L.市住房城乡建设委 S.市财政局 @持续推进",
];

#[test]
fn the_same_table_is_read_in_every_layout_that_keeps_its_cells_apart() {
    for (layout, text) in [
        (
            "cells ended by a sign, one a line",
            "序号 |\n重点任务 |\n牵头单位 |\n配合单位 |\n完成时限 |\n1 |\n建设数据平台 |\n市科技局 |\n市教委、市财政局 |\n2024年底前 |\n\
             2 |\n完善服务网点 |\n市教委 |\n各区人民政府 |\n2023年12月底前 |\n3 |\n改造老旧小区 |\n市住房城乡\n建设委 |\n市财政局 |\n持续推进 |",
        ),
        (
            "rows of a line",
            "序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限\n1 | 建设数据平台 | 市科技局 | 市教委、市财政局 | 2024年底前\n\
             2 | 完善服务网点 | 市教委 | 各区人民政府 | 2023年12月底前\n3 | 改造老旧小区 | 市住房城乡建设委 | 市财政局 | 持续推进",
        ),
        (
            "rows between signs with a rule",
            "| 序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限 |\n|---|---|:--|---|---|\n| 1 | 建设数据平台 | 市科技局 | 市教委 市财政局 | 2024年底前 |\n\
             | 2 | 完善服务网点 | 市教委 | 各区人民政府 | 2023年12月底前 |\n| 3 | 改造老旧小区 | 市住房城乡建设委 | 市财政局 | 持续推进 |",
        ),
        (
            "rows with tabs",
            "序号\t重点任务\t牵头单位\t配合单位\t完成时限\n1\t建设数据平台\t市科技局\t市教委、市财政局\t2024年底前\n\
             2\t完善服务网点\t市教委\t各区人民政府\t2023年12月底前\n3\t改造老旧小区\t市住房城乡建设委\t市财政局\t持续推进",
        ),
        (
            "cells one a line",
            "序号\n\n重点任务\n\n牵头单位\n\n配合单位\n\n完成时限\n\n1\n\n建设数据平台\n\n市科技局\n\n市教委、市财政局\n\n2024年底前\n\n\
             2\n\n完善服务网点\n\n市教委\n\n各区人民政府\n\n2023年12月底前\n\n3\n\n改造老旧小区\n\n市住房城乡建设委\n\n市财政局\n\n持续推进",
        ),
        (
            "labels with what is of them",
            "1 | 建设数据平台 |\n牵头单位： | 市科技局 |\n配合单位： | 市教委、市财政局 |\n完成时限： | 2024年底前 |\n\
             2 | 完善服务网点 |\n牵头单位： | 市教委 |\n配合单位： | 各区人民政府 |\n完成时限： | 2023年12月底前 |\n\
             3 | 改造老旧小区 |\n牵头单位： | 市住房城乡建设委 |\n配合单位： | 市财政局 |\n完成时限： | 持续推进 |",
        ),
    ] {
        assert_eq!(rows(&reading(text)), PLAN, "{layout}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(rows(&reading(&crlf)), PLAN, "{layout} crlf");
    }
}

#[test]
fn cells_behind_white_space_are_told_apart_by_what_they_hold() {
    let text = "重点工作分工表\n序号 工 作 任 务 牵头单位 配合单位 完成时限\n1 建设数据平台 市科技局 市教委、市财政局 2024年底前\n\
                2 完善服务网点 市教委 各区人民政府 2023年12月底前\n3 改造老旧小区 市住房城乡建设委 市财政局 持续推进";
    assert_eq!(rows(&reading(text)), PLAN);
}

#[test]
fn sections_stand_inside_of_a_table() {
    let text = "重点任务分解表\n序号 | 目标与任务 | 分 管 市领导 | 牵头责任单位 | 责任单位 |\n一、数字治理 | | | | |\n\
                1 | 建设平台 | 陆 明俞 悦 | 市科技局 | 市有关单位 |\n2 | 完善网点 | 王建国、李红 | 市教委 | 各区人民政府。 |\n\
                （二）民生服务 |\n8 | 改造小区 | 李红 | 市财政局 | |";
    let reading = reading(text);
    assert_eq!(
        rows(&reading),
        [
            "一/1 建设平台: L.市科技局 R.市有关单位 &陆 明 &俞 悦",
            "一/2 完善网点: L.市教委 R.各区人民政府 &王建国 &李红",
            "一/（二）/8 改造小区: L.市财政局 &李红",
        ]
    );
    let sections: Vec<_> = reading
        .draft
        .sections
        .iter()
        .map(|s| s.title.as_str())
        .collect();
    assert_eq!(sections, ["数字治理", "民生服务"]);
    assert_eq!(reading.draft.document.title, "重点任务分解表");
}

#[test]
fn a_table_stands_below_the_heading_before_it_unless_it_has_a_title_of_its_own() {
    let rows_of = "序号 | 任务 | 责任单位 |\n1 | 建设平台 | 市科技局 |\n2 | 完善网点 | 市教委 |\n";
    let below = format!(
        "一、总体要求\n坚持创新。\n二、重点任务\n{rows_of}三、保障措施\n1.加强领导。（市财政局负责）"
    );
    assert_eq!(
        rows(&reading(&below)),
        [
            "二/1 建设平台: R.市科技局",
            "二/2 完善网点: R.市教委",
            "三/1 加强领导: R.市财政局"
        ]
    );
    let titled = format!(
        "一、提高认识。各单位要高度重视。\n二、加强督查。按时报送。\n附件：重点任务分工表\n{rows_of}"
    );
    assert_eq!(
        rows(&reading(&titled)),
        ["1 建设平台: R.市科技局", "2 完善网点: R.市教委"]
    );
}

#[test]
fn rows_without_a_number_of_their_own_belong_to_the_task_above() {
    let text = "序号 | 重点任务 | 具体举措 | 责任领导 | 牵头单位 | 责任单位 |\n\
                1 | 建设平台 | 建成数据中心10个。 | 张建国 | 市科技局 | 市教委 |\n | | 开放数据资源。 | 李红 | 市财政局 | 各区人民政府 |\n\
                2 | 完善网点 | 新建网点。 | 张建国 | 市教委 | |";
    assert_eq!(
        rows(&reading(text)),
        [
            "1 建设平台: L.市科技局 R.市教委 &张建国",
            "1 建设平台: L.市财政局 R.各区人民政府 &李红",
            "2 完善网点: L.市教委 &张建国",
        ]
    );
}

#[test]
fn an_empty_cell_of_a_flattened_table_may_be_merged_with_the_one_above() {
    let text = "序号 | 任务 | 责任单位 |\n1 | 建设平台 | 市科技局 |\n2 | 完善网点 | |\n3 | 改造小区 | 市财政局 |";
    assert_eq!(
        rows(&reading(text)),
        [
            "1 建设平台: R.市科技局",
            "2 完善网点: R.市科技局 %",
            "3 改造小区: R.市财政局",
        ]
    );
}

#[test]
fn a_row_whose_merged_cells_were_dropped_is_put_under_the_columns_that_it_fits() {
    let text = "类别 | 事项名称 | 年度目标 | 责任单位 | 分管领导 |\n四、教育文化 | 14.扩建学校 | 完成主体建设。 | 市教委 | 刘福利 |\n\
                15.铺设场地 | 全部投入使用。 | 市教委 | 刘福利 |";
    assert_eq!(
        rows(&reading(text)),
        [
            "四/14 扩建学校: R.市教委 &刘福利",
            "四/15 铺设场地: R.市教委 &刘福利 %",
        ]
    );
}

#[test]
fn words_of_a_row_may_look_like_headings() {
    let text =
        "序号 | 任务 | 责任单位 |\n1 | 完成年度任务 | 各责任单位 |\n2 | 明确责任单位 | 市教委 |";
    assert_eq!(
        rows(&reading(text)),
        ["1 完成年度任务: R.各责任单位", "2 明确责任单位: R.市教委"]
    );
}

#[test]
fn forms_of_taiwan_read_as_the_same_roles() {
    let text = "項次 | 工作項目 | 主辦機關 | 協辦機關 | 辦理期程 |\n1 | 推動數位服務 | 數位發展部 | 內政部、各地方政府 | 2025年底前 |";
    assert_eq!(
        rows(&reading(text)),
        ["1 推動數位服務: L.數位發展部 S.內政部 S.各地方政府 @2025年底前"]
    );
}

#[test]
fn a_rule_in_the_heading_of_a_column_holds_for_its_cells() {
    let text =
        "序号 | 任务 | 责任单位（列第一位的为牵头单位） |\n1 | 建设平台 | 市科技局、市教委 |";
    assert_eq!(rows(&reading(text)), ["1 建设平台: L.市科技局 R.市教委"]);
}

#[test]
fn glued_cells_are_guessed_and_said_to_be() {
    let text = "任务分解表\n序号重点工作责任单位1建设数据平台50个。市科技局市教委各街道2完善网点。市财政局各区人民政府3改造小区。市住建委";
    let reading = reading(text);
    assert_eq!(
        rows(&reading),
        [
            "1 建设数据平台50个: R.市科技局 R.市教委 R.各街道 %",
            "2 完善网点: R.市财政局 R.各区人民政府 %",
            "3 改造小区: R.市住建委 %",
        ]
    );
    assert!(codes(&reading).contains(&"glued_cells"));
    let sure = reading
        .draft
        .clauses
        .iter()
        .filter(|clause| clause.confidence.as_percent() > 40);
    assert_eq!(sure.count(), 0);
}

#[test]
fn the_first_row_of_a_table_is_no_value_of_the_label_that_it_stands_behind() {
    let text = "责任单位:序号重点任务责任单位1市科技局";
    assert_eq!(rows(&reading(text)), ["1 : R.市科技局 %"]);
}

#[test]
fn a_table_whose_columns_run_through_each_other_is_reported_and_not_read() {
    let text = "任务分解表\n序号 重点任务 牵头单位 责任单位\n建设 市科 市教\n平台 技局 委\n完善 市财 各区\n网点 政局";
    let reading = reading(text);
    assert_eq!(rows(&reading), [""; 0]);
    assert!(
        codes(&reading).contains(&"table_not_read"),
        "{:?}",
        codes(&reading)
    );
}

#[test]
fn a_drawn_table_is_read_however_many_lines_its_rows_have() {
    let one_line = "┌──┬────┬────┐\n│序号│工作任务│牵头单位│\n├──┼────┼────┤\n│１　│建设平台│市科技局│\n├──┼────┼────┤\n│２　│完善网点│市教委　│\n└──┴────┴────┘";
    assert_eq!(
        rows(&reading(one_line)),
        ["１ 建设平台: L.市科技局", "２ 完善网点: L.市教委"]
    );
    let wrapped = "┌──┬────┬────┐\n│序号│工作任务│牵头单位│\n├──┼────┼────┤\n│１　│建设平台│市发展改│\n│　　│十二个。│革委　　│\n└──┴────┴────┘";
    assert_eq!(
        rows(&reading(wrapped)),
        ["１ 建设平台十二个: L.市发展改革委"]
    );
}

#[test]
fn bodies_below_a_heading_that_says_nothing_make_rows_unsure() {
    let known = "任务分解表\n序号 | 任务 | 牵头单位 | 颜色\n1 | 建设平台 | 市科技局 | 红\n2 | 完善网点 | 市教委 | 黄\n";
    assert_eq!(
        rows(&reading(known)),
        ["1 建设平台: L.市科技局", "2 完善网点: L.市教委"]
    );
    // Whether those in the last column answer too, nothing says.
    let unread = known.replace('红', "市财政局").replace('黄', "市民政局");
    assert_eq!(
        rows(&reading(&unread)),
        ["1 建设平台: L.市科技局 %", "2 完善网点: L.市教委 %"]
    );
    // Nobody else answers here, and the table counts what is to be done.
    let alone = unread.replace("牵头单位", "颜料");
    assert_eq!(
        rows(&reading(&alone)),
        [
            "1 建设平台: R.市科技局 R.市财政局 %",
            "2 完善网点: R.市教委 R.市民政局 %"
        ]
    );
}

#[test]
fn a_table_that_names_nobody_stays_text() {
    let text = "索引号 | 000014349 | 主题分类 | 综合政务 |\n发文机关 | 某市人民政府 | 成文日期 | 2021年3月1日 |\n某市数字行动方案\n一、甲\n1.乙。（市科技局负责）";
    assert_eq!(rows(&reading(text)), ["一/1 乙: R.市科技局"]);
}

#[test]
fn helpers_on_a_row_that_was_fitted_make_their_clause_no_surer() {
    let text = "序号 |\n检查事项 |\n检查对象 |\n牵头部门 |\n配合部门 |\n1 |\n检查商场 |\n经营者 |\n市市场监管局 |\n市公安局 |\n市消防救援支队 |\n||||\n\
                2 |\n检查民宿 |\n经营者 |\n市文旅局 |\n市卫生健康委 |";
    assert_eq!(
        rows(&reading(text)),
        [
            "1 检查商场: L.市市场监管局 S.市公安局 S.市消防救援支队 %",
            "2 检查民宿: L.市文旅局 S.市卫生健康委",
        ]
    );
}

#[test]
fn rows_whose_parties_or_tasks_are_in_doubt_are_less_sure() {
    // A heading that leaves open what its bodies have to do; a body in a column that nobody reads; labels behind a table;
    // and rows whose cells are plain.
    for (text, sure) in [
        ("序号 | 任务 | 责任单位\n1 | 建设平台 | 市科技局\n", true),
        (
            "序号 | 任务 | 责任单位 | 服务专班\n1 | 建设平台 | 市科技局 | 第一专班\n",
            false,
        ),
        (
            "序号 | 任务 | 责任单位 | 去向\n1 | 建设平台 | 市科技局 | 市财政局\n",
            false,
        ),
        (
            "序号 | 任务 | 说明\n1 | 建设平台 | 牵头单位:市科技局\n",
            true,
        ),
    ] {
        let reading = reading(text);
        let confidence = reading
            .draft
            .clauses
            .iter()
            .map(|clause| clause.confidence.as_percent());
        let least = confidence
            .min()
            .unwrap_or_else(|| panic!("{text}: nothing was read"));
        assert_eq!(least >= 90, sure, "{text}: {least}");
    }
    let behind = reading("序号 | 任务 | 责任单位\n1 | 建设平台 | 市科技局\n\n责任单位:市教委\n");
    let last = behind.draft.clauses.last().unwrap();
    assert!(last.confidence.as_percent() < 90, "{last:?}");
}
