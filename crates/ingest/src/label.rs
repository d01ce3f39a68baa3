//! Labels of headings: 一、 (一) 1. (1) ① 第一章 第一条 任务1: 序号:1 3.1.

use crate::{
    line::begins_line,
    number::{digits, formal, han, in_han, is_han_numeral},
    words::Words,
};
use std::ops::Range;

/// The shape of a label, in the order in which texts usually nest them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// 第一章
    Chapter,
    /// 第一节
    Part,
    /// 第一条
    Article,
    /// 壹、
    Formal,
    /// 一、
    Han,
    /// (一)
    HanBracketed,
    /// 任务1:
    Named,
    /// 1.
    Arabic,
    /// 1.1
    Decimal,
    /// 1.1.1
    DeepDecimal,
    /// (1)
    ArabicBracketed,
    /// ①
    Circled,
}

impl Style {
    /// How many styles there are.
    pub(crate) const COUNT: usize = 12;
}

/// A label as it stands in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// Its shape.
    pub(crate) style: Style,
    /// Its number.
    pub(crate) number: u32,
    /// The label: brackets belong to it, the full stop or 、 after it does not.
    pub(crate) range: Range<usize>,
    /// Where the words after it begin.
    pub(crate) end: usize,
    /// Whether it closes a bracket that it does not open: 1)
    pub(crate) half: bool,
}

/// Whether a word for tasks or problems with a number may begin with `c`: 任务1, 问题一.
fn begins_named(c: char) -> bool {
    matches!(
        c,
        '任' | '重' | '专' | '行' | '工' | '举' | '措' | '问' | '科' | '项' | '事' | '实'
    )
}

/// Whether `c` is a numeral of formal numbers.
fn is_formal(c: char) -> bool {
    matches!(
        c,
        '壹' | '贰' | '叁' | '参' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾'
    )
}

/// Whether a label may begin with `c`. Few characters do, and every one is asked.
pub(crate) fn may_begin(c: char) -> bool {
    matches!(
        c,
        '(' | '第' | '。' | '∫' | '《' | '∪' | '∷' | '∥' | '×' | '∑' | '"' | '[' | '∈' | '①'
            ..='⑳' | '序' | '编'
    ) || c.is_ascii_digit()
        || is_han_numeral(c)
        || begins_named(c)
        || is_formal(c)
}

/// The label with which a part of a text begins, if it has words behind it.
pub(crate) fn before_words(text: &str, range: &Range<usize>) -> Option<Label> {
    at(text, range.start).filter(|label| label.end < range.end)
}

/// The label that stands at `at`, if any does.
pub(crate) fn at(text: &str, at: usize) -> Option<Label> {
    let words = &text[at..];
    if words.starts_with(['序', '编', '任'])
        && begins_line(text, at)
        && let Some(label) = field(text, at)
    {
        return Some(label);
    }
    let (style, number, len, sign) = match words.chars().next()? {
        '第' => {
            let parts = ordinal(words)?;
            let of_parts = parts.0 == Style::Chapter && words[..parts.2].ends_with("部分");
            let apart = || begins_line(text, at) || text[..at].ends_with(' ');
            let alone = parts.0 != Style::Named || begins_line(text, at);
            Some(parts).filter(|_| alone && (!of_parts || apart()))?
        }
        '(' => bracketed(words)?,
        c @ '①'..='⑳' => (
            Style::Circled,
            c as u32 - '①' as u32 + 1,
            c.len_utf8(),
            optional_sign(&words[c.len_utf8()..]),
        ),
        '。' | '∫' | '《' | '∪' | '∷' | '∥' | '×' | '∑' | '"' | '[' | '∈' => {
            let begins = begins_line(text, at) || text[..at].ends_with('?');
            shifted(words, begins)?
        }
        c if c.is_ascii_digit() => {
            let begins = begins_line(text, at);
            arabic(words, begins || behind_clause(text, at)).or_else(|| {
                let begins = begins || begins_cell(text, at) || behind_stop(text, at);
                decimal(words).filter(|_| begins)
            })?
        }
        c if begins_named(c) && begins_line(text, at) => named(words)?,
        c if is_formal(c) => {
            let mut places = words.char_indices().take("拾壹、".chars().count());
            let (len, sign) = places.find(|(_, c)| *c == '、')?;
            (Style::Formal, formal(&words[..len])?, len, sign.len_utf8())
        }
        c if is_han_numeral(c) => {
            let len = numerals(words);
            let after = words[len..].trim_start_matches(' ');
            let sign = after.chars().next().filter(|&c| "、.。,".contains(c))?;
            let spaces = words[len..].len() - after.len();
            // 一 、 may have a space before its sign, 一 。 ends a sentence.
            if spaces > 0 && sign != '、' {
                return None;
            }
            (
                Style::Han,
                han(&words[..len])?,
                len,
                spaces + sign.len_utf8(),
            )
        }
        _ => return None,
    };
    let after = at + len + sign;
    let rest = &text[after..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    Some(Label {
        style,
        number,
        range: at..at + len,
        end: after + spaces,
        half: style == Style::ArabicBracketed && !words.starts_with('('),
    })
}

/// Style, number, length of the label, and length of the sign after it.
type Parts = (Style, u32, usize, usize);

fn ordinal(words: &str) -> Option<Parts> {
    let begin = '第'.len_utf8();
    let rest = &words[begin..];
    let len = numerals(rest).max(digits(start_of(rest)).min(3));
    let number = han(&rest[..len]).or_else(|| rest[..len].parse().ok())?;
    let style = match rest[len..].chars().next()? {
        '章' => Style::Chapter,
        '节' => Style::Part,
        '条' => Style::Article,
        // 第一部分 重点任务; 第一部分是 says something of it.
        '部' if rest[len..]
            .strip_prefix("部分")
            .is_some_and(|rest| rest.starts_with([' ', ':', '\n']) || rest.is_empty()) =>
        {
            let len = begin + len + "部分".len();
            return Some((Style::Chapter, number, len, optional_sign(&words[len..])));
        }
        // 第一项 stands in prose too.
        '项' if rest[len..].starts_with("项:") => Style::Article,
        '项' if matches!(
            rest[len + '项'.len_utf8()..].chars().next(),
            None | Some('\n')
        ) =>
        {
            Style::Named
        }
        _ => return None,
    };
    let len = begin + len + '章'.len_utf8();
    Some((style, number, len, optional_sign(&words[len..])))
}

fn bracketed(words: &str) -> Option<Parts> {
    let rest = &words[1..];
    let (style, len) = match digits(start_of(rest)) {
        0 => (Style::HanBracketed, numerals(rest)),
        len => (Style::ArabicBracketed, len.min(3)),
    };
    let number = han(&rest[..len]).or_else(|| rest[..len].parse().ok())?;
    rest[len..].starts_with(')').then(|| {
        let len = len + 2;
        (style, number, len, optional_sign(&words[len..]))
    })
}

/// What becomes of a full-width space and (一) where a page has lost half of the space: the bytes of the label move by one
/// and give other signs, with the numbers that they may be. Those of 六, and of a unit with the character before it, are no
/// characters at all or private ones, and often lost.
const SHIFTED: [(&str, u32, &[u32]); 17] = [
    ("ㄒ唬", 1, &[]),
    ("ǘ唬", 21, &[]),
    ("ǘ澹", 25, &[]),
    ("ǘ", 2, &[20, 22, 23, 26]),
    ("ㄈ", 3, &[]),
    ("ㄋ模", 4, &[]),
    ("ㄎ澹", 5, &[]),
    ("ㄆ撸", 7, &[]),
    ("ò耍", 8, &[]),
    ("ň牛", 9, &[]),
    ("ㄊ唬", 11, &[]),
    ("ㄊ模", 14, &[]),
    ("ㄊ澹", 15, &[]),
    ("ㄊ撸", 17, &[]),
    ("ㄊ耍", 18, &[]),
    ("ㄊ牛", 19, &[]),
    ("ㄊ", 10, &[12, 13, 16]),
];

/// What becomes of a full-width space and 一、 in the same way, before the second half of 、. Folding has made 折 of 摺.
const SHIFTED_HAN: [(&str, u32); 10] = [
    ("∫弧", 1),
    ("《", 2),
    ("∪", 3),
    ("∷摹", 4),
    ("∥濉", 5),
    ("×", 6),
    ("∑折", 7),
    ("\"恕", 8),
    ("[拧", 9),
    ("∈", 10),
];

/// Whether the full stop that `text` begins with is the ruin of a label.
pub(crate) fn is_shifted(text: &str) -> bool {
    let rest = text.strip_prefix('。');
    rest.is_some_and(|rest| {
        SHIFTED
            .iter()
            .any(|(signs, ..)| behind(rest, signs).is_some())
    })
}

/// What else the number of a label may be, of which only ruins are left.
pub(crate) fn other_numbers(words: &str) -> &'static [u32] {
    let rest = words.strip_prefix('。').unwrap_or_default();
    let sign = SHIFTED
        .iter()
        .find(|(signs, ..)| behind(rest, signs) == Some(rest.len()));
    sign.map_or(&[], |(_, _, others)| others)
}

/// Where `signs` end in `rest`, with the private characters that stand between and behind them.
fn behind(rest: &str, signs: &str) -> Option<usize> {
    let mut signs = signs.chars().peekable();
    let mut end = 0;
    for c in rest.chars() {
        match signs.peek() {
            Some(&sign) if sign == c => drop(signs.next()),
            _ if is_private(c) => {}
            Some(_) => return None,
            None => break,
        }
        end += c.len_utf8();
    }
    signs.peek().is_none().then_some(end)
}

/// `begins` says that no sentence ends here, so that the first sign is one of the ruins.
fn shifted(words: &str, begins: bool) -> Option<Parts> {
    let Some(rest) = words.strip_prefix('。') else {
        let mut labels = SHIFTED_HAN.iter().filter(|_| begins);
        let (end, number) =
            labels.find_map(|(signs, number)| Some((behind(words, signs)?, *number)))?;
        let rest = &words[end..];
        let lost = words[..end].ends_with(is_private) || rest.starts_with('?');
        if lost {
            return Some((Style::Han, number, end, 0));
        }
        // The second half of 、 and the first half of the character behind it give ⅰ, ⒈, ⑴, ①, ㈠ or Ⅰ.
        let ruin = match rest.chars().next()? {
            c @ ('ⅰ'..='ⅹ' | '①'..='⑩' | 'Ⅰ'..='Ⅻ') => c.len_utf8(),
            '(' => bracketed(rest)?.2,
            _ => {
                (1..=2)
                    .find(|&len| digits(start_of(rest)) == len && rest[len..].starts_with('.'))?
                    + 1
            }
        };
        return Some((Style::Han, number, end + ruin, 0));
    };
    let mut labels = SHIFTED.iter();
    let sign = labels.find_map(|(signs, number, _)| Some((behind(rest, signs)?, *number)));
    let (len, number) = sign.or_else(|| {
        // Of (六) nothing is left but the second half of the bracket and the first half of what follows.
        let private = behind(rest, "").unwrap_or_default();
        let half = rest[private..].starts_with(|c| matches!(c, '-' | '━'..='╋' | '﹛'..='﹫'));
        (private > 0 || begins && half).then_some((private, 6))
    })?;
    Some((Style::HanBracketed, number, '。'.len_utf8() + len, 0))
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// What a label says where nothing but its ruins are left: (二) for 。ǘ.
pub(crate) fn restored(label: &Label, words: &str) -> Option<String> {
    let number = || in_han(label.number);
    match label.style {
        Style::HanBracketed if words.starts_with('。') => Some(format!("({})", number())),
        Style::Han
            if SHIFTED_HAN
                .iter()
                .any(|(signs, _)| words.starts_with(signs)) =>
        {
            Some(number())
        }
        _ => None,
    }
}

fn arabic(words: &str, begins_line: bool) -> Option<Parts> {
    /// No figure at the head of a line is that exact: 11.121人才工程.
    const FIGURES: usize = 3;
    let len = digits(start_of(words));
    if len > 3 {
        return None;
    }
    let number = words[..len].parse().ok()?;
    let rest = &words[len..];
    match rest.chars().next()? {
        ')' => Some((Style::ArabicBracketed, number, len + 1, 0)),
        '、' => Some((Style::Arabic, number, len, '、'.len_utf8())),
        // 1。做好就业工作, as programs write the sign of a list.
        '。' if begins_line
            && len <= 2
            && rest['。'.len_utf8()..].starts_with(domain::fold::is_han) =>
        {
            Some((Style::Arabic, number, len, '。'.len_utf8()))
        }
        '.' if !is_fraction(&rest[1..])
            || begins_line && digits(start_of(&rest[1..])) >= FIGURES =>
        {
            Some((Style::Arabic, number, len, 1))
        }
        _ => None,
    }
}

/// Whether a sentence ends before `at`, so that 1.1 may count what stands behind it where a text has lost its lines.
fn behind_stop(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches(' ').ends_with('。')
}

/// Whether nothing but spaces stands before `at` in its cell of a table.
fn begins_cell(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches(' ').ends_with('|')
}

/// Whether a bracket closes before `at`, as that of a clause does.
fn behind_clause(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches(' ').ends_with(')')
}

/// 3.1 and 3.1.2, before white space or words that are no unit: 3.5亿元 is a figure. Taiwan writes 3-1, and white space behind it.
fn decimal(words: &str) -> Option<Parts> {
    const UNITS: &str = "年月日号个万亿元千百倍家项次户人米吨度平立%‰";
    static METRIC: Words = Words::of("公里 公斤 公顷 公尺 公分 公吨");
    let (mut number, mut len) = (digits(start_of(words)), 0);
    let sign = words[number..]
        .chars()
        .next()
        .filter(|c| ".-".contains(*c))?;
    let mut depth = 0;
    while (1..=2).contains(&number) && depth < 3 {
        len += number;
        depth += 1;
        number = match words[len..].strip_prefix(sign) {
            Some(rest) => digits(start_of(rest)),
            None => 0,
        };
        len += usize::from(number > 0);
    }
    let style = match depth {
        2 => Style::Decimal,
        3 => Style::DeepDecimal,
        _ => return None,
    };
    let last = words[..len].rsplit(sign).next()?.parse().ok()?;
    // 1-3级 is no number.
    if sign == '-' && !words[len..].starts_with(' ') {
        return None;
    }
    let rest = words[len..].trim_start_matches(' ');
    let next = rest.chars().next()?;
    // 1.1公司 counts, 1.1公里 measures; a quoted word begins a task too.
    let unit = UNITS.contains(next) || METRIC.start(rest).is_some();
    let leads = domain::fold::is_han(next) && !unit || next == '"';
    (number == 0 && leads).then_some((style, last, len, 0))
}

/// The number of an item that a form gives as a field of its own line: 序号:1.
fn field(text: &str, at: usize) -> Option<Label> {
    static NAMES: Words = Words::of("序号 编号 任务编号 任务序号");
    let words = &text[at..];
    let name = NAMES.start(words)?.len();
    let value = words[name..].strip_prefix(':')?;
    let value = value.strip_prefix(' ').unwrap_or(value);
    let start = words.len() - value.len();
    let len = digits(start_of(value));
    let number = value[..len].parse().ok().filter(|_| len <= 3)?;
    let rest = value[len..].trim_start_matches(' ');
    (rest.is_empty() || rest.starts_with('\n')).then(|| Label {
        style: Style::Named,
        number,
        range: at + start..at + start + len,
        end: text.len() - rest.len(),
        half: false,
    })
}

/// A word for tasks with a number: 任务1: 专项行动一:
fn named(words: &str) -> Option<Parts> {
    static NAMES: Words = Words::of(
        "任务 重点任务 专项任务 行动 专项行动 重点行动 工程 重点工程 专项 举措 措施 问题 科目 项目 事项 实事",
    );
    let name = NAMES.start(words)?.len();
    let rest = &words[name..];
    let len = match digits(start_of(rest)) {
        0 => numerals(rest),
        len => len.min(3),
    };
    let number = han(&rest[..len]).or_else(|| rest[..len].parse().ok())?;
    let sign = rest[len..].chars().next();
    // 问题1 may have a line of its own.
    let Some(sign) = sign.filter(|c| *c != '\n') else {
        return Some((Style::Named, number, name + len, 0));
    };
    let after = rest[len + sign.len_utf8()..].chars().next()?;
    let goes_on = after.is_ascii_digit() || is_han_numeral(after);
    (":、 ".contains(sign) && !goes_on).then_some((
        Style::Named,
        number,
        name + len,
        sign.len_utf8(),
    ))
}

/// Whether the digits after a full stop belong to the number before it. A year (3.2020年), a month (1.6月底前) and a name
/// such as 5G do not.
fn is_fraction(after: &str) -> bool {
    let len = digits(start_of(after));
    let next = after[len..].chars().next();
    let date = len == 4 && next == Some('年') || len <= 2 && next == Some('月');
    // 11.15所学校 counts schools, 3.5个百分点 does not.
    let whole = next.is_some_and(|c| "所家座条处间名户辆".contains(c));
    len > 0 && !date && !whole && next != Some('g')
}

/// As much of a text as the digits of a label or a year may take, so that a text of digits alone is not read again and
/// again.
fn start_of(words: &str) -> &str {
    const LONGEST: usize = 8;
    let end = words.char_indices().nth(LONGEST);
    end.map_or(words, |(end, _)| &words[..end])
}

fn numerals(words: &str) -> usize {
    const LONGEST: usize = 6;
    let numerals = words
        .chars()
        .take(LONGEST)
        .take_while(|&c| is_han_numeral(c));
    numerals.map(char::len_utf8).sum()
}

fn optional_sign(rest: &str) -> usize {
    let sign = rest.chars().next().filter(|&c| "、.,".contains(c));
    sign.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_shape_are_told_from_numbers() {
        for (text, expected) in [
            ("一、总体思路", Some((Style::Han, 1, "一", "总体思路"))),
            (
                "(十二)打造",
                Some((Style::HanBracketed, 12, "(十二)", "打造")),
            ),
            ("(一).打造", Some((Style::HanBracketed, 1, "(一)", "打造"))),
            ("1. 打造", Some((Style::Arabic, 1, "1", "打造"))),
            ("10、打造", Some((Style::Arabic, 10, "10", "打造"))),
            ("3.2020年底前", Some((Style::Arabic, 3, "3", "2020年底前"))),
            ("1.5g应用", Some((Style::Arabic, 1, "1", "5g应用"))),
            ("1.6月10日前", Some((Style::Arabic, 1, "1", "6月10日前"))),
            ("3.5亿元", None),
            ("(2)打造", Some((Style::ArabicBracketed, 2, "(2)", "打造"))),
            ("2)打造", Some((Style::ArabicBracketed, 2, "2)", "打造"))),
            ("②打造", Some((Style::Circled, 2, "②", "打造"))),
            ("第三章 目标", Some((Style::Chapter, 3, "第三章", "目标"))),
            ("第十条 目标", Some((Style::Article, 10, "第十条", "目标"))),
            ("第三届大会", None),
            ("(2017)35号", None),
            ("一是推动", None),
            ("2020.10", None),
            ("3.1 完善", Some((Style::Decimal, 1, "3.1", "完善"))),
            (
                "3.1.12完善",
                Some((Style::DeepDecimal, 12, "3.1.12", "完善")),
            ),
            ("3.1.1.2完善", None),
            ("3.5个百分点", None),
            ("10.22", None),
            ("任务1:建设", Some((Style::Named, 1, "任务1", "建设"))),
            (
                "专项行动二、清理",
                Some((Style::Named, 2, "专项行动二", "清理")),
            ),
            ("任务一、二由", None),
            ("任务10个", None),
            ("(一)", Some((Style::HanBracketed, 1, "(一)", ""))),
            ("。ㄒ唬蚯", Some((Style::HanBracketed, 1, "。ㄒ唬", "蚯"))),
            (
                "。\u{E5F1}甲",
                Some((Style::HanBracketed, 6, "。\u{E5F1}", "甲")),
            ),
            ("。ㄊ萍", Some((Style::HanBracketed, 10, "。ㄊ", "萍"))),
            ("。ㄊ唬萍", Some((Style::HanBracketed, 11, "。ㄊ唬", "萍"))),
            (
                "。ㄊ\u{E17A}唬萍",
                Some((Style::HanBracketed, 11, "。ㄊ\u{E17A}唬", "萍")),
            ),
            ("。┢甲", Some((Style::HanBracketed, 6, "。", "┢甲"))),
            ("∪(9)甲", Some((Style::Han, 3, "∪(9)", "甲"))),
            ("∷摹14.甲", Some((Style::Han, 4, "∷摹14.", "甲"))),
            ("《①甲", Some((Style::Han, 2, "《①", "甲"))),
            ("《甲》", None),
            ("。甲", None),
            ("壹、推动策略", Some((Style::Formal, 1, "壹", "推动策略"))),
            ("参与、配合", None),
            ("一 、任务", Some((Style::Han, 1, "一", "任务"))),
        ] {
            let found = at(text, 0).map(|l| (l.style, l.number, &text[l.range], &text[l.end..]));
            assert_eq!(found, expected, "{text}");
        }
    }
}
