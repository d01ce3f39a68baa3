//! Responsibility tables, laid out in the ways of published plans.

use super::{
    Stated,
    bodies::{List, named},
    clause::{Said, lead},
    plan::{Plan, SENTENCES, TITLE},
};
use domain::{
    deadline::DueDate,
    fold::fold,
    vocabulary::{DueKind, Role},
};
use proptest::{prelude::*, sample::select};

/// How the cells of a table stand in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// A row a line, with signs around the cells.
    Signs,
    /// The same, and the rule below the headings.
    Markdown,
    /// A row a line, with tabs.
    Tabs,
    /// A cell a line with a sign behind it.
    SignedCells,
    /// A cell a line with a sign before it, but for the first of a row, and another behind the last.
    SignsBefore,
    /// A cell a line, where empty ones leave nothing.
    Cells,
    Html,
    /// The table of a page within a text.
    HtmlInText,
}

const LAYOUTS: [Layout; 8] = [
    Layout::HtmlInText,
    Layout::Signs,
    Layout::Markdown,
    Layout::Tabs,
    Layout::SignedCells,
    Layout::SignsBefore,
    Layout::Cells,
    Layout::Html,
];

/// The headings of a table.
#[derive(Clone, Debug)]
struct Heads {
    number: Option<&'static str>,
    task: &'static str,
    leader: Option<&'static str>,
    lead: Option<&'static str>,
    others: (&'static str, Role),
    due: Option<&'static str>,
    remarks: bool,
}

const NUMBERS: [&str; 3] = ["序号", "编号", "项次"];

const TASKS: [&str; 6] = [
    "重点任务",
    "工作任务",
    "任务内容",
    "主要任务",
    "工作内容",
    "目标任务",
];

const LEADERS: [&str; 3] = ["责任领导", "分管领导", "牵头领导"];

const LEADS: [&str; 4] = ["牵头单位", "牵头部门", "牵头责任单位", "主办单位"];

const OTHERS: [(&str, Role); 5] = [
    ("责任单位", Role::Responsible),
    ("配合单位", Role::Support),
    ("责任部门", Role::Responsible),
    ("协办单位", Role::Support),
    ("配合部门", Role::Support),
];

const TIMES: [&str; 4] = ["完成时限", "时间节点", "完成时间", "时限要求"];

fn heads() -> impl Strategy<Value = Heads> {
    (
        prop::option::weighted(0.8, select(&NUMBERS[..])),
        select(&TASKS[..]),
        prop::option::weighted(0.2, select(&LEADERS[..])),
        prop::option::of(select(&LEADS[..])),
        select(&OTHERS[..]),
        prop::option::of(select(&TIMES[..])),
        any::<bool>(),
    )
        .prop_map(|(number, task, leader, lead, others, due, remarks)| Heads {
            number,
            task,
            leader,
            lead,
            others,
            due,
            remarks,
        })
}

#[derive(Clone, Debug)]
struct Row {
    /// The heading of a section before it, over all columns.
    section: Option<&'static str>,
    task: &'static str,
    leader: &'static str,
    leads: Vec<String>,
    others: Vec<String>,
    due: (&'static str, &'static str),
    /// Whether a remark stands in its last column.
    remark: bool,
}

const PERSONS: [&str; 5] = ["王志强", "李敏", "张建国", "陈晓东", "刘洋"];

const DUES: [(&str, &str); 4] = [
    ("2024年12月底前", "2024-12"),
    ("2025年底", "2025"),
    ("2024年6月", "2024-06"),
    ("长期坚持", ""),
];

const SECTIONS: [&str; 3] = ["推进城市更新", "壮大实体经济", "增进民生福祉"];

fn row() -> impl Strategy<Value = Row> {
    (
        prop::option::weighted(0.15, select(&SECTIONS[..])),
        select(&SENTENCES[..]),
        select(&PERSONS[..]),
        named(2),
        named(4),
        select(&DUES[..]),
        any::<bool>(),
    )
        .prop_map(|(section, task, leader, leads, mut others, due, remark)| {
            others.retain(|name| !leads.contains(name));
            if others.is_empty() {
                others.push("各区人民政府".to_owned());
            }
            Row {
                section,
                task,
                leader,
                leads,
                others,
                due,
                remark,
            }
        })
}

pub(super) fn table() -> impl Strategy<Value = Plan> {
    let rows = prop::collection::vec(row(), 2..=7);
    let signs = select(&["、", "，", " "][..]);
    (heads(), rows, select(&LAYOUTS[..]), signs, any::<bool>())
        .prop_map(|(heads, rows, layout, sign, text)| written(&heads, &rows, layout, sign, text))
}

/// By so many of its first characters a row without a number is told.
const TOLD: usize = 20;

fn written(heads: &Heads, rows: &[Row], layout: Layout, sign: &str, text: bool) -> Plan {
    let first = [
        heads.number,
        Some(heads.task),
        heads.leader,
        heads.lead,
        Some(heads.others.0),
        heads.due,
        heads.remarks.then_some("备注"),
    ];
    let first: Vec<_> = first.into_iter().flatten().map(str::to_owned).collect();
    let mut cells = vec![first];
    let mut stated = vec![];
    let mut above = vec![];
    for (index, row) in rows.iter().enumerate() {
        if let Some(title) = row.section {
            let label = ["一", "二", "三", "四", "五", "六", "七"][above.len().min(6)];
            above.push(label);
            cells.push(vec![format!("{label}、{title}")]);
        }
        let number = (index + 1).to_string();
        let leads = List::of(row.leads.clone(), sign);
        let others = List::of(row.others.clone(), sign);
        let mut said = Said::default();
        if heads.lead.is_some() {
            said.add(&leads, lead(&row.leads));
        }
        said.add(&others, heads.others.1);
        if heads.due.is_some() {
            let date = row.due.1.parse::<DueDate>().ok();
            let kind = date.map_or(DueKind::Ongoing, |_| DueKind::ByDate);
            said.due = Some((kind, date));
        }
        // Without numbers and empty cells nothing would say where a row ends.
        let told = row.remark || layout == Layout::Cells && heads.number.is_none();
        let remark = if told { "市级" } else { "" };
        let own = [
            heads.number.map(|_| number.clone()),
            Some(row.task.to_owned()),
            heads.leader.map(|_| row.leader.to_owned()),
            heads.lead.map(|_| leads.words.clone()),
            Some(others.words.clone()),
            heads.due.map(|_| row.due.0.to_owned()),
            heads.remarks.then(|| remark.to_owned()),
        ];
        cells.push(own.into_iter().flatten().collect());
        let own = match heads.number {
            Some(_) => number,
            None => fold(row.task).chars().take(TOLD).collect(),
        };
        let section = above.last().map(|label| (*label).to_owned());
        stated.push(Stated {
            path: section.into_iter().chain([own]).collect(),
            said,
        });
    }
    let around = if text {
        [
            "现将任务分解如下，请各单位抓好落实。",
            "各单位每季度末报送进展情况。",
        ]
    } else {
        [""; 2]
    };
    Plan {
        text: layout.set(around, &cells),
        stated,
        everywhere: None,
        sections: vec![],
    }
}

impl Layout {
    /// The table between two paragraphs.
    fn set(self, [before, behind]: [&str; 2], rows: &[Vec<String>]) -> String {
        let width = rows[0].len();
        // A section's heading stands in the first of its cells.
        let whole = |row: &Vec<String>| {
            let mut cells = row.clone();
            cells.resize(width, String::new());
            cells
        };
        let lines: Vec<_> = rows
            .iter()
            .map(|row| match self {
                Self::Signs | Self::Markdown => format!("| {} |", whole(row).join(" | ")),
                Self::Tabs => whole(row).join("\t"),
                Self::SignedCells => whole(row).join(" |\n") + " |",
                Self::SignsBefore => row.join("\n| ") + "\n|",
                Self::Cells => {
                    let filled = row.iter().filter(|cell| !cell.is_empty()).cloned();
                    filled.collect::<Vec<_>>().join("\n")
                }
                Self::Html | Self::HtmlInText if row.len() == 1 => {
                    format!("<tr><td colspan={width}>{}</td></tr>", row[0])
                }
                Self::Html | Self::HtmlInText => {
                    format!("<tr><td>{}</td></tr>", row.join("</td><td>"))
                }
            })
            .collect();
        let (head, below) = lines.split_at(1);
        match self {
            Self::HtmlInText => {
                let table = lines.join("\n");
                format!("# {TITLE}\n\n{before}\n\n<table>{table}</table>\n\n{behind}\n")
            }
            Self::Html => format!(
                "<html><body><p>{TITLE}</p><p>{before}</p><table>{}</table><p>{behind}</p></body></html>",
                lines.concat()
            ),
            Self::Markdown => {
                let rule = format!("|{}", "---|".repeat(width));
                format!(
                    "{TITLE}\n{before}\n\n{}\n{rule}\n{}\n\n{behind}\n",
                    head[0],
                    below.join("\n")
                )
            }
            _ => format!("{TITLE}\n{before}\n{}\n{behind}\n", lines.join("\n")),
        }
    }
}
