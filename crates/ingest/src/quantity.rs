//! Quantities in a folded text: a number or a range, its unit, and the words that make it a least or a most.

use crate::number::digits;
use domain::target::Decimal;

/// A number or a range of two.
pub(crate) struct Number {
    low: Decimal,
    high: Option<Decimal>,
    /// 多, 余: some more than that.
    more: bool,
    /// How many bytes it takes.
    pub(crate) len: usize,
}

/// A number or a range at the start of `words`: 10, 6.2, 1,000, 3至5, 8-10, 100余.
pub(crate) fn number(words: &str) -> Option<Number> {
    let (low, mut len) = decimal(words)?;
    let mut high = None;
    for sign in ["至", "到", "-", "~"] {
        if let Some(rest) = words[len..].strip_prefix(sign)
            && let Some((value, value_len)) = decimal(rest)
        {
            high = Some(value);
            len += sign.len() + value_len;
            break;
        }
    }
    let more = words[len..].starts_with(['多', '余']);
    if more {
        len += '多'.len_utf8();
    }
    Some(Number {
        low,
        high,
        more,
        len,
    })
}

fn decimal(words: &str) -> Option<(Decimal, usize)> {
    const MOST: usize = 15;
    let mut len = digits(words);
    while len > 0 && len <= MOST && words[len..].starts_with(',') && digits(&words[len + 1..]) == 3
    {
        len += 4;
    }
    if len > 0 && words[len..].starts_with('.') {
        let fraction = digits(&words[len + 1..]);
        len += if fraction > 0 { 1 + fraction } else { 0 };
    }
    if len > MOST {
        return None;
    }
    Some((words[..len].replace(',', "").parse().ok()?, len))
}

/// Units of what plans count. Longer ones stand before those that they begin with.
const UNITS: &str = "个百分点 个 家 名 项 种 条 座 所 件 台 套 辆 人次 人 户 处 批次 批 亩 公里 千米 \
    平方公里 平方米 立方米 米 微克 毫克 公顷 吨 元 倍 兆瓦 千瓦时 千瓦 吉瓦 mw gw kw 张 篇 支 \
    株 头 场次 场 款 颗 例 栋 间 床 组 对 桶 标准箱 班 列 艘 架 标箱 teu % ‰ 门 次 部 \
    只 片 盏 类 本 份 块 尊 幅 盒 pflops p";

/// The unit at `at`: where it begins and ends.
pub(crate) fn unit(words: &str, at: usize) -> Option<(usize, usize)> {
    const SCALES: [&str; 8] = ["万亿", "千万", "百万", "十万", "亿", "万", "千", "百"];
    const NO_UNITS: [&str; 7] = [
        "个月",
        "个工作日",
        "个小时",
        "个季度",
        "次会议",
        "人(",
        "个(含",
    ];
    let rest = &words[at..];
    let scale = SCALES
        .iter()
        .find(|scale| rest.starts_with(**scale))
        .map_or(0, |s| s.len());
    let counted = &rest[scale..];
    if NO_UNITS.iter().any(|word| counted.starts_with(word)) {
        return None;
    }
    let base = UNITS.split(' ').find(|unit| counted.starts_with(unit))?;
    let mut end = at + scale + base.len();
    if let Some(per) = words[end..].strip_prefix('/') {
        let one = UNITS
            .split(' ')
            .chain(["年", "日", "小时", "升"])
            .find(|unit| per.starts_with(unit));
        end += one.map_or(0, |unit| 1 + unit.len());
    }
    // A Latin unit must end where the word does.
    let cut = base.is_ascii()
        && base != "%"
        && words[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (!cut).then_some((at, end))
}

/// The least and the most, from the words around the figure. What stands behind it is nearer and comes first.
pub(crate) fn bounds(
    before: &str,
    number: Number,
    after: &str,
) -> (Option<Decimal>, Option<Decimal>) {
    const NEAR: usize = 6;
    const LEAST_AFTER: [&str; 2] = ["以上", "及以上"];
    const MOST_AFTER: [&str; 4] = ["以内", "以下", "之内", "及以下"];
    const LEAST: [&str; 9] = [
        "不少于",
        "不低于",
        "不小于",
        "至少",
        "超过",
        "突破",
        "高于",
        "超",
        "大于",
    ];
    const MOST: [&str; 7] = [
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "控制在",
        "低于",
        "少于",
    ];
    let near: String = {
        let mut last: Vec<char> = before.chars().rev().take(NEAR).collect();
        last.reverse();
        last.into_iter().collect()
    };
    // The longest word counts, as 不低于 ends with 低于 and 不超过 with 超过.
    let longest = |words: &[&str]| {
        let near = near.strip_suffix('到').unwrap_or(&near);
        let found = words.iter().filter(|word| near.ends_with(**word));
        found.map(|word| word.len()).max().unwrap_or(0)
    };
    let (mut least, most) = (longest(&LEAST), longest(&MOST));
    // 至少建成1座: the verb stands between.
    if least == 0
        && most == 0
        && before
            .rsplit([',', '、'])
            .next()
            .is_some_and(|own| own.contains("至少"))
    {
        least = "至少".len();
    }
    let after_is = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    let Number {
        low, high, more, ..
    } = number;
    if let Some(high) = high {
        (Some(low), Some(high))
    } else if after_is(&LEAST_AFTER) || more {
        (Some(low), None)
    } else if after_is(&MOST_AFTER) {
        (None, Some(low))
    } else if least > most {
        (Some(low), None)
    } else if most > least {
        (None, Some(low))
    } else {
        (Some(low.clone()), Some(low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_read_whole_and_a_time_is_none() {
        for (words, expected) in [
            ("3万亿元以上", Some("万亿元")),
            ("8微米", None),
            ("8微克/立方米", Some("微克/立方米")),
            ("2个百分点", Some("个百分点")),
            ("3个月", None),
            ("5吨/年", Some("吨/年")),
            ("8毫克/升", Some("毫克/升")),
            ("5场次", Some("场次")),
            ("9mwh", None),
            ("9mw", Some("mw")),
            ("30人(含)", None),
        ] {
            let found = unit(words, 1).map(|(start, end)| &words[start..end]);
            assert_eq!(found, expected, "{words}");
        }
    }

    #[test]
    fn the_words_before_a_figure_say_whether_it_is_the_least_or_the_most() {
        for (before, least, most) in [
            ("增加", Some("3"), Some("3")),
            ("不低于", Some("3"), None),
            ("超过", Some("3"), None),
            ("不超过", None, Some("3")),
            ("不高于", None, Some("3")),
            ("控制在", None, Some("3")),
            ("低于", None, Some("3")),
            ("突破到", Some("3"), None),
            ("每县至少建成", Some("3"), None),
        ] {
            let (min, max) = bounds(before, number("3").unwrap(), "亿元");
            let shown = |value: Option<Decimal>| value.map(|value| value.to_string());
            assert_eq!(shown(min).as_deref(), least, "{before}");
            assert_eq!(shown(max).as_deref(), most, "{before}");
        }
    }

    #[test]
    fn no_unit_hides_a_longer_one() {
        let units: Vec<_> = UNITS.split(' ').collect();
        for (index, unit) in units.iter().enumerate() {
            let hidden = units[..index].iter().any(|before| unit.starts_with(before));
            assert!(!hidden, "{unit}");
        }
    }
}
