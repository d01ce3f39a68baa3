//! Cells and columns: what a table says, without saying how a file writes it.

use crate::{
    clause::Confidence,
    deadline::DueDate,
    image::Subject,
    text::Sha256,
    time::Day,
    vocabulary::{
        Basis, CaseStage, DueKind, DueSource, Firmness, NameKind, PartyKind, PeriodKind,
        PlaceLevel, Reference, ReorganizationKind, Role, TaskStatus,
    },
};
use uuid::Uuid;

/// What stands in one column of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'v> {
    /// Nothing.
    Null,
    /// Somebody's words.
    Text(&'v str),
    /// Somebody's words, several times.
    Texts(Vec<&'v str>),
    /// What we write ourselves in a form of ours: an id, a day, a word of a vocabulary.
    Form(String),
    /// The same, several times.
    Forms(Vec<String>),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// What may stand in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The id of a row of ours: a UUID.
    Id,
    /// The ids of several rows of ours.
    Ids,
    /// Somebody's words.
    Text,
    /// A list of somebody's words.
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number, 0 or greater.
    Number,
    /// Yes or no.
    Flag,
    /// A civil day, YYYY-MM-DD.
    Day,
    /// A year, month or day: YYYY, YYYY-MM or YYYY-MM-DD.
    DueDate,
    /// A decimal number in canonical digits, such as 12.5.
    Decimal,
    /// A SHA-256 digest in hexadecimal digits.
    Digest,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: &'static str,
    /// What may stand in it.
    pub kind: Kind,
    /// Whether nothing may stand in it.
    pub optional: bool,
    /// What it means.
    pub description: &'static str,
}

impl Column {
    /// One in which something always stands.
    pub const fn new(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            kind,
            optional: false,
            description,
        }
    }

    /// The same, where nothing may stand in it.
    #[must_use]
    pub const fn or_nothing(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }
}

/// A value that can stand in a column.
pub(super) trait Value<'v> {
    const KIND: Kind;
    const OPTIONAL: bool = false;

    fn cell(self) -> Cell<'v>;
}

impl<'v, V: Value<'v>> Value<'v> for Option<V> {
    const KIND: Kind = V::KIND;
    const OPTIONAL: bool = true;

    fn cell(self) -> Cell<'v> {
        self.map_or(Cell::Null, V::cell)
    }
}

/// The digits of a decimal number.
pub(super) struct Digits<'v>(pub(super) &'v str);

macro_rules! values {
    ($($type:ty, $kind:ident, |$value:ident| $cell:expr;)*) => {$(
        impl<'v> Value<'v> for $type {
            const KIND: Kind = Kind::$kind;

            fn cell(self) -> Cell<'v> {
                let $value = self;
                $cell
            }
        }
    )*};
}

values! {
    Uuid, Id, |id| Cell::Form(id.to_string());
    Vec<Uuid>, Ids, |ids| Cell::Forms(ids.iter().map(Uuid::to_string).collect());
    &'v str, Text, |text| Cell::Text(text);
    Vec<&'v str>, Texts, |texts| Cell::Texts(texts);
    u16, Number, |number| Cell::Number(number.into());
    u32, Number, |number| Cell::Number(number.into());
    i16, Number, |number| Cell::Number(number.into());
    Confidence, Number, |confidence| Cell::Number(confidence.as_percent().into());
    bool, Flag, |flag| Cell::Flag(flag);
    DueDate, DueDate, |date| Cell::Form(date.to_string());
    Digits<'v>, Decimal, |digits| Cell::Form(digits.0.to_owned());
    Sha256, Digest, |digest| Cell::Form(digest.to_string());
}

impl<'v> Value<'v> for Day {
    const KIND: Kind = Kind::Day;
    const OPTIONAL: bool = true;

    fn cell(self) -> Cell<'v> {
        if self.is_calendar_day() {
            Cell::Form(self.to_string())
        } else {
            Cell::Null
        }
    }
}

impl<'v> Value<'v> for Subject {
    const KIND: Kind = Kind::Word(&["plan", "section", "task"]);

    fn cell(self) -> Cell<'v> {
        let word = match self {
            Self::Plan(_) => "plan",
            Self::Section(_) => "section",
            Self::Task(_) => "task",
        };
        Cell::Form(word.to_owned())
    }
}

/// The words of a vocabulary, at compile time.
macro_rules! words {
    ($($vocabulary:ident)*) => {$(
        impl<'v> Value<'v> for $vocabulary {
            const KIND: Kind = Kind::Word(&{
                let mut words = [""; $vocabulary::ALL.len()];
                let mut at = 0;
                while at < words.len() {
                    words[at] = $vocabulary::ALL[at].as_str();
                    at += 1;
                }
                words
            });

            fn cell(self) -> Cell<'v> {
                Cell::Form(self.as_str().to_owned())
            }
        }
    )*};
}

words! {
    Role Basis Reference PartyKind NameKind PlaceLevel TaskStatus Firmness DueKind DueSource ReorganizationKind CaseStage PeriodKind
}
