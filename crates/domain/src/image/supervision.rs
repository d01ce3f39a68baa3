//! The compact form of the facts of [`crate::supervision`].

use super::{Image, PartyRef, TaskRef};
use crate::{
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    supervision,
    time::Day,
    vocabulary::CaseStage,
};
use std::sync::Arc;

/// Image of [`crate::supervision::SupervisionCase`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct SupervisionCase {
    pub task: TaskRef,
    pub party: PartyRef,
    pub number: TextRef,
    pub subject: TextRef,
    pub due: Option<Day>,
    pub steps: Arc<[CaseStep]>,
}

/// Image of [`crate::supervision::CaseStep`].
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct CaseStep {
    pub stage: CaseStage,
    pub day: Day,
    pub party: Option<PartyRef>,
    pub words: Option<TextRef>,
}

impl Image for SupervisionCase {
    type Fact = supervision::SupervisionCase;
    const ENTITY: &'static str = "supervision_case";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.supervision_cases
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        let steps = fact.steps.iter().map(|step| CaseStep::pack(step, packer));
        Ok(Self {
            steps: steps.collect::<Result<_, _>>()?,
            task: packer.refer(fact.task)?,
            party: packer.refer(fact.party)?,
            number: packer.text(&fact.number),
            subject: packer.text(&fact.subject),
            due: fact.due,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        let steps = self.steps.iter().map(|step| step.unpack(register));
        supervision::SupervisionCase {
            task: register.id_of(self.task),
            party: register.id_of(self.party),
            number: register.string(self.number),
            subject: register.string(self.subject),
            due: self.due,
            steps: steps.collect(),
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.task == earlier.task
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.task_cases.add(self.task, this);
        }
        let graph = &register.graph;
        graph
            .party_cases
            .link(Some(self.party), this, earlier.is_none());
    }
}

impl CaseStep {
    fn pack(fact: &supervision::CaseStep, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            stage: fact.stage,
            day: fact.day,
            party: packer.optional(fact.party)?,
            words: packer.optional_text(fact.words.as_deref()),
        })
    }

    fn unpack(self, register: &Register) -> supervision::CaseStep {
        supervision::CaseStep {
            stage: self.stage,
            day: self.day,
            party: self.party.map(|party| register.id_of(party)),
            words: register.optional_string(self.words),
        }
    }
}
