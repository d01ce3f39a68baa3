//! The closed vocabularies: each word once, with its form in the log and in SQL (`snake_case`).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, marker::PhantomData, str::FromStr};

/// A word that a closed vocabulary does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a {vocabulary}; one of: {known}")]
pub struct UnknownWord {
    /// What was given.
    pub word: String,
    /// What it should have been.
    pub vocabulary: &'static str,
    /// All words there are.
    pub known: String,
}

/// A word of a closed vocabulary.
pub trait Word: Copy + 'static {
    /// Every word, in the order in which the vocabulary lists them.
    const WORDS: &'static [Self];

    /// The word's place among them, counted from 0.
    fn place(self) -> usize;
}

/// Words of a vocabulary, each once, in the order in which it lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordSet<W> {
    /// A bit for each, the lowest for the first.
    bits: u32,
    vocabulary: PhantomData<W>,
}

impl<W: Word> WordSet<W> {
    const FIT: () = assert!(W::WORDS.len() <= u32::BITS as usize);

    /// A single word.
    pub fn of(word: W) -> Self {
        let () = Self::FIT;
        Self {
            bits: 1 << word.place(),
            vocabulary: PhantomData,
        }
    }

    /// The words of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            bits: self.bits | other.bits,
            ..self
        }
    }

    /// Each word.
    pub fn iter(self) -> impl Iterator<Item = W> {
        let mut bits = self.bits;
        std::iter::from_fn(move || {
            let word = W::WORDS.get(bits.trailing_zeros() as usize).copied();
            bits &= bits.wrapping_sub(1);
            word
        })
    }
}

macro_rules! vocabularies {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$word_doc])* $word,)* }

        impl $name {
            /// Every word, in the order in which the vocabulary lists them.
            pub const ALL: &'static [Self] = &[$(Self::$word),*];

            /// The word as the log and SQL write it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$word => $text,)* }
            }
        }
        impl Word for $name {
            const WORDS: &'static [Self] = Self::ALL;

            fn place(self) -> usize {
                self as usize
            }
        }
        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($text => Ok(Self::$word),)*
                    _ => Err(UnknownWord {
                        word: word.to_owned(),
                        vocabulary: stringify!($name),
                        known: [$($text),*].join(", "),
                    }),
                }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

vocabularies! {
    /// What a party does for a task.
    Role {
        /// 牵头: answers first and brings the others together.
        Lead = "lead",
        /// 联合牵头: leads together with others.
        CoLead = "co_lead",
        /// 负责、责任单位: answers for the task.
        Responsible = "responsible",
        /// 配合、协办: supports those who answer.
        Support = "support",
        /// 参与: takes part.
        Participate = "participate",
        /// 指导、督办: guides or supervises.
        Supervise = "supervise",
        /// 统筹协调: coordinates.
        Coordinate = "coordinate",
    }

    /// On what an assignment rests.
    Basis {
        /// 原文: the document says so.
        Stated = "stated",
        /// A rule that the document sets for all its tasks, such as that the first listed leads.
        Convention = "convention",
        /// 认定: a later decision.
        Designated = "designated",
        /// 承继: a reorganization moved the duty.
        Inherited = "inherited",
        /// 登记: entered or loaded without a text.
        Recorded = "recorded",
        /// Concluded by a reader; never shown as stated.
        Inferred = "inferred",
    }

    /// How an assignment refers to its party.
    Reference {
        /// A body by its name.
        Named = "named",
        /// A set of bodies, such as 各区人民政府.
        Collective = "collective",
        /// Bodies that the text leaves open, such as 有关单位.
        Indefinite = "indefinite",
    }

    /// What kind of body a party is.
    PartyKind {
        /// 党委机构
        CommitteeOrgan = "committee_organ",
        /// 政府部门
        Department = "department",
        /// 人民政府
        Government = "government",
        /// 功能区、管委会
        FunctionalZone = "functional_zone",
        /// 中央垂管: 海关, 税务
        VerticalAgency = "vertical_agency",
        /// 企业
        Enterprise = "enterprise",
        /// 高校
        University = "university",
        /// 院所
        Institute = "institute",
        /// 领导小组、联席会议
        CoordinationBody = "coordination_body",
        /// 群团
        MassOrganization = "mass_organization",
        /// 法检
        CourtProcuratorate = "court_procuratorate",
        /// 内设机构
        Subunit = "subunit",
        /// A set of bodies or bodies left open: 各区人民政府, 有关单位
        Collective = "collective",
        /// None of these, or not known.
        Other = "other",
    }

    /// What kind of name a party name is.
    NameKind {
        /// 全称
        Official = "official",
        /// 简称
        Short = "short",
        /// 曾用名
        Former = "former",
    }

    /// The administrative level of a place.
    PlaceLevel {
        /// 国家
        Country = "country",
        /// 省、自治区、直辖市
        Province = "province",
        /// 市、州、盟
        Prefecture = "prefecture",
        /// 县、区、旗、县级市
        District = "district",
        /// 乡、镇、街道
        Township = "township",
        /// 开发区、园区: a zone with an administration of its own
        Zone = "zone",
    }

    /// What a reorganization does.
    ReorganizationKind {
        /// 更名: a body is called otherwise from now on.
        Rename = "rename",
        /// 合并: bodies become one.
        Merge = "merge",
        /// 拆分: a body becomes several.
        Split = "split",
        /// 撤销: a body ceases to exist.
        Abolish = "abolish",
        /// 组建、新设: a body is set up.
        Create = "create",
        /// 职责划转: duties pass to another body, and both go on.
        Transfer = "transfer",
    }

    /// How far a task has come.
    TaskStatus {
        /// 未启动
        NotStarted = "not_started",
        /// 推进中
        InProgress = "in_progress",
        /// 滞后
        Delayed = "delayed",
        /// 待验收
        AwaitingReview = "awaiting_review",
        /// 已完成
        Done = "done",
        /// 暂缓
        Suspended = "suspended",
        /// 被替代
        Superseded = "superseded",
    }

    /// How a task or a deadline stands. Computed, never stored.
    Light {
        /// 绿灯: nothing speaks against it.
        Green = "green",
        /// 黄灯: somebody should look at it.
        Amber = "amber",
        /// 红灯: it is late.
        Red = "red",
    }

    /// A stretch of the calendar.
    PeriodKind {
        /// 月
        Month = "month",
        /// 季度
        Quarter = "quarter",
        /// 半年
        HalfYear = "half_year",
        /// 年
        Year = "year",
    }

    /// How far a case of supervision has come.
    CaseStage {
        /// 立项
        Opened = "opened",
        /// 交办
        Assigned = "assigned",
        /// 反馈
        Answered = "answered",
        /// 审核
        Reviewed = "reviewed",
        /// 办结
        Closed = "closed",
    }

    /// How firmly a target is meant.
    Firmness {
        /// 确保、必须、约束性
        Firm = "firm",
        /// 力争、争取
        Aspirational = "aspirational",
        /// 预期性
        Expected = "expected",
        /// The text does not say.
        Unstated = "unstated",
    }

    /// What a deadline means.
    DueKind {
        /// By a day, month or year: 2023年12月底前, 到2024年
        ByDate = "by_date",
        /// Within a time: 三年内
        Within = "within",
        /// Again and again: 每月28日前
        Recurring = "recurring",
        /// 全年
        WholeYear = "whole_year",
        /// 持续推进、长期坚持
        Ongoing = "ongoing",
        /// 立即
        Immediate = "immediate",
    }

    /// What a plan leaves open.
    GapKind {
        /// No party leads the task: the text names none, and none was designated.
        NoLead = "no_lead",
        /// More than one party is the lead of the task, and they are not said to lead together.
        SeveralLeads = "several_leads",
        /// Only parties that the text leaves open (有关单位) answer for the task.
        IndefiniteOnly = "indefinite_only",
        /// The list of parties is not exhaustive (等), and nobody was entered since.
        OpenList = "open_list",
        /// Neither the task, a heading above it nor a target of the task says by when.
        NoDeadline = "no_deadline",
        /// Nobody answers for the target.
        TargetWithoutOwner = "target_without_owner",
        /// The party is known by what documents call it only.
        UnknownParty = "unknown_party",
        /// The body that has the duty no longer exists.
        BodyIsOver = "body_is_over",
        /// The reader was not sure of the clause.
        LowConfidence = "low_confidence",
    }

    /// Where a deadline is said.
    DueSource {
        /// In the responsibility clause.
        Clause = "clause",
        /// In the body of the text.
        Body = "body",
        /// In a heading.
        Heading = "heading",
        /// In a loaded or entered record.
        Record = "record",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(*role));
        }
        for kind in PartyKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
    }

    #[test]
    fn an_unknown_word_is_answered_with_those_there_are() {
        let message = "boss".parse::<Basis>().unwrap_err().to_string();
        assert_eq!(
            message,
            r#""boss" is not a Basis; one of: stated, convention, designated, inherited, recorded, inferred"#
        );
    }
}
