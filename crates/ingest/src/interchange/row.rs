//! One line of each file: its fields, and how their words are read.

use super::{File, lines::Row};
use domain::{
    command::load::{AssignmentRow, PartyRow, PlanRow, TaskRow},
    deadline::DueDate,
    time::{Day, Validity},
    vocabulary::{PartyKind, PlaceLevel, Role, TaskStatus, UnknownWord},
};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, Visitor},
};
use std::{borrow::Cow, fmt, str::FromStr};

/// What `party.jsonl` says. In the other files, too, a field that may be null may be left out.
#[derive(Deserialize)]
struct PartyLine {
    id: Key,
    parent_id: Option<Key>,
    #[serde(deserialize_with = "kind")]
    kind: (PartyKind, Option<PlaceLevel>),
    code: Option<Text>,
    #[serde(deserialize_with = "filled")]
    name: String,
}

#[derive(Deserialize)]
struct PlanLine {
    id: Key,
    #[serde(deserialize_with = "filled")]
    code: String,
    #[serde(deserialize_with = "filled")]
    title: String,
    year: Option<i16>,
    owner_party_id: Option<Key>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
}

#[derive(Deserialize)]
struct TaskLine {
    id: Key,
    plan_id: Key,
    seq: u32,
    code: Option<Text>,
    #[serde(deserialize_with = "filled")]
    title: String,
    body: Option<Text>,
    target: Option<Text>,
    deadline: Option<DueDate>,
    #[serde(deserialize_with = "status")]
    status: TaskStatus,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
}

#[derive(Deserialize)]
struct AssignmentLine {
    id: Key,
    task_id: Key,
    party_id: Key,
    #[serde(deserialize_with = "role")]
    role: Role,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
}

impl Row for PartyRow {
    const FILE: File = File::Party;

    fn read(line: &[u8], unknown: impl FnMut(String)) -> serde_json::Result<Self> {
        let PartyLine {
            id,
            parent_id,
            kind: (kind, territory),
            code,
            name,
        } = read(line, unknown)?;
        Ok(Self {
            key: id.0,
            parent: parent_id.map(|key| key.0),
            kind,
            territory,
            code: code.and_then(Text::some),
            name,
        })
    }

    fn key(&self) -> &str {
        &self.key
    }

    fn validity(&self) -> Option<Validity> {
        None
    }
}

impl Row for PlanRow {
    const FILE: File = File::Plan;

    fn read(line: &[u8], unknown: impl FnMut(String)) -> serde_json::Result<Self> {
        let PlanLine {
            id,
            code,
            title,
            year,
            owner_party_id,
            valid_from,
            valid_to,
        } = read(line, unknown)?;
        Ok(Self {
            key: id.0,
            code,
            title,
            year,
            owner: owner_party_id.map(|key| key.0),
            validity: validity(valid_from, valid_to),
        })
    }

    fn key(&self) -> &str {
        &self.key
    }

    fn validity(&self) -> Option<Validity> {
        Some(self.validity)
    }
}

impl Row for TaskRow {
    const FILE: File = File::Task;

    fn read(line: &[u8], unknown: impl FnMut(String)) -> serde_json::Result<Self> {
        let TaskLine {
            id,
            plan_id,
            seq,
            code,
            title,
            body,
            target,
            deadline,
            status,
            valid_from,
            valid_to,
        } = read(line, unknown)?;
        Ok(Self {
            key: id.0,
            plan: plan_id.0,
            position: seq,
            code: code.and_then(Text::some).unwrap_or_default(),
            title,
            body: body.and_then(Text::some),
            target: target.and_then(Text::some),
            deadline,
            status,
            validity: validity(valid_from, valid_to),
        })
    }

    fn key(&self) -> &str {
        &self.key
    }

    fn validity(&self) -> Option<Validity> {
        Some(self.validity)
    }
}

impl Row for AssignmentRow {
    const FILE: File = File::Assignment;

    fn read(line: &[u8], unknown: impl FnMut(String)) -> serde_json::Result<Self> {
        let AssignmentLine {
            id,
            task_id,
            party_id,
            role,
            valid_from,
            valid_to,
        } = read(line, unknown)?;
        Ok(Self {
            key: id.0,
            task: task_id.0,
            party: party_id.0,
            role,
            validity: validity(valid_from, valid_to),
        })
    }

    fn key(&self) -> &str {
        &self.key
    }

    fn validity(&self) -> Option<Validity> {
        Some(self.validity)
    }
}

fn read<T: DeserializeOwned>(
    line: &[u8],
    mut unknown: impl FnMut(String),
) -> serde_json::Result<T> {
    let mut json = serde_json::Deserializer::from_slice(line);
    let row = serde_ignored::deserialize(&mut json, |path| unknown(path.to_string()))?;
    json.end()?;
    Ok(row)
}

/// The id of a line of any file, if that much of it can be read.
pub(super) fn key(line: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Line {
        id: Key,
    }
    let line: Line = serde_json::from_slice(line).ok()?;
    Some(line.id.0)
}

/// What is wrong with a line, and where in it: the error itself speaks of "line 1", which is not the line of the file.
pub(super) fn message(error: &serde_json::Error) -> Cow<'static, str> {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match message.strip_suffix(&place) {
        Some(fault) => format!("at byte {}: {fault}", error.column()).into(),
        None => message.into(),
    }
}

fn validity(from: Option<Day>, to: Option<Day>) -> Validity {
    Validity {
        from: from.unwrap_or(Day::BEGINNING),
        to: to.unwrap_or(Day::FOREVER),
    }
}

/// An id: a number and the same digits as a string are one.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id: a string or a whole number")
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
                if key.chars().any(char::is_control) {
                    return Err(E::custom("an id with a control character in it"));
                }
                not_empty(key.to_owned()).map(Key)
            }

            fn visit_u64<E: de::Error>(self, key: u64) -> Result<Key, E> {
                Ok(Key(key.to_string()))
            }

            fn visit_i64<E: de::Error>(self, key: i64) -> Result<Key, E> {
                Ok(Key(key.to_string()))
            }
        }
        deserializer.deserialize_any(KeyVisitor)
    }
}

/// A string that may be empty, which is as good as none.
struct Text(String);

impl Text {
    fn some(self) -> Option<String> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(String::deserialize(deserializer)?).map(Self)
    }
}

fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    text(String::deserialize(deserializer)?).and_then(not_empty)
}

/// No database keeps U+0000 in a text.
fn text<E: de::Error>(text: String) -> Result<String, E> {
    if text.contains('\0') {
        return Err(E::custom("a text with the character U+0000 in it"));
    }
    Ok(text)
}

fn not_empty<E: de::Error>(text: String) -> Result<String, E> {
    if text.trim().is_empty() {
        return Err(E::custom("an empty text where one is needed"));
    }
    Ok(text)
}

fn kind<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<(PartyKind, Option<PlaceLevel>), D::Error> {
    use PartyKind::{Department, Government, Institute};
    let loose = [
        ("agency", (Department, None)),
        ("district", (Government, Some(PlaceLevel::District))),
        ("town", (Government, Some(PlaceLevel::Township))),
        ("institution", (Institute, None)),
    ];
    word(deserializer, |kind| (kind, None), &loose)
}

fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TaskStatus, D::Error> {
    let loose = [
        ("planned", TaskStatus::NotStarted),
        ("active", TaskStatus::InProgress),
        ("overdue", TaskStatus::Delayed),
    ];
    word(deserializer, |status| status, &loose)
}

fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
    word(
        deserializer,
        |role| role,
        &[("co_responsible", Role::Responsible)],
    )
}

/// A word of a vocabulary of ours, or one of the loose words that other systems use.
fn word<'de, D: Deserializer<'de>, V: FromStr<Err = UnknownWord>, T: Copy>(
    deserializer: D,
    ours: impl Fn(V) -> T,
    loose: &[(&str, T)],
) -> Result<T, D::Error> {
    let word = Cow::<str>::deserialize(deserializer)?;
    if let Some((_, meant)) = loose.iter().find(|(theirs, _)| *theirs == word) {
        return Ok(*meant);
    }
    word.parse().map(ours).map_err(|mut unknown: UnknownWord| {
        for (theirs, _) in loose {
            unknown.known.push_str(", ");
            unknown.known.push_str(theirs);
        }
        de::Error::custom(unknown)
    })
}
