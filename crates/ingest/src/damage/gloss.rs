//! Glosses: the pinyin that converted pages put behind characters, where folding does not know it by its tone.

use domain::fold::{Folded, is_han};
use std::ops::Range;

/// Pinyin in brackets behind a character, without the tones that folding knows it by, where a page has several of them. An
/// encoding that lacks the letters with tones leaves question marks for them: 設(sh?).
pub(super) fn toneless(folded: &Folded) -> Vec<Range<usize>> {
    const FEWEST: usize = 3;
    let text = folded.text();
    let gloss = |(at, _): (usize, &str)| {
        const LONGEST: usize = 7;
        let letters = text[at + 1..].bytes().take(LONGEST);
        let letters = letters.take_while(|byte| byte.is_ascii_lowercase() || *byte == b'?');
        let end = at + 1 + letters.count();
        let behind = text[end..].trim_start_matches(' ').strip_prefix(')')?;
        let letters = &text[at + 1..end];
        let written = folded.span(at + 1..end).slice(folded.original())?;
        let is_gloss = text[..at].ends_with(is_han)
            // Folding lowers (AI) to (ai).
            && written.chars().all(|c| c.is_lowercase() || matches!(c, '?' | '？'))
            && is_syllable(&letters.replacen('?', "a", 1));
        is_gloss.then(|| at..text.len() - behind.len())
    };
    let found: Vec<_> = text.match_indices('(').filter_map(gloss).collect();
    if found.len() < FEWEST { vec![] } else { found }
}

/// Pinyin behind a character without brackets, a syllable each, which shows itself by its tone: 牵qiān头.
pub(super) fn bare(text: &str) -> Vec<Range<usize>> {
    let toned = text.char_indices().filter(|(_, c)| vowel(*c).is_some());
    let gloss = |(at, tone): (usize, char)| {
        let is_letter = |c: char| c.is_ascii_lowercase();
        let before = text[..at].trim_end_matches(is_letter);
        let behind = &text[at + tone.len_utf8()..];
        let rest = behind.trim_start_matches(is_letter);
        let letters = &text[before.len()..at];
        let syllable: String = letters.chars().chain(vowel(tone)).collect();
        let syllable = syllable + &behind[..behind.len() - rest.len()];
        let apart = before.ends_with(is_han)
            && !rest.starts_with(|c: char| c.is_alphanumeric() && !is_han(c));
        (apart && is_syllable(&syllable)).then_some(before.len()..text.len() - rest.len())
    };
    toned.filter_map(gloss).collect()
}

/// The vowel of pinyin that `c` is with a tone; v stands for ü.
fn vowel(c: char) -> Option<char> {
    Some(match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        _ => return None,
    })
}

/// Whether letters are a syllable of pinyin by their shape: an initial, vowels, n, ng or r.
fn is_syllable(letters: &str) -> bool {
    let vowel = |c: char| "aeiouv".contains(c);
    let initial = letters.find(vowel).unwrap_or(letters.len());
    let rest = &letters[initial..];
    let vowels = rest.find(|c| !vowel(c)).unwrap_or(rest.len());
    let initials = ["zh", "ch", "sh"];
    let initial = &letters[..initial];
    (initials.contains(&initial) || initial.len() <= 1)
        && (1..=3).contains(&vowels)
        && ["", "n", "ng", "r"].contains(&&rest[vowels..])
}
