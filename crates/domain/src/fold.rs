//! The folded copy of a text, which is what is matched; what is reported are always the original characters.
//!
//! Folding takes away what is no difference of meaning: full and half width, traditional and simplified characters (one
//! by one, never by phrase), upper and lower case of ASCII, kinds of square bracket, of dash and of quotation mark,
//! invisible characters, and the pinyin glosses that converted pages put behind rare characters. Folding twice changes
//! nothing more.
//!
//! The character tables are `fold/simplified.txt`: pairs of a character and its simplified form, as the Unicode
//! Consortium's ICU (transform `Hant-Hans`, Unicode-3.0 licence) gives them for single characters, and eight variants
//! more that older fonts and pages use; and `fold/common.txt`: pairs of a radical or of a compatibility ideograph and the
//! common character that looks like it, as Unicode gives them. The text layers of many PDF files hold such ones (⼯ for 工),
//! since a font draws both alike. Nobody means them, so names are written in common characters too.

use crate::text::Span;
use std::{ops::Range, sync::LazyLock};

/// A text and its folded copy, with the way back from every byte of the copy.
#[derive(Clone, Debug)]
pub struct Folded<'t> {
    original: &'t str,
    text: String,
    /// For each byte of the copy, where its original character begins.
    map: Vec<u32>,
}

impl<'t> Folded<'t> {
    /// Folds a text. Line ends become `\n`; other white space stays, as plain spaces.
    pub fn of(original: &'t str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut map = Vec::with_capacity(original.len());
        each_folded(original, |at, piece| {
            text.push_str(piece);
            map.resize(text.len(), at as u32);
        });
        Self {
            original,
            text,
            map,
        }
    }

    /// The copy without these ranges of it, which are in order and do not overlap: noise that was found in it.
    #[must_use]
    pub fn without(self, ranges: &[Range<usize>]) -> Self {
        if ranges.is_empty() {
            return self;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut map = Vec::with_capacity(self.map.len());
        let mut start = 0;
        let end = self.text.len();
        for range in ranges.iter().cloned().chain(std::iter::once(end..end)) {
            text.push_str(&self.text[start..range.start]);
            map.extend_from_slice(&self.map[start..range.start]);
            start = range.end;
        }
        Self {
            original: self.original,
            text,
            map,
        }
    }

    /// The same with other characters of ASCII for those that stand at these places of the copy, in its order.
    #[must_use]
    pub fn with(self, others: &[(usize, u8)]) -> Self {
        debug_assert!(others.iter().all(|(_, other)| other.is_ascii()));
        if others.is_empty() {
            return self;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut map = Vec::with_capacity(self.map.len());
        let mut start = 0;
        for &(at, other) in others {
            text.push_str(&self.text[start..at]);
            text.push(other.into());
            map.extend_from_slice(&self.map[start..=at]);
            start = at + self.text[at..].chars().next().map_or(0, char::len_utf8);
        }
        text.push_str(&self.text[start..]);
        map.extend_from_slice(&self.map[start..]);
        Self {
            original: self.original,
            text,
            map,
        }
    }

    /// The folded copy.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that was folded.
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// Where the copy of the characters at `range` of the original stands.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| self.map.partition_point(|&from| (from as usize) < offset);
        at(range.start)..at(range.end)
    }

    /// The characters of the original whose copies stand at `range`, in one line: without the glosses between them, and
    /// whatever else was taken out of the copy, and with common characters for those that only look like them. Brackets
    /// and figures that were found to be meant stand where the original has another character.
    pub fn written(&self, range: Range<usize>) -> String {
        let mut written = String::with_capacity(range.len());
        let mut last = None;
        for (offset, copy) in self.text[range.clone()].char_indices() {
            let at = self.map[range.start + offset];
            if copy != '\n' && last != Some(at) {
                let original = self.original[at as usize..].chars().next();
                written.extend(original.map(|c| if is_lost(c, copy) { copy } else { common(c) }));
            }
            last = Some(at);
        }
        written
    }

    /// Where the words at `range` of the copy stand in the original. An empty range gives an empty span.
    pub fn span(&self, range: Range<usize>) -> Span {
        let begin = |at: usize| {
            self.map
                .get(at)
                .map_or(self.original.len(), |&b| b as usize)
        };
        let start = begin(range.start);
        if range.is_empty() {
            return Span::of(start..start);
        }
        let last = begin(range.end - 1);
        let width = self.original[last..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        Span::of(start..last + width)
    }
}

/// Whether a bracket or figure of the copy stands for a character that is none. Angle brackets stay as they are written.
fn is_lost(original: char, copy: char) -> bool {
    matches!(copy, '(' | ')' | '0'..='9')
        && !matches!(original, '<' | '〈' | '>' | '〉' | '＜' | '＞')
        && {
            let own = folded(original, false);
            !matches!(own, Form::Many(_)) && !matches!(own, Form::One(own) if own == copy)
        }
}

/// The folded form of a name or of words to search for.
///
/// Beside what [`Folded`] does, white space goes where it touches a character that is not ASCII, as it has no meaning
/// there, and is one space elsewhere.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    each_folded(text, |_, piece| {
        for c in piece.chars() {
            if c.is_whitespace() {
                space = true;
                continue;
            }
            if space && c.is_ascii() && folded.ends_with(|last: char| last.is_ascii()) {
                folded.push(' ');
            }
            space = false;
            folded.push(c);
        }
    });
    folded
}

/// A name as it is written, without what converting a page has put between its characters: line ends, glosses, invisible
/// characters, and the white space of cells that were written downwards (市 城 市 管 理 局); and with common characters for
/// those that only look like them.
pub fn legible(name: &str) -> String {
    let mut legible = String::with_capacity(name.len());
    for line in name.lines().map(str::trim) {
        each_folded(line, |at, _| {
            let original = line[at..].chars().next();
            legible.extend(original.map(common));
        });
    }
    without_gaps(legible)
}

/// Without the white space between two Chinese characters, which parts nothing inside of a name.
fn without_gaps(name: String) -> String {
    if !name.contains(char::is_whitespace) {
        return name;
    }
    let mut whole = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let behind = whole.chars().next_back().is_some_and(is_han);
        if c.is_whitespace() && behind {
            let mut gap = String::from(c);
            while let Some(more) = rest.next_if(|c| c.is_whitespace()) {
                gap.push(more);
            }
            if !rest.peek().copied().is_some_and(is_han) {
                whole.push_str(&gap);
            }
        } else {
            whole.push(c);
        }
    }
    whole
}

/// Whether `c` is a traditional character: one with another, simplified form.
pub fn is_traditional(c: char) -> bool {
    let common = common(c);
    simplified(common) != common
}

/// Whether `c` is the simplified form of another character. Some of these are traditional characters as well.
pub fn is_simplified(c: char) -> bool {
    place(common(c)).is_some_and(|place| TABLE.is_form.get(place) == Some(&true))
}

/// Calls `sink` with the offset and the folded form of every character that has one.
fn each_folded(text: &str, mut sink: impl FnMut(usize, &str)) {
    let mut buffer = [0; 4];
    let mut before = '\0';
    let mut after_han = false;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if matches!(c, '(' | '（')
            && after_han
            && let Some(len) = gloss(&text[at..])
        {
            skip_to = at + len;
            continue;
        }
        let rest = &text[at + c.len_utf8()..];
        match folded(c, rest.starts_with('\n')) {
            Form::One('.') if is_full_stop(before, rest) => sink(at, "。"),
            // Big5 has no other sign of its shape; behind bopomofo it is the fourth tone.
            Form::One('ˋ') if !is_bopomofo(before) => sink(at, "、"),
            Form::One(one) => sink(at, one.encode_utf8(&mut buffer)),
            Form::Many(many) => sink(at, many),
            Form::Nothing => continue,
        }
        before = c;
        after_han = is_han(c) || (after_han && c.is_whitespace());
    }
}

/// Whether a full stop of the Latin script stands for 。 here: behind a character and not before letters, digits or
/// another full stop.
fn is_full_stop(before: char, rest: &str) -> bool {
    let next = rest.chars().next();
    is_han(before)
        && !next.is_some_and(|c| c.is_alphanumeric() && !is_han(c) || ".．。".contains(c))
}

/// Whether `c` is a letter of bopomofo.
fn is_bopomofo(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}')
}

enum Form {
    One(char),
    Many(&'static str),
    Nothing,
}

fn folded(c: char, before_line_end: bool) -> Form {
    Form::One(match c {
        '\r' if before_line_end => return Form::Nothing,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        // The mark of a paragraph, where a program shows it.
        | '¶'
        | '\u{180B}'..='\u{180E}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}' => return Form::Nothing,
        '〔' | '［' | '【' | '〖' | '﹝' | '｛' | '{' | '﹛' | '︹' | '︷' | '︻' | '﹇' => {
            '['
        }
        '〕' | '］' | '】' | '〗' | '﹞' | '｝' | '}' | '﹜' | '︺' | '︸' | '︼' | '﹈' => {
            ']'
        }
        '“' | '”' | '„' | '‟' | '＂' | '「' | '」' | '『' | '』' | '﹁'..='﹄' => {
            '"'
        }
        '‘' | '’' => '\'',
        '‐'..='―' | '−' | '─' | '－' => '-',
        // The second half are bullets of the fonts Symbol and Wingdings.
        '·' | '•' | '・' | '●' | '∙' | '\u{F06C}' | '\u{F06E}' | '\u{F075}' | '\u{F076}'
        | '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0E0}' | '\u{F0FC}' | '\u{F0FE}' => '·',
        // The wide blank of GBK, as some converters leave it.
        '\u{E5E5}' | '\u{F020}' => ' ',
        '､' | '﹑' | '︑' => '、',
        '｡' | '︒' => '。',
        '﹐' | '︐' => ',',
        '﹒' => '.',
        '﹔' | '︔' => ';',
        '﹕' | '∶' | '︓' | '︰' => ':',
        '﹖' | '︖' => '?',
        '﹗' | '︕' => '!',
        '﹙' | '︵' => '(',
        '﹚' | '︶' => ')',
        '⑴'..='⒇' | '㈠'..='㈩' | '⒈'..='⒛' => return Form::Many(spelled_out(c)),
        '！'..='～' => {
            char::from(u8::try_from(c as u32 - 0xFEE0).expect("the block maps onto ASCII"))
                .to_ascii_lowercase()
        }
        _ if c.is_whitespace() => ' ',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => simplified(common(c)),
    })
}

/// The characters of numbers in brackets and with full stops, as people without them write them.
fn spelled_out(c: char) -> &'static str {
    const BRACKETED: [&str; 20] = [
        "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)",
        "(13)", "(14)", "(15)", "(16)", "(17)", "(18)", "(19)", "(20)",
    ];
    const HAN: [&str; 10] = [
        "(一)", "(二)", "(三)", "(四)", "(五)", "(六)", "(七)", "(八)", "(九)", "(十)",
    ];
    const DOTTED: [&str; 20] = [
        "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", "10.", "11.", "12.", "13.", "14.",
        "15.", "16.", "17.", "18.", "19.", "20.",
    ];
    let from = |first: char| (c as usize) - (first as usize);
    match c {
        '⑴'..='⒇' => BRACKETED[from('⑴')],
        '㈠'..='㈩' => HAN[from('㈠')],
        _ => DOTTED[from('⒈')],
    }
}

/// The length of the pinyin gloss that `text` begins with, such as `(shè)` or `(fā )`. It shows itself by its tone.
fn gloss(text: &str) -> Option<usize> {
    const LONGEST: usize = 6;
    let mut letters = 0;
    let mut tone = false;
    for (at, c) in text.char_indices().skip(1) {
        match folded(c, false) {
            Form::One(')') if tone => return Some(at + c.len_utf8()),
            Form::One(
                'ā' | 'á' | 'ǎ' | 'à' | 'ē' | 'é' | 'ě' | 'è' | 'ī' | 'í' | 'ǐ' | 'ì' | 'ō' | 'ó'
                | 'ǒ' | 'ò' | 'ū' | 'ú' | 'ǔ' | 'ù' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ',
            ) => tone = true,
            Form::One('a'..='z' | 'ü') => {}
            Form::One(' ' | '\n') | Form::Nothing => continue,
            _ => return None,
        }
        letters += 1;
        if letters > LONGEST {
            return None;
        }
    }
    None
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
        || is_radical(c)
}

/// Whether `c` is a radical as a character of its own, which pages have for the common one.
fn is_radical(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FD5}')
}

const FIRST: u32 = 0x3400;
const COUNT: usize = 0xA000 - 0x3400;

struct Table {
    /// The simplified form of each character from `FIRST` on.
    simplified: Vec<char>,
    /// Whether each character from `FIRST` on is a simplified form.
    is_form: Vec<bool>,
    /// What looks like a common character, sorted, with that one.
    common: Vec<(char, char)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut simplified: Vec<char> = (FIRST..).take(COUNT).filter_map(char::from_u32).collect();
    let mut is_form = vec![false; COUNT];
    for (from, to) in pairs(include_str!("fold/simplified.txt")) {
        simplified[(from as u32 - FIRST) as usize] = to;
        is_form[(to as u32 - FIRST) as usize] = true;
    }
    let mut common: Vec<_> = pairs(include_str!("fold/common.txt")).collect();
    common.sort_unstable();
    Table {
        simplified,
        is_form,
        common,
    }
});

/// The pairs of a file of them.
fn pairs(file: &str) -> impl Iterator<Item = (char, char)> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let mut characters = line.chars();
        std::iter::from_fn(move || Some((characters.next()?, characters.next()?)))
    })
}

fn simplified(c: char) -> char {
    let place = place(c);
    place
        .and_then(|place| TABLE.simplified.get(place))
        .copied()
        .unwrap_or(c)
}

/// Where a character stands in the lists of the table; characters behind those have none.
fn place(c: char) -> Option<usize> {
    (c as u32).checked_sub(FIRST).map(|place| place as usize)
}

/// The common character that `c` looks like, or itself.
fn common(c: char) -> char {
    if !is_radical(c) && !matches!(c, '\u{F900}'..='\u{FAD9}') {
        return c;
    }
    let place = TABLE.common.binary_search_by_key(&c, |(from, _)| *from);
    place.map_or(c, |place| TABLE.common[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_name_in_any_script_and_width_folds_to_one() {
        for (written, folded) in [
            ("濱海新區人民政府", "滨海新区人民政府"),
            ("滙豐銀行", "汇丰银行"),
            ("爲衆産關開麗鄉裏", "为众产关开丽乡里"),
            ("〔２０２３〕５Ｇ", "[2023]5g"),
            ("各縣（市、區）政府", "各县(市、区)政府"),
            ("天津市\u{A0}科技局", "天津市科技局"),
            ("市\u{200B}教委\u{FEFF}", "市教委"),
            ("建設(shè)發(fā )展區（qū）", "建设发展区"),
            ("“1＋3”", "\"1+3\""),
            ("New  Area", "new area"),
            (
                "省⼯业和信息化厅、各市⼈⺠政府",
                "省工业和信息化厅、各市人民政府",
            ),
            ("⾞⼾⻓⾨\u{FA08}政\u{F98E}度", "车户长门行政年度"),
            ("设⽴(lì)", "设立"),
            ("甲局ˋ乙局﹑丙局、丁︵戊︶", "甲局、乙局、丙局、丁(戊)"),
            ("ㄕˋ", "ㄕˋ"),
            ("区教育局\u{FE0F}；葛\u{E0100}城", "区教育局;葛城"),
            ("完成任务.A.B公司.5万.", "完成任务.a.b公司.5万。"),
            ("㈠ ⑵ ⒊", "(一) (2) 3."),
        ] {
            assert_eq!(fold(written), folded);
        }
    }

    #[test]
    fn only_pinyin_behind_a_character_is_a_gloss() {
        for kept in [
            "智能(AI)",
            "网络(5g)",
            "x(shè)",
            "项目(brt)",
            "平台(platform)x",
            "建设(shè",
        ] {
            assert!(Folded::of(kept).text().contains('('), "{kept}");
        }
    }

    #[test]
    fn a_span_covers_the_original_of_what_was_folded_away_inside_but_not_around() {
        let folded = Folded::of("加快建設(shè)發(fā)展\r\n。");
        let at = folded.text().find("建设发").unwrap();
        let span = folded.span(at..at + "建设发".len());
        assert_eq!(span.slice(folded.original()), Some("建設(shè)發"));
        assert_eq!(folded.text(), "加快建设发展\n。");
    }

    #[test]
    fn what_is_written_is_shown_without_what_was_folded_away() {
        let folded = Folded::of("加快建設(shè)發(fā)\r\n展㈠。");
        let all = 0..folded.text().len();
        assert_eq!(folded.written(all), "加快建設發展㈠。");
        for (name, shown) in [
            ("市工業(yè)和信息\r\n  化局", "市工業和信息化局"),
            ("市科技局", "市科技局"),
            ("市⺠政局\u{F98E}審⾞辦", "市民政局年審車辦"),
            ("市 “１＋３” 辦", "市 “１＋３” 辦"),
        ] {
            assert_eq!(legible(name), shown);
            assert_eq!(fold(&legible(name)), fold(name));
        }
        assert_eq!(legible("市 城　市 管  理局"), "市城市管理局");
        let folded = Folded::of("各縣□市□政府（⑴）");
        let brackets: Vec<_> = folded.text().match_indices('□').map(|(at, _)| at).collect();
        let folded = folded.with(&[(brackets[0], b'('), (brackets[1], b')')]);
        let all = 0..folded.text().len();
        assert_eq!(folded.written(all), "各縣(市)政府（⑴）");
    }

    #[test]
    fn a_span_leads_back_over_what_was_taken_out() {
        let folded = Folded::of("市财4、政局");
        let at = folded.text().find("4、").unwrap();
        let folded = folded.without(std::slice::from_ref(&(at..at + "4、".len())));
        assert_eq!(folded.text(), "市财政局");
        let span = folded.span(0..folded.text().len());
        assert_eq!(span.slice(folded.original()), Some("市财4、政局"));
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "([⺀-⿕\u{F900}-\u{FAD9}一-龥Ａ-ｚA-z(（)）〔è \u{A0}\u{200B}\r\n㈠⒈“]|设\\(shè ?\\)){0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }

        #[test]
        fn every_character_of_the_copy_leads_to_a_whole_one(text in "\\PC{0,60}") {
            let folded = Folded::of(&text);
            for (at, c) in folded.text().char_indices() {
                let span = folded.span(at..at + c.len_utf8());
                prop_assert_eq!(span.slice(&text).map(|s| s.chars().count()), Some(1));
                // One character may have become several.
                let back = folded.range(span.start as usize..span.end as usize);
                prop_assert!(back.start <= at && at + c.len_utf8() <= back.end);
            }
        }
    }
}
