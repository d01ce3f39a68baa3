//! Attributes and references of XML elements. Entities that a document defines itself are not resolved, so none unfolds.

use quick_xml::{
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart},
};

/// The value of the attribute with this local name.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let mut found = attributes.filter(|attribute| attribute.key.local_name().as_ref() == name);
    let value = found.next()?.value;
    Some(
        quick_xml::escape::unescape(&value)
            .map_or_else(|_| value.to_string(), std::borrow::Cow::into_owned),
    )
}

/// The number that an element has as its value.
pub(super) fn number(element: &BytesStart) -> Option<u32> {
    attribute(element, "val")?.trim().parse().ok()
}

/// The character that a reference stands for.
pub(super) fn referenced(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    resolve_predefined_entity(reference)?.chars().next()
}
