//! Letters that a scanner has read for the figures that look like them: 2oo8年, 12O公里, 7O%.

/// Which letters, folded, stand for which figures.
pub(super) fn of_letter(c: char) -> Option<u8> {
    match c {
        'o' => Some(b'0'),
        'l' => Some(b'1'),
        _ => None,
    }
}

/// Where such letters stand beside figures, with what is meant. A text has several of them, and some in the place of 0; 5l is
/// a measure.
pub(super) fn letters(text: &str) -> Vec<(usize, u8)> {
    const FEWEST: usize = 3;
    // A body may write itself so: 4O办. No measure is called like one.
    const BODIES: [&str; 6] = ["公司", "集团", "办", "局", "委", "厂"];
    let mut meant = vec![];
    let mut numbers = 0;
    let mut zero = false;
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let mut end = 0;
    while let Some(found) = text[end..].find(is_word) {
        let start = end + found;
        let word = &text[start..];
        let word = &word[..word.find(|c| !is_word(c)).unwrap_or(word.len())];
        end = start + word.len();
        let letters = word
            .char_indices()
            .filter_map(|(at, c)| Some((start + at, of_letter(c)?)));
        let letters: Vec<_> = letters.collect();
        let figures = word.bytes().filter(u8::is_ascii_digit).count();
        // O2O is a word.
        let of_body = BODIES.iter().any(|body| text[end..].starts_with(body));
        let begins = word.starts_with(|c: char| c.is_ascii_digit() || c == 'l');
        if begins
            && !of_body
            && figures > 0
            && !letters.is_empty()
            && figures + letters.len() == word.len()
        {
            numbers += 1;
            zero |= word.contains('o');
            meant.extend(letters);
        }
    }
    if numbers < FEWEST || !zero {
        meant.clear();
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn letters_among_figures_are_figures_and_those_of_words_and_measures_are_not() {
        for (text, clean) in [
            (
                "2oo8 年改造 12O 公里，7O％，l.8 万，o2o、5G",
                "2008 年改造 120 公里,70%,l.8 万,o2o、5g",
            ),
            ("一桶5l、两桶10l、三桶15l", "一桶5l、两桶10l、三桶15l"),
            (
                "1O个、2O条、3O座、4O办、5l1公司",
                "10个、20条、30座、4o办、5l1公司",
            ),
            ("1O个，model3", "1o个,model3"),
        ] {
            let folded = Folded::of(text);
            let letters = letters(folded.text());
            assert_eq!(folded.with(&letters).text(), clean);
        }
    }
}
