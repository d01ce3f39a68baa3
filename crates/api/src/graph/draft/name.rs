//! The names that a draft writes, and the parties that they mean.

use super::{
    super::{
        define::{graph_types, graph_values},
        document::Passage,
        list::{All, One, all, one},
        party::Party,
        scope::{Scope, make, maybe},
        vocabulary::{Evidence, NameState, PartyKind, PlaceLevel, Reference},
    },
    Sheet,
};
use domain::{
    directory::Near,
    image::{self, PartyRef},
    review::{Meaning, Naming, Understood},
};
use std::sync::Arc;

/// A name, with the parties of the entries that it speaks of.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    sheet: Arc<Sheet>,
    naming: Naming,
    parties: Arc<Vec<PartyRef>>,
}

graph_types! {
    /// A name that a draft writes, and which party it means.
    type DraftName(view, found: Found) {
        /// The name as it is written first.
        name -> String = found.naming.name.clone();
        /// Where it stands first.
        words -> Passage = found.sheet.passage(found.naming.span);
        /// How many clauses name it.
        count -> usize = found.naming.count;
        /// How the text refers to the party.
        reference -> Reference = found.naming.reference.into();
        /// How it is understood.
        state -> NameState = match (&found.naming.said, &found.naming.understood) {
            (Some(_), _) => NameState::Said,
            (None, Understood::Known(_)) => NameState::Known,
            (None, Understood::Ambiguous(_)) => NameState::Ambiguous,
            (None, Understood::New) => NameState::New,
        };
        /// The party that is meant, if the register knows it.
        party -> Option<Party> = match (&found.naming.said, &found.naming.understood) {
            (Some(Meaning::Party(party)), _) => maybe(view, view.view.find::<image::Party>(*party)),
            (None, Understood::Known(entry)) => Some(make(view, found.parties[*entry])),
            _ => None,
        };
        /// The other name of the same draft that means the same, where somebody said so.
        same_as -> Option<String> = match &found.naming.said {
            Some(Meaning::SameAs(other)) => Some(other.clone()),
            _ => None,
        };
        /// The party that will be recorded, where none is known.
        proposed -> Option<ProposedParty> = proposed(found);
        /// The parties that it may mean: those that are called so, or whose names come near, the nearest first.
        candidates -> All<DraftCandidate> = {
            let several = match &found.naming.understood {
                Understood::Ambiguous(entries) => entries.as_slice(),
                Understood::Known(_) | Understood::New => &[],
            };
            let several = several.iter().map(|&entry| (found.clone(), entry, None));
            let near = found.naming.near.iter();
            let near = near.map(|near| (found.clone(), near.entry, Some(near.clone())));
            all(view, several.chain(near))
        };
    }

    /// A party that a name may mean.
    type DraftCandidate(view, candidate: (Found, usize, Option<Near>)) {
        /// The party.
        party -> One<'_, Party> = one(view, candidate.0.parties[candidate.1]);
        /// Its name that comes near, folded to simplified characters; null if it is called exactly so.
        name -> Option<String> = candidate.2.as_ref().map(|near| near.name.clone());
        /// What speaks for it; null if it is called exactly so.
        evidence -> Option<Evidence> = candidate.2.as_ref().map(|near| near.evidence.into());
    }
}

graph_values! {
    /// A party that the register does not know yet.
    value ProposedParty {
        /// Its full name.
        name: String,
        /// What kind of body it is.
        kind: PartyKind,
        /// The name of its place; null if the document shows none.
        place: Option<String>,
        /// The level of that place.
        level: Option<PlaceLevel>,
    }
}

fn proposed(found: &Found) -> Option<ProposedParty> {
    let Naming {
        name,
        kind,
        full_name,
        understood,
        said,
        ..
    } = &found.naming;
    let jurisdiction = found.sheet.review().document.jurisdiction.clone();
    let (full, kind, place, level) = match (said, understood) {
        (
            Some(Meaning::New {
                full_name: full,
                kind,
                place,
                level,
            }),
            _,
        ) => (full.as_ref(), *kind, place.clone().or(jurisdiction), *level),
        (None, Understood::New | Understood::Ambiguous(_)) => (None, *kind, jurisdiction, None),
        _ => return None,
    };
    let level = level.or_else(|| place.as_deref().map(domain::place::level_of));
    Some(ProposedParty {
        name: full.or(full_name.as_ref()).unwrap_or(name).clone(),
        kind: kind.into(),
        level: level.map(Into::into),
        place,
    })
}

pub(super) async fn names(
    scope: &Arc<Scope>,
    sheet: &Arc<Sheet>,
) -> async_graphql::Result<All<DraftName>> {
    let namings = crate::draft::namings(&scope.view, &sheet.opened).await;
    let (_, parties) = scope.view.directory();
    let parties = Arc::new(parties);
    let found = namings.into_iter().map(|naming| Found {
        sheet: Arc::clone(sheet),
        naming,
        parties: Arc::clone(&parties),
    });
    Ok(all(scope, found))
}
