//! What the parts of a backup are, read back and checked: a register, its texts, its leaves, its keys, its
//! drafts, its end.

use super::{BackupError, SavedRegister, file::Reader};
use crate::{
    cited,
    row::{api_token, draft, idempotency},
};
use domain::{
    change::Changeset,
    text::Sha256,
    tree::{Frontier, leaf_hash},
};
use rustc_hash::FxHashSet;
use std::io::BufRead;

pub(super) mod kind {
    //! How the kinds of parts are called in the file.

    pub(crate) const REGISTER: &str = "register";
    pub(crate) const TEXT: &str = "text";
    pub(crate) const LEAF: &str = "leaf";
    pub(crate) const KEY: &str = "key";
    pub(crate) const DRAFT: &str = "draft";
    pub(crate) const DONE: &str = "done";
    pub(crate) const TOKEN: &str = "token";
}

/// One part.
pub(super) enum Part {
    /// A register begins.
    Register(SavedRegister),
    /// Something that its leaves name by the digest.
    Text(Sha256, Vec<u8>),
    /// The next leaf of its log.
    Leaf {
        changeset: Box<Changeset>,
        leaf: Vec<u8>,
        hash: Sha256,
    },
    /// One of its idempotency keys.
    Key(idempotency::Model),
    /// One of its drafts.
    Draft(Box<draft::Model>),
    /// It ends, and its leaves add up to what it said.
    Done(SavedRegister),
    /// A token.
    Token(api_token::Model),
}

/// Parts that are checked against one another as they come.
pub(super) struct Parts<'a> {
    reader: Reader<'a>,
    open: Option<Open>,
}

/// The register whose parts are being read.
struct Open {
    register: SavedRegister,
    texts: FxHashSet<Sha256>,
    log: Frontier,
}

#[derive(Debug, thiserror::Error)]
enum Wrong {
    #[error("it is of a kind that is not known")]
    Kind,
    #[error("it comes where nothing of its kind can be")]
    Place,
    #[error("it is not the changeset that comes next")]
    Seq,
    #[error("it names a text that is not there: {0}")]
    Text(Sha256),
    #[error("the leaves add up to {found}, the register says {expected}")]
    Root { expected: Sha256, found: Sha256 },
}

impl<'a> Parts<'a> {
    pub(super) fn of(input: &'a mut (dyn BufRead + Send)) -> Result<Self, BackupError> {
        Ok(Self {
            reader: Reader::start(input)?,
            open: None,
        })
    }

    /// The next part; nothing where the file ends as it should.
    pub(super) fn next(&mut self) -> Result<Option<Part>, BackupError> {
        let Some((kind, content)) = self.reader.next()? else {
            return match &self.open {
                None => Ok(None),
                Some(_) => Err(self.reader.damaged(Wrong::Place)),
            };
        };
        let part = match (kind.as_str(), &mut self.open) {
            (kind::REGISTER, open @ None) => {
                let register: SavedRegister = self.reader.parse(&content)?;
                *open = Some(Open {
                    register: register.clone(),
                    texts: FxHashSet::default(),
                    log: Frontier::default(),
                });
                Part::Register(register)
            }
            (kind::TEXT, Some(open)) => {
                let digest = Sha256::of(&content);
                open.texts.insert(digest);
                Part::Text(digest, content)
            }
            (kind::LEAF, Some(open)) => {
                let leaf = open.leaf(content);
                leaf.map_err(|wrong| match wrong {
                    NotALeaf::Unreadable(error) => self.reader.damaged(error),
                    NotALeaf::Wrong(wrong) => self.reader.damaged(wrong),
                })?
            }
            (kind::KEY, Some(_)) => Part::Key(self.reader.parse(&content)?),
            (kind::DRAFT, Some(open)) => {
                let draft: Box<draft::Model> = self.reader.parse(&content)?;
                let texts = draft.texts();
                let texts = texts.map_err(|error| self.reader.damaged(error))?;
                open.names(texts)
                    .map_err(|wrong| self.reader.damaged(wrong))?;
                Part::Draft(draft)
            }
            (kind::DONE, open @ Some(_)) => {
                let done = open.take().map(Open::done).transpose();
                let done = done.map_err(|wrong| self.reader.damaged(wrong))?;
                Part::Done(done.ok_or_else(|| self.reader.damaged(Wrong::Place))?)
            }
            (kind::TOKEN, None) => Part::Token(self.reader.parse(&content)?),
            (
                kind::REGISTER
                | kind::TEXT
                | kind::LEAF
                | kind::KEY
                | kind::DRAFT
                | kind::DONE
                | kind::TOKEN,
                _,
            ) => return Err(self.reader.damaged(Wrong::Place)),
            _ => return Err(self.reader.damaged(Wrong::Kind)),
        };
        Ok(Some(part))
    }
}

enum NotALeaf {
    Unreadable(domain::change::NotAChangeset),
    Wrong(Wrong),
}

impl Open {
    fn leaf(&mut self, leaf: Vec<u8>) -> Result<Part, NotALeaf> {
        let changeset = Changeset::from_leaf(&leaf).map_err(NotALeaf::Unreadable)?;
        let next = self.log.size() + 1;
        if changeset.register != self.register.id || u64::from(changeset.seq.0) != next {
            return Err(NotALeaf::Wrong(Wrong::Seq));
        }
        let changes = changeset.changes.iter();
        let named = changes.flat_map(cited::texts).chain(changeset.review);
        self.names(named).map_err(NotALeaf::Wrong)?;
        let hash = leaf_hash(&leaf);
        self.log.push(hash);
        Ok(Part::Leaf {
            changeset: Box::new(changeset),
            leaf,
            hash,
        })
    }

    /// What is named is there.
    fn names(&self, named: impl IntoIterator<Item = Sha256>) -> Result<(), Wrong> {
        let mut named = named.into_iter();
        match named.find(|digest| !self.texts.contains(digest)) {
            Some(missing) => Err(Wrong::Text(missing)),
            None => Ok(()),
        }
    }

    fn done(self) -> Result<SavedRegister, Wrong> {
        let (expected, found) = (self.register.root, self.log.root());
        if expected != found || u64::from(self.register.seq.0) != self.log.size() {
            return Err(Wrong::Root { expected, found });
        }
        Ok(self.register)
    }
}
