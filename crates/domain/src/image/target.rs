//! The compact form of the facts of [`crate::target`].

use super::{Due, Image, Subject, Wording, clause::SubjectKind, days::Days, task::WordingKind};
use crate::{
    register::{Graph, Inapplicable, Packer, Ref, Register, Rows, Runs, Table, TextRef},
    target::{self, Decimal},
    time::Validity,
    vocabulary::Firmness,
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
    type Rows = Targets;

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

/// Targets side by side: twenty bytes each, and once for a run of them what they have alike. Of figures read from
/// documents that is little, of words loaded without figures nearly all.
#[derive(Debug)]
pub struct Targets {
    rows: Vec<Row>,
    figures: Runs<Figure>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    subject: u32,
    wording: u32,
    position: u32,
    days: Days,
    firmness: Firmness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Figure {
    subject: SubjectKind,
    wording: WordingKind,
    min: Option<TextRef>,
    max: Option<TextRef>,
    unit: Option<TextRef>,
    due: Option<Due>,
}

impl Rows<Target> for Targets {
    fn with_capacity(rows: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            figures: Runs::default(),
        }
    }

    fn push(&mut self, image: Target) {
        let Target {
            subject,
            wording,
            min,
            max,
            unit,
            firmness,
            due,
            position,
            validity,
        } = image;
        let (subject_kind, subject) = subject.split();
        let (wording_kind, wording) = wording.split();
        self.rows.push(Row {
            subject,
            wording,
            position,
            days: validity.into(),
            firmness,
        });
        self.figures.push(Figure {
            subject: subject_kind,
            wording: wording_kind,
            min,
            max,
            unit,
            due,
        });
    }

    #[inline]
    fn get(&self, place: u32) -> Target {
        let row = self.rows[place as usize];
        let (figure, _) = self.figures.at(place);
        Target {
            subject: Subject::join(figure.subject, row.subject),
            wording: Wording::join(figure.wording, row.wording),
            min: figure.min,
            max: figure.max,
            unit: figure.unit,
            firmness: row.firmness,
            due: figure.due,
            position: row.position,
            validity: row.days.into(),
        }
    }

    fn shrink(&mut self) {
        self.figures.shrink();
    }

    fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>() + self.figures.bytes()
    }
}

// There are millions of them.
const _: () = assert!(size_of::<Row>() == 20);
