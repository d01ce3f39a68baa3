//! Forms of clause that need more of a document than their own words: what they govern, and what the document sets for
//! all of them.

use domain::vocabulary::{Basis, Role};
use ingest::{Options, Reading, read};

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), &Options::default()).unwrap()
}

/// Each clause as `path: role name, …`, `*` behind a party that a convention adds or raises.
fn clauses(text: &str) -> Vec<String> {
    let reading = reading(text);
    let clauses = reading.draft.clauses.iter().map(|clause| {
        let parties = clause.parties.iter().map(|party| {
            let role = match party.role {
                Role::Lead => "leads",
                Role::CoLead => "co-leads",
                Role::Responsible => "answers",
                _ => "helps",
            };
            let star = if party.basis == Basis::Convention {
                "*"
            } else {
                ""
            };
            format!("{} {role}{star}", party.span.slice(&reading.text).unwrap())
        });
        format!(
            "{}: {}",
            clause.path.join("/"),
            parties.collect::<Vec<_>>().join(", ")
        )
    });
    clauses.collect()
}

fn scopes(text: &str) -> Vec<String> {
    let reading = reading(text);
    let scopes = reading.draft.clauses.iter().map(|clause| {
        let scope = clause.scope.and_then(|scope| scope.slice(&reading.text));
        scope.unwrap_or("-").to_owned()
    });
    scopes.collect()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading
        .draft
        .problems
        .iter()
        .map(|problem| problem.code.as_ref())
        .collect()
}

#[test]
fn the_first_listed_leads_where_the_document_says_so_and_from_there_on() {
    let text = "一、任务\n1.甲。（市科技局、市教委负责）\n2.乙。（市教委、市科技局负责。列第一位的为牵头单位，下同）\n\
                3.丙。（市财政局、市科技局负责）\n4.丁。（市财政局牵头，市科技局配合）\n5.戊。（各有关部门、市科技局负责）";
    assert_eq!(
        clauses(text),
        [
            "一/1: 市科技局 answers, 市教委 answers",
            "一/2: 市教委 leads*, 市科技局 answers",
            "一/3: 市财政局 leads*, 市科技局 answers",
            "一/4: 市财政局 leads, 市科技局 helps",
            "一/5: 各有关部门 answers, 市科技局 answers",
        ]
    );
}

#[test]
fn a_convention_in_the_notice_holds_for_all_clauses() {
    let text = "各区人民政府：\n现将方案印发给你们，排在首位的为牵头单位，请认真落实。\n一、甲\n1.乙。（市科技局、市教委）";
    assert_eq!(clauses(text), ["一/1: 市科技局 leads*, 市教委 answers"]);
}

#[test]
fn who_answers_for_everything_is_added_to_every_later_task() {
    let text = "一、甲\n1.乙。（市科技局负责）\n（以下任务均需各区人民政府落实，不再列出）\n2.丙。（市教委负责）\n3.丁。（各区人民政府负责）";
    assert_eq!(
        clauses(text),
        [
            "一/1: 市科技局 answers",
            "一/2: 市教委 answers, 各区人民政府 answers*",
            "一/3: 各区人民政府 answers",
        ]
    );
}

#[test]
fn a_clause_over_tasks_with_clauses_of_their_own_is_the_sections() {
    let text = "一、数字治理（市委网信办总牵头）\n1.甲。（市科技局负责）\n2.乙。（市教委负责）";
    let reading = reading(text);
    assert_eq!(
        clauses(text),
        [
            "一: 市委网信办 leads",
            "一/1: 市科技局 answers",
            "一/2: 市教委 answers"
        ]
    );
    assert_eq!(reading.draft.sections[0].title, "数字治理");
    assert_eq!(reading.draft.tasks.len(), 2);
}

#[test]
fn several_clauses_of_one_task_govern_what_stands_before_each() {
    let text = "一、甲\n1.乙。先做一。（市科技局负责）再做二。（市教委负责）";
    assert_eq!(scopes(text), ["乙。先做一。", "再做二。"]);
    assert_eq!(reading(text).draft.tasks.len(), 1);
}

#[test]
fn items_in_one_paragraph_are_tasks_if_each_has_its_clause_and_one_task_if_only_the_last_has() {
    let each =
        "1.改革。（1）落实甲（市科技局负责）（2）完善乙（市教委负责）。2.保障。丙（市财政局负责）";
    assert_eq!(
        clauses(each),
        [
            "1/（1）: 市科技局 answers",
            "1/（2）: 市教委 answers",
            "2: 市财政局 answers"
        ]
    );
    let last = "1.改革。做好：（1）落实甲；（2）完善乙。（市科技局负责）\n2.保障。（市教委负责）";
    assert_eq!(clauses(last), ["1: 市科技局 answers", "2: 市教委 answers"]);
    assert_eq!(reading(last).draft.tasks.len(), 2);
}

#[test]
fn a_clause_in_its_own_line_behind_several_items_governs_them_all() {
    let text = "（一）甲\n1.乙。\n2.丙。\n（市科技局负责）\n（二）丁。（市教委负责）";
    assert_eq!(
        clauses(text),
        ["（一）: 市科技局 answers", "（二）: 市教委 answers"]
    );
}

#[test]
fn a_task_that_nobody_answers_for_is_reported_among_its_neighbours() {
    let reading = reading("一、甲\n1.乙。（市科技局负责）\n2.丙。谁也没有。\n二、总体要求\n丁。");
    assert_eq!(reading.draft.tasks.len(), 2);
    assert!(codes(&reading).contains(&"task_without_clause"));
}

#[test]
fn names_below_a_label_that_ends_its_line_belong_to_it() {
    let text = "一、甲\n1.乙。\n牵头单位：\n市科技局\n责任单位：\n市教委\n市人社局、各区人民政府\n2.丙。\n责任单位：\n丁戊己。\n3.庚（市教委负责）";
    assert_eq!(
        clauses(text),
        [
            "一/1: 市科技局 leads, 市教委 answers, 市人社局 answers, 各区人民政府 answers",
            "一/3: 市教委 answers",
        ]
    );
}

#[test]
fn the_points_of_a_notice_are_no_tasks_of_the_plan_behind_it() {
    let reading = reading(
        "各区人民政府：\n现将方案印发给你们。\n一、加强领导。各单位要重视。\n二、按时报送。每月报送一次。\n2021年3月1日\n\
         甲方案\n一、建设平台。（市科技局负责）\n二、培训人员。（市教委负责）",
    );
    let titles = reading.draft.tasks.iter().map(|task| task.title.as_str());
    assert_eq!(titles.collect::<Vec<_>>(), ["建设平台", "培训人员"]);
    assert_eq!(reading.draft.problems, []);
}

#[test]
fn damage_is_reported_and_hides_nothing_behind_it() {
    let reading = reading(
        "一、甲\n1.乙。（市科技局、市教委负责\n3.丙。〔市财\u{E000}政局、市教委负责】\n4.丁。（专人负责）",
    );
    let codes = codes(&reading);
    for code in [
        "bracket_not_closed",
        "damaged_characters",
        "label_out_of_sequence",
        "clause_not_read",
    ] {
        assert!(codes.contains(&code), "{code} is missing in {codes:?}");
    }
    let clauses = &reading.draft.clauses;
    assert_eq!(clauses.len(), 2);
    assert!(
        clauses
            .iter()
            .all(|clause| clause.garbled && clause.confidence.as_percent() < 70)
    );
}

#[test]
fn a_heading_that_is_a_label_leaves_no_gap_in_the_numbers() {
    let reading = reading(
        "白石县问题销号实施方案\n一、整改问题\n河边有垃圾。\n二、责任单位\n县水务局\n三、整改措施\n清走垃圾。",
    );
    assert_eq!(reading.draft.clauses.len(), 1);
    assert_eq!(codes(&reading), [""; 0]);
}

#[test]
fn a_document_without_any_clause_is_a_draft_with_a_warning() {
    let reading = reading(
        "某市关于开展调研的通知\n\n请各单位按时报送材料，材料应当真实完整，便于汇总分析和研究使用。",
    );
    assert_eq!(reading.draft.clauses, []);
    assert_eq!(reading.draft.tasks, []);
    assert_eq!(codes(&reading), ["no_clause"]);
}

#[test]
fn glosses_and_line_breaks_inside_names_are_read_through() {
    let text = "一、甲\n1.乙。（市發(fā)展改革委、市财\n政局负责）";
    assert_eq!(
        clauses(text),
        ["一/1: 市發(fā)展改革委 answers, 市财\n政局 answers"]
    );
}

#[test]
fn a_target_takes_the_deadline_of_its_sentence_or_in_a_section_that_of_the_lead() {
    let text = "一、发展目标\n到2025年，形成新格局。建成10个中心。力争到2027年建成20个中心。\n二、任务\n1.甲。2024年底前建成5个站点，增加3条线路。再建6个站点。（市科技局负责）";
    let reading = reading(text);
    let targets = reading.draft.targets.iter().map(|target| {
        let due = target.due.as_ref().and_then(|due| due.date);
        let path = target
            .path
            .as_ref()
            .map_or("plan".to_owned(), |path| path.join("/"));
        let due = due.map_or("-".to_owned(), |due| due.to_string());
        format!("{path} {} {due}", target.min.as_ref().unwrap())
    });
    assert_eq!(
        targets.collect::<Vec<_>>(),
        [
            "plan 10 2025",
            "plan 20 2027",
            "二/1 5 2024",
            "二/1 3 2024",
            "二/1 6 -"
        ]
    );
}

#[test]
fn a_heading_that_is_all_a_task_says_has_its_targets() {
    let text = "某县2022年重点任务\n\n一、甲\n1．新开工项目30个。\n责任单位：县财政局\n完成时限：12月底前\n                2．新建学校2所（县教体局负责）。";
    let reading = reading(text);
    let targets = reading.draft.targets.iter();
    let words = targets.map(|target| target.span.slice(&reading.text).unwrap());
    assert_eq!(words.collect::<Vec<_>>(), ["新开工项目30个", "新建学校2所"]);
    let due = reading.draft.clauses[0].deadline.as_ref().unwrap();
    assert_eq!(due.date.unwrap().to_string(), "2022-12");
}

#[test]
fn a_deadline_in_a_clause_is_the_clauses_alone_and_one_in_a_heading_is_the_tasks() {
    let text = "一、甲\n1．2024年底前建好平台（县财政局负责，2023年底前完成）\n内容。\n2．乙（县教育局负责）";
    let reading = reading(text);
    let deadlines = reading.draft.deadlines.iter();
    let words = deadlines.map(|d| (d.path.join("/"), d.due.span.slice(&reading.text).unwrap()));
    assert_eq!(
        words.collect::<Vec<_>>(),
        [("一/1".to_owned(), "2024年底前")]
    );
    let due = reading.draft.clauses[0].deadline.as_ref().unwrap();
    assert_eq!(due.span.slice(&reading.text), Some("2023年底前"));
}

#[test]
fn an_item_whose_number_stands_alone_is_called_what_the_lines_below_say() {
    let text = "整改清单\n序号：1\n问题描述：老城的下水道往外冒。\n责任单位：县住建局\n\
                序号：2\n反馈问题\n厂房占了水田\n责任单位：县农业局\n\
                序号：3\n责任单位：县水务局\n";
    let reading = reading(text);
    let titles = reading.draft.tasks.iter().map(|task| task.title.as_str());
    let titles: Vec<_> = titles.collect();
    assert_eq!(titles, ["老城的下水道往外冒", "厂房占了水田", ""]);
}
