//! Step 2d: noise that conversions put between the characters of a page: line ends and page marks inside of brackets,
//! glosses without tones, entities that were not decoded. It is taken out of the copy that is matched; what is reported
//! are the original characters, with what stands between them.

mod angle;
mod line_end;
mod viewer;

use crate::{
    label,
    line::{Line, lines},
    markdown,
    number::{digits, is_han_numeral},
    wrap,
};
use domain::fold::{Folded, is_han};
use std::ops::Range;

/// The copy without noise.
pub(crate) fn without_noise(folded: Folded) -> Folded {
    let letters = line_end::letters(folded.text());
    let folded = folded.with(&letters);
    let brackets = angle::brackets(folded.text());
    let folded = folded.with(&brackets);
    let marks = viewer::page_marks(folded.text());
    let folded = folded.without(&marks);
    let marks = markdown::marks(folded.text());
    let folded = folded.without(&in_order(marks));
    let marks = page_marks(folded.text());
    let folded = folded.without(&in_order(marks));
    let breaks = wrap::breaks(&folded);
    let folded = folded.without(&in_order(breaks));
    let mut noise = entities(folded.text());
    noise.extend(strewn_signs(folded.text()));
    noise.extend(toneless_glosses(&folded));
    noise.extend(spaces_in_labels(folded.text()));
    noise.extend(spaces_in_verbs(folded.text()));
    noise.extend(spaces_in_numbers(folded.text()));
    noise.extend(spaces_at_signs(folded.text()));
    noise.extend(spaces_in_dates(folded.text()));
    noise.extend(marks_before_ruins(folded.text()));
    noise.extend(marks_at_ends(folded.text()));
    let folded = folded.without(&in_order(noise));
    let lost = line_end::lost(folded.text());
    let folded = folded.with(&lost);
    let breaks = breaks_in_brackets(folded.text());
    folded.without(&in_order(breaks))
}

/// Sorted, and without those that lie in others.
fn in_order(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    ranges
}

/// Question marks for what is no character, before a label of which only ruins are left.
fn marks_before_ruins(text: &str) -> Vec<Range<usize>> {
    let marks = text.match_indices('?');
    let marks = marks.filter(|(at, _)| {
        let before = text[..*at].trim_end_matches(' ');
        before.is_empty() || before.ends_with(['\n', '?'])
    });
    let before_ruin = |(at, mark): (usize, &str)| {
        let end = at + mark.len();
        let label = label::at(text, end)?;
        label::restored(&label, &text[label.range.clone()]).map(|_| at..end)
    };
    marks.filter_map(before_ruin).collect()
}

/// Question marks that a page shows for white space, where most of its lines end with one: 市财政局?.
fn marks_at_ends(text: &str) -> Vec<Range<usize>> {
    const FEWEST: usize = 4;
    if text.matches('?').nth(FEWEST - 1).is_none() {
        return vec![];
    }
    let lines = lines(text);
    let marked = |line: &&Line| {
        let words = text[line.range.clone()].trim_end_matches(['|', ' ']);
        words.ends_with('?')
    };
    let count = lines.iter().filter(marked).count();
    if count < FEWEST || count * 2 < lines.len() {
        return vec![];
    }
    // Those that end a question stand alone, and not behind each cell.
    let marks = text.match_indices('?');
    let lost = marks.filter(|(at, mark)| {
        let behind = text[at + mark.len()..].trim_start_matches(' ');
        let before = text[..*at].chars().next_back();
        behind.is_empty()
            || behind.starts_with(['\n', '|', '?'])
            || before == Some(' ')
            || text[at + mark.len()..].starts_with(' ')
    });
    lost.map(|(at, mark)| at..at + mark.len()).collect()
}

/// Signs that a page has strewn over all its words, mostly several at a time: 市@@教委, 责任单位■◆★:甲局.
fn strewn_signs(text: &str) -> Vec<Range<usize>> {
    const SIGNS: [char; 5] = ['@', '■', '◆', '★', '◇'];
    const FEWEST: usize = 10;
    let mut noise: Vec<Range<usize>> = vec![];
    for (at, sign) in text.match_indices(SIGNS) {
        match noise.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end += sign.len(),
            None => noise.push(at..at + sign.len()),
        }
    }
    let several = |signs: &&Range<usize>| text[(*signs).clone()].chars().nth(1).is_some();
    if noise.iter().filter(several).count() < FEWEST.max(noise.len() / 2) {
        noise.clear();
    }
    noise
}

/// White space as HTML writes it.
fn entities(text: &str) -> Vec<Range<usize>> {
    const ENTITIES: [&str; 6] = ["&nbsp;", "&ensp;", "&emsp;", "&thinsp;", "&#160;", "&#xa0;"];
    let places = text.match_indices('&');
    let entity = |(at, _)| {
        let entity = ENTITIES
            .iter()
            .find(|entity| text[at..].starts_with(**entity))?;
        Some(at..at + entity.len())
    };
    places.filter_map(entity).collect()
}

/// The spaces that stretch a label at the start of a line or behind a sign: 责 任 单 位:甲局.
fn spaces_in_labels(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 24;
    let mut noise = vec![];
    for (end, _) in text.match_indices(':') {
        let near = text[..end].char_indices().rev().take(LONGEST);
        let mut label = near.take_while(|(_, c)| !"([;,。、)]:\n".contains(*c));
        let Some((start, _)) = label.by_ref().last() else {
            continue;
        };
        let words = &text[start..end];
        let start = start + words.len() - words.trim_start_matches(' ').len();
        let words = words.trim_matches(' ');
        let stretched = words.replace(' ', "") + ":";
        let is_label = || {
            let label = crate::role::label(&stretched);
            label.is_some_and(|(_, _, whole)| whole == stretched.len())
        };
        if words.contains(' ') && is_label() {
            let spaces = text[start..end].match_indices(' ');
            noise.extend(spaces.map(|(at, _)| start + at..start + at + 1));
        }
    }
    noise
}

/// Pinyin in brackets behind a character, without the tones that folding knows it by, where a page has several of them.
fn toneless_glosses(folded: &Folded) -> Vec<Range<usize>> {
    const FEWEST: usize = 3;
    let text = folded.text();
    let gloss = |(at, _): (usize, &str)| {
        let letters = text[at + 1..]
            .bytes()
            .take(7)
            .take_while(u8::is_ascii_lowercase);
        let end = at + 1 + letters.count();
        let written = folded.span(at + 1..end).slice(folded.original())?;
        let is_gloss = text[..at].ends_with(is_han)
            && text[end..].starts_with(')')
            // Folding lowers (AI) to (ai).
            && written.chars().all(char::is_lowercase)
            && is_syllable(&text[at + 1..end]);
        is_gloss.then_some(at..end + 1)
    };
    let found: Vec<_> = text.match_indices('(').filter_map(gloss).collect();
    if found.len() < FEWEST { vec![] } else { found }
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

/// No clause is longer, in bytes; a bracket that is open for longer is one that was never closed.
const LONGEST: usize = 1200;

/// Line ends and page marks between a bracket and the one that closes it.
fn breaks_in_brackets(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut noise = vec![];
    let mut open: Vec<usize> = vec![];
    for (index, line) in lines.iter().enumerate() {
        for (offset, c) in text[line.range.clone()].char_indices() {
            match c {
                '(' | '[' => open.push(line.range.start + offset),
                ')' | ']' => drop(open.pop()),
                _ => {}
            }
        }
        let end = line.range.end;
        open.retain(|start| end - start <= LONGEST);
        if open.is_empty() {
            continue;
        }
        match going_on(text, &lines[index + 1..], end) {
            Some(next) => noise.push(end..next),
            None => open.clear(),
        }
    }
    noise
}

/// Where the text behind a line that breaks off inside a bracket goes on, if the bracket is closed there and no heading
/// or label comes before.
fn going_on(text: &str, lines: &[Line], end: usize) -> Option<usize> {
    const FARTHEST: usize = 8;
    let mut next = None;
    // How many brackets are open that the one before was not closed by.
    let mut depth = 1_usize;
    for line in lines.iter().take(FARTHEST) {
        let words = &text[line.range.clone()];
        if is_page_mark(words) {
            continue;
        }
        if let Some(next) = behind_page_mark(text, line, end) {
            return Some(next);
        }
        let starts_anew =
            label::at(text, line.range.start).is_some() || crate::role::label(words).is_some();
        if starts_anew || line.range.end - end > LONGEST {
            return None;
        }
        next = next.or(Some(line.range.start));
        if !words.contains(['(', ')', '[', ']']) && words.contains('。') {
            return None;
        }
        for c in words.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return next;
            }
        }
    }
    None
}

/// Where a bracket goes on behind the mark that a viewer puts before the words of a page: 甲局、 and 2、乙局配合) below.
fn behind_page_mark(text: &str, line: &Line, end: usize) -> Option<usize> {
    let label = label::at(text, line.range.start)?;
    let marks = label.style == label::Style::Arabic && text[label.range.end..].starts_with('、');
    let words = text.get(label.end..line.range.end)?;
    let closed = words.find([')', ']', '(', '[', '。'])?;
    let goes_on = text[..end].ends_with(['、', ',']) && words[closed..].starts_with([')', ']']);
    (marks && goes_on).then_some(label.end)
}

/// The spaces that stretch a verb: 甲局 负 责.
fn spaces_in_verbs(text: &str) -> Vec<Range<usize>> {
    const VERBS: [(char, char); 6] = [
        ('负', '责'),
        ('牵', '头'),
        ('配', '合'),
        ('落', '实'),
        ('参', '与'),
        ('协', '助'),
    ];
    let spaces = text.match_indices(' ').filter(|(at, space)| {
        let before = text[..*at].chars().next_back();
        let behind = text[at + space.len()..].chars().next();
        VERBS
            .iter()
            .any(|(first, second)| before == Some(*first) && behind == Some(*second))
    });
    spaces.map(|(at, space)| at..at + space.len()).collect()
}

/// The spaces inside of the number of a heading: ( 一 ), 1 . at the start of a line.
fn spaces_in_numbers(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 12;
    let is_number = |words: &str| {
        let words = words.trim();
        let mut letters = words.chars().filter(|c| *c != ' ');
        letters.clone().nth(3).is_none()
            && !words.is_empty()
            && (letters.all(is_han_numeral) || words.len() == digits(words))
    };
    let spaces = |range: Range<usize>| {
        let spaces = text[range.clone()].match_indices(' ');
        let spaces = spaces.map(|(at, _)| range.start + at..range.start + at + 1);
        spaces.collect::<Vec<_>>()
    };
    let in_brackets = text.match_indices('(').filter_map(|(open, _)| {
        let near = text[open..].char_indices().take(LONGEST);
        let (close, _) = near.skip(1).find(|(_, c)| matches!(c, '(' | ')' | '\n'))?;
        let inner = open + 1..open + close;
        (text[inner.end..].starts_with(')') && is_number(&text[inner.clone()])).then_some(inner)
    });
    let before_signs = lines(text).into_iter().filter_map(|line| {
        let words = &text[line.range.clone()];
        let end = digits(words);
        let sign = end + words[end..].find(|c| c != ' ')?;
        let number = line.range.start + end..line.range.start + sign;
        (end > 0 && is_number(&words[..end]) && words[sign..].starts_with(['.', '、']))
            .then_some(number)
    });
    in_brackets.chain(before_signs).flat_map(spaces).collect()
}

/// Single spaces around signs that part words by themselves, and inside of brackets: ( 一 ), 甲局 、 乙局.
fn spaces_at_signs(text: &str) -> Vec<Range<usize>> {
    let mut noise = vec![];
    // Where brackets hold nothing, what they held stands elsewhere, and so may what is around other signs.
    if text.contains("( )") {
        return noise;
    }
    for (at, space) in text.match_indices(' ') {
        let end = at + space.len();
        let alone = !text[..at].ends_with(' ') && !text[end..].starts_with(' ');
        // Words typed as in the west have a space behind each sign: 甲局, 由乙局.
        let typed = text[..at].ends_with([',', ';', ':'])
            && text[end..].starts_with(is_han)
            && label::at(text, end).is_none();
        let before = typed || text[..at].ends_with(['(', '[', '、']);
        let behind = text[end..].starts_with([')', ']', '、', ':']);
        if alone && (before || behind) {
            noise.push(at..end);
        }
    }
    noise
}

/// The spaces that word processors put between figures and characters: 2024 年 6 月底前.
fn spaces_in_dates(text: &str) -> Vec<Range<usize>> {
    let spaces = text.match_indices(' ').filter(|(at, space)| {
        let behind = &text[at + space.len()..];
        let before = text[..*at].chars().next_back();
        let is_figure = |c: char| c.is_ascii_digit();
        // What counts a row stands behind 全年, too.
        let unit = behind
            .trim_start_matches(is_figure)
            .trim_start()
            .chars()
            .next();
        match before {
            Some('年') => behind.starts_with(is_figure) && unit == Some('月'),
            Some('月') => behind.starts_with(is_figure) && unit == Some('日'),
            before => before.is_some_and(is_figure) && behind.starts_with(['年', '月', '日']),
        }
    });
    spaces.map(|(at, space)| at..at + space.len()).collect()
}

/// Lines with nothing but the number of a page between dashes, where a text has several that count on: — 3 —.
fn page_marks(text: &str) -> Vec<Range<usize>> {
    const FEWEST: usize = 2;
    let lines = lines(text);
    let number = |words: &str| -> Option<u32> {
        let inner = words.strip_prefix('-')?.strip_suffix('-')?;
        inner.trim_matches(['-', ' ']).parse().ok()
    };
    let marks = (1..lines.len()).filter_map(|index| {
        let number = number(&text[lines[index].range.clone()])?;
        Some((number, lines[index - 1].range.end..lines[index].range.end))
    });
    let mut marks: Vec<_> = marks.collect();
    if marks.is_empty() {
        marks = marks_in_lines(text);
    }
    let counts_on = marks.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if marks.len() < FEWEST || !counts_on {
        return vec![];
    }
    marks.into_iter().map(|(_, range)| range).collect()
}

/// Numbers between dashes inside of lines, as where the pages of a document were put on one: 嘉兴港区—2—二、产业.
fn marks_in_lines(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut marks = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find('-') {
        let start = at + found;
        let dashes = |words: &str| words.len() - words.trim_start_matches('-').len();
        let first = start + dashes(&text[start..]);
        let digits = text[first..].len()
            - text[first..]
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let end = first + digits + dashes(&text[first + digits..]);
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let between =
            figure(text[..start].chars().next_back()) || figure(text[end..].chars().next());
        let number = text[first..first + digits].parse();
        if let Ok(number) = number
            && end > first + digits
            && !between
        {
            marks.push((number, start..end));
        }
        at = first.max(end);
    }
    marks
}

/// A line with nothing but the number of a page: — 3 —, 4、, 第5页.
fn is_page_mark(words: &str) -> bool {
    let inner = words
        .trim_start_matches(['-', ' ', '第', '·', '/'])
        .trim_end_matches(['-', ' ', '页', '、', '.', '·', '/']);
    !inner.is_empty() && inner.len() <= 4 && digits(inner) == inner.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_between_characters_is_taken_out_and_words_are_not() {
        for (text, clean) in [
            (
                "(县住建局、县民\n4、\n政局负责)",
                "(县住建局、县民政局负责)",
            ),
            ("一、甲( |\n(1)\t", "一、甲(|\n(1) "),
            (
                "(县住建局、县民 \n\n - 12 -\n 政局负责)",
                "(县住建局、县民政局负责)",
            ),
            (
                "(责任单\n位:甲局、市商务\n- 3 -\n局)",
                "(责任单位:甲局、市商务局)",
            ),
            (
                "(市体\n育局按职责分工\n负责)\n完。",
                "(市体育局按职责分工负责)\n完。",
            ),
            ("(各县(市、\n区)政府\n负责)", "(各县(市、区)政府负责)"),
            ("市文物局&nbsp;、市数据局", "市文物局、市数据局"),
            ("旅游(you)局(ju)树(shu)木", "旅游局树木"),
            ("(甲局负责\n2.乙(丙局负责)", "(甲局负责\n2.乙(丙局负责)"),
            ("(甲局负责\n好。)", "(甲局负责好。)"),
            ("到2024 年 6 月 30 日", "到2024年6月30日"),
            ("甲局 全年 2 写好", "甲局 全年 2 写好"),
            (
                "—1—一、甲乙局—2—二、丙2020—2022年",
                "一、甲乙局二、丙2020-2022年",
            ),
            ("甲。\n— 3 —\n乙。\n— 4 —\n丙。", "甲。\n乙。\n丙。"),
            (
                "( 一 )甲, 由乙局 、 丙局负责。",
                "(一)甲,由乙局、丙局负责。",
            ),
            ("(甲局负责\n好。\n完)", "(甲局负责\n好。\n完)"),
            ("智能(AI)和(AI)及(AI)", "智能(ai)和(ai)及(ai)"),
            ("一(you)只", "一(you)只"),
            (
                "(市体育局、\n2、市教育局配合)二、乙",
                "(市体育局、市教育局配合)二、乙",
            ),
            ("(甲局负责\n2、乙局配合)", "(甲局负责\n2、乙局配合)"),
            ("(市体育局 负 责)", "(市体育局 负责)"),
            (
                "甲。Р责任单位:乙部Р——丙。Р丁",
                "甲。\n责任单位:乙部\n--丙。\n丁",
            ),
            ("РФ甲Р乙Р丙", "РФ甲Р乙Р丙"),
            ("牵 头 单 位:甲局", "牵头单位:甲局"),
            (
                "(牵头单位:甲局;责 任单位:乙局)",
                "(牵头单位:甲局;责任单位:乙局)",
            ),
            ("张三 责任单位:乙局", "张三 责任单位:乙局"),
            ("责 任 人 :张 三", "责任人:张 三"),
            ("市科技局 责任单位:甲局", "市科技局 责任单位:甲局"),
            ("( 一)甲\n(十 二 )乙( 3)", "(一)甲\n(十二)乙(3)"),
            ("1 .甲\n12 、乙", "1.甲\n12、乙"),
            ("( 含甲)增长1 .2倍", "(含甲)增长1 .2倍"),
        ] {
            let folded = without_noise(Folded::of(text));
            assert_eq!(folded.text(), clean, "{text}");
        }
    }
}
