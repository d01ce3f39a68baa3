//! The compact form of the facts of [`crate::standing`].

use super::{Image, TaskRef};
use crate::{
    register::{Graph, Inapplicable, Packer, Ref, Register, Table},
    standing,
    time::Day,
    vocabulary::TaskStatus,
};

/// Image of [`crate::standing::Standing`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Standing {
    pub task: TaskRef,
    pub status: TaskStatus,
    pub reached: Day,
}

impl Image for Standing {
    type Fact = standing::Standing;
    const ENTITY: &'static str = "standing";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.standings
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            task: packer.refer(fact.task)?,
            status: fact.status,
            reached: fact.reached,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        standing::Standing {
            task: register.id_of(self.task),
            status: self.status,
            reached: self.reached,
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.task == earlier.task
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.task_standings.add(self.task, this);
        }
    }
}
