//! Corrections as clients give them, and as the domain takes them.

use super::super::{
    id::GlobalId,
    scalar::Date,
    vocabulary::{DueKind, Firmness, PartyKind, PlaceLevel, Reference, Role},
};
use async_graphql::{InputObject, InputType, OneofObject, Pos};
use domain::{
    deadline::DueDate,
    id::{Id as _, PartyId},
    review::{self, Correction, FactKey, Meaning, span_of},
    target::Decimal,
    text::{CodePoints, Points, Span},
};

/// One correction of a draft. Facts are named by their keys; what is not said stays as it is.
#[derive(Debug, OneofObject)]
pub(crate) enum CorrectionInput {
    /// What the document says of itself.
    Document(DocumentCorrectionInput),
    /// The title of a section.
    Section(SectionCorrectionInput),
    /// A task's title or text.
    Task(TaskCorrectionInput),
    /// A task that was missed.
    AddTask(NewTaskInput),
    /// A clause's form, openness, deadline, or what it governs.
    Clause(ClauseCorrectionInput),
    /// A clause that was missed.
    AddClause(NewClauseInput),
    /// A party's name, role, reference or kind.
    Party(PartyCorrectionInput),
    /// A party that was missed in a clause: it becomes an assignment.
    AddParty(AddPartyInput),
    /// What was read as one party is several.
    SplitParty(SplitPartyInput),
    /// What was read as several parties is one.
    JoinParties(JoinPartiesInput),
    /// A target's figures, unit, firmness or time.
    Target(TargetCorrectionInput),
    /// A target that was missed.
    AddTarget(NewTargetInput),
    /// When something is due.
    Deadline(DeadlineCorrectionInput),
    /// A deadline that was missed.
    AddDeadline(NewDeadlineInput),
    /// Responsibility said in prose is meant as such: it becomes a clause.
    AcceptMention(AcceptMentionInput),
    /// Somebody compared this fact with the text and it is right. Its key.
    Confirm(u32),
    /// This fact is not to be accepted. Its key.
    Remove(u32),
    /// This fact is to be accepted after all. Its key.
    Restore(u32),
    /// What a name means, wherever the draft writes it.
    Name(NameMeaningInput),
}

/// Words of the document.
#[derive(Debug, InputObject)]
pub(crate) struct SpanInput {
    /// Where they begin: a Unicode code point of the document's text, counted from 0.
    start: u32,
    /// The first code point after them.
    end: u32,
    /// The words themselves, to be sure: refused if others stand there.
    quote: Option<String>,
}

/// What a document says of itself.
#[derive(Debug, InputObject)]
pub(crate) struct DocumentCorrectionInput {
    /// The title.
    title: Option<String>,
    /// Who issued it.
    issuer: Option<String>,
    /// Its own document number.
    number: Option<String>,
    /// The day of issue.
    issued_on: Option<Date>,
    /// The day it was posted.
    posted_on: Option<Date>,
    /// The place inside which relative names are meant.
    jurisdiction: Option<String>,
}

/// The title of a section.
#[derive(Debug, InputObject)]
pub(crate) struct SectionCorrectionInput {
    /// The section's key.
    key: u32,
    /// Its title, without the label.
    title: String,
}

/// A task's title or text.
#[derive(Debug, InputObject)]
pub(crate) struct TaskCorrectionInput {
    /// The task's key.
    key: u32,
    /// Its title, without the label.
    title: Option<String>,
    /// What it says, without heading and clauses.
    body: Option<SpanInput>,
}

/// A task that was missed.
#[derive(Debug, InputObject)]
pub(crate) struct NewTaskInput {
    /// The key of the section or task under whose heading it stands; none at the top of the plan.
    under: Option<u32>,
    /// Its label as written.
    label: String,
    /// Its title.
    title: String,
    /// The task with its heading and clauses.
    words: SpanInput,
    /// What it says, without heading and clauses.
    body: Option<SpanInput>,
}

/// A clause's form, openness, deadline, or what it governs.
#[derive(Debug, InputObject)]
pub(crate) struct ClauseCorrectionInput {
    /// The clause's key.
    key: u32,
    /// The key of the task or section that it governs.
    of: Option<u32>,
    /// The text that it governs.
    scope: Option<SpanInput>,
    /// The words that carry the role.
    form: Option<String>,
    /// Whether its list is not exhaustive (等).
    open: Option<bool>,
    /// By when.
    due: Option<DueInput>,
}

/// A clause that was missed.
#[derive(Debug, InputObject)]
pub(crate) struct NewClauseInput {
    /// The key of the task or section that it governs; none for the whole plan.
    of: Option<u32>,
    /// The words.
    words: SpanInput,
    /// The text that it governs.
    scope: Option<SpanInput>,
    /// The words that carry the role.
    #[graphql(default)]
    form: String,
    /// Whether its list is not exhaustive (等).
    #[graphql(default)]
    open: bool,
    /// Who it names, at least one.
    parties: Vec<NewPartyInput>,
}

/// A party's name, role, reference or kind.
#[derive(Debug, InputObject)]
pub(crate) struct PartyCorrectionInput {
    /// The party's key.
    key: u32,
    /// The name as written.
    words: Option<SpanInput>,
    /// What it does.
    role: Option<Role>,
    /// How the text refers to it.
    reference: Option<Reference>,
    /// What kind of body it is.
    kind: Option<PartyKind>,
}

/// A party that was missed in a clause.
#[derive(Debug, InputObject)]
pub(crate) struct AddPartyInput {
    /// The clause's key.
    clause: u32,
    /// The party.
    party: NewPartyInput,
}

/// A party as a person names it.
#[derive(Debug, InputObject)]
pub(crate) struct NewPartyInput {
    /// The name as written, within its clause.
    words: SpanInput,
    /// What it does.
    role: Role,
    /// How the text refers to it; by name if nothing is said.
    reference: Option<Reference>,
    /// What kind of body it is; OTHER if that is not known.
    kind: Option<PartyKind>,
}

/// What was read as one party is several.
#[derive(Debug, InputObject)]
pub(crate) struct SplitPartyInput {
    /// The party's key.
    key: u32,
    /// The names, in the order of the text.
    names: Vec<SpanInput>,
}

/// What was read as several parties is one, whose name goes from the first to the last.
#[derive(Debug, InputObject)]
pub(crate) struct JoinPartiesInput {
    /// The parties' keys, all of one clause and in one role.
    keys: Vec<u32>,
}

/// A target's figures, unit, firmness or time.
#[derive(Debug, InputObject)]
pub(crate) struct TargetCorrectionInput {
    /// The target's key.
    key: u32,
    /// The least and the most; given together.
    bounds: Option<BoundsInput>,
    /// The unit as written.
    unit: Option<String>,
    /// How firmly it is meant.
    firmness: Option<Firmness>,
    /// By when.
    due: Option<DueInput>,
}

/// The least and the most that is to be reached.
#[derive(Debug, InputObject)]
pub(crate) struct BoundsInput {
    /// The least, in decimal digits; null if there is none.
    min: Option<String>,
    /// The most, in decimal digits; null if there is none.
    max: Option<String>,
}

/// A target that was missed.
#[derive(Debug, InputObject)]
pub(crate) struct NewTargetInput {
    /// The key of the task or section; none for the whole plan.
    of: Option<u32>,
    /// The words.
    words: SpanInput,
    /// The least, in decimal digits.
    min: Option<String>,
    /// The most, in decimal digits.
    max: Option<String>,
    /// The unit as written.
    unit: Option<String>,
    /// How firmly it is meant; UNSTATED if the text does not say.
    firmness: Option<Firmness>,
    /// By when.
    due: Option<DueInput>,
}

/// When something is due.
#[derive(Debug, InputObject)]
pub(crate) struct DeadlineCorrectionInput {
    /// The deadline's key.
    key: u32,
    /// When.
    due: DueInput,
}

/// A deadline that was missed.
#[derive(Debug, InputObject)]
pub(crate) struct NewDeadlineInput {
    /// The key of the task or section; none for the whole plan.
    of: Option<u32>,
    /// When.
    due: DueInput,
}

/// A time that is set.
#[derive(Debug, InputObject)]
pub(crate) struct DueInput {
    /// The words.
    words: SpanInput,
    /// What they mean.
    kind: DueKind,
    /// A year, month or day: `2024`, `2023-12` or `2024-06-30`.
    date: Option<String>,
}

/// Responsibility said in prose that is meant as such.
#[derive(Debug, InputObject)]
pub(crate) struct AcceptMentionInput {
    /// The mention's key.
    key: u32,
    /// Who is responsible, named within the mention; those that the reader saw in it if none is named.
    #[graphql(default)]
    parties: Vec<NewPartyInput>,
}

/// What a name means, wherever the draft writes it.
#[derive(Debug, InputObject)]
pub(crate) struct NameMeaningInput {
    /// The name as written; script and width make no difference.
    name: String,
    /// The party.
    means: MeaningInput,
}

/// The party that a name means.
#[derive(Debug, OneofObject)]
pub(crate) enum MeaningInput {
    /// A party of the register.
    Party(GlobalId),
    /// The party that another name of the same draft means.
    SameAs(String),
    /// A party that the register does not know yet, whatever it is called.
    New(ProposedPartyInput),
}

/// A party that the register does not know yet.
#[derive(Debug, InputObject)]
pub(crate) struct ProposedPartyInput {
    /// Its full name, if another than the one written.
    full_name: Option<String>,
    /// What kind of body it is.
    kind: PartyKind,
    /// The name or division code of its place; the document's own if none is said.
    place: Option<String>,
    /// The level of that place, if it is new to the register.
    level: Option<PlaceLevel>,
}

/// What is wrong with a correction before it comes to the draft: a message, and where in the input.
pub(crate) type Unusable = (String, Vec<String>);

/// The corrections that inputs mean in a text.
pub(crate) fn corrections(
    inputs: Vec<CorrectionInput>,
    text: &str,
    points: &CodePoints,
) -> Result<Vec<Correction>, Unusable> {
    let work = Work { text, points };
    let each = inputs.into_iter().enumerate().map(|(index, input)| {
        work.correction(input).map_err(|Bad { message, path }| {
            let at = [
                "input".to_owned(),
                "corrections".to_owned(),
                index.to_string(),
            ];
            (
                message,
                at.into_iter()
                    .chain(path.into_iter().map(str::to_owned))
                    .collect(),
            )
        })
    });
    each.collect()
}

/// The same from JSON, as a client would give them in a variable.
pub(crate) fn corrections_from_json(
    json: serde_json::Value,
    text: &str,
) -> Result<Vec<Correction>, String> {
    let value = async_graphql::Value::from_json(json).map_err(|error| error.to_string())?;
    let inputs = <Vec<CorrectionInput> as InputType>::parse(Some(value))
        .map_err(|error| error.into_server_error(Pos::default()).message)?;
    corrections(inputs, text, &CodePoints::of(text)).map_err(|(message, path)| {
        let place = path.get(2..).unwrap_or_default().join(".");
        format!("correction {place}: {message}")
    })
}

/// A mistake and where in the correction it is.
struct Bad {
    message: String,
    path: Vec<&'static str>,
}

struct Work<'t> {
    text: &'t str,
    points: &'t CodePoints,
}

fn at(mut bad: Bad, field: &'static str) -> Bad {
    bad.path.insert(0, field);
    bad
}

fn key(key: u32) -> FactKey {
    FactKey(key)
}

fn parsed<T: std::str::FromStr<Err: ToString>>(
    field: &'static str,
    text: Option<String>,
) -> Result<Option<T>, Bad> {
    let read = |text: String| {
        text.parse().map_err(|error: T::Err| Bad {
            message: error.to_string(),
            path: vec![field],
        })
    };
    text.map(read).transpose()
}

impl Work<'_> {
    fn correction(&self, input: CorrectionInput) -> Result<Correction, Bad> {
        Ok(match input {
            CorrectionInput::Document(said) => Correction::Document(review::DocumentCorrection {
                title: said.title,
                issuer: said.issuer,
                number: said.number,
                issued_on: said.issued_on.map(|date| date.0),
                posted_on: said.posted_on.map(|date| date.0),
                jurisdiction: said.jurisdiction,
            }),
            CorrectionInput::Section(said) => Correction::Section {
                key: key(said.key),
                title: said.title,
            },
            CorrectionInput::Task(said) => Correction::Task(review::TaskCorrection {
                key: key(said.key),
                title: said.title,
                body: self
                    .maybe("body", said.body)
                    .map_err(|bad| at(bad, "task"))?,
            }),
            CorrectionInput::AddTask(said) => {
                self.add_task(said).map_err(|bad| at(bad, "addTask"))?
            }
            CorrectionInput::Clause(said) => self.clause(said).map_err(|bad| at(bad, "clause"))?,
            CorrectionInput::AddClause(said) => {
                self.add_clause(said).map_err(|bad| at(bad, "addClause"))?
            }
            CorrectionInput::Party(said) => Correction::Party(review::PartyCorrection {
                key: key(said.key),
                span: self
                    .maybe("words", said.words)
                    .map_err(|bad| at(bad, "party"))?,
                role: said.role.map(Into::into),
                reference: said.reference.map(Into::into),
                kind: said.kind.map(Into::into),
            }),
            CorrectionInput::AddParty(said) => Correction::AddParty {
                clause: key(said.clause),
                party: self.party(said.party).map_err(|bad| at(bad, "addParty"))?,
            },
            CorrectionInput::SplitParty(said) => {
                let names = said.names.into_iter().map(|name| self.span("names", name));
                Correction::SplitParty {
                    key: key(said.key),
                    names: names
                        .collect::<Result<_, _>>()
                        .map_err(|bad| at(bad, "splitParty"))?,
                }
            }
            CorrectionInput::JoinParties(said) => Correction::JoinParties {
                keys: said.keys.into_iter().map(key).collect(),
            },
            CorrectionInput::Target(said) => self.target(said).map_err(|bad| at(bad, "target"))?,
            CorrectionInput::AddTarget(said) => {
                self.add_target(said).map_err(|bad| at(bad, "addTarget"))?
            }
            CorrectionInput::Deadline(said) => Correction::Deadline {
                key: key(said.key),
                due: self.due(said.due).map_err(|bad| at(bad, "deadline"))?,
            },
            CorrectionInput::AddDeadline(said) => Correction::AddDeadline {
                of: said.of.map(key),
                due: self.due(said.due).map_err(|bad| at(bad, "addDeadline"))?,
            },
            CorrectionInput::AcceptMention(said) => Correction::AcceptMention {
                key: key(said.key),
                parties: self
                    .parties(said.parties)
                    .map_err(|bad| at(bad, "acceptMention"))?,
            },
            CorrectionInput::Confirm(fact) => Correction::Confirm { key: key(fact) },
            CorrectionInput::Remove(fact) => Correction::Remove { key: key(fact) },
            CorrectionInput::Restore(fact) => Correction::Restore { key: key(fact) },
            CorrectionInput::Name(said) => name(said).map_err(|bad| at(bad, "name"))?,
        })
    }

    fn add_task(&self, said: NewTaskInput) -> Result<Correction, Bad> {
        Ok(Correction::AddTask(review::NewTask {
            under: said.under.map(key),
            label: said.label,
            title: said.title,
            span: self.span("words", said.words)?,
            body: self.maybe("body", said.body)?,
        }))
    }

    fn clause(&self, said: ClauseCorrectionInput) -> Result<Correction, Bad> {
        Ok(Correction::Clause(review::ClauseCorrection {
            key: key(said.key),
            of: said.of.map(key),
            scope: self.maybe("scope", said.scope)?,
            form: said.form,
            open: said.open,
            due: said.due.map(|due| self.due(due)).transpose()?,
        }))
    }

    fn add_clause(&self, said: NewClauseInput) -> Result<Correction, Bad> {
        Ok(Correction::AddClause(review::NewClause {
            of: said.of.map(key),
            span: self.span("words", said.words)?,
            scope: self.maybe("scope", said.scope)?,
            form: said.form,
            open: said.open,
            parties: self.parties(said.parties)?,
        }))
    }

    fn target(&self, said: TargetCorrectionInput) -> Result<Correction, Bad> {
        let bounds = said.bounds.map(|BoundsInput { min, max }| {
            Ok((
                parsed::<Decimal>("min", min)?,
                parsed::<Decimal>("max", max)?,
            ))
        });
        Ok(Correction::Target(review::TargetCorrection {
            key: key(said.key),
            bounds: bounds.transpose()?,
            unit: said.unit,
            firmness: said.firmness.map(Into::into),
            due: said.due.map(|due| self.due(due)).transpose()?,
        }))
    }

    fn add_target(&self, said: NewTargetInput) -> Result<Correction, Bad> {
        Ok(Correction::AddTarget(review::NewTarget {
            of: said.of.map(key),
            span: self.span("words", said.words)?,
            min: parsed::<Decimal>("min", said.min)?,
            max: parsed::<Decimal>("max", said.max)?,
            unit: said.unit,
            firmness: said
                .firmness
                .map_or(domain::vocabulary::Firmness::Unstated, Into::into),
            due: said.due.map(|due| self.due(due)).transpose()?,
        }))
    }

    fn due(&self, said: DueInput) -> Result<review::DueCorrection, Bad> {
        let read = || {
            Ok(review::DueCorrection {
                span: self.span("words", said.words)?,
                kind: said.kind.into(),
                date: parsed::<DueDate>("date", said.date)?,
            })
        };
        read().map_err(|bad| at(bad, "due"))
    }

    fn parties(&self, said: Vec<NewPartyInput>) -> Result<Vec<review::NewParty>, Bad> {
        let parties = said.into_iter().map(|party| self.party(party));
        parties
            .collect::<Result<_, _>>()
            .map_err(|bad| at(bad, "parties"))
    }

    fn party(&self, said: NewPartyInput) -> Result<review::NewParty, Bad> {
        use domain::vocabulary;
        Ok(review::NewParty {
            span: self.span("words", said.words)?,
            role: said.role.into(),
            reference: said
                .reference
                .map_or(vocabulary::Reference::Named, Into::into),
            kind: said.kind.map_or(vocabulary::PartyKind::Other, Into::into),
        })
    }

    fn maybe(&self, field: &'static str, said: Option<SpanInput>) -> Result<Option<Span>, Bad> {
        said.map(|said| self.span(field, said)).transpose()
    }

    fn span(&self, field: &'static str, said: SpanInput) -> Result<Span, Bad> {
        let SpanInput { start, end, quote } = said;
        let found = span_of(
            (self.text, self.points),
            Points { start, end },
            quote.as_deref(),
        );
        found.map_err(|refused| Bad {
            message: refused.to_string(),
            path: vec![field],
        })
    }
}

fn name(said: NameMeaningInput) -> Result<Correction, Bad> {
    let means = match said.means {
        MeaningInput::Party(id) if id.kind == PartyId::KIND => Meaning::Party(id.key.into()),
        MeaningInput::Party(id) => {
            return Err(Bad {
                message: format!("this takes the id of a Party; this one is of a {}", id.kind),
                path: vec!["means", "party"],
            });
        }
        MeaningInput::SameAs(other) => Meaning::SameAs(other),
        MeaningInput::New(new) => Meaning::New {
            full_name: new.full_name,
            kind: new.kind.into(),
            place: new.place,
            level: new.level.map(Into::into),
        },
    };
    Ok(Correction::Name(review::NameMeaning {
        name: said.name,
        means,
    }))
}
