//! Canonical JSON (RFC 8785) of what the log records.
//!
//! Leaves hold strings, booleans, nulls and whole numbers below 2^53, under names of ours, which are ASCII. Of such JSON
//! the usual serializer's form is canonical already but for the order of members, so that is all that is left to do. (A
//! serializer for any JSON takes ten times as long, which for millions of facts is most of the time of loading them.)

use serde::Serialize;
use std::ops::Range;

/// The canonical bytes of `value`, which has to be of the kind described above.
pub(crate) fn to_vec(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let json = serde_json::to_vec(value)?;
    let mut sorter = Sorter {
        sorted: Vec::with_capacity(json.len()),
        members: vec![],
        unsorted: vec![],
    };
    let rest = sorter.value(&json);
    debug_assert!(rest.is_empty(), "one value was serialized");
    Ok(sorter.sorted)
}

/// Copies JSON without blanks, and puts the members of every object in order.
struct Sorter {
    sorted: Vec<u8>,
    /// The members of the objects that have been begun.
    members: Vec<Member>,
    /// The members of one object, while they are put in order.
    unsorted: Vec<u8>,
}

/// Where in the output a member's name and the whole member stand.
#[derive(Clone)]
struct Member {
    name: Range<usize>,
    whole: Range<usize>,
}

impl Sorter {
    /// Copies the value at the beginning of `json`, and tells what is behind it.
    fn value<'a>(&mut self, json: &'a [u8]) -> &'a [u8] {
        match json.first() {
            Some(b'{') => self.object(json),
            Some(b'[') => self.list(json),
            _ => self.scalar(json),
        }
    }

    fn object<'a>(&mut self, json: &'a [u8]) -> &'a [u8] {
        let (first, start) = (self.members.len(), self.sorted.len());
        let mut rest = self.byte(json);
        while rest.first() != Some(&b'}') {
            if rest.first() == Some(&b',') {
                rest = self.byte(rest);
            }
            let whole = self.sorted.len();
            rest = self.scalar(rest);
            let name = whole..self.sorted.len();
            rest = self.byte(rest);
            rest = self.value(rest);
            let whole = whole..self.sorted.len();
            self.members.push(Member { name, whole });
        }
        self.order(first, start);
        self.byte(rest)
    }

    /// Orders the members of the object that began at `start`, which are those from `first` on.
    fn order(&mut self, first: usize, start: usize) {
        let Self {
            sorted,
            members,
            unsorted,
        } = self;
        let own = &mut members[first..];
        if !own.is_sorted_by(|a, b| sorted[a.name.clone()] <= sorted[b.name.clone()]) {
            own.sort_by(|a, b| sorted[a.name.clone()].cmp(&sorted[b.name.clone()]));
            unsorted.clear();
            unsorted.extend_from_slice(&sorted[start..]);
            // Behind the brace that began the object.
            sorted.truncate(start + 1);
            for (place, Member { whole, .. }) in own.iter().enumerate() {
                if place > 0 {
                    sorted.push(b',');
                }
                sorted.extend_from_slice(&unsorted[whole.start - start..whole.end - start]);
            }
        }
        members.truncate(first);
    }

    fn list<'a>(&mut self, json: &'a [u8]) -> &'a [u8] {
        let mut rest = self.byte(json);
        while rest.first() != Some(&b']') {
            rest = if rest.first() == Some(&b',') {
                self.byte(rest)
            } else {
                self.value(rest)
            };
        }
        self.byte(rest)
    }

    /// Copies a string, a number or a word.
    fn scalar<'a>(&mut self, json: &'a [u8]) -> &'a [u8] {
        let length = if json.first() == Some(&b'"') {
            let mut escaped = true;
            let end = json.iter().position(|&byte| {
                let ends = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                ends
            });
            end.map(|end| end + 1)
        } else {
            json.iter().position(|byte| b",]}:".contains(byte))
        };
        let (scalar, rest) = json.split_at(length.unwrap_or(json.len()));
        self.sorted.extend_from_slice(scalar);
        rest
    }

    fn byte<'a>(&mut self, json: &'a [u8]) -> &'a [u8] {
        let (byte, rest) = json.split_at(1.min(json.len()));
        self.sorted.extend_from_slice(byte);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Serializer;

    /// JSON whose members come in the order in which they are listed.
    #[derive(Clone, Debug)]
    enum Json {
        Null,
        Truth(bool),
        Number(i64),
        Text(String),
        List(Vec<Json>),
        Object(Vec<(String, Json)>),
    }

    impl Serialize for Json {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Null => serializer.serialize_none(),
                Self::Truth(truth) => truth.serialize(serializer),
                Self::Number(number) => number.serialize(serializer),
                Self::Text(text) => text.serialize(serializer),
                Self::List(list) => list.serialize(serializer),
                Self::Object(members) => {
                    serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
                }
            }
        }
    }

    fn json() -> impl Strategy<Value = Json> {
        let text = || prop_oneof![".{0,8}", r#"[\\"{}\[\],:a\n\u{0}\u{7f}责]{0,8}"#];
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Truth),
            (-(1_i64 << 53) + 1..1 << 53).prop_map(Json::Number),
            text().prop_map(Json::Text),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            let members = prop::collection::btree_map("[a-zA-Z_0-9]{0,3}", inner.clone(), 0..6);
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(Json::List),
                members
                    .prop_map(|members| members.into_iter().collect::<Vec<_>>())
                    .prop_shuffle()
                    .prop_map(Json::Object),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_writes_what_a_serializer_for_any_json_writes(json in json()) {
            let expected = serde_json_canonicalizer::to_vec(&json).unwrap();
            let written = to_vec(&json).unwrap();
            prop_assert_eq!(String::from_utf8(written), String::from_utf8(expected));
        }
    }
}
