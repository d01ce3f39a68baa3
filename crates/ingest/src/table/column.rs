//! Columns of responsibility tables, recognised by the words of their headings.

use super::{Cell, Row};
use crate::{
    kept::Kept,
    role::{Slot, label},
    words::Words,
};
use domain::{fold::is_han, vocabulary::Role};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// 序号
    Number,
    /// 类别: what several rows belong to.
    Section,
    /// 重点任务
    Task,
    /// 具体举措: more about the task.
    Measure,
    /// 牵头单位, 分管领导, 完成时限: who answers, in which role, by when.
    States(Slot),
    /// 市科技局, above fields that say what it has to do.
    Body,
    /// 角色, above 牵头 and 配合: what those have to do who stand in another column.
    Role,
    /// 备注
    Other,
}

impl Column {
    /// Whether parties stand in the column.
    pub(crate) fn names_parties(self) -> bool {
        matches!(self, Self::States(Slot::Parties(_)))
    }

    /// Whether the column says who answers.
    pub(super) fn says_who(self) -> bool {
        self.names_parties() || self == Self::Body
    }

    /// Whether the column says what is to be done.
    pub(crate) fn says_what(self) -> bool {
        matches!(self, Self::Task | Self::Measure)
    }
}

/// No heading of a column has more characters.
pub(super) const LONGEST: usize = 24;

/// The column that the folded words of a heading stand for. White space inside them means nothing: 分 管 领 导.
///
/// The same few words are asked again and again, by each way in which headings may stand, so the answers are kept.
pub(crate) fn column(heading: &str) -> Option<Column> {
    thread_local! {
        static KEPT: Kept<Option<Column>> = Kept::default();
    }
    KEPT.with(|kept| kept.of(heading, said_by))
}

/// What a heading says by its words and its remark.
fn said_by(heading: &str) -> Option<Column> {
    let column = without_remarks(heading);
    // 发起方式(牵头指导单位): whom the column names, the remark may say.
    let said = || {
        let (_, remark) = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        let of_bodies = role(&bare(remark)?).is_some() && names_any_body(remark);
        without_remarks(remark).filter(|said| of_bodies && said.names_parties())
    };
    let open = column.is_none_or(|column| column == Column::Other);
    open.then(said).flatten().or(column)
}

/// The same for the words outside of brackets.
fn without_remarks(heading: &str) -> Option<Column> {
    let words = bare(heading)?;
    let words = without_levels(without_persons(&words));
    let is = |exact: &str| exact.split(' ').any(|exact| words == exact);
    let long = words.chars().nth(LONGEST_OF_GENERAL).is_some();
    let ends = || {
        OTHER_ENDS
            .iter()
            .any(|end| words.len() > end.len() && words.ends_with(end))
    };
    if words.starts_with("是否") {
        Some(Column::Other)
    } else if of_several_doers(words) {
        Some(Column::States(Slot::Parties(Role::Responsible)))
    } else if (OTHER.inside(words) || ends()) && !is(ASSESSED) && !long && !words.ends_with("领导")
    {
        Some(Column::Other)
    } else if is(ROLE) {
        Some(Column::Role)
    } else if is(NUMBERS) || is_number(words) {
        Some(Column::Number)
    } else if let Some(column) = asked(words) {
        Some(column)
    } else if of_bodies_persons(words) {
        Some(Column::States(Slot::Persons))
    } else if let Some(role) = role(words) {
        Some(Column::States(Slot::Parties(role)))
    } else if let Some(role) = role_of_two(words) {
        Some(Column::States(Slot::Parties(role)))
    } else if of_bodies_that(words, "发起 召集") {
        Some(Column::States(Slot::Parties(Role::Lead)))
    } else if of_bodies_that(words, "成员") {
        Some(Column::States(Slot::Parties(Role::Participate)))
    } else if of_bodies_that(words, HELPERS) {
        Some(Column::States(Slot::Parties(Role::Support)))
    } else if of_bodies_that(words, DOERS) || is("科室 处室 股室 业务科室 业务处室 业务股室")
    {
        Some(Column::States(Slot::Parties(Role::Responsible)))
    } else if LEADERS.inside(words) || leads(words) {
        Some(Column::States(Slot::Persons))
    } else if begins(words) {
        Some(Column::Other)
    } else if DEADLINES.inside(words) || is("时间 节点") || is_time(words) {
        Some(Column::States(Slot::Deadline))
    } else if SECTIONS.end(words).is_some() {
        Some(Column::Section)
    } else if long && !words.ends_with("名称") {
        let other = ["时间", "日期", "依据"];
        let other = other.iter().any(|end| words.ends_with(end));
        other.then_some(Column::Other)
    } else if TASKS.inside(words) || words.ends_with("职责") {
        Some(Column::Task)
    } else if MEASURES.inside(words) {
        Some(Column::Measure)
    } else {
        // 政策处理单位 is of bodies, whatever they do.
        let any_body = ["单位", "部门", "机构", "机关"];
        let names_body = any_body.iter().any(|body| words.ends_with(body));
        (WORK.inside(words) && !names_body).then_some(Column::Task)
    }
}

/// What says no more than that work is meant is the title of a table, if it is longer.
const LONGEST_OF_GENERAL: usize = 12;

const NUMBERS: &str = "序号 顺序 编号 编码 代号 序 项次 条款 条款号 条目 序次 项号 排序 no. no #";
const ROLE: &str = "角色 任务角色 责任角色 分工角色 角色分工 责任类型 分工类型";
static TASKS: Words = Words::of("任务 事项 重点工作 实事");
static MEASURES: Words = Words::of("举措 措施 做法 目标 成果 要求 标准 要点");
static WORK: Words = Words::of("工作 项目 内容 指标 策略 议题 行动 工程 重点 名称 政策 条目");
static DEADLINES: Words = Words::of(
    "时限 期限 完成时间 办理时间 实施时间 起止时间 时间节点 时间进度 时间安排 时间要求 时间表 期程 起止 截止 进度安排 进度要求 完成节点 完成年限 完成时效 完成时点 完成期",
);
static SECTIONS: Words = Words::of("类别 分类 领域 方面 板块 类型 大类 一级指标");
static LEADERS: Words = Words::of(
    "领导 责任人 负责人 承办人 经办人 责任干部 包保干部 指挥长 链长 河长 湖长 林长 路长 田长 街长 组长 网格长",
);

/// 项目编号, 榜号: what counts the rows.
fn is_number(words: &str) -> bool {
    const PETITIONS: [&str; 3] = ["提案号", "议案号", "建议号"];
    let short =
        words.ends_with('号') && words.chars().count() == 2 && !["文号", "字号"].contains(&words);
    short || PETITIONS.contains(&words) || words.ends_with("编号") || words.ends_with("序号")
}

/// 分管副县长, 牵头校长: who leads by office.
fn leads(words: &str) -> bool {
    const DUTIES: &str = "分管 责任 牵头 包联 包保 包抓 包片 包村 驻村 联系 主管";
    ["长", "干部"].iter().any(|leader| words.ends_with(leader))
        && DUTIES.split(' ').any(|duty| words.starts_with(duty))
}

/// 启动时间, 时间安排启动时间: when something begins, which is no deadline, whatever the heading above it and its neighbour says.
fn begins(words: &str) -> bool {
    let of_beginning = |time: &str| {
        let before = words.strip_suffix(time)?;
        let begin = ["启动", "开始", "起始", "开工"];
        begin.iter().find_map(|begin| before.strip_suffix(begin))
    };
    let before = ["时间", "日期"].iter().find_map(|time| of_beginning(time));
    before.is_some_and(|before| !before.ends_with(['、', '及', '和', '与']))
}

/// 销号时间, 办结日期: by when, unless it is when something begins or is told.
fn is_time(words: &str) -> bool {
    const OTHERS: &str = "举办 举行 开工 启动 开始 受理 发布 印发 申报 填报 报送 上报 检查 发现 交办 分办 转办 下达 收到 成立 登记";
    ["时间", "日期", "周期", "完成日"]
        .iter()
        .any(|end| words.ends_with(end))
        && !OTHERS.split(' ').any(|other| words.contains(other))
}

/// Headings that ask: 干什么, 谁来干, 怎么干, 何时干成.
fn asked(words: &str) -> Option<Column> {
    let holds = |needles: &str| needles.split(' ').any(|needle| words.contains(needle));
    if let Some((_, duty)) = words.split_once('谁') {
        let role = ROLES.iter().find(|(needle, _)| duty.contains(needle));
        let role = role.map_or(Role::Responsible, |(_, role)| *role);
        Some(Column::States(Slot::Parties(role)))
    } else if holds("何时 什么时候 什么时间") {
        Some(Column::States(Slot::Deadline))
    } else if holds("怎么 怎样 如何 程度") {
        Some(Column::Measure)
    } else {
        let asked = words.strip_suffix("什么");
        let is_verb = |words: &str| ["干", "做", "办", "抓", "改"].contains(&words);
        asked.is_some_and(is_verb).then_some(Column::Task)
    }
}

/// What is assessed is what is to be done.
const ASSESSED: &str =
    "考核内容 考核项目 考核指标 考核目标 年度考核目标 考评内容 考评项目 检查内容 督查内容 督查事项";
static OTHER: Words = Words::of(
    "备注 附注 咨询 进展 情况 电话 联系 联络 依据 来源 资金 投资 计量 分值 得分 考核 位置 地点 点位 地址 所在 所属 职务 姓名 \
     单位名称 部门名称 机构名称 企业名称 公司名称 申报 填报 报送 预算 施工 设计单位 监理 勘察 承建 主送 抄送 验收单位 验收部门 审批单位 审批部门 审核单位 审核部门 发布 获奖 推荐单位 发榜 中标 供应商 主题分类 体裁分类 组配分类",
);
/// What they end with that say how often and how something is looked at: 抽查比例.
const OTHER_ENDS: [&str; 6] = ["层级", "比例", "户数", "方式", "频次", "频率"];

/// 责任单位负责人: persons, and whose.
fn of_bodies_persons(words: &str) -> bool {
    let whose = ["负责人", "责任人"]
        .iter()
        .find_map(|person| words.strip_suffix(person));
    whose.is_some_and(|whose| {
        let whose = whose.trim_end_matches("主要").trim_end_matches("分管");
        names_any_body(whose)
    })
}

/// Without the persons that a heading of bodies names beside them: 牵头单位及责任人.
fn without_persons(words: &str) -> &str {
    const PERSONS: &str = "主要责任人 主要负责人 主要领导 主要负责同志 责任人 负责人 联系人 联络员 联系方式 联系电话 责任领导 分管领导 领导";
    let before = PERSONS
        .split(' ')
        .find_map(|person| words.strip_suffix(person))
        .and_then(|before| before.strip_suffix(['及', '和', '与', '、', '/', '-']));
    before
        .filter(|before| role(before).is_some())
        .unwrap_or(words)
}

/// Without the levels that a heading of bodies names beside them: 检查部门及实施层级.
fn without_levels(words: &str) -> &str {
    let of_bodies = |words: &&str| names_any_body(words);
    ["及实施层级", "及层级", "和层级"]
        .iter()
        .find_map(|levels| words.strip_suffix(levels))
        .filter(of_bodies)
        .unwrap_or(words)
}

/// Whether a heading is of bodies that do several things, of which the first is to answer for what is done: 起草、报送单位.
fn of_several_doers(words: &str) -> bool {
    let Some((first, rest)) = words.split_once(['、', '及', '和']) else {
        return false;
    };
    let body = BODIES.end(rest);
    body.is_some_and(|body| of_bodies_that(&[first, body].concat(), DOERS))
}

/// The words without white space, a colon at the end and remarks in brackets: 牵头(责任)单位.
fn bare(heading: &str) -> Option<String> {
    let mut words = String::with_capacity(heading.len().min(LONGEST * '字'.len_utf8()));
    let mut depth = 0usize;
    let mut count = 0;
    for c in heading.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            // A sentence is no heading.
            '。' | ',' | ';' | '|' | '"' if depth == 0 => return None,
            _ if depth == 0 => {
                words.push(c);
                count += 1;
            }
            _ => {}
        }
        if count > LONGEST {
            return None;
        }
    }
    let words = words.trim_end_matches([':', '*']).to_owned();
    let titles = || {
        const LONGEST: usize = 8;
        const SHORTEST: usize = 4;
        let ends = ["清单", "安排", "计划", "台账", "分解", "要点"];
        count > LONGEST && ends.iter().any(|end| words.ends_with(end))
            || count > SHORTEST && words.ends_with("台账")
            || count > LONGEST_OF_GENERAL && words.ends_with("分工")
    };
    let is_title = words.ends_with(['表', '案']) || titles();
    // 各责任单位 and 有关部门 stand in cells.
    // 相关责任部门 beside 牵头部门 is a column.
    let of_role = || weightiest(&words).is_some();
    let is_set = words.starts_with('各') || words.starts_with(['有', '相']) && !of_role();
    let is_pair = words.contains(':');
    (!words.is_empty() && !is_title && !is_set && !is_pair).then_some(words)
}

/// What bodies are called in headings.
static BODIES: Words = Words::of(
    "单位 部门 机关 主体 科室 处室 股室 机构 分工 组织 专班 镇街 站所 股站 部会 司局 业主 警种",
);

/// What bodies are called that have a ground: 责任街道.
const TERRITORIES: [&str; 6] = ["街道", "园区", "乡镇", "政府", "社区", "村居"];

/// What offices are called by their last character: 承办职能办.
const OFFICES: [char; 6] = ['办', '科', '处', '室', '股', '组'];

/// Whether the heading of a column of parties stands among words that nothing separates: 项目业主牵头协调部门.
pub(super) fn glued_among(words: &str) -> bool {
    let ends = BODIES
        .iter()
        .flat_map(|body| words.match_indices(body).map(|(at, body)| at + body.len()));
    ends.into_iter()
        .any(|end| last_of_parties(&words[..end]).is_some())
}

/// Where the heading of a column of parties begins that words end with, if nothing separates it from what stands before.
pub(super) fn last_of_parties(words: &str) -> Option<usize> {
    const LONGEST: usize = 8;
    let starts = words.char_indices().rev().take(LONGEST).skip(3);
    let of_parties = |start: &usize| column(&words[*start..]).is_some_and(Column::names_parties);
    starts.map(|(start, _)| start).find(of_parties)
}

/// Whether a heading says no more than that work is meant, in so many words that it may be the work itself: 交通绿色低碳行动.
pub(super) fn may_be_task(heading: &str) -> bool {
    const LONGEST: usize = 6;
    let general = |words: String| {
        let known = TASKS.inside(&words) || MEASURES.inside(&words);
        let known = known || words.ends_with("职责") || words.ends_with("名称");
        !known && words.chars().nth(LONGEST).is_some()
    };
    column(heading) == Some(Column::Task) && bare(heading).is_some_and(general)
}

/// Whether words end with one for any body at all, as headings do: 发起部门.
pub(super) fn names_any_body(words: &str) -> bool {
    BODIES.end(words).is_some()
}

/// The same, also where it has a ground: 所在街道.
pub(super) fn names_any_body_or_place(words: &str) -> bool {
    names_any_body(words) || TERRITORIES.iter().any(|body| words.ends_with(body))
}

/// Whether a heading is of bodies that have something to do with it, and says no more: 相关单位.
pub(super) fn of_others(heading: &str) -> bool {
    const OTHERS: [&str; 3] = ["相关", "有关", "涉及"];
    let mut words = heading.chars().filter(|c| !c.is_whitespace());
    let whose: String = words.by_ref().take(2).collect();
    let bodies: String = words.collect();
    OTHERS.contains(&&*whose) && ["单位", "部门"].contains(&&*bodies)
}

/// Whether a heading is of what has been done, or of what it costs: 进展情况, 计划投资.
pub(super) fn tells_how_far(heading: &str) -> bool {
    static HOW_FAR: Words = Words::of("进展 情况 资金 投资 预算 完成率 占比");
    HOW_FAR.inside(heading)
}

/// Whether a heading names those who build, of whom another column says more: 建设单位 beside 责任单位.
pub(super) fn of_builders(heading: &str) -> bool {
    let builds = |words: String| {
        role(&words).is_none()
            && !of_bodies_that(&words, HELPERS)
            && of_bodies_that(&words, BUILDERS)
    };
    bare(heading).is_some_and(builds)
}

/// Whether bodies below a heading have a part in what is to be done that it leaves open: 建设单位, 服务专班, 属地乡镇.
pub(super) fn leaves_role_open(heading: &str) -> bool {
    let open = |words: String| {
        role(&words).is_none()
            && (of_bodies_that(&words, BUILDERS) || of_bodies_that(&words, "服务 保障"))
    };
    bare(heading).is_some_and(open)
}

/// Whether a heading says who answers, and names bodies: 责任单位, and not 属地责任.
pub(super) fn of_answering_bodies(heading: &str) -> bool {
    let answers = |words: String| {
        let role = role(&words);
        let says = matches!(role, Some(Role::Lead | Role::Responsible));
        let does = || role.is_none() && of_bodies_that(&words, DOERS) && !of_builders(&words);
        BODIES.inside(&words) && (says || does())
    };
    bare(heading).is_some_and(answers)
}

/// The role that the heading of a column of parties gives them: words for a role, with a word for bodies or with nothing
/// else but whose they are and in which way: 总牵头, 参与实施, 属地责任.
fn role(words: &str) -> Option<Role> {
    // 牵头部门抽查事项 says what they do.
    let of_work = ["事项", "内容", "任务", "措施"];
    if of_work.iter().any(|work| words.ends_with(work)) && BODIES.inside(words) {
        return None;
    }
    let (needle, role) = weightiest(words)?;
    // 承办职能办
    let behind = &words[words.find(needle)? + needle.len()..];
    let of_bodies = BODIES.inside(words)
        || words.ends_with("划分")
        || behind.ends_with(OFFICES)
        || TERRITORIES.iter().any(|body| words.ends_with(body));
    let rest = characters_beside(words);
    let several = *role == Role::Lead
        && ["配合", "协办", "参与", "及", "和", "、", "/"]
            .iter()
            .any(|sign| words.contains(sign));
    // 牵头及配合单位: which of them leads, the cell may say.
    (words == *needle || rest == 0 || (of_bodies && rest <= LONGEST_BESIDE)).then_some(if several {
        Role::Responsible
    } else {
        *role
    })
}

/// The role that a cell says which says nothing else: 牵头, 配合单位.
pub(super) fn role_said(words: &str) -> Option<Role> {
    let (needle, role) = weightiest(words)?;
    let rest = words.strip_prefix(needle)?;
    (rest.is_empty() || BODIES.end(rest) == Some(rest)).then_some(*role)
}

/// The role of those who help, if a heading names it behind one who leads: 牵头及配合单位.
pub(super) fn helpers_behind_lead(heading: &str) -> Option<Role> {
    let words = &heading[heading.find("牵头").or_else(|| heading.find("主办"))?..];
    role_in(words.trim_start_matches("牵头").trim_start_matches("主办"))
        .filter(|role| matches!(role, Role::Support | Role::Participate))
}

/// The weightiest role that words name, whatever stands around it.
pub(super) fn role_in(words: &str) -> Option<Role> {
    weightiest(words).map(|(_, role)| *role)
}

/// The first of the words for roles that stands somewhere in these.
fn weightiest(words: &str) -> Option<&'static (&'static str, Role)> {
    static FIRST: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
        ROLES
            .iter()
            .filter_map(|(role, _)| role.chars().next())
            .collect()
    });
    // Every line of a text is asked, and few have such a character.
    let may = words.chars().any(|c| FIRST.contains(&c));
    ROLES
        .iter()
        .filter(|_| may)
        .find(|(role, _)| words.contains(role))
}

/// 主攻单位, 协攻单位: a word of two characters of which the first says whether they lead or help.
fn role_of_two(words: &str) -> Option<Role> {
    const OTHERS: [&str; 4] = ["主管", "主要", "主体", "主送"];
    let before = words.strip_suffix(BODIES.end(words)?)?;
    let two = before.chars().count() == 2 && !OTHERS.contains(&before);
    match before.chars().next().filter(|_| two)? {
        '主' => Some(Role::Lead),
        '协' | '辅' | '助' => Some(Role::Support),
        _ => None,
    }
}

/// How many characters of a heading are no part of a word for a role, for bodies, or for whose they are and in which way.
fn characters_beside(words: &str) -> usize {
    static PARTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        const BESIDE: &str = "第一 主要 具体 共同 联合 属地 层面 总 省 市 州 县 区 镇 乡 街 村 级 直 与 及 和 、 / 局 处 科";
        let roles = ROLES.iter().map(|(needle, _)| *needle);
        let parts = roles.chain(BODIES.iter()).chain(BESIDE.split(' '));
        parts.collect()
    });
    let mut rest = words;
    let mut count = 0;
    while let Some(first) = rest.chars().next() {
        let part = PARTS.iter().find(|part| rest.starts_with(**part));
        count += usize::from(part.is_none());
        rest = &rest[part.map_or(first.len_utf8(), |part| part.len())..];
    }
    count
}

/// What a heading of bodies says beside is no longer: 2024年度责任单位. A title is: 支持山区县高质量发展任务分工.
const LONGEST_BESIDE: usize = 6;

/// 建设单位, 属地乡镇: who builds, or does what is given to somebody else, or on whose ground it is.
const BUILDERS: &str = "属地 建设 业主 项目 承接 揭榜 认领 承担 执行 推进 推动 检查 抽查";

/// 联查部门: who does it beside others.
const HELPERS: &str = "服务 保障 联查 联合抽查 联合检查 会签";

/// 执行单位, 行业主管部门: who does it, where no other column says who is responsible.
const DOERS: &str = "承担 执行 推进 推动 完成 办理 经办 分工 主管 建设 业主 项目 承接 包抓 包保 包联 帮扶 认领 整改 挂钩 揭榜 检查 抽查 包案 化解 \
    归口 对口 起草 属地 兑现 公开";

/// Whether a heading is of bodies by what they do: 执行单位.
fn of_bodies_that(words: &str, does: &str) -> bool {
    // 被检查单位 is whom others inspect.
    let acts = !words.starts_with(['被', '受']);
    let ground = || TERRITORIES.into_iter().find(|body| words.ends_with(body));
    let body = BODIES.end(words).or_else(ground);
    let before = body.and_then(|body| words.strip_suffix(body));
    before.is_some_and(|before| acts && does.split(' ').any(|does| before.ends_with(does)))
}

/// What stands first is looked for first: 牵头责任单位 leads.
static ROLES: [(&str, Role); 38] = [
    ("牵头", Role::Lead),
    ("抓总", Role::Lead),
    ("主抓", Role::Lead),
    ("领办", Role::Lead),
    ("主办", Role::Lead),
    ("主责", Role::Lead),
    ("第一责任", Role::Lead),
    ("主要责任", Role::Lead),
    ("配合", Role::Support),
    ("协办", Role::Support),
    ("协助", Role::Support),
    ("协同", Role::Support),
    ("协作", Role::Support),
    ("会办", Role::Support),
    ("会同", Role::Support),
    ("联办", Role::Support),
    ("协力", Role::Support),
    ("支持", Role::Support),
    ("参与", Role::Participate),
    ("参加", Role::Participate),
    ("参演", Role::Participate),
    ("督导", Role::Supervise),
    ("督办", Role::Supervise),
    ("监督", Role::Supervise),
    ("监管", Role::Supervise),
    ("督查", Role::Supervise),
    ("盯办", Role::Supervise),
    ("指导", Role::Supervise),
    ("统筹", Role::Coordinate),
    ("责任", Role::Responsible),
    ("权责", Role::Responsible),
    ("职责分工", Role::Responsible),
    ("任务分工", Role::Responsible),
    ("负责", Role::Responsible),
    ("承办", Role::Responsible),
    ("落实", Role::Responsible),
    ("实施", Role::Responsible),
    ("分工", Role::Responsible),
];

/// Whether these are the columns of a responsibility table: parties, and what they answer for.
pub(super) fn named(columns: &[Option<Column>]) -> bool {
    let columns = columns.iter().flatten();
    columns.clone().any(|column| column.says_who())
        && columns
            .clone()
            .any(|column| column.says_what() || matches!(column, Column::Number | Column::Section))
}

/// Whether these headings name bodies that lead and others beside them, so that one before them that nobody knows says what
/// they answer for: 帮扶县 before 牵头单位 and 成员单位.
pub(super) fn name_leads_and_others<'h>(headings: impl Iterator<Item = &'h str>) -> bool {
    let of_parties = headings.filter_map(|words| match column(words)? {
        Column::States(Slot::Parties(role)) if names_any_body(words) => Some(role),
        _ => None,
    });
    let roles: Vec<_> = of_parties.collect();
    roles.len() > 1 && roles.contains(&Role::Lead)
}

/// Whether headings and what is of them stand beside each other in a row: 牵头单位: | 甲局.
pub(super) fn pairs(text: &str, row: &Row) -> bool {
    let heading = |cell: &Cell| column(&text[cell.range.clone()]);
    let beside = row.cells.iter().zip(row.cells.iter().skip(1));
    beside.into_iter().any(|(left, right)| {
        heading(left).is_some_and(Column::names_parties)
            && heading(right).is_none()
            && !right.range.is_empty()
    })
}

/// Whether cells of a row say themselves who answers for what another says: 建设平台 | 牵头单位:甲局.
pub(super) fn labelled(text: &str, row: &Row) -> bool {
    let says = |cell: &Cell| {
        let words = &text[cell.range.clone()];
        words
            .contains(is_han)
            .then(|| label(words).map(|(slot, ..)| slot))
    };
    let of_parties = |said: &Option<Slot>| matches!(said, Some(Slot::Parties(_)));
    let said: Vec<_> = row.cells.iter().filter_map(says).collect();
    said.iter().any(of_parties) && said.contains(&None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_recognised_by_their_headings() {
        let parties = |role| Column::States(Slot::Parties(role));
        for (heading, expected) in [
            ("序号", Some(Column::Number)),
            ("顺序", Some(Column::Number)),
            ("启动时间", Some(Column::Other)),
            ("时间安排启动时间", Some(Column::Other)),
            ("序 号", Some(Column::Number)),
            ("目标与任务", Some(Column::Task)),
            ("工 作 任 务", Some(Column::Task)),
            ("项目名称", Some(Column::Task)),
            ("具体举措", Some(Column::Measure)),
            ("工作目标", Some(Column::Measure)),
            ("分 管\n县领导", Some(Column::States(Slot::Persons))),
            ("牵头单位", Some(parties(Role::Lead))),
            ("牵头(责任)单位", Some(parties(Role::Lead))),
            ("牵头责任单位", Some(parties(Role::Lead))),
            ("牵头负责部门", Some(parties(Role::Lead))),
            ("主责单位", Some(parties(Role::Lead))),
            ("主要责任单位", Some(parties(Role::Lead))),
            ("主办机关", Some(parties(Role::Lead))),
            ("协办机关", Some(parties(Role::Support))),
            ("协同配合单位", Some(parties(Role::Support))),
            ("责任单位", Some(parties(Role::Responsible))),
            (
                "责任单位(第一个为牵头单位)",
                Some(parties(Role::Responsible)),
            ),
            ("牵头及配合单位", Some(parties(Role::Responsible))),
            ("责任单位及责任人", Some(parties(Role::Responsible))),
            ("牵头领导", Some(Column::States(Slot::Persons))),
            ("责任领导", Some(Column::States(Slot::Persons))),
            ("完成时限", Some(Column::States(Slot::Deadline))),
            ("办理期程", Some(Column::States(Slot::Deadline))),
            ("任务类别", Some(Column::Section)),
            (
                "牵头单位及主要负责人",
                Some(Column::States(Slot::Parties(Role::Lead))),
            ),
            ("角色", Some(Column::Role)),
            ("备注", Some(Column::Other)),
            ("工作完成情况", Some(Column::Other)),
            ("联系人", Some(Column::Other)),
            ("执行单位", Some(parties(Role::Responsible))),
            ("行业主管部门", Some(parties(Role::Responsible))),
            ("填报单位", Some(Column::Other)),
            ("总牵头", Some(parties(Role::Lead))),
            ("参与实施", Some(parties(Role::Participate))),
            ("属地责任", Some(parties(Role::Responsible))),
            ("牵头单位及责任人", Some(parties(Role::Lead))),
            ("省级配合部门", Some(parties(Role::Support))),
            ("任务落实", Some(Column::Task)),
            ("分管副县长", Some(Column::States(Slot::Persons))),
            ("主攻单位", Some(parties(Role::Lead))),
            ("协攻部门", Some(parties(Role::Support))),
            ("主政部会", Some(parties(Role::Lead))),
            ("承办职能办", Some(parties(Role::Responsible))),
            ("责任街道", Some(parties(Role::Responsible))),
            ("属地政府", Some(parties(Role::Responsible))),
            ("包案单位", Some(parties(Role::Responsible))),
            ("项目业主", Some(parties(Role::Responsible))),
            ("起草单位", Some(parties(Role::Responsible))),
            ("文件起草、报送单位", Some(parties(Role::Responsible))),
            ("检查部门及实施层级", Some(parties(Role::Responsible))),
            ("公开主体", Some(parties(Role::Responsible))),
            ("责任司局", Some(parties(Role::Responsible))),
            ("拟制定的规范性文件名称", Some(Column::Task)),
            ("联查部门", Some(parties(Role::Support))),
            ("责任单位主要负责人", Some(Column::States(Slot::Persons))),
            ("联系领导", Some(Column::States(Slot::Persons))),
            ("跟踪督办", None),
            ("是否需要听证、评估等程序", Some(Column::Other)),
            ("谁来干", Some(parties(Role::Responsible))),
            ("谁牵头", Some(parties(Role::Lead))),
            ("干什么", Some(Column::Task)),
            ("何时干成", Some(Column::States(Slot::Deadline))),
            ("销号时间", Some(Column::States(Slot::Deadline))),
            ("责任社区", Some(parties(Role::Responsible))),
            ("开工时间", Some(Column::Other)),
            ("分办日期", None),
            ("单位", None),
            ("各责任单位", None),
            ("主办单位:市政府办公室", None),
            ("市科技局", None),
            ("", None),
            ("牵头单位要认真落实,及时报告。", None),
        ] {
            assert_eq!(column(heading), expected, "{heading}");
        }
    }
}
