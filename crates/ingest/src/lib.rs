//! Reads published action plans: bytes in, a draft of their responsibilities out.
//!
//! Pure: it knows no database, no network and no clock, and bad text is no error. A document gives everything that was
//! found in it together with the problems that were met; only bytes that are no text at all are refused.
//!
//! Start with [`read()`]. The steps are files of their own, in this order: `decode` (characters), [`domain::fold`] (the
//! copy that is matched, with the way back), `damage` (noise between its characters), `line`, `frame` (what of a page is
//! the document) and `head` (what it says of itself), `table` (responsibility tables), `outline` with `label` (the tree of
//! headings), `clause` with `bracket`, `statement`, `role` and `list` (who is
//! responsible, in which role), `unit` (what a clause governs), `convention`, `party` with `kind` (what kind of
//! body), `due`, `target` with
//! `quantity`, and `mention`; `assignment` and `prose` make the draft of it. Every step works on byte ranges of the folded copy; only the
//! last two turn them into spans of the original.
//!
//! Beside that, other forms in and out: `directory_csv` and `interchange` are read, `interchange` and `export` are written.
//!
//! A new form of clause is a rule in `statement` (or `clause`, if it stands elsewhere than in brackets and label lines) and
//! a row in its table of examples. A new word for a role is a row in `role`.

mod assignment;
mod bracket;
mod clause;
mod convention;
mod damage;
mod decode;
pub mod directory_csv;
mod due;
pub mod explain;
pub mod export;
mod frame;
mod head;
pub mod interchange;
pub mod json;
mod kept;
mod kind;
mod label;
mod line;
mod list;
mod markdown;
mod mention;
mod number;
mod outline;
mod party;
mod person;
mod problem;
mod prose;
mod quantity;
mod read;
mod role;
mod script;
mod statement;
mod table;
mod target;
mod unit;
mod words;
mod wrap;

pub use decode::{ReadError, is_responsibility_table};
pub use read::{Options, READER, Reading, read};
