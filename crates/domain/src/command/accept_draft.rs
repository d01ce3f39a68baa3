//! Accepting a draft: what was read from a document becomes a plan with its tasks and assignments, in one changeset.
//!
//! A document that is read again, or a newer version of it, is accepted as a difference against what the register holds:
//! what is found again stays as it is, what is new is recorded, and what is gone ends on the newer version's day. Only
//! what an earlier reading of the same bytes should never have found is withdrawn.

mod acceptance;
mod difference;
mod earlier;
mod gone;
mod headings;

pub use difference::{Difference, DifferenceKind, differences};

use crate::{
    change::Change,
    draft::Draft,
    id::{DocumentId, PartyId},
    image,
    review::{Meaning, NameMeaning},
    time::Day,
    view::View,
};
use acceptance::Acceptance;
use earlier::Earlier;
use uuid::Uuid;

/// Accept a draft.
#[derive(Clone, Debug)]
pub struct AcceptDraft<'d> {
    /// What was read.
    pub draft: &'d Draft,
    /// The decoded text that its spans refer to.
    pub text: &'d str,
    /// What it is read against.
    pub against: Against<'d>,
    /// Whether the draft is all that the document says.
    pub extent: Extent,
    /// What people said that names mean; all others are looked up.
    pub meanings: &'d [NameMeaning],
    /// What a new plan is to be called by; else the document's number, else one made from its digest.
    pub code: Option<String>,
    /// Where the document came from: a file name or a web address.
    pub address: Option<String>,
    /// From when it holds, if the document states neither its day of issue nor of posting.
    pub valid_from: Day,
    /// The edge's seed for ids (UUID version 7).
    pub ids: Uuid,
}

/// What a document is read against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against<'d> {
    /// Nothing: the same bytes change nothing, any others are a new plan.
    Nothing,
    /// What an earlier reading of the same bytes found; a new plan if there was none.
    Itself,
    /// Another document, of which it is a newer version. The same bytes are read against themselves all the same.
    Version {
        /// The document that the plan rests on now.
        document: DocumentId,
        /// Its decoded text.
        text: &'d str,
    },
}

/// How much of what a document says a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All: what it does not say is gone.
    Whole,
    /// A part: nothing is gone because it is not in it.
    Part,
}

/// Why a draft is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// Another plan is called so.
    #[error("a plan with the code {code:?} is in the register already: give this one another code")]
    PlanCodeTaken {
        /// The code.
        code: String,
    },
    /// There is nothing in it that could be a plan.
    #[error("the document has neither a title nor a task: it is no plan")]
    NoPlan,
    /// What it is said to be a newer version of sets out no plan.
    #[error("the document that this one supersedes sets out no plan now: name the one that does")]
    NoEarlierPlan {
        /// That document.
        document: DocumentId,
    },
    /// The same bytes were decoded into other characters before.
    #[error(
        "these bytes were read before as another text, which the register quotes: they cannot be read anew"
    )]
    TextDiffers,
    /// A name is said to mean a party that is not there.
    #[error("{name:?} is said to mean the party {party}, which the register does not know")]
    NoSuchParty {
        /// The name.
        name: String,
        /// The party.
        party: PartyId,
    },
}

impl AcceptDraft<'_> {
    /// What accepting changes: nothing if the register says the same already.
    pub fn decide(&self, view: &View) -> Result<Vec<Change>, DraftRefused> {
        let read = &self.draft.document;
        let known = view.document_find_by_bytes(read.sha256);
        if known.is_some() && self.against == Against::Nothing {
            return Ok(vec![]);
        }
        if read.title.is_empty() && self.draft.tasks.is_empty() {
            return Err(DraftRefused::NoPlan);
        }
        for NameMeaning { name, means } in self.meanings {
            if let &Meaning::Party(party) = means
                && view.find::<image::Party>(party).is_none()
            {
                let name = name.clone();
                return Err(DraftRefused::NoSuchParty { name, party });
            }
        }
        let earlier = match (known, self.against) {
            (Some(document), _) => match Earlier::itself(view, self, document)? {
                Some(earlier) => Some(earlier),
                // A newer version has taken its place since.
                None => return Ok(vec![]),
            },
            (None, Against::Version { document, text }) => {
                Some(Earlier::version(view, self, document, text)?)
            }
            (None, Against::Nothing | Against::Itself) => None,
        };
        let code = match &earlier {
            Some(earlier) => earlier.code(),
            None => self.new_code(view)?,
        };
        Ok(Acceptance::new(self, view, earlier, code).changes())
    }

    /// From when what it says holds.
    fn day(&self) -> Day {
        let read = &self.draft.document;
        let own = read.issued_on.or(read.posted_on);
        own.unwrap_or(self.valid_from)
    }

    /// What a new plan is called by.
    fn new_code(&self, view: &View) -> Result<String, DraftRefused> {
        let read = &self.draft.document;
        let digest = || format!("doc-{}", &read.sha256.to_string()[..12]);
        let code = self
            .code
            .clone()
            .or_else(|| read.number.clone())
            .unwrap_or_else(digest);
        if view.plan_find_by_code(&code).is_some() {
            return Err(DraftRefused::PlanCodeTaken { code });
        }
        Ok(code)
    }
}
