//! Corrections, each checked and taken.

use super::{
    ClauseCorrection, Correction, CorrectionRefused, DocumentCorrection, DueCorrection, Entry,
    FactKey, Mark, Meaning, NameMeaning, Named, NewClause, NewParty, NewTarget, NewTask, Noted,
    PartyCorrection, Review, TargetCorrection, TaskCorrection,
};
use crate::{
    clause::Confidence,
    directory::made_whole,
    draft::{DraftClause, DraftDeadline, DraftDue, DraftParty, DraftTarget, DraftTask, Path},
    fold::{fold, legible},
    target::Decimal,
    text::{CodePoints, Points, Span},
    time::Instant,
    vocabulary::{Basis, DueSource, PartyKind, Reference},
};

/// How sure it is what a person says.
const CERTAIN: Confidence = Confidence::percent(100);

/// What a correction leaves behind if it is taken.
type Corrected = Result<(), CorrectionRefused>;

/// The span of the code points of `text` from `start` up to `end`, where they say `quote` if one is given.
pub fn span_of(
    (text, points): (&str, &CodePoints),
    at: Points,
    quote: Option<&str>,
) -> Result<Span, CorrectionRefused> {
    let offset = |index| points.offset(text, index);
    let span = Span {
        start: offset(at.start),
        end: offset(at.end),
    };
    let found = words(text, span)?;
    // Whoever names a point past the end of the text means another text.
    if points.before(text, span.end) != at.end {
        return Err(CorrectionRefused::SpanOutside { span });
    }
    match quote {
        Some(quote) if quote != found => Err(CorrectionRefused::QuoteDiffers {
            quote: quote.to_owned(),
            found: found.to_owned(),
        }),
        _ => Ok(span),
    }
}

fn words(text: &str, span: Span) -> Result<&str, CorrectionRefused> {
    let words = span.slice(text).filter(|words| !words.trim().is_empty());
    words.ok_or(CorrectionRefused::SpanOutside { span })
}

impl Review {
    /// The next version of the review: all of the corrections taken in their order, or else the first that is not and
    /// why.
    pub fn corrected(
        &self,
        text: &str,
        corrections: &[Correction],
        (version, by, at): (u32, &str, Instant),
    ) -> Result<Self, (usize, CorrectionRefused)> {
        let mut review = self.clone();
        for (index, correction) in corrections.iter().enumerate() {
            let mut work = Work {
                review: &mut review,
                text,
            };
            work.take(correction).map_err(|refused| (index, refused))?;
            review.log.push(Entry {
                version,
                by: by.to_owned(),
                at,
                correction: correction.clone(),
            });
        }
        Ok(review)
    }
}

struct Work<'a> {
    review: &'a mut Review,
    text: &'a str,
}

impl Work<'_> {
    fn take(&mut self, correction: &Correction) -> Corrected {
        match correction {
            Correction::Document(document) => self.document(document),
            Correction::Section { key, title } => {
                let title = filled("title", title)?;
                let section = find(&mut self.review.sections, *key, "section")?;
                title.clone_into(&mut section.fact.title);
                correct(section);
                Ok(())
            }
            Correction::Task(task) => self.task(task),
            Correction::AddTask(task) => self.add_task(task),
            Correction::Clause(clause) => self.clause(clause),
            Correction::AddClause(clause) => self.add_clause(clause),
            Correction::Party(party) => self.party(party),
            Correction::AddParty { clause, party } => {
                let span = self.clause_of(*clause)?.fact.span;
                let named = self.named(span, party)?;
                self.name(*clause, None, named);
                self.correct_clause(*clause)
            }
            Correction::SplitParty { key, names } => self.split(*key, names),
            Correction::JoinParties { keys } => self.join(keys),
            Correction::Target(target) => self.target(target),
            Correction::AddTarget(target) => self.add_target(target),
            Correction::Deadline { key, due } => {
                let due = self.due(due, DueSource::Body)?;
                let deadline = find(&mut self.review.deadlines, *key, "deadline")?;
                let source = deadline.fact.due.source;
                deadline.fact.due = DraftDue { source, ..due };
                correct(deadline);
                Ok(())
            }
            Correction::AddDeadline { of, due } => {
                let due = self.due(due, DueSource::Body)?;
                let path = self.path_of(*of)?;
                let deadline = self.added(DraftDeadline { path, due });
                self.review.deadlines.push(deadline);
                Ok(())
            }
            Correction::AcceptMention { key, parties } => self.accept_mention(*key, parties),
            Correction::Confirm { key } => self.note(*key, |mark, _| {
                if *mark == Mark::Read {
                    *mark = Mark::Confirmed;
                }
            }),
            Correction::Remove { key } => self.note(*key, |_, removed| *removed = true),
            Correction::Restore { key } => self.note(*key, |_, removed| *removed = false),
            Correction::Name(meaning) => self.meaning(meaning),
        }
    }

    fn document(&mut self, said: &DocumentCorrection) -> Corrected {
        let DocumentCorrection {
            title,
            issuer,
            number,
            issued_on,
            posted_on,
            jurisdiction,
        } = said;
        let document = &mut self.review.document;
        if let Some(title) = title {
            filled("title", title)?.clone_into(&mut document.title);
        }
        let words = [
            ("issuer", issuer, &mut document.issuer),
            ("number", number, &mut document.number),
        ];
        for (field, said, held) in words {
            if let Some(said) = said {
                *held = Some(filled(field, said)?.to_owned());
            }
        }
        if let Some(jurisdiction) = jurisdiction {
            document.jurisdiction = Some(fold(filled("jurisdiction", jurisdiction)?));
        }
        document.issued_on = issued_on.or(document.issued_on);
        document.posted_on = posted_on.or(document.posted_on);
        Ok(())
    }

    fn task(&mut self, said: &TaskCorrection) -> Corrected {
        let TaskCorrection { key, title, body } = said;
        body.map(|body| words(self.text, body)).transpose()?;
        let task = find(&mut self.review.tasks, *key, "task")?;
        if let Some(title) = title {
            filled("title", title)?.clone_into(&mut task.fact.title);
        }
        task.fact.body = body.or(task.fact.body);
        correct(task);
        Ok(())
    }

    fn add_task(&mut self, said: &NewTask) -> Corrected {
        let NewTask {
            under,
            label,
            title,
            span,
            body,
        } = said;
        words(self.text, *span)?;
        body.map(|body| words(self.text, body)).transpose()?;
        let mut path = self.path_of(*under)?;
        path.push(filled("label", label)?.to_owned());
        let here = |own: &Path| *own == path;
        let tasks = self.review.tasks.iter().map(|task| &task.fact.path);
        let sections = self.review.sections.iter();
        let sections = sections.map(|section| &section.fact.path);
        if tasks.chain(sections).any(here) {
            return Err(CorrectionRefused::PathTaken { path });
        }
        let task = DraftTask {
            path,
            title: filled("title", title)?.to_owned(),
            span: *span,
            body: *body,
            rule: super::ADDED.into(),
            confidence: CERTAIN,
        };
        let task = self.added(task);
        let tasks = &mut self.review.tasks;
        let place = tasks.partition_point(|other| other.fact.span.start <= span.start);
        tasks.insert(place, task);
        Ok(())
    }

    fn clause(&mut self, said: &ClauseCorrection) -> Corrected {
        let ClauseCorrection {
            key,
            of,
            scope,
            form,
            open,
            due,
        } = said;
        let path = of.map(|of| self.path_of(Some(of))).transpose()?;
        scope.map(|scope| words(self.text, scope)).transpose()?;
        let due = due
            .as_ref()
            .map(|due| self.due(due, DueSource::Clause))
            .transpose()?;
        let clause = self.clause_of(*key)?;
        let held = &mut clause.fact;
        if let Some(path) = path {
            held.path = path;
        }
        if let Some(form) = form {
            form.clone_into(&mut held.form);
        }
        held.scope = scope.or(held.scope);
        held.open = open.unwrap_or(held.open);
        held.deadline = due.or(held.deadline.take());
        correct(clause);
        Ok(())
    }

    fn add_clause(&mut self, said: &NewClause) -> Corrected {
        let NewClause {
            of,
            span,
            scope,
            form,
            open,
            parties,
        } = said;
        let path = self.path_of(*of)?;
        words(self.text, *span)?;
        scope.map(|scope| words(self.text, scope)).transpose()?;
        let clause = DraftClause {
            path,
            span: *span,
            scope: *scope,
            form: form.clone(),
            rule: super::ADDED.into(),
            open: *open,
            garbled: false,
            confidence: CERTAIN,
            deadline: None,
            persons: vec![],
            parties: vec![],
        };
        let clause = self.added(clause);
        self.put_clause(clause, parties)
    }

    /// Puts an added clause where the text has it, and names its parties.
    fn put_clause(&mut self, clause: Noted<DraftClause>, parties: &[NewParty]) -> Corrected {
        let span = clause.fact.span;
        let named = parties.iter().map(|party| self.named(span, party));
        let named = named.collect::<Result<Vec<_>, _>>()?;
        self.put_clause_naming(clause, named)
    }

    fn put_clause_naming(
        &mut self,
        clause: Noted<DraftClause>,
        parties: Vec<DraftParty>,
    ) -> Corrected {
        if parties.is_empty() {
            return Err(CorrectionRefused::TooFew {
                least: 1,
                what: "party",
            });
        }
        for party in parties {
            self.name(clause.key, None, party);
        }
        let span = clause.fact.span;
        let clauses = &mut self.review.clauses;
        let place = clauses.partition_point(|other| other.fact.span.start <= span.start);
        clauses.insert(place, clause);
        Ok(())
    }

    fn party(&mut self, said: &PartyCorrection) -> Corrected {
        let PartyCorrection {
            key,
            span,
            role,
            reference,
            kind,
        } = said;
        let clause = find(&mut self.review.parties, *key, "party")?.fact.clause;
        if let Some(span) = span {
            self.within(self.clause_span(clause)?, *span)?;
        }
        let full_name = span.and_then(|span| self.full_name(span));
        let named = find(&mut self.review.parties, *key, "party")?;
        let party = &mut named.fact.party;
        if let Some(span) = *span
            && span != party.span
        {
            party.span = span;
            party.restored = None;
            party.full_name = full_name;
        }
        party.role = role.unwrap_or(party.role);
        party.reference = reference.unwrap_or(party.reference);
        if let Some(kind) = *kind {
            party.kind = kind;
            party.kind_confidence = CERTAIN;
        }
        // What was a convention's or a conclusion is now what a person reads in the text.
        if role.is_some() {
            party.basis = Basis::Stated;
            party.convention = None;
        }
        correct(named);
        self.correct_clause(clause)
    }

    fn split(&mut self, key: FactKey, names: &[Span]) -> Corrected {
        let what = "names";
        if names.len() < 2 {
            return Err(CorrectionRefused::TooFew { least: 2, what });
        }
        let whole = find(&mut self.review.parties, key, "party")?.fact.clone();
        let mut from = whole.party.span.start;
        for &name in names {
            words(self.text, name)?;
            if name.start < from || name.end > whole.party.span.end {
                return Err(CorrectionRefused::NotInOrder);
            }
            from = name.end;
        }
        for &span in names {
            let party = DraftParty {
                span,
                restored: None,
                full_name: self.full_name(span),
                ..whole.party.clone()
            };
            self.name(whole.clause, Some(key), party);
        }
        find(&mut self.review.parties, key, "party")?.removed = true;
        self.correct_clause(whole.clause)
    }

    fn join(&mut self, keys: &[FactKey]) -> Corrected {
        let [first, .., last] = keys else {
            return Err(CorrectionRefused::TooFew {
                least: 2,
                what: "parties",
            });
        };
        let mut joined = vec![];
        for &key in keys {
            joined.push(find(&mut self.review.parties, key, "party")?.fact.clone());
        }
        let [whole, others @ ..] = &joined[..] else {
            return Err(CorrectionRefused::NotAlike);
        };
        let alike =
            |other: &Named| other.clause == whole.clause && other.party.role == whole.party.role;
        if !others.iter().all(alike) || first == last {
            return Err(CorrectionRefused::NotAlike);
        }
        let spans = || joined.iter().map(|named| named.party.span);
        let span = Span {
            start: spans().map(|span| span.start).min().unwrap_or_default(),
            end: spans().map(|span| span.end).max().unwrap_or_default(),
        };
        self.within(self.clause_span(whole.clause)?, span)?;
        let party = DraftParty {
            span,
            restored: None,
            full_name: self.full_name(span),
            ..whole.party.clone()
        };
        let clause = whole.clause;
        self.name(clause, Some(*first), party);
        self.review
            .parties
            .retain(|named| !keys.contains(&named.key));
        self.correct_clause(clause)
    }

    fn target(&mut self, said: &TargetCorrection) -> Corrected {
        let TargetCorrection {
            key,
            bounds,
            unit,
            firmness,
            due,
        } = said;
        let due = due
            .as_ref()
            .map(|due| self.due(due, DueSource::Body))
            .transpose()?;
        if let Some((min, max)) = bounds {
            ordered(min.as_ref(), max.as_ref())?;
        }
        let target = find(&mut self.review.targets, *key, "target")?;
        let held = &mut target.fact;
        if let Some((min, max)) = bounds {
            (held.min, held.max) = (min.clone(), max.clone());
        }
        if let Some(unit) = unit {
            held.unit = Some(filled("unit", unit)?.to_owned());
        }
        held.firmness = firmness.unwrap_or(held.firmness);
        held.due = due.or(held.due.take());
        correct(target);
        Ok(())
    }

    fn add_target(&mut self, said: &NewTarget) -> Corrected {
        let NewTarget {
            of,
            span,
            min,
            max,
            unit,
            firmness,
            due,
        } = said;
        words(self.text, *span)?;
        ordered(min.as_ref(), max.as_ref())?;
        let due = due
            .as_ref()
            .map(|due| self.due(due, DueSource::Body))
            .transpose()?;
        let path = of.map(|of| self.path_of(Some(of))).transpose()?;
        let target = self.added(DraftTarget {
            path,
            span: *span,
            min: min.clone(),
            max: max.clone(),
            unit: unit.clone(),
            firmness: *firmness,
            due,
            rule: super::ADDED.into(),
            confidence: CERTAIN,
        });
        let targets = &mut self.review.targets;
        let place = targets.partition_point(|other| other.fact.span.start <= span.start);
        targets.insert(place, target);
        Ok(())
    }

    fn accept_mention(&mut self, key: FactKey, parties: &[NewParty]) -> Corrected {
        let mention = find(&mut self.review.mentions, key, "mention")?;
        let (path, span) = (mention.fact.path.clone(), mention.fact.span);
        let read = mention.fact.parties.clone();
        let clause = self.added(DraftClause {
            path,
            span,
            scope: None,
            form: String::new(),
            rule: super::ADDED.into(),
            open: false,
            garbled: false,
            confidence: CERTAIN,
            deadline: None,
            persons: vec![],
            parties: vec![],
        });
        if parties.is_empty() {
            self.put_clause_naming(clause, read)?;
        } else {
            self.put_clause(clause, parties)?;
        }
        // It is a clause now; left among the mentions it could be accepted twice.
        find(&mut self.review.mentions, key, "mention")?.removed = true;
        Ok(())
    }

    fn meaning(&mut self, said: &NameMeaning) -> Corrected {
        let NameMeaning { name, means } = said;
        let folded = fold(filled("name", name)?);
        let written = |name: &str| {
            let mut parties = self.review.parties.iter();
            parties.any(|named| named.fact.party.is_called(self.text, name))
        };
        let not_named = |name: &str| CorrectionRefused::NotNamed {
            name: name.to_owned(),
        };
        if !written(name) {
            return Err(not_named(name));
        }
        if let Meaning::SameAs(other) = means {
            if !written(other) {
                return Err(not_named(other));
            }
            let mut next = Some(fold(other));
            while let Some(at) = next {
                if at == folded {
                    let name = name.clone();
                    return Err(CorrectionRefused::Circular { name });
                }
                let known = self.review.meanings.iter();
                next = known
                    .filter(|known| fold(&known.name) == at)
                    .find_map(|known| match &known.means {
                        Meaning::SameAs(other) => Some(fold(other)),
                        Meaning::Party(_) | Meaning::New { .. } => None,
                    });
            }
        }
        let meanings = &mut self.review.meanings;
        meanings.retain(|known| fold(&known.name) != folded);
        meanings.push(said.clone());
        Ok(())
    }

    fn due(&self, said: &DueCorrection, source: DueSource) -> Result<DraftDue, CorrectionRefused> {
        let DueCorrection { span, kind, date } = said;
        words(self.text, *span)?;
        Ok(DraftDue {
            span: *span,
            kind: *kind,
            date: *date,
            source,
            rule: super::CORRECTED.into(),
            confidence: CERTAIN,
        })
    }

    /// A party as a person names it, within the words of its clause.
    fn named(&self, clause: Span, said: &NewParty) -> Result<DraftParty, CorrectionRefused> {
        let NewParty {
            span,
            role,
            reference,
            kind,
        } = said;
        self.within(clause, *span)?;
        let kind = match reference {
            Reference::Named => *kind,
            Reference::Collective | Reference::Indefinite => PartyKind::Collective,
        };
        Ok(DraftParty {
            span: *span,
            restored: None,
            role: *role,
            basis: Basis::Stated,
            reference: *reference,
            kind,
            kind_confidence: CERTAIN,
            full_name: self.full_name(*span),
            convention: None,
            confidence: CERTAIN,
        })
    }

    /// The name made whole in the document's place, where that is another.
    fn full_name(&self, span: Span) -> Option<String> {
        let jurisdiction = self.review.document.jurisdiction.as_deref()?;
        made_whole(&legible(span.slice(self.text)?), jurisdiction)
    }

    fn within(&self, clause: Span, name: Span) -> Corrected {
        words(self.text, name)?;
        if clause.contains(name) {
            Ok(())
        } else {
            Err(CorrectionRefused::NotInClause { span: name })
        }
    }

    /// Adds a party to a clause, before another one or else as the last.
    fn name(&mut self, clause: FactKey, before: Option<FactKey>, party: DraftParty) {
        let named = self.added(Named { clause, party });
        let parties = &mut self.review.parties;
        let place = before.and_then(|key| parties.iter().position(|other| other.key == key));
        parties.insert(place.unwrap_or(parties.len()), named);
    }

    fn clause_of(&mut self, key: FactKey) -> Result<&mut Noted<DraftClause>, CorrectionRefused> {
        find(&mut self.review.clauses, key, "clause")
    }

    fn clause_span(&self, key: FactKey) -> Result<Span, CorrectionRefused> {
        let mut clauses = self.review.clauses.iter();
        let clause = clauses.find(|clause| clause.key == key);
        clause
            .map(|clause| clause.fact.span)
            .ok_or(missing(key, "clause"))
    }

    fn correct_clause(&mut self, key: FactKey) -> Corrected {
        self.clause_of(key).map(correct)
    }

    /// The labels down to a task or section; none for the whole plan.
    fn path_of(&self, heading: Option<FactKey>) -> Result<Path, CorrectionRefused> {
        let Some(key) = heading else {
            return Ok(Path::new());
        };
        let tasks = self.review.tasks.iter();
        let tasks = tasks.map(|task| (task.key, &task.fact.path));
        let sections = self.review.sections.iter();
        let sections = sections.map(|section| (section.key, &section.fact.path));
        let found = tasks.chain(sections).find(|(own, _)| *own == key);
        found
            .map(|(_, path)| path.clone())
            .ok_or(missing(key, "task or section"))
    }

    fn added<T>(&mut self, fact: T) -> Noted<T> {
        let key = FactKey(self.review.next_key);
        self.review.next_key += 1;
        Noted {
            key,
            mark: Mark::Added,
            removed: false,
            fact,
        }
    }

    /// Changes what is noted of a fact, whatever its kind.
    fn note(&mut self, key: FactKey, change: impl FnOnce(&mut Mark, &mut bool)) -> Corrected {
        let Review {
            sections,
            tasks,
            clauses,
            parties,
            targets,
            deadlines,
            mentions,
            ..
        } = &mut *self.review;
        let notes = notes(sections)
            .chain(notes(tasks))
            .chain(notes(clauses))
            .chain(notes(targets))
            .chain(notes(deadlines))
            .chain(notes(mentions));
        let mut clause = None;
        let parties = parties.iter_mut().map(|named| {
            if named.key == key {
                clause = Some(named.fact.clause);
            }
            (named.key, &mut named.mark, &mut named.removed)
        });
        let found = notes.chain(parties).find(|(own, ..)| *own == key);
        let (_, mark, removed) = found.ok_or(missing(key, "fact"))?;
        let before = *removed;
        change(mark, removed);
        match clause {
            // A clause with another list of parties is another than the one that was read.
            Some(clause) if before != self.is_removed_party(key) => self.correct_clause(clause),
            _ => Ok(()),
        }
    }

    fn is_removed_party(&self, key: FactKey) -> bool {
        let mut parties = self.review.parties.iter();
        parties.any(|named| named.key == key && named.removed)
    }
}

fn notes<T>(facts: &mut [Noted<T>]) -> impl Iterator<Item = (FactKey, &mut Mark, &mut bool)> {
    facts
        .iter_mut()
        .map(|noted| (noted.key, &mut noted.mark, &mut noted.removed))
}

fn find<'f, T>(
    facts: &'f mut [Noted<T>],
    key: FactKey,
    expected: &'static str,
) -> Result<&'f mut Noted<T>, CorrectionRefused> {
    let found = facts.iter_mut().find(|noted| noted.key == key);
    found.ok_or(missing(key, expected))
}

fn missing(key: FactKey, expected: &'static str) -> CorrectionRefused {
    CorrectionRefused::NoSuchFact { key, expected }
}

fn correct<T>(noted: &mut Noted<T>) {
    if noted.mark != Mark::Added {
        noted.mark = Mark::Corrected;
    }
}

fn filled<'w>(field: &'static str, words: &'w str) -> Result<&'w str, CorrectionRefused> {
    let words = words.trim();
    if words.is_empty() {
        Err(CorrectionRefused::Empty { field })
    } else {
        Ok(words)
    }
}

fn ordered(min: Option<&Decimal>, max: Option<&Decimal>) -> Corrected {
    let number = |decimal: &Decimal| decimal.as_str().parse::<f64>().ok();
    let bounds = min.and_then(number).zip(max.and_then(number));
    if bounds.is_some_and(|(min, max)| min > max) {
        Err(CorrectionRefused::BoundsCrossed)
    } else {
        Ok(())
    }
}
