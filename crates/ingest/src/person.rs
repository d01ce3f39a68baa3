//! Leaders by name, in cells and behind labels.

use crate::{bracket::split_outside, kind::is_certain, line::trimmed, words::Words};
use std::ops::Range;

/// Whether `words` look like the names of persons: a surname and one or two characters more each.
pub(crate) fn are_persons(words: &str) -> bool {
    let names = words
        .split(['、', ',', ' ', '\n'])
        .filter(|name| !name.is_empty());
    // 副县长 刘芳: of an office and who holds it, the office comes first.
    let names = names.skip_while(|name| is_office(name));
    // 张磊(市住建局局长)
    let names = names.map(|name| name.split_once('(').map_or(name, |(name, _)| name));
    let mut names = names
        .map(|name| &name[behind_office(name)..before_office(name).max(behind_office(name))])
        .peekable();
    names.peek().is_some() && names.all(|name| is_person(name) || is_office(name))
}

/// Whether `words` are posts, without the names of those who hold them: 区委书记, 区委组织部部长.
pub(crate) fn are_posts(words: &str) -> bool {
    let mut posts = words.split(['、', ',', '\n']).peekable();
    posts.peek().is_some() && posts.all(|post| is_office(post.trim()))
}

/// The posts of a list of nothing else, which say who leads without a name: 县水利局局长.
pub(crate) fn posts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let range = trimmed(text, range);
    if !are_posts(&text[range.clone()]) {
        return vec![];
    }
    let posts = split_outside(text, range, |c| matches!(c, '、' | ',' | '\n'));
    posts.map(|(_, post)| trimmed(text, post)).collect()
}

/// A body, if any, and the leader by name behind it: 市财政局(局长:赵强), 市档案馆 王伟, 王伟.
pub(crate) fn person_in(text: &str, name: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    /// No body and leader have more bytes.
    const LONGEST: usize = 120;
    let words = &text[name.clone()];
    if is_leader(words) {
        return Some((name.start..name.start, name.clone()));
    }
    // 市档案馆 王伟
    if let Some((body, last)) = words.rsplit_once(char::is_whitespace)
        && is_leader(last)
    {
        let start = name.end - last.len();
        return Some((
            name.start..name.start + body.trim_end().len(),
            start..name.end,
        ));
    }
    // 省教育厅王伟
    let behind = if words.len() <= LONGEST {
        behind_body(words)
    } else {
        0
    };
    if behind > 0 {
        let at = name.start + behind;
        return Some((name.start..at, at..name.end));
    }
    let inner = words.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let office = inner[open + 1..].find(':')?;
    let start = open + 1 + office + 1;
    let leads = ["长", "主任", "书记", "负责人", "责任人", "领导"];
    let office = &inner[open + 1..open + 1 + office];
    (leads.iter().any(|end| office.ends_with(end)) && is_leader(&inner[start..])).then(|| {
        (
            name.start..name.start + open,
            name.start + start..name.start + inner.len(),
        )
    })
}

/// Where the post begins with which the name of a body ends, if nobody is named who holds it: 区政府主要领导.
pub(crate) fn post_behind(name: &str) -> Option<usize> {
    static POSTS: Words = Words::of(
        "党政主要领导 党政主要负责人 党政主要负责同志 党政一把手 主要领导 主要领导同志 主要负责人 主要负责同志 分管领导 分管负责人 \
        分管负责同志 一把手",
    );
    POSTS.end(name).map(|post| name.len() - post.len())
}

/// Whether a name ends with an office and who holds it: 市财政局(局长:赵强).
pub(crate) fn says_office(name: &str) -> bool {
    let inner = name
        .strip_suffix(')')
        .and_then(|name| Some(&name[name.rfind('(')?..]));
    inner.is_some_and(|inner| inner.contains(':'))
}

/// The leader whom a name with 同志 behind it, or in a list that ends with 同志, means: 张三 in 副市长张三同志.
pub(crate) fn comrade(text: &str, name: &Range<usize>) -> Range<usize> {
    let words = &text[name.clone()];
    let end = words.strip_suffix(COMRADE).unwrap_or(words).len();
    name.start + behind_office(&words[..end])..name.start + end
}

/// The leader whom a name with an office behind it means: 张三 in 张三副市长.
pub(crate) fn in_office(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let end = before_office(&text[name.clone()]);
    (end < name.len()).then(|| name.start..name.start + end)
}

/// The leader whom a name with an office before it means: 张三 in 州政府副州长张三.
pub(crate) fn behind_post(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let start = behind_office(&text[name.clone()]);
    (start > 0).then(|| name.start + start..name.end)
}

/// What is said of leaders by name.
pub(crate) const COMRADE: &str = "同志";

/// Whether a name is an office with the field that it watches over, and so its holder: 分管副省长, 市政府协管副秘书长.
pub(crate) fn is_post(name: &str) -> bool {
    const WATCHES: [&str; 3] = ["分管", "协管", "主管"];
    is_office(name) && WATCHES.iter().any(|word| name.contains(word))
}

/// Whether words are the name of a person, whole: a surname and what else it has.
pub(crate) fn is_leader(words: &str) -> bool {
    words.chars().nth(1).is_some() && is_person(words)
}

fn is_person(name: &str) -> bool {
    // 文物股 is an office, whatever surname it begins with.
    const OFFICES: [char; 5] = ['股', '局', '室', '处', '办'];
    let length = name.chars().count();
    // 张 三: a space between the characters of a short name leaves either alone.
    (1..=4).contains(&length)
        && name.chars().all(domain::fold::is_han)
        && !(length > 2 && name.ends_with(OFFICES))
        && (length == 1
            || name
                .chars()
                .next()
                .is_some_and(|first| SURNAMES.contains(first)))
}

/// Leaders by name, behind 、 or white space. A name of two characters may be written with a space in it: 张 三李 四.
pub(crate) fn persons(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let listed = split_outside(text, range, |c| {
        matches!(c, '、' | ',' | ';' | '。' | '|' | '\n')
    });
    let mut persons = vec![];
    for (_, part) in listed {
        let mut rest = trimmed(text, part);
        while !rest.is_empty() {
            let words = &text[rest.clone()];
            let mut characters = words.char_indices();
            let spaced = words.chars().nth(1).is_some_and(char::is_whitespace);
            let len = if let Some(len) = stretched(words) {
                len
            } else if spaced {
                let second = characters.find(|(at, c)| *at > 0 && !c.is_whitespace());
                second.map_or(words.len(), |(at, c)| at + c.len_utf8())
            } else {
                words.find(char::is_whitespace).unwrap_or(words.len())
            };
            // 张三(副市长): the office in brackets is no part of the name.
            let name = words[..len].find('(').unwrap_or(len);
            let office = behind_office(&words[..name]).max(behind_body(&words[..name]));
            let end = before_office(&words[..name]);
            // 区委办公室、区政府办公室主要负责人 names nobody.
            let is_name = end > office
                && !is_office(&words[office..end])
                && !is_unnamed(words)
                && !is_certain(&words[office..end]);
            persons.extend(is_name.then_some(rest.start + office..rest.start + end));
            rest = trimmed(text, rest.start + len..rest.end);
        }
    }
    persons
}

/// The length of a name of three characters at the start of `words` that white space stretches: 沈 建 华, 沈建 华.
fn stretched(words: &str) -> Option<usize> {
    let tokens = words.split_whitespace().take(4);
    let lengths = tokens.map(|token| token.chars().count());
    // 张三 李 四 are two.
    let count = match lengths.collect::<Vec<_>>()[..] {
        [1, 1, 1] => 3,
        [2, 1] => 2,
        [2, 1, next, ..] if next > 1 => 2,
        _ => return None,
    };
    let mut end = 0;
    for _ in 0..count {
        let rest = words[end..].trim_start();
        let token = rest.find(char::is_whitespace).unwrap_or(rest.len());
        end = words.len() - rest.len() + token;
    }
    let name: String = words[..end].split_whitespace().collect();
    is_person(&name).then_some(end)
}

/// What an office ends with.
static OFFICES: Words =
    Words::of("长 书记 主任 主席 常委 委员 调研员 助理 经理 会计师 工程师 经济师");

/// Whether words are an office and no name: 县委副书记.
fn is_office(words: &str) -> bool {
    OFFICES.end(words).is_some() && !is_person(words)
}

/// Whether words are leaders whom nothing names: 各分管领导, 各单位主要负责同志.
fn is_unnamed(words: &str) -> bool {
    let leaders = ["领导", "负责人", "责任人", "负责同志"];
    words.starts_with('各') || leaders.iter().any(|leader| words.ends_with(leader))
}

/// Where the name begins behind an office: 常务副县长张三, 张三 alone.
fn behind_office(words: &str) -> usize {
    if !OFFICES.inside(words) {
        return 0;
    }
    let ends = OFFICES.iter().filter_map(|office| {
        let end = words.rfind(office)? + office.len();
        let name = &words[end..];
        // 张长江 is a name.
        let offices = words[..end].chars().count() > 1 && name.chars().count() > 1;
        (offices && is_person(name)).then_some(end)
    });
    ends.max().unwrap_or(0)
}

/// Where the name begins behind the body that its holder is of: 市公安局张三.
fn behind_body(words: &str) -> usize {
    const SHORTEST: usize = 3;
    let starts = words.char_indices().skip(SHORTEST).map(|(at, _)| at);
    let mut starts = starts.filter(|&at| {
        let (body, name) = words.split_at(at);
        is_leader(name) && body.ends_with(['局', '委', '办', '厅', '部', '司']) && is_certain(body)
    });
    starts.next().unwrap_or(0)
}

/// Where the name ends before an office: 张三副市长, 张三同志.
fn before_office(words: &str) -> usize {
    static BEHIND: Words = Words::of(
        "省长 市长 县长 区长 州长 盟长 旗长 镇长 乡长 局长 部长 厅长 院长 校长 行长 处长 科长 所长 站长 队长 秘书长 检察长 董事长 理事长 \
        书记 主任 主席 常委 委员 经理 总经理 调研员 同志",
    );
    const LONGEST_NAME: usize = 3;
    let Some(office) = BEHIND.end(words) else {
        return words.len();
    };
    let before = &words[..words.len() - office.len()];
    let deputy = before.strip_suffix("副").unwrap_or(before);
    [deputy.strip_suffix("常务"), Some(deputy), Some(before)]
        .into_iter()
        .flatten()
        .find(|name| (2..=LONGEST_NAME).contains(&name.chars().count()) && is_person(name))
        .map_or(words.len(), str::len)
}

/// The surnames that more than nine in ten people have.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾\
     夏付傅方邹熊白孟秦邱侯江尹薛闫阎雷龙段郝史陶贺毛顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文洪俞欧司诸葛上官施殷牛温樊葛邢安齐伍庞颜倪庄聂章鲁岳翟申耿关兰焦左柳甘祝包宁\
     符阮尚舒柯纪梅童毕单裴霍成苗谷盛曲翁冉路游靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农涂卓古池丛车费甄项闵缪桂廉晏祖黎芦辛卜詹凌隋柏辜吉刁瞿戚邬臧宫苟褚娄奚燕郎邸姬屠郜栾郁揭窦敖鄢仇巩仲虞卞竺冼佟栗匡荆谌岑胥蔺";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_before_a_name_is_no_part_of_it() {
        for (text, expected) in [
            ("常务副县长张三", "张三"),
            ("县委书记李四、副县长王五", "李四|王五"),
            ("县委常委、副县长何志明", "何志明"),
            ("张长江", "张长江"),
            ("张三副市长、李小四同志", "张三|李小四"),
            ("张小三副主席、李四常务副市长", "张小三|李四"),
            ("张 三", "张 三"),
            ("沈 建 华", "沈 建 华"),
            ("沈建 华、顾 明", "沈建 华|顾 明"),
            ("张三 李 四", "张三|李 四"),
            ("市公安局张三、市规划委李小四", "张三|李小四"),
        ] {
            let found = persons(text, 0..text.len()).into_iter();
            let names: Vec<_> = found.map(|name| &text[name]).collect();
            assert_eq!(names.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn persons_are_told_from_tasks_and_parties() {
        for words in [
            "张三",
            "陆 明",
            "王建国、李红",
            "欧阳明",
            "俞悦\n陆明",
            "副县长 刘芳",
            "张磊(市住建局局长)",
            "副局长李建新",
        ] {
            assert!(are_persons(words), "{words}");
        }
        for words in ["加快改造", "市科技局", "", "2023", "推进数据共享"] {
            assert!(!are_persons(words), "{words}");
        }
    }
}
