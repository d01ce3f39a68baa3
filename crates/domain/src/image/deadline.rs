//! The compact form of the facts of [`crate::deadline`].

use super::{
    Image, Subject, Wording,
    clause::SubjectKind,
    days::{Days, PackedDay},
    task::WordingKind,
};
use crate::{
    deadline::{self, DueDate},
    register::{Graph, Inapplicable, Packer, Ref, Register, Rows, Runs, Table},
    time::{Day, Validity},
    vocabulary::{DueKind, DueSource},
};

/// Image of [`crate::deadline::Deadline`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Deadline {
    pub subject: Subject,
    pub due: Due,
    pub validity: Validity,
    pub fulfilled: Option<Day>,
}

impl Image for Deadline {
    type Fact = deadline::Deadline;
    const ENTITY: &'static str = "deadline";
    type Rows = Deadlines;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.deadlines
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            subject: Subject::pack(fact.subject, packer)?,
            due: Due::pack(&fact.due, packer)?,
            validity: fact.validity,
            fulfilled: fact.fulfilled,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        deadline::Deadline {
            subject: self.subject.unpack(register),
            due: self.due.unpack(register),
            validity: self.validity,
            fulfilled: self.fulfilled,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Due {
    pub wording: Wording,
    pub kind: DueKind,
    pub date: Option<DueDate>,
    pub source: DueSource,
}

impl Due {
    pub(super) fn pack(
        fact: &deadline::Due,
        packer: &mut Packer<'_>,
    ) -> Result<Self, Inapplicable> {
        Ok(Self {
            wording: Wording::pack(&fact.wording, packer)?,
            kind: fact.kind,
            date: fact.date,
            source: fact.source,
        })
    }

    pub(super) fn unpack(self, register: &Register) -> deadline::Due {
        deadline::Due {
            wording: self.wording.unpack(register),
            kind: self.kind,
            date: self.date,
            source: self.source,
        }
    }
}

/// Deadlines side by side: twenty bytes each, and once for a run of them what they have alike.
#[derive(Debug)]
pub struct Deadlines {
    rows: Vec<Row>,
    kinds: Runs<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    subject: SubjectKind,
    wording: WordingKind,
    fulfilled: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    subject: u32,
    wording: u32,
    date: Option<Date>,
    days: Days,
    kind: DueKind,
    source: DueSource,
}

/// A [`DueDate`] in four bytes.
#[derive(Clone, Copy, Debug)]
enum Date {
    Year(i16),
    Month(i16, i8),
    Day(PackedDay),
}

impl From<DueDate> for Date {
    fn from(date: DueDate) -> Self {
        match date {
            DueDate::Year(year) => Self::Year(year),
            DueDate::Month(year, month) => Self::Month(year, month),
            DueDate::Day(day) => Self::Day(day.into()),
        }
    }
}

impl From<Date> for DueDate {
    #[inline]
    fn from(date: Date) -> Self {
        match date {
            Date::Year(year) => Self::Year(year),
            Date::Month(year, month) => Self::Month(year, month),
            Date::Day(day) => Self::Day(day.into()),
        }
    }
}

impl Rows<Deadline> for Deadlines {
    fn with_capacity(rows: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            kinds: Runs::default(),
        }
    }

    fn push(&mut self, image: Deadline) {
        let Deadline {
            subject,
            due:
                Due {
                    wording,
                    kind,
                    date,
                    source,
                },
            validity,
            fulfilled,
        } = image;
        let (subject_kind, subject) = subject.split();
        let (wording_kind, wording) = wording.split();
        self.rows.push(Row {
            subject,
            wording,
            date: date.map(Date::from),
            days: validity.into(),
            kind,
            source,
        });
        self.kinds.push(Kind {
            subject: subject_kind,
            wording: wording_kind,
            fulfilled,
        });
    }

    #[inline]
    fn get(&self, place: u32) -> Deadline {
        let row = self.rows[place as usize];
        let (kind, _) = self.kinds.at(place);
        Deadline {
            subject: Subject::join(kind.subject, row.subject),
            due: Due {
                wording: Wording::join(kind.wording, row.wording),
                kind: row.kind,
                date: row.date.map(DueDate::from),
                source: row.source,
            },
            validity: row.days.into(),
            fulfilled: kind.fulfilled,
        }
    }

    fn shrink(&mut self) {
        self.kinds.shrink();
    }

    fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>() + self.kinds.bytes()
    }
}

// There are millions of them.
const _: () = assert!(size_of::<Row>() == 20);
