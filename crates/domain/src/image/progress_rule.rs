//! The compact form of the facts of [`crate::progress_rule`].

use super::{Image, PlanRef};
use crate::{
    progress_rule::{self, Rhythm},
    register::{Graph, Inapplicable, Packer, Ref, Register, Table},
    time::Validity,
};

/// Image of [`crate::progress_rule::ProgressRule`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct ProgressRule {
    pub plan: Option<PlanRef>,
    pub amber_days: u16,
    pub rhythm: Option<Rhythm>,
    pub validity: Validity,
}

impl Image for ProgressRule {
    type Fact = progress_rule::ProgressRule;
    const ENTITY: &'static str = "progress_rule";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.progress_rules
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            plan: packer.optional(fact.plan)?,
            amber_days: fact.amber_days,
            rhythm: fact.rhythm,
            validity: fact.validity,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        progress_rule::ProgressRule {
            plan: self.plan.map(|plan| register.id_of(plan)),
            amber_days: self.amber_days,
            rhythm: self.rhythm,
            validity: self.validity,
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.plan == earlier.plan
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_some() {
            return;
        }
        match self.plan {
            Some(plan) => register.graph.plan_rules.add(plan, this),
            None => {
                register.graph.register_rules.push(this);
            }
        }
    }
}
