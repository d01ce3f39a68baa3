//! The compact form of the facts of [`crate::progress`].

use super::{Image, PartyRef, TargetRef, TaskRef};
use crate::{
    progress,
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    target::Decimal,
    time::{Day, Validity},
    vocabulary::TaskStatus,
};
use std::sync::Arc;

/// Image of [`crate::progress::ProgressReport`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct ProgressReport {
    pub about: Reported,
    pub party: PartyRef,
    pub period: Validity,
    pub reported: Day,
    pub status: Option<TaskStatus>,
    pub value: Option<TextRef>,
    pub words: TextRef,
    pub evidence: Arc<[TextRef]>,
}

/// Image of [`crate::progress::Reported`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub enum Reported {
    Task(TaskRef),
    Target(TargetRef),
}

impl Image for ProgressReport {
    type Fact = progress::ProgressReport;
    const ENTITY: &'static str = "progress_report";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.progress_reports
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            about: match fact.about {
                progress::Reported::Task(task) => Reported::Task(packer.refer(task)?),
                progress::Reported::Target(target) => Reported::Target(packer.refer(target)?),
            },
            party: packer.refer(fact.party)?,
            period: fact.period,
            reported: fact.reported,
            status: fact.status,
            value: packer.optional_text(fact.value.as_ref().map(Decimal::as_str)),
            words: packer.text(&fact.words),
            evidence: fact.evidence.iter().map(|it| packer.text(it)).collect(),
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        let decimal = |text: TextRef| {
            let digits = register.text(text);
            digits.parse().expect("a decimal's digits read back")
        };
        let evidence = self.evidence.iter().map(|it| register.string(*it));
        progress::ProgressReport {
            about: match self.about {
                Reported::Task(task) => progress::Reported::Task(register.id_of(task)),
                Reported::Target(target) => progress::Reported::Target(register.id_of(target)),
            },
            party: register.id_of(self.party),
            period: self.period,
            reported: self.reported,
            status: self.status,
            value: self.value.map(decimal),
            words: register.string(self.words),
            evidence: evidence.collect(),
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.about == earlier.about && self.party == earlier.party
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_some() {
            return;
        }
        register.graph.party_reports.add(self.party, this);
        match self.about {
            Reported::Task(task) => register.graph.task_reports.add(task, this),
            Reported::Target(target) => register.graph.target_reports.add(target, this),
        }
    }
}
