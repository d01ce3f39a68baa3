//! Which encoding bytes are in: by mark, else UTF-8, else the one of GB18030 and Big5 in which more of them are characters
//! that people use.

use super::ReadError;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};

/// The characters, and the WHATWG name of the encoding. Nothing is ever replaced: a byte that fits none is an error.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[mark..]).ok_or(ReadError::Undecodable { at: mark });
    }
    if let Some(found) = whole(UTF_8, bytes)
        && !is_gb_by_chance(&found.0, bytes)
    {
        return Ok(found);
    }
    let [first, second] = if usual_big5(bytes) > usual_gb(bytes) {
        [BIG5, GB18030]
    } else {
        [GB18030, BIG5]
    };
    let found = whole(first, bytes).or_else(|| {
        // A stray byte is no sign of the other encoding: all of what it reads must be usual.
        whole(second, bytes).filter(|_| second == GB18030 || usual_big5(bytes) * 2 > pairs(bytes))
    });
    found.ok_or_else(|| ReadError::Undecodable {
        at: first_misfit(bytes),
    })
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, &'static str)> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some((text.into_owned(), encoding.name()))
}

/// Whether text in GB 2312 is UTF-8 by chance, as 牵头 is: all of it usual there, and here letters of no Chinese text.
fn is_gb_by_chance(text: &str, bytes: &[u8]) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii());
    let letters = beyond.clone().all(|c| c < '\u{800}');
    letters && beyond.count() > 0 && usual_gb(bytes) == pairs(bytes)
}

/// How many bytes of a text are looked at to tell its encoding.
const ENOUGH: usize = 1 << 16;

/// The pairs of bytes beyond ASCII.
fn double(bytes: &[u8]) -> impl Iterator<Item = (u8, u8)> {
    let bytes = &bytes[..bytes.len().min(ENOUGH)];
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at)?.is_ascii() {
            at += 1;
        }
        let pair = (bytes[at], *bytes.get(at + 1)?);
        at += 2;
        Some(pair)
    })
}

fn pairs(bytes: &[u8]) -> usize {
    double(bytes).count()
}

/// Pairs that are signs or one of the 3755 characters of the first level of GB 2312.
fn usual_gb(bytes: &[u8]) -> usize {
    let usual =
        |(lead, trail): &(u8, u8)| matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7) && *trail >= 0xA1;
    double(bytes).filter(usual).count()
}

/// Pairs that are signs or one of the 5401 frequent characters of Big5.
fn usual_big5(bytes: &[u8]) -> usize {
    let usual = |(lead, trail): &(u8, u8)| {
        matches!(lead, 0xA1..=0xC6) && matches!(trail, 0x40..=0x7E | 0xA1..=0xFE)
    };
    double(bytes).filter(usual).count()
}

/// Where the encodings have failed: the furthest of the places, as the right encoding gets furthest.
fn first_misfit(bytes: &[u8]) -> usize {
    let utf8 = Encoding::utf8_valid_up_to(bytes);
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut scratch = vec![0; most.unwrap_or(0)];
    let (_, read, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut scratch, true);
    utf8.max(read.saturating_sub(1))
}
