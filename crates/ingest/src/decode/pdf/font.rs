//! Fonts: which characters the codes of a string stand for, and how wide they are.

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use lopdf::{Dictionary, Document, Object, ObjectId};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The fonts of a document that were met so far.
#[derive(Default)]
pub(super) struct Fonts {
    read: FxHashMap<ObjectId, Rc<Font>>,
}

impl Fonts {
    /// The font that an entry of a page's resources is.
    pub(super) fn get(&mut self, document: &Document, entry: &Object) -> Option<Rc<Font>> {
        if let Ok(id) = entry.as_reference()
            && let Some(font) = self.read.get(&id)
        {
            return Some(Rc::clone(font));
        }
        let (id, object) = document.dereference(entry).ok()?;
        let font = Rc::new(Font::read(document, object.as_dict().ok()?));
        if let Some(id) = id {
            self.read.insert(id, Rc::clone(&font));
        }
        Some(font)
    }
}

/// A font.
pub(super) struct Font {
    /// How codes of several bytes are split and counted; nothing for fonts of one byte a code.
    encoding: Option<CMap>,
    to_unicode: Option<CMap>,
    /// By the number that the font's collection of characters gives to each.
    collection: Option<CMap>,
    widths: FxHashMap<u32, f32>,
    usual_width: f32,
}

/// A character of a string.
pub(super) struct Glyph {
    /// Nothing if nobody says which one it is.
    pub(super) words: Option<String>,
    /// In thousandths of the size of the font.
    pub(super) width: f32,
    /// Whether it is the space of a font of one byte a code.
    pub(super) is_space: bool,
}

/// What a stream of a font unfolds to at most, in bytes.
const MOST: usize = 4 << 20;

/// A font has no more widths than there are codes.
const MOST_WIDTHS: usize = 1 << 16;

impl Font {
    fn read(document: &Document, font: &Dictionary) -> Self {
        let to_unicode = cmap(document, font, b"ToUnicode");
        let composite = font
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Type0");
        if !composite {
            return Self {
                encoding: None,
                to_unicode,
                collection: None,
                widths: simple_widths(document, font),
                usual_width: 500.0,
            };
        }
        let named = |name: &[u8]| match CMapName::from_bytes(name) {
            CMapName::Custom(_) => None,
            known => load_embedded(known).and_then(|data| CMap::parse(data, load_embedded)),
        };
        let encoding = match font.get_deref(b"Encoding", document) {
            Ok(Object::Name(name)) if name.starts_with(b"Identity") => None,
            Ok(Object::Name(name)) => named(name),
            _ => cmap(document, font, b"Encoding"),
        };
        let descendant = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let text = |key: &[u8]| {
            let info = descendant?
                .get_deref(b"CIDSystemInfo", document)
                .ok()?
                .as_dict()
                .ok()?;
            info.get_deref(key, document).ok()?.as_str().ok()
        };
        let family = text(b"Registry").zip(text(b"Ordering"));
        let family = family
            .map(|(registry, ordering)| CidFamily::from_registry_ordering(registry, ordering));
        let collection = family
            .filter(|_| to_unicode.is_none())
            .and_then(|family| CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded));
        let usual =
            descendant.and_then(|font| font.get_deref(b"DW", document).ok()?.as_float().ok());
        Self {
            encoding: Some(encoding.unwrap_or_else(CMap::identity_h)),
            to_unicode,
            collection,
            widths: descendant
                .map(|font| composite_widths(document, font))
                .unwrap_or_default(),
            usual_width: usual.unwrap_or(1000.0),
        }
    }

    /// The characters of a string.
    pub(super) fn glyphs<'s>(&'s self, string: &'s [u8]) -> impl Iterator<Item = Glyph> + 's {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = string.get(at..).filter(|rest| !rest.is_empty())?;
            let (code, cid, len) = self.code(rest);
            at += len;
            let words = self.words(code, cid).filter(|words| !words.contains('\0'));
            Some(Glyph {
                is_space: self.encoding.is_none() && code == u32::from(b' '),
                width: self.widths.get(&cid).copied().unwrap_or(self.usual_width),
                words,
            })
        })
    }

    /// The code at the start of a string, the number of its character, and its length.
    fn code(&self, string: &[u8]) -> (u32, u32, usize) {
        let Some(encoding) = &self.encoding else {
            return (u32::from(string[0]), u32::from(string[0]), 1);
        };
        let mut code = 0;
        for (index, byte) in string.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*byte);
            if let Some(cid) = encoding.lookup_cid_code(code, index as u8 + 1) {
                return (code, cid, index + 1);
            }
        }
        (0, 0, 1)
    }

    fn words(&self, code: u32, cid: u32) -> Option<String> {
        let shown = |found: BfString| match found {
            BfString::Char(c) => c.to_string(),
            BfString::String(words) => words,
        };
        if let Some(map) = &self.to_unicode {
            return map.lookup_bf_string(code).map(shown);
        }
        if let Some(map) = &self.collection {
            return map.lookup_bf_string(cid).map(shown);
        }
        let byte = u8::try_from(code)
            .ok()
            .filter(|_| self.encoding.is_none())?;
        let (words, ..) = encoding_rs::WINDOWS_1252.decode(std::slice::from_ref(&byte));
        Some(words.into_owned())
    }
}

fn cmap(document: &Document, font: &Dictionary, key: &[u8]) -> Option<CMap> {
    let stream = font.get_deref(key, document).ok()?.as_stream().ok()?;
    let data = stream.get_plain_content_with_limit(MOST).ok()?;
    CMap::parse(&data, load_embedded)
}

fn simple_widths(document: &Document, font: &Dictionary) -> FxHashMap<u32, f32> {
    let first = font
        .get_deref(b"FirstChar", document)
        .and_then(Object::as_i64)
        .unwrap_or(0);
    let widths = font
        .get_deref(b"Widths", document)
        .and_then(Object::as_array);
    let widths = widths.into_iter().flatten().take(256);
    let codes = u32::try_from(first).unwrap_or(0)..;
    codes
        .zip(widths)
        .filter_map(|(code, width)| {
            Some((code, document.dereference(width).ok()?.1.as_float().ok()?))
        })
        .collect()
}

/// The widths of a composite font: `first [w1 w2 …]` or `first last w`.
fn composite_widths(document: &Document, font: &Dictionary) -> FxHashMap<u32, f32> {
    let mut widths = FxHashMap::default();
    let Ok(listed) = font.get_deref(b"W", document).and_then(Object::as_array) else {
        return widths;
    };
    let code = |object: &Object| u32::try_from(object.as_i64().ok()?).ok();
    let mut rest = listed
        .iter()
        .filter_map(|object| document.dereference(object).ok().map(|(_, object)| object));
    while let (Some(first), Some(next)) = (rest.next().and_then(code), rest.next()) {
        if let Ok(each) = next.as_array() {
            let each = each.iter().filter_map(|width| width.as_float().ok());
            widths.extend(
                (first..)
                    .zip(each)
                    .take(MOST_WIDTHS - widths.len().min(MOST_WIDTHS)),
            );
        } else if let (Some(last), Some(width)) = (
            code(next),
            rest.next().and_then(|width| width.as_float().ok()),
        ) {
            let left = MOST_WIDTHS - widths.len().min(MOST_WIDTHS);
            widths.extend((first..=last).take(left).map(|code| (code, width)));
        }
    }
    widths
}
