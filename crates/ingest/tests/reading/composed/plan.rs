//! Plans of running text: sections, items and sentences, numbered and laid out in the ways of published plans.

use super::{
    Stated,
    clause::{Clause, Said, clause},
};
use domain::vocabulary::Role;
use proptest::{prelude::*, sample::select};

/// A document, and what it says.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) text: String,
    pub(super) stated: Vec<Stated>,
    /// Whom a rule adds to each task.
    pub(super) everywhere: Option<&'static str>,
    /// What is no task, though somebody leads it.
    pub(super) sections: Vec<Vec<String>>,
}

/// What is to be done, and some that looks like what clauses are made of.
pub(super) const SENTENCES: [&str; 24] = [
    "加快建设全市统一的数据共享平台，推动高频事项一网通办",
    "到2025年，新增公共充电桩5000个以上",
    "组织开展重点行业隐患排查，建立问题清单和整改台账",
    "鼓励高校、科研院所（含新型研发机构）与企业共建实验室",
    "落实《市场监管条例》要求，规范招标投标行为",
    "支持各类主体参与社区养老服务，每个街道至少建成1处综合服务中心",
    "完善部门会商机制，对跨区域事项由牵头部门统一受理",
    "严格落实“三线一单”，从源头防控生态环境风险",
    "推广装配式建筑，城区新建项目占比达到30%",
    "健全一件事一次办清单（2024年版），压减办理时限50%",
    "加强粮食储备设施建设，稳定播种面积在320万亩左右",
    "每年培训基层网格员不少于2000人次",
    "优化公交线网，实现地铁站点100米内接驳",
    "对符合条件的项目给予不超过200万元的补助",
    "打造一批夜间消费集聚区（如老街、滨河片区）",
    "深化国资国企改革，做强主责主业",
    "推进水、电、气联合报装，精简申请材料",
    "督促企业落实主体责任，及时公开环境信息",
    "建成3个省级以上重点实验室，引进高层次人才100名左右",
    "加大对困难家庭的帮扶力度，做到应保尽保",
    "发挥行业协会作用，搭建供需对接平台",
    "开展“护苗”专项行动，净化校园周边环境",
    "统筹推进城镇老旧小区改造，年内完成120个",
    "探索建立首席数据官制度，试点单位先行先试",
];

const HEADINGS: [&str; 12] = [
    "夯实数据底座",
    "提升服务效能",
    "强化要素保障",
    "推动产业升级",
    "改善人居环境",
    "保障粮食安全",
    "完善养老服务",
    "优化营商环境",
    "深化国企改革",
    "促进文旅消费",
    "守牢安全底线",
    "加强队伍建设",
];

const SECTIONS: [&str; 6] = [
    "主要任务",
    "推进城市更新",
    "壮大实体经济",
    "增进民生福祉",
    "加强生态保护",
    "提高治理水平",
];

/// What the last section of a plan asks of everybody, and gives to nobody.
const UNASSIGNED: [&str; 4] = [
    "各级各部门要高度重视，把城市服务摆上重要位置，形成工作合力",
    "市发展改革委要加强调度，定期向市政府报告进展情况",
    "强化宣传引导，及时总结推广典型经验",
    "各牵头单位要细化措施，逐项明确责任人和完成时限",
];

/// Where the clause of an item stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// 1.标题。句子。（甲局负责）
    Behind,
    /// 1.标题。句子（甲局负责）。
    Before,
    /// （一）标题, and the rest on a line of its own.
    Below,
    /// （一）标题（甲局负责）, and what it is about below.
    Heading,
    /// In lines of its own, without brackets.
    Lines,
    /// In brackets on a line of its own.
    BracketedLine,
    /// 1.标题。句子。甲局负责。
    Sentence,
}

const PLACES: [Place; 7] = [
    Place::Sentence,
    Place::Behind,
    Place::Before,
    Place::Below,
    Place::Heading,
    Place::Lines,
    Place::BracketedLine,
];

/// Sentences, and the clause that governs them.
#[derive(Clone, Debug)]
struct Part {
    sentences: Vec<&'static str>,
    clause: Clause,
}

#[derive(Clone, Debug)]
enum Content {
    /// One part, with its clause in any place.
    One(Part, Place),
    /// Several, each with its clause behind it.
    Several(Vec<Part>),
    /// Numbered ones below it.
    Numbered(Vec<Part>),
}

#[derive(Clone, Debug)]
struct Item {
    heading: &'static str,
    content: Content,
    brackets: (char, char),
}

fn part() -> impl Strategy<Value = Part> {
    let sentences = prop::collection::vec(select(&SENTENCES[..]), 1..=3);
    (sentences, clause()).prop_map(|(sentences, clause)| Part { sentences, clause })
}

fn item() -> impl Strategy<Value = Item> {
    let content = prop_oneof![
        6 => (part(), select(&PLACES[..])).prop_map(|(part, place)| Content::One(part, place)),
        1 => prop::collection::vec(part(), 2..=3).prop_map(Content::Several),
        1 => prop::collection::vec(part(), 2..=3).prop_map(Content::Numbered),
    ];
    let brackets = prop_oneof![
        6 => Just(('（', '）')),
        2 => Just(('(', ')')),
        1 => Just(('〔', '〕')),
        1 => Just(('[', ']')),
        1 => Just(('（', ')')),
    ];
    (select(&HEADINGS[..]), content, brackets).prop_map(|(heading, content, brackets)| Item {
        heading,
        content,
        brackets,
    })
}

impl Item {
    fn bracketed(&self, clause: &Clause) -> String {
        let (open, close) = self.brackets;
        format!("{open}{}{close}", clause.words)
    }

    /// Its paragraphs behind its label, and what is said of the labels below it; `below` is the first label below.
    fn write(&self, label: &str, below: fn(usize) -> (String, String), out: &mut Written) {
        let heading = self.heading;
        match &self.content {
            Content::One(part, place) => {
                let bracket = self.bracketed(&part.clause);
                let body = part.sentences.join("。");
                let paragraphs = match place {
                    Place::Lines if !part.clause.labels.is_empty() => {
                        let first = format!("{label}{heading}。{body}。");
                        std::iter::once(first)
                            .chain(part.clause.labels.iter().cloned())
                            .collect()
                    }
                    Place::Behind | Place::Lines => {
                        vec![format!("{label}{heading}。{body}。{bracket}")]
                    }
                    Place::Sentence => {
                        vec![format!("{label}{heading}。{body}。{}。", part.clause.words)]
                    }
                    Place::Before => vec![format!("{label}{heading}。{body}{bracket}。")],
                    Place::Below => vec![format!("{label}{heading}"), format!("{body}。{bracket}")],
                    Place::Heading => {
                        vec![format!("{label}{heading}{bracket}"), format!("{body}。")]
                    }
                    Place::BracketedLine => vec![format!("{label}{heading}。{body}。"), bracket],
                };
                out.paragraphs.extend(paragraphs);
                out.state(&[], &part.clause);
            }
            Content::Several(parts) => {
                let mut paragraph = format!("{label}{heading}。");
                for part in parts {
                    paragraph.extend([
                        &part.sentences.join("。"),
                        "。",
                        &self.bracketed(&part.clause),
                    ]);
                    out.state(&[], &part.clause);
                }
                out.paragraphs.push(paragraph);
            }
            Content::Numbered(parts) => {
                out.paragraphs.push(format!("{label}{heading}。"));
                for (index, part) in parts.iter().enumerate() {
                    let (label, own) = below(index + 1);
                    let body = part.sentences.join("。");
                    out.paragraphs
                        .push(format!("{label}{body}。{}", self.bracketed(&part.clause)));
                    out.state(&[own], &part.clause);
                }
            }
        }
    }
}

/// What has been written of a plan.
struct Written {
    paragraphs: Vec<String>,
    path: Vec<String>,
    stated: Vec<Stated>,
    sections: Vec<Vec<String>>,
    /// What others do, where the first of several who are responsible leads.
    first_leads: Option<Role>,
}

impl Written {
    fn state(&mut self, below: &[String], clause: &Clause) {
        let mut said = clause.said.clone();
        if let Some(others) = self.first_leads.filter(|_| clause.listed)
            && let [(_, first), rest @ ..] = &mut said.parties[..]
            && !rest.is_empty()
        {
            *first = Role::Lead;
            for (_, role) in rest {
                *role = others;
            }
        }
        self.stated.push(Stated {
            path: [&self.path[..], below].concat(),
            said,
        });
    }
}

/// How the levels of a plan are numbered.
#[derive(Clone, Copy, Debug)]
enum Chain {
    /// 一、（一）1.
    Bracketed,
    /// 一、1.（1） with numbers that begin anew.
    Restarting,
    /// 一、1.（1） with numbers that run on.
    RunningOn,
    /// 一、（一）1.（1）
    Three,
    /// 1、（1） alone.
    Alone,
}

const CHAINS: [Chain; 5] = [
    Chain::Bracketed,
    Chain::Restarting,
    Chain::RunningOn,
    Chain::Three,
    Chain::Alone,
];

impl Chain {
    /// The label of an item, as it is written and as it is told.
    fn label(self, number: usize) -> (String, String) {
        match self {
            Self::Bracketed => (
                format!("（{}）", numeral(number)),
                format!("({})", numeral(number)),
            ),
            Self::Alone => (format!("{number}、"), number.to_string()),
            _ => (format!("{number}."), number.to_string()),
        }
    }

    /// The label of what is below an item.
    fn below(self) -> fn(usize) -> (String, String) {
        match self {
            Self::Bracketed => |number| (format!("{number}."), number.to_string()),
            _ => |number| (format!("（{number}）"), format!("({number})")),
        }
    }
}

fn numeral(number: usize) -> String {
    const DIGITS: [&str; 11] = [
        "", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
    ];
    match number {
        0..=10 => DIGITS[number].to_owned(),
        11..=19 => format!("十{}", DIGITS[number - 10]),
        _ => format!("{}十{}", DIGITS[number / 10], DIGITS[number % 10]),
    }
}

/// How paragraphs are set.
#[derive(Clone, Copy, Debug)]
enum Layout {
    Plain,
    Indented,
    Spaced,
    OneLine,
}

const LAYOUTS: [Layout; 4] = [
    Layout::Plain,
    Layout::Indented,
    Layout::Spaced,
    Layout::OneLine,
];

impl Layout {
    fn set(self, paragraphs: &[String]) -> String {
        match self {
            Self::Plain => paragraphs.join("\n"),
            Self::Indented => format!("　　{}", paragraphs.join("\n　　")),
            Self::Spaced => paragraphs.join("\n\n"),
            Self::OneLine => paragraphs.join(" "),
        }
    }
}

pub(super) const TITLE: &str = "滨州市推进城市服务提升行动计划（2024—2026年）";

const INTRODUCTION: &str = "城市是人们生活的地方，服务好不好，住在这里的人最清楚。近年来我市新建了一批学校、医院和公园，\
     办事窗口少了，线上能办的多了，但老城区停车难、雨天积水、上学路远的问题还没有解决，群众仍有不少意见。\
     为提升城市服务水平，补上短板，让更多的人就近办成事、方便过日子，经过走访和问卷，结合我市实际，制定本行动计划。";

/// The notice before a plan.
const NOTICE: [&str; 5] = [
    "滨州市人民政府办公室关于印发滨州市推进城市服务提升行动计划（2024—2026年）的通知",
    "各县（市、区）人民政府，市政府各部门、各直属单位：",
    "现将《滨州市推进城市服务提升行动计划（2024—2026年）》印发给你们，请结合实际认真贯彻执行。",
    "滨州市人民政府办公室",
    "2024年3月5日",
];

/// Where a plan says that the first of several leads, and what the others do.
const FIRST_LEADS: [(&str, Role); 3] = [
    (
        "任务分工中，列第一位的为牵头单位，其他为责任单位。",
        Role::Responsible,
    ),
    ("排在首位的责任单位为牵头单位。", Role::Responsible),
    (
        "责任单位中排名第一的为牵头单位，其余为配合单位。",
        Role::Support,
    ),
];

/// Where a plan says who has to do with every task.
const EVERYWHERE: [(&str, &str); 4] = [
    ("以下任务均需各街镇党工委落实，不再列出。", "各街镇党工委"),
    (
        "本计划部署的以下工作均需各园区党工委落实，不再一一列出。",
        "各园区党工委",
    ),
    (
        "各项任务均由各街镇党工委负责，以下不再单独列出。",
        "各街镇党工委",
    ),
    (
        "以下各项工作均需各街镇党工委配合落实，不再列出。",
        "各街镇党工委",
    ),
];

#[derive(Clone, Debug)]
struct Frame {
    everywhere: Option<(&'static str, &'static str)>,
    chain: Chain,
    layout: Layout,
    notice: bool,
    /// Whether a last section asks things of everybody.
    closing: bool,
    first_leads: Option<(&'static str, Role)>,
}

fn frame() -> impl Strategy<Value = Frame> {
    let rule = prop::option::weighted(0.2, select(&FIRST_LEADS[..]));
    let everywhere = prop::option::weighted(0.2, select(&EVERYWHERE[..]));
    (
        select(&CHAINS[..]),
        select(&LAYOUTS[..]),
        any::<bool>(),
        any::<bool>(),
        rule,
        everywhere,
    )
        .prop_map(
            |(chain, layout, notice, closing, first_leads, everywhere)| Frame {
                everywhere,
                chain,
                layout,
                notice,
                closing,
                first_leads,
            },
        )
}

#[derive(Clone, Debug)]
struct Section {
    lead: Option<&'static str>,
    items: Vec<Item>,
}

fn section() -> impl Strategy<Value = Section> {
    let lead = prop::option::weighted(0.1, select(&["市发展改革委", "市委社会工作部"][..]));
    let items = prop::collection::vec(item(), 1..=4);
    (lead, items).prop_map(|(lead, items)| Section { lead, items })
}

pub(super) fn plan() -> impl Strategy<Value = Plan> {
    (prop::collection::vec(section(), 1..=3), frame())
        .prop_map(|(sections, frame)| written(&sections, &frame))
}

fn written(sections: &[Section], frame: &Frame) -> Plan {
    let mut out = Written {
        paragraphs: vec![],
        path: vec![],
        stated: vec![],
        sections: vec![],
        first_leads: frame.first_leads.map(|(_, others)| others),
    };
    if frame.notice {
        out.paragraphs.extend(NOTICE.map(str::to_owned));
    }
    out.paragraphs.push(TITLE.to_owned());
    let rule = frame.first_leads.map_or("", |(words, _)| words);
    out.paragraphs.push(format!("{INTRODUCTION}{rule}"));
    out.paragraphs
        .extend(frame.everywhere.map(|(rule, _)| rule.to_owned()));
    let mut running = 0;
    for (index, section) in sections.iter().enumerate() {
        out.path.clear();
        if !matches!(frame.chain, Chain::Alone) {
            let label = numeral(index + 1);
            let lead = section.lead.map(|lead| format!("（{lead}总牵头）"));
            out.paragraphs.push(format!(
                "{label}、{}{}",
                SECTIONS[index],
                lead.unwrap_or_default()
            ));
            out.path.push(label);
            if let Some(lead) = section.lead {
                out.sections.push(out.path.clone());
                out.stated.push(Stated {
                    path: out.path.clone(),
                    said: Said {
                        parties: vec![(lead.to_owned(), Role::Lead)],
                        ..Said::default()
                    },
                });
            }
        }
        if matches!(frame.chain, Chain::Three) {
            out.paragraphs
                .push(format!("（一）{}", SECTIONS[SECTIONS.len() - 1 - index]));
            out.path.push("(一)".to_owned());
        }
        let mut number = match frame.chain {
            Chain::RunningOn | Chain::Alone => running,
            _ => 0,
        };
        for item in &section.items {
            number += 1;
            let (label, own) = frame.chain.label(number);
            out.path.push(own);
            item.write(&label, frame.chain.below(), &mut out);
            out.path.pop();
        }
        running = number;
    }
    if frame.closing {
        out.paragraphs
            .push(format!("{}、保障措施", numeral(sections.len() + 1)));
        let asked = UNASSIGNED.iter().enumerate();
        out.paragraphs
            .extend(asked.map(|(index, words)| format!("（{}）{words}。", numeral(index + 1))));
    }
    Plan {
        text: frame.layout.set(&out.paragraphs),
        stated: out.stated,
        everywhere: frame.everywhere.map(|(_, name)| name),
        sections: out.sections,
    }
}
