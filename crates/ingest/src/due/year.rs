//! Years by their numbers: 2024年, 二〇二四年, and the one that a text, a title or a document's number names.

use crate::number::{digits, han_digit};

/// The one year whose months a text names: a page without a date of its own speaks of that year.
pub(crate) fn only_year_of_months(text: &str) -> Option<i16> {
    let years = text.match_indices('年').filter_map(|(at, sign)| {
        let month = &text[at + sign.len()..];
        let of_month = month[digits(month).min(2)..].starts_with('月');
        let before = &text[..at];
        let numerals = before
            .chars()
            .rev()
            .take(4)
            .take_while(char::is_ascii_digit);
        let (year, _) = year_number(&text[at - numerals.count()..])?;
        (of_month && !month.starts_with('月')).then_some(year)
    });
    only(years)
}

/// The one year that a text names with four figures.
pub(crate) fn only_year_named(text: &str) -> Option<i16> {
    let years = text.match_indices('年').filter_map(|(at, _)| {
        let before = &text[..at];
        let figures = before
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .count();
        let (year, _) = (figures == 4).then(|| year_number(&text[at - figures..]))??;
        Some(year)
    });
    only(years)
}

/// The year in a document's number: 2006 of 穗府办[2006]19号.
pub(crate) fn year_of_number(number: &str) -> Option<i16> {
    let (_, year) = number.split_once(['[', '('])?;
    year.get(..4)?.parse().ok()
}

/// The year that all of these are.
fn only(mut years: impl Iterator<Item = i16>) -> Option<i16> {
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The one year that a title names; none of the two in 2023-2025年.
pub(crate) fn only_year(title: &str) -> Option<i16> {
    let years = title.match_indices('年').filter_map(|(at, _)| {
        let before = title[..at].strip_suffix(|c: char| c.is_ascii_digit())?;
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let range = title[..start].ends_with(['-', '至', '到', '~']);
        (!range).then(|| year_number(&title[start..]))?
    });
    only(years.map(|(year, _)| year))
}

/// The year at the start of `words` with its 年: 2024年, 二〇二四年.
pub(crate) fn year_number(words: &str) -> Option<(i16, usize)> {
    let ascii = digits(words);
    let (year, len) = if ascii > 0 {
        (words[..ascii].parse().ok()?, ascii)
    } else {
        let numerals: Vec<char> = words
            .chars()
            .take(5)
            .take_while(|&c| han_digit(c).is_some())
            .collect();
        let digits = numerals.iter().filter_map(|&c| han_digit(c));
        let year = digits.fold(0, |year, digit| year * 10 + digit as i16);
        (year, numerals.iter().map(|c| c.len_utf8()).sum())
    };
    let after = words[len..].strip_prefix('年')?;
    // Taiwan counts the years of the Republic: 114年12月底前.
    let goes_on = |c: char| c.is_ascii_digit() || "底度至到-~\n。;)".contains(c);
    let republic = ascii == 3
        && (90..=150).contains(&year)
        && (after.is_empty() || after.starts_with(goes_on));
    let year = if republic { year + 1911 } else { year };
    (1900..2200)
        .contains(&year)
        .then(|| (year, len + '年'.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_title_is_the_only_one_it_names() {
        for (title, year) in [
            ("某县2022年重点工作任务分工方案", Some(2022)),
            ("智慧城市行动计划(2023-2025年)", None),
            ("三年行动计划", None),
            ("2022年重点任务暨2022年民生实事分工", Some(2022)),
        ] {
            assert_eq!(only_year(title), year, "{title}");
        }
    }
}
