//! The compact form of the facts of [`crate::target`] and [`crate::deadline`].

use super::{Image, Subject, Wording};
use crate::{
    deadline::{self, DueDate},
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    target::{self, Decimal},
    time::Validity,
    vocabulary::{DueKind, DueSource, Firmness},
};

/// Image of [`crate::target::Target`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Target {
    pub subject: Subject,
    pub wording: Wording,
    pub min: Option<TextRef>,
    pub max: Option<TextRef>,
    pub unit: Option<TextRef>,
    pub firmness: Firmness,
    pub due: Option<Due>,
    pub position: u32,
    pub validity: Validity,
}

impl Image for Target {
    type Fact = target::Target;
    const ENTITY: &'static str = "target";

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.targets
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            subject: Subject::pack(fact.subject, packer)?,
            wording: Wording::pack(&fact.wording, packer)?,
            min: packer.optional_text(fact.min.as_ref().map(Decimal::as_str)),
            max: packer.optional_text(fact.max.as_ref().map(Decimal::as_str)),
            unit: packer.optional_text(fact.unit.as_deref()),
            firmness: fact.firmness,
            due: fact
                .due
                .as_ref()
                .map(|due| Due::pack(due, packer))
                .transpose()?,
            position: fact.position,
            validity: fact.validity,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        let decimal = |text: TextRef| {
            register
                .text(text)
                .parse()
                .expect("a decimal's digits read back")
        };
        target::Target {
            subject: self.subject.unpack(register),
            wording: self.wording.unpack(register),
            min: self.min.map(decimal),
            max: self.max.map(decimal),
            unit: register.optional_string(self.unit),
            firmness: self.firmness,
            due: self.due.map(|due| due.unpack(register)),
            position: self.position,
            validity: self.validity,
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.subject == earlier.subject
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.targets_of.add(self.subject, this);
        }
    }
}

/// Image of [`crate::deadline::Deadline`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Deadline {
    pub subject: Subject,
    pub due: Due,
    pub validity: Validity,
}

impl Image for Deadline {
    type Fact = deadline::Deadline;
    const ENTITY: &'static str = "deadline";

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.deadlines
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            subject: Subject::pack(fact.subject, packer)?,
            due: Due::pack(&fact.due, packer)?,
            validity: fact.validity,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        deadline::Deadline {
            subject: self.subject.unpack(register),
            due: self.due.unpack(register),
            validity: self.validity,
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.subject == earlier.subject
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.deadlines_of.add(self.subject, this);
        }
    }
}

/// Image of [`crate::deadline::Due`].
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Due {
    pub wording: Wording,
    pub kind: DueKind,
    pub date: Option<DueDate>,
    pub source: DueSource,
}

impl Due {
    fn pack(fact: &deadline::Due, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            wording: Wording::pack(&fact.wording, packer)?,
            kind: fact.kind,
            date: fact.date,
            source: fact.source,
        })
    }

    fn unpack(self, register: &Register) -> deadline::Due {
        deadline::Due {
            wording: self.wording.unpack(register),
            kind: self.kind,
            date: self.date,
            source: self.source,
        }
    }
}
