//! From what a client gives to commands: ids are found or made, words are looked at, days are filled in.

use super::{
    super::{
        mutation::{MAX_WORDS, UserErrorCode, is_usable},
        scalar::{Date, SeqNumber},
    },
    reference::Reference,
};
use async_graphql::MaybeUndefined;
use domain::{
    change::{Fact, Kind, Thing},
    clause::Subject,
    command::{Command, Revalidity},
    id::{Id, IdSequence},
    time::{Day, Seq, Validity},
};
use uuid::Uuid;

/// The most code points that a task's text may have.
const MAX_BODY: usize = 100_000;

/// An input of a command.
pub(crate) trait CommandFields {
    /// The command that is meant.
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake>;

    /// What the command has a thing refer to of the thing's own kind.
    fn link(&self) -> Option<Link<'_>> {
        None
    }
}

/// A thing that refers to another of its kind, as a section does to the one above it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link<'i> {
    /// What refers: what the command records, if nothing is named.
    pub(super) of: Option<&'i Reference>,
    /// What it refers to.
    pub(super) to: &'i Reference,
}

/// What cannot be meant.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub(super) code: UserErrorCode,
    pub(super) message: String,
    pub(super) field: &'static str,
}

impl Mistake {
    /// Something that cannot be meant by a field.
    pub(super) fn invalid(field: &'static str, message: &str) -> Self {
        Self {
            code: UserErrorCode::InputInvalid,
            message: message.to_owned(),
            field,
        }
    }
}

/// Where the inputs of one changeset become commands, one after the other.
#[derive(Debug)]
pub(crate) struct Desk {
    today: Day,
    /// What each command's own thing is called, if it records one.
    own: Vec<Uuid>,
    ids: IdSequence,
    /// What each command before records.
    recorded: Vec<Option<Thing>>,
    notes: Notes,
}

/// What was learned of an input on the way.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// The fields that say something that a rule may stand against.
    said: Vec<&'static str>,
    /// The fields that name things.
    named: Vec<(&'static str, Thing)>,
    /// What the command records, by the id that it was given here.
    recorded: Option<Thing>,
    /// What the command changes.
    pub(super) changed: Option<Thing>,
}

impl Notes {
    /// The first of these fields that the input has.
    pub(super) fn field(&self, fields: &[&'static str]) -> Option<&'static str> {
        fields
            .iter()
            .copied()
            .find(|field| self.said.contains(field))
    }

    /// The field that names a thing.
    pub(super) fn field_of(&self, thing: Thing) -> Option<&'static str> {
        let mut named = self.named.iter();
        Some(named.find(|(_, named)| *named == thing)?.0)
    }
}

impl Desk {
    /// One on a day, with ids of its own, for these inputs.
    ///
    /// The log records what is new of a kind in the order of ids. So ids count as the commands stand, but for what a thing
    /// refers to of its own kind: that comes first, whichever command records it.
    pub(super) fn new<'i, I: CommandFields + 'i>(
        today: Day,
        seed: Uuid,
        inputs: impl IntoIterator<Item = &'i I>,
    ) -> Self {
        let links: Vec<_> = inputs.into_iter().map(CommandFields::link).collect();
        let mut ids = IdSequence::new(seed);
        let mut own = vec![Uuid::nil(); links.len()];
        for command in in_order(&links) {
            own[command] = ids.next_key();
        }
        Self {
            today,
            own,
            ids,
            recorded: vec![],
            notes: Notes::default(),
        }
    }

    /// The ids that nothing has been given yet.
    pub(super) fn ids(&self) -> IdSequence {
        self.ids.clone()
    }

    /// Makes a command of an input.
    pub(super) fn take(&mut self, input: impl CommandFields) -> Result<(Command, Notes), Mistake> {
        let command = input.command(self)?;
        let notes = std::mem::take(&mut self.notes);
        self.recorded.push(notes.recorded);
        Ok((command, notes))
    }

    /// An id for what the command records.
    pub(super) fn new_id<F: Fact>(&mut self) -> F::Id {
        let id = F::Id::from(self.own[self.recorded.len()]);
        self.notes.recorded = Some(Thing::of::<F>(id));
        id
    }

    /// What the command changes.
    pub(super) fn changed<F: Fact>(
        &mut self,
        field: &'static str,
        reference: Reference,
    ) -> Result<F::Id, Mistake> {
        let id = self.named::<F>(field, reference)?;
        self.notes.changed = Some(Thing::of::<F>(id));
        Ok(id)
    }

    /// Something that the command names.
    pub(super) fn named<F: Fact>(
        &mut self,
        field: &'static str,
        reference: Reference,
    ) -> Result<F::Id, Mistake> {
        let kind = F::Id::KIND;
        let id = match reference {
            Reference::Key(key) => key,
            Reference::Id(id) if id.kind == kind => id.key,
            Reference::Id(id) => return Err(other_kind(field, kind, &id.kind)),
            Reference::Recorded(command) => {
                let thing = self.recorded_by(field, command)?;
                if thing.kind != F::KIND {
                    return Err(other_kind(field, kind, thing.kind.as_str()));
                }
                thing.id
            }
        };
        let id = F::Id::from(id);
        self.notes.named.push((field, Thing::of::<F>(id)));
        Ok(id)
    }

    /// Something that the command may name.
    pub(super) fn maybe<F: Fact>(
        &mut self,
        field: &'static str,
        reference: Option<Reference>,
    ) -> Result<Option<F::Id>, Mistake> {
        reference
            .map(|reference| self.named::<F>(field, reference))
            .transpose()
    }

    /// Several things that the command names.
    pub(super) fn each<F: Fact>(
        &mut self,
        field: &'static str,
        references: Vec<Reference>,
    ) -> Result<Vec<F::Id>, Mistake> {
        let references = references.into_iter();
        references
            .map(|reference| self.named::<F>(field, reference))
            .collect()
    }

    /// Something that the command may name, or say that there is none, or leave as it is.
    #[expect(
        clippy::option_option,
        reason = "nothing said, said that there is none, or said what"
    )]
    pub(super) fn instead<F: Fact>(
        &mut self,
        field: &'static str,
        reference: MaybeUndefined<Reference>,
    ) -> Result<Option<Option<F::Id>>, Mistake> {
        instead(reference)
            .map(|reference| self.maybe::<F>(field, reference))
            .transpose()
    }

    /// A plan, a section or a task.
    pub(super) fn subject(
        &mut self,
        field: &'static str,
        reference: Reference,
    ) -> Result<Subject, Mistake> {
        let thing = self.anything(field, reference)?;
        match thing.kind {
            Kind::Plan => Ok(Subject::Plan(thing.id.into())),
            Kind::Section => Ok(Subject::Section(thing.id.into())),
            Kind::Task => Ok(Subject::Task(thing.id.into())),
            kind => Err(other_kind(field, "Plan, Section or Task", kind.as_str())),
        }
    }

    /// A fact of any kind.
    pub(super) fn anything(
        &mut self,
        field: &'static str,
        reference: Reference,
    ) -> Result<Thing, Mistake> {
        let thing = match reference {
            Reference::Recorded(command) => Some(self.recorded_by(field, command)?),
            Reference::Id(id) => Kind::of_ids(&id.kind).map(|kind| Thing { kind, id: id.key }),
            Reference::Key(_) => None,
        };
        let thing = thing.ok_or_else(|| Mistake {
            code: UserErrorCode::InputInvalid,
            message: format!("{field} takes an `id`, which says what it is of"),
            field,
        })?;
        self.notes.named.push((field, thing));
        Ok(thing)
    }

    fn recorded_by(&self, field: &'static str, command: usize) -> Result<Thing, Mistake> {
        let recorded = self.recorded.get(command).copied().flatten();
        recorded.ok_or_else(|| Mistake {
            code: UserErrorCode::InputInvalid,
            message: format!(
                "{field} means what command #{command} records, but no command before this one with that number, \
                 counted from 0, records anything"
            ),
            field,
        })
    }

    /// Words that the register is to keep.
    pub(super) fn words(&mut self, field: &'static str, words: String) -> Result<String, Mistake> {
        self.notes.said.push(field);
        if is_usable(&words) {
            return Ok(words);
        }
        Err(Mistake {
            code: UserErrorCode::InputInvalid,
            message: format!(
                "{field} is blank, longer than {MAX_WORDS} characters or has control characters; correct it"
            ),
            field,
        })
    }

    /// Words that the register may keep.
    pub(super) fn maybe_words(
        &mut self,
        field: &'static str,
        words: Option<String>,
    ) -> Result<Option<String>, Mistake> {
        words.map(|words| self.words(field, words)).transpose()
    }

    /// Words that the register is to keep, or no longer, or as they are.
    #[expect(
        clippy::option_option,
        reason = "nothing said, said that there is none, or said what"
    )]
    pub(super) fn other_words(
        &mut self,
        field: &'static str,
        words: MaybeUndefined<String>,
    ) -> Result<Option<Option<String>>, Mistake> {
        instead(words)
            .map(|words| self.maybe_words(field, words))
            .transpose()
    }

    /// A text of several lines.
    pub(super) fn body(&mut self, field: &'static str, body: String) -> Result<String, Mistake> {
        self.notes.said.push(field);
        let unprintable = |c: char| c.is_control() && !c.is_whitespace();
        if !body.trim().is_empty()
            && body.chars().count() <= MAX_BODY
            && !body.contains(unprintable)
        {
            return Ok(body);
        }
        Err(Mistake {
            code: UserErrorCode::InputInvalid,
            message: format!(
                "{field} is blank, longer than {MAX_BODY} characters or has control characters; correct it"
            ),
            field,
        })
    }

    /// Something written in a form of its own, such as a decimal number.
    pub(super) fn read<T: std::str::FromStr<Err: ToString>>(
        &mut self,
        field: &'static str,
        words: &str,
    ) -> Result<T, Mistake> {
        self.notes.said.push(field);
        words.parse().map_err(|error: T::Err| Mistake {
            code: UserErrorCode::InputInvalid,
            message: error.to_string(),
            field,
        })
    }

    /// A word of a vocabulary.
    pub(super) fn chosen<W: Into<T>, T>(&mut self, field: &'static str, word: W) -> T {
        self.notes.said.push(field);
        word.into()
    }

    /// A day on which something changes; today if none is given.
    pub(super) fn day(&mut self, field: &'static str, day: Option<Date>) -> Day {
        self.notes.said.push(field);
        day.map_or(self.today, |day| day.0)
    }

    /// From when to when something holds: from today on if no day is given.
    pub(super) fn since_today(&mut self, from: Option<Date>, to: Option<Date>) -> Validity {
        Validity {
            from: self.day("validFrom", from),
            ..self.always(None, to)
        }
    }

    /// From when to when something holds: always if no day is given.
    pub(super) fn always(&mut self, from: Option<Date>, to: Option<Date>) -> Validity {
        self.notes.said.extend(["validTo", "validFrom"]);
        Validity {
            from: from.map_or(Day::BEGINNING, |day| day.0),
            to: to.map_or(Day::FOREVER, |day| day.0),
        }
    }

    /// From when to when something held: an end that is not given stays, null is an open one.
    pub(super) fn revalidity(
        &mut self,
        from: MaybeUndefined<Date>,
        to: MaybeUndefined<Date>,
    ) -> Revalidity {
        self.notes.said.extend(["validTo", "validFrom"]);
        let end =
            |day: MaybeUndefined<Date>, open| instead(day).map(|day| day.map_or(open, |day| day.0));
        Revalidity {
            from: end(from, Day::BEGINNING),
            to: end(to, Day::FOREVER),
        }
    }

    /// The version at which the caller saw what is changed.
    pub(super) fn expected(&mut self, version: Option<SeqNumber>) -> Option<Seq> {
        self.notes.said.push("expectedVersion");
        version.map(|version| version.0)
    }
}

/// The commands by their places, each behind the one that records what its own thing is to refer to.
fn in_order(links: &[Option<Link<'_>>]) -> Vec<usize> {
    // What is said last of a thing counts.
    let mut before = vec![None; links.len()];
    for (command, link) in links.iter().enumerate() {
        let Some(Link { of, to }) = link else {
            continue;
        };
        let of = of.map_or(Some(command), Reference::recorded);
        if let (Some(of), Some(to)) = (of, to.recorded())
            && of.max(to) < links.len()
        {
            before[of] = Some(to);
        }
    }
    let (mut order, mut taken) = (vec![], vec![false; links.len()]);
    for command in 0..links.len() {
        let mut chain = vec![];
        let mut next = Some(command);
        while let Some(command) = next.filter(|&command| !taken[command]) {
            taken[command] = true;
            chain.push(command);
            next = before[command];
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

/// Another value, or none, or nothing said.
#[expect(
    clippy::option_option,
    reason = "nothing said, said that there is none, or said what"
)]
pub(super) fn instead<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

fn other_kind(field: &'static str, kind: &str, given: &str) -> Mistake {
    Mistake {
        code: UserErrorCode::InputInvalid,
        message: format!("{field} takes the id of a {kind}; this one is of a {given}"),
        field,
    }
}
