//! The closed vocabularies as GraphQL enums. Each mirrors its domain enum, and does not compile when they drift.

use async_graphql::Enum;

/// What a party does for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::Role")]
pub(crate) enum Role {
    /// 牵头: answers first and brings the others together.
    Lead,
    /// 联合牵头: leads together with others.
    CoLead,
    /// 负责、责任单位: answers for the task.
    Responsible,
    /// 配合、协办: supports those who answer.
    Support,
    /// 参与: takes part.
    Participate,
    /// 指导、督办: guides or supervises.
    Supervise,
    /// 统筹协调: coordinates.
    Coordinate,
}

/// On what an assignment rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::Basis")]
pub(crate) enum Basis {
    /// 原文: the document says so.
    Stated,
    /// A rule that the document sets for all its tasks, such as that the first listed leads.
    Convention,
    /// 认定: a later decision.
    Designated,
    /// 承继: a reorganization moved the duty.
    Inherited,
    /// 登记: entered or loaded without a text.
    Recorded,
    /// Concluded by a reader; never shown as stated.
    Inferred,
}

/// How an assignment refers to its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::Reference")]
pub(crate) enum Reference {
    /// A body by its name.
    Named,
    /// A set of bodies, such as 各区人民政府.
    Collective,
    /// Bodies that the text leaves open, such as 有关单位.
    Indefinite,
}

/// What kind of body a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::PartyKind")]
pub(crate) enum PartyKind {
    /// 党委机构
    CommitteeOrgan,
    /// 政府部门
    Department,
    /// 人民政府
    Government,
    /// 功能区、管委会
    FunctionalZone,
    /// 中央垂管: 海关, 税务
    VerticalAgency,
    /// 企业
    Enterprise,
    /// 高校
    University,
    /// 院所
    Institute,
    /// 领导小组、联席会议
    CoordinationBody,
    /// 群团
    MassOrganization,
    /// 法检
    CourtProcuratorate,
    /// 内设机构
    Subunit,
    /// A set of bodies or bodies left open: 各区人民政府, 有关单位
    Collective,
    /// None of these, or not known.
    Other,
}

/// What kind of name a party name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::NameKind")]
pub(crate) enum NameKind {
    /// 全称
    Official,
    /// 简称
    Short,
    /// 曾用名
    Former,
}

/// The administrative level of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::PlaceLevel")]
pub(crate) enum PlaceLevel {
    /// 国家
    Country,
    /// 省、自治区、直辖市
    Province,
    /// 市、州、盟
    Prefecture,
    /// 县、区、旗、县级市
    District,
    /// 乡、镇、街道
    Township,
    /// 开发区、园区: a zone with an administration of its own
    Zone,
}

/// What a reorganization does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::ReorganizationKind")]
pub(crate) enum ReorganizationKind {
    /// 更名: a body is called otherwise from now on.
    Rename,
    /// 合并: bodies become one.
    Merge,
    /// 拆分: a body becomes several.
    Split,
    /// 撤销: a body ceases to exist.
    Abolish,
    /// 组建、新设: a body is set up.
    Create,
    /// 职责划转: duties pass to another body, and both go on.
    Transfer,
}

/// How far a task has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::TaskStatus")]
pub(crate) enum TaskStatus {
    /// 未启动
    NotStarted,
    /// 推进中
    InProgress,
    /// 滞后
    Delayed,
    /// 待验收
    AwaitingReview,
    /// 已完成
    Done,
    /// 暂缓
    Suspended,
    /// 被替代
    Superseded,
}

/// How a task or a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::Light")]
pub(crate) enum Light {
    /// 绿灯: nothing speaks against it.
    Green,
    /// 黄灯: somebody should look at it.
    Amber,
    /// 红灯: it is late.
    Red,
}

/// What speaks against a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum ConcernKind {
    /// 已逾期: a deadline that governs it is over, and it was not met. Red; all else is amber.
    Overdue,
    /// 临期: a deadline that governs it comes near.
    DueSoon,
    /// 待验收: a deadline that governs it is over while what was handed in waits for review.
    Unreviewed,
    /// 滞后: the office says that it lags behind.
    Delayed,
    /// 暂缓: it is suspended.
    Suspended,
    /// The last report says that it lags behind, and the office has not said how far it has come since.
    ReportedDelayed,
    /// 应报未报: a party has not reported for the period that was due.
    ReportMissing,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::PeriodKind")]
pub(crate) enum PeriodKind {
    /// 月
    Month,
    /// 季度
    Quarter,
    /// 半年
    HalfYear,
    /// 年
    Year,
}

/// How far a case of supervision has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::CaseStage")]
pub(crate) enum CaseStage {
    /// 立项
    Opened,
    /// 交办
    Assigned,
    /// 反馈
    Answered,
    /// 审核
    Reviewed,
    /// 办结
    Closed,
}

/// How firmly a target is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::Firmness")]
pub(crate) enum Firmness {
    /// 确保、必须、约束性
    Firm,
    /// 力争、争取
    Aspirational,
    /// 预期性
    Expected,
    /// The text does not say.
    Unstated,
}

/// What a deadline means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::DueKind")]
pub(crate) enum DueKind {
    /// By a day, month or year: 2023年12月底前, 到2024年
    ByDate,
    /// Within a time: 三年内
    Within,
    /// Again and again: 每月28日前
    Recurring,
    /// 全年
    WholeYear,
    /// 持续推进、长期坚持
    Ongoing,
    /// 立即
    Immediate,
}

/// Where a deadline is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::DueSource")]
pub(crate) enum DueSource {
    /// In the responsibility clause.
    Clause,
    /// In the body of the text.
    Body,
    /// In a heading.
    Heading,
    /// In a loaded or entered record.
    Record,
}

/// Which part of valid time a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::view::Valid")]
pub(crate) enum Valid {
    /// What is valid on the day that is asked about.
    #[default]
    OnDay,
    /// Everything known, over or not yet begun as it may be.
    Any,
}

/// The order of a list of tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::view::TaskOrder")]
pub(crate) enum TaskOrder {
    /// By plan, then as the plan has them.
    #[default]
    Position,
    /// By title, in pinyin order.
    Title,
    /// By the last day of the earliest deadline; tasks without one last.
    Deadline,
}

/// The order of a list of parties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::view::PartyOrder")]
pub(crate) enum PartyOrder {
    /// As the directory lists them.
    #[default]
    Directory,
    /// By name, in pinyin order.
    Name,
}

/// What a row of a matrix is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub(crate) enum RowGroup {
    /// A task.
    #[default]
    Task,
    /// A section with the tasks in it.
    Section,
    /// A plan with its tasks.
    Plan,
}

/// What a column of a matrix is, or is grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum ColumnGroup {
    /// A party.
    Party,
    /// Parties of a kind.
    Kind,
    /// Parties of a place.
    Place,
    /// A body and those under it (上级、主管). One that has none above it stands for itself.
    Parent,
}

/// The order of workloads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::workload::WorkloadOrder")]
pub(crate) enum WorkloadOrder {
    /// Who has the most duties first.
    #[default]
    Duties,
    /// Who has the most tasks with a red light first, then with an amber one, then the most duties.
    Late,
}

/// How an actor was authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::change::Authentication")]
pub(crate) enum Authentication {
    /// By the operating system: somebody who can run the binary or reach the loopback interface.
    Local,
    /// By a named API token.
    Token,
}

/// How something is otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum DiffKind {
    /// It is so now and was not before: it began, or has been recorded since.
    Added,
    /// It was so before and is no longer: it ended.
    Ended,
    /// A plan ended because another took its place: `now` is the other one.
    Superseded,
    /// A duty passed from one body to another; `causes` says by which reorganizations.
    Transferred,
    /// It went on in between: a case of supervision took steps.
    Advanced,
    /// What is known of it is otherwise for the same time: it was recorded wrongly, or decided otherwise since. `now` is
    /// null if it should never have been recorded.
    Corrected,
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum DraftState {
    /// It can be corrected, accepted or dismissed.
    Open,
    /// It is in the register.
    Accepted,
    /// It is not to be accepted.
    Dismissed,
}

/// How a name in a draft is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum NameState {
    /// The register knows the party that is meant.
    Known,
    /// It may mean any of several parties: somebody has to say which.
    Ambiguous,
    /// The register knows no such party: a new one will be recorded.
    New,
    /// Somebody said what it means.
    Said,
}

/// What a person made of a fact of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::review::Mark")]
pub(crate) enum Mark {
    /// It is as it was read.
    Read,
    /// It is as it was read, and somebody has compared it with the text.
    Confirmed,
    /// Somebody corrected it.
    Corrected,
    /// Somebody added it.
    Added,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::draft::Severity")]
pub(crate) enum Severity {
    /// Good to know.
    Note,
    /// Something may have been missed or misread.
    Warning,
    /// Something could not be read.
    Error,
}

/// How a fact differs from what the register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::command::DifferenceKind")]
pub(crate) enum DifferenceKind {
    /// It is new.
    Added,
    /// It is otherwise from now on.
    Changed,
    /// It ends.
    Ended,
    /// It should never have been recorded.
    Withdrawn,
}

/// What speaks for a party whose name is not the one that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::directory::Evidence")]
pub(crate) enum Evidence {
    /// The same name, but for a level word or the name of the place: 科技局 and 市科技局.
    LevelWord,
    /// The same name on other days.
    OtherDays,
    /// One character is missing, more or another.
    OneCharacter,
    /// Another word for the kind of body: 市科技局 and 市科技委.
    Suffix,
    /// The same name in another place.
    Elsewhere,
}

/// What a plan leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::vocabulary::GapKind")]
pub(crate) enum GapKind {
    /// No party leads the task: the text names none, and none was designated.
    NoLead,
    /// More than one party is the lead of the task, and they are not said to lead together (联合牵头).
    SeveralLeads,
    /// Only parties that the text leaves open (有关单位) answer for the task.
    IndefiniteOnly,
    /// The clause's list of parties is not exhaustive (等), and nobody was entered beside them since.
    OpenList,
    /// Neither the task, a heading above it nor a target of the task says by when. What is set for the plan as a whole is
    /// not said of its tasks.
    NoDeadline,
    /// Nobody answers for the target. A task's target is owned by the parties of the task; a section's by those that a
    /// clause of the section, of a heading above it or of the whole plan names; a plan's by those that a clause of the
    /// whole plan names, or by the plan's owner. Parties that the text leaves open own nothing.
    TargetWithoutOwner,
    /// The party is known by what documents call it only: it has no official name. Told once in each plan.
    UnknownParty,
    /// The body that has the duty no longer exists.
    BodyIsOver,
    /// The reader was less sure of the clause than is asked for.
    LowConfidence,
}

/// A word of an answer is written by its name.
macro_rules! rendered_words {
    ($($word:ident),* $(,)?) => {
        crate::render::leaves! { $($word: |word, out| crate::render::word(out, word, *word as usize);)* }
    };
}

rendered_words! {
    Role, Basis, Reference, PartyKind, NameKind, PlaceLevel, TaskStatus, Firmness, DueKind, DueSource, Authentication,
    ReorganizationKind, CaseStage, Light, ConcernKind, PeriodKind, DraftState, NameState, Mark, Severity, DifferenceKind, DiffKind, Evidence, GapKind,
}

/// Words of an answer of which lists hold each once.
macro_rules! words_of_domain {
    ($($word:ident),*) => {$(
        impl super::list::WordOf for $word {
            type Domain = domain::vocabulary::$word;
        }
    )*};
}

words_of_domain! { Role, Basis }

/// Domain words as words of the schema.
pub(crate) fn words<D, W: From<D>>(domain: impl IntoIterator<Item = D>) -> Vec<W> {
    domain.into_iter().map(W::from).collect()
}

/// Words of the schema as domain words; nothing given means any.
pub(crate) fn domain<W, D: From<W>>(given: Option<Vec<W>>) -> Vec<D> {
    given.into_iter().flatten().map(D::from).collect()
}
