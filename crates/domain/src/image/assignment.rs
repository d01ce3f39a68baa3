//! The compact form of the facts of [`crate::assignment`].

use super::{
    AssignmentRef, ClauseRef, Image, PartyRef, QuoteRef, ReorganizationRef, TaskRef, days::Days,
};
use crate::{
    assignment,
    register::{Graph, Inapplicable, Packer, Ref, Register, Rows, Runs, Table},
    time::Validity,
    vocabulary::{Basis, Reference, Role},
};

/// Image of [`crate::assignment::Assignment`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Assignment {
    pub task: TaskRef,
    pub party: PartyRef,
    pub clause: Option<ClauseRef>,
    pub citation: Option<QuoteRef>,
    pub written: Option<QuoteRef>,
    pub validity: Validity,
    pub position: u16,
    pub role: Role,
    pub basis: Basis,
    pub reference: Reference,
    pub inherits: Option<Inheritance>,
}

/// Image of [`crate::assignment::Inheritance`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Inheritance {
    pub assignment: AssignmentRef,
    pub reorganization: ReorganizationRef,
}

impl Image for Assignment {
    type Fact = assignment::Assignment;
    const ENTITY: &'static str = "assignment";
    type Rows = Assignments;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.assignments
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            task: packer.refer(fact.task)?,
            party: packer.refer(fact.party)?,
            clause: packer.optional(fact.clause)?,
            citation: packer.optional_quote(fact.citation)?,
            written: packer.optional_quote(fact.written)?,
            validity: fact.validity,
            position: fact.position,
            role: fact.role,
            basis: fact.basis,
            reference: fact.reference,
            inherits: fact
                .inherits
                .map(|inherits| Inheritance::pack(inherits, packer))
                .transpose()?,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        assignment::Assignment {
            task: register.id_of(self.task),
            party: register.id_of(self.party),
            role: self.role,
            basis: self.basis,
            reference: self.reference,
            clause: self.clause.map(|clause| register.id_of(clause)),
            citation: self.citation.map(|quote| register.citation(quote)),
            written: self.written.map(|quote| register.citation(quote)),
            position: self.position,
            validity: self.validity,
            inherits: self.inherits.map(|inherits| inherits.unpack(register)),
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.task == earlier.task && self.party == earlier.party
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.task_assignments.add(self.task, this);
            register.graph.party_assignments.add(self.party, this);
        }
    }
}

impl Inheritance {
    fn pack(fact: assignment::Inheritance, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            assignment: packer.refer(fact.assignment)?,
            reorganization: packer.refer(fact.reorganization)?,
        })
    }

    fn unpack(self, register: &Register) -> assignment::Inheritance {
        assignment::Inheritance {
            assignment: register.id_of(self.assignment),
            reorganization: register.id_of(self.reorganization),
        }
    }
}

/// Assignments side by side: twenty bytes each, and what documents say of them where they do.
#[derive(Debug)]
pub struct Assignments {
    rows: Vec<Row>,
    sources: Runs<Source>,
    /// What the few continue that continue something, by their places. Rows say whether they are among them, so that
    /// the others are not looked for here.
    inherited: Vec<(u32, Inheritance)>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    task: TaskRef,
    party: PartyRef,
    days: Days,
    position: u16,
    role: Role,
    basis: Basis,
    reference: Reference,
    inherits: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Source {
    clause: Option<ClauseRef>,
    citation: Option<QuoteRef>,
    written: Option<QuoteRef>,
}

impl Assignments {
    #[cold]
    fn inheritance(&self, place: u32) -> Inheritance {
        let before = self.inherited.partition_point(|&(other, _)| other < place);
        self.inherited[before].1
    }
}

impl Rows<Assignment> for Assignments {
    fn with_capacity(rows: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            sources: Runs::default(),
            inherited: Vec::new(),
        }
    }

    fn push(&mut self, image: Assignment) {
        let Assignment {
            task,
            party,
            clause,
            citation,
            written,
            validity,
            position,
            role,
            basis,
            reference,
            inherits,
        } = image;
        if let Some(inherits) = inherits {
            self.inherited.push((self.rows.len() as u32, inherits));
        }
        self.rows.push(Row {
            task,
            party,
            days: validity.into(),
            position,
            role,
            basis,
            reference,
            inherits: inherits.is_some(),
        });
        self.sources.push(Source {
            clause,
            citation,
            written,
        });
    }

    #[inline]
    fn get(&self, place: u32) -> Assignment {
        let row = self.rows[place as usize];
        let (source, _) = self.sources.at(place);
        let inherits = row.inherits.then(|| self.inheritance(place));
        Assignment {
            task: row.task,
            party: row.party,
            clause: source.clause,
            citation: source.citation,
            written: source.written,
            validity: row.days.into(),
            position: row.position,
            role: row.role,
            basis: row.basis,
            reference: row.reference,
            inherits,
        }
    }

    fn shrink(&mut self) {
        self.sources.shrink();
        self.inherited.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
            + self.sources.bytes()
            + self.inherited.capacity() * size_of::<(u32, Inheritance)>()
    }
}

// There are millions of them.
const _: () = assert!(size_of::<Row>() == 20);
