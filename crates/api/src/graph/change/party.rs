//! What is said of parties and their names.

use super::{
    super::{
        scalar::{Date, SeqNumber},
        vocabulary::{NameKind, PartyKind},
    },
    desk::{CommandFields, Desk, Link, Mistake},
    reference::Reference,
};
use async_graphql::{InputObject, MaybeUndefined};
use domain::{
    command::{self, Command},
    party::{Party, PartyName},
    place::Place,
};

/// A body that is entered in the register.
#[derive(Debug, InputObject)]
pub(crate) struct CreatePartyCommand {
    /// Its official name.
    name: String,
    /// Short names by which it is called, too.
    short_names: Option<Vec<String>>,
    /// What kind of body it is.
    kind: PartyKind,
    /// The body above it.
    parent: Option<Reference>,
    /// The territory it belongs to.
    place: Option<Reference>,
    /// A code of its own.
    code: Option<String>,
    /// Its position in the directory; behind all others if none is given.
    position: Option<u32>,
    /// The first day on which it exists and is called so; none is known if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer does.
    valid_to: Option<Date>,
}

impl CommandFields for CreatePartyCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let short_names = self.short_names.into_iter().flatten();
        Ok(command::CreateParty {
            id: desk.new_id::<Party>(),
            name: desk.words("name", self.name)?,
            short_names: short_names
                .map(|name| desk.words("shortNames", name))
                .collect::<Result<_, _>>()?,
            kind: self.kind.into(),
            parent: desk.maybe::<Party>("parent", self.parent)?,
            place: desk.maybe::<Place>("place", self.place)?,
            code: desk.maybe_words("code", self.code)?,
            position: self.position,
            validity: desk.always(self.valid_from, self.valid_to),
        }
        .into())
    }

    fn link(&self) -> Option<Link<'_>> {
        self.parent.as_ref().map(|to| Link { of: None, to })
    }
}

/// A body that is called otherwise from a day on.
#[derive(Debug, InputObject)]
pub(crate) struct RenamePartyCommand {
    /// The party.
    party: Reference,
    /// The version of the party that you saw: refused if it or a name of it has changed since.
    expected_version: Option<SeqNumber>,
    /// The new official name. The old one becomes a former name.
    name: String,
    /// The first day on which it is called so; today if none is given.
    from: Option<Date>,
}

impl CommandFields for RenamePartyCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::RenameParty {
            party: desk.changed::<Party>("party", self.party)?,
            expected: desk.expected(self.expected_version),
            name: desk.words("name", self.name)?,
            from: desk.day("from", self.from),
        }
        .into())
    }
}

/// What is so of a body. What is not given stays; null says that there is none.
#[derive(Debug, InputObject)]
pub(crate) struct DescribePartyCommand {
    /// The party.
    party: Reference,
    /// The version of the party that you saw: refused if it or a name of it has changed since.
    expected_version: Option<SeqNumber>,
    /// What kind of body it is.
    kind: Option<PartyKind>,
    /// The body above it.
    parent: MaybeUndefined<Reference>,
    /// The territory it belongs to.
    place: MaybeUndefined<Reference>,
    /// A code of its own.
    code: MaybeUndefined<String>,
    /// Its position in the directory.
    position: Option<u32>,
    /// The first day on which it exists.
    valid_from: MaybeUndefined<Date>,
    /// The first day on which it no longer does.
    valid_to: MaybeUndefined<Date>,
}

impl CommandFields for DescribePartyCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::DescribeParty {
            party: desk.changed::<Party>("party", self.party)?,
            expected: desk.expected(self.expected_version),
            kind: self.kind.map(Into::into),
            parent: desk.instead::<Party>("parent", self.parent)?,
            place: desk.instead::<Place>("place", self.place)?,
            code: desk.other_words("code", self.code)?,
            position: self.position,
            validity: desk.revalidity(self.valid_from, self.valid_to),
        }
        .into())
    }

    fn link(&self) -> Option<Link<'_>> {
        let of = Some(&self.party);
        self.parent.value().map(|to| Link { of, to })
    }
}

/// A name by which a body is called, too.
#[derive(Debug, InputObject)]
pub(crate) struct AddNameCommand {
    /// The party.
    party: Reference,
    /// The name, exactly as it is to be kept.
    text: String,
    /// Official, short or former.
    kind: NameKind,
    /// The first day on which it is called so; none is known if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer is.
    valid_to: Option<Date>,
}

impl CommandFields for AddNameCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::AddName {
            id: desk.new_id::<PartyName>(),
            party: desk.named::<Party>("party", self.party)?,
            text: desk.words("text", self.text)?,
            kind: desk.chosen("kind", self.kind),
            validity: desk.always(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A name that ceases to be one.
#[derive(Debug, InputObject)]
pub(crate) struct EndNameCommand {
    /// The name.
    name: Reference,
    /// The version of the name that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The first day on which the party is no longer called so; today if none is given.
    on: Option<Date>,
}

impl CommandFields for EndNameCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::EndName {
            name: desk.changed::<PartyName>("name", self.name)?,
            expected: desk.expected(self.expected_version),
            on: desk.day("on", self.on),
        }
        .into())
    }
}

/// A name that was recorded wrongly. What is not given stays.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectNameCommand {
    /// The name.
    name: Reference,
    /// The version of the name that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// How it is written.
    text: Option<String>,
    /// Official, short or former.
    kind: Option<NameKind>,
    /// The first day on which the party is called so; null if none is known.
    valid_from: MaybeUndefined<Date>,
    /// The first day on which it no longer is; null if no end is known.
    valid_to: MaybeUndefined<Date>,
}

impl CommandFields for CorrectNameCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::CorrectName {
            name: desk.changed::<PartyName>("name", self.name)?,
            expected: desk.expected(self.expected_version),
            text: desk.maybe_words("text", self.text)?,
            kind: self.kind.map(|kind| desk.chosen("kind", kind)),
            validity: desk.revalidity(self.valid_from, self.valid_to),
        }
        .into())
    }
}
