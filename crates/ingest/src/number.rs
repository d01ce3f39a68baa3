//! Chinese and Arabic numerals in a folded text.

/// What stands behind an amount, and never behind a number that counts.
pub(crate) const UNITS: &str = "年月日号个万亿项家条处座米公吨人名次倍以%.至余";

/// The number that Chinese numerals such as 三, 十二 or 一百零五 stand for, if there is nothing else in `text`.
pub(crate) fn han(text: &str) -> Option<u32> {
    let (mut total, mut digit) = (0, None);
    for c in text.chars() {
        match c {
            '百' => total += digit.take().unwrap_or(1) * 100,
            '十' => total += digit.take().unwrap_or(1) * 10,
            '零' if total > 0 && digit.is_none() => {}
            _ => {
                let value = han_digit(c).filter(|_| digit.is_none())?;
                digit = Some(value);
            }
        }
        if total > 999 {
            return None;
        }
    }
    Some(total + digit.unwrap_or(0)).filter(|&number| number > 0)
}

/// A number below a hundred in Chinese numerals.
pub(crate) fn in_han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: u32| DIGITS[value as usize % DIGITS.len()];
    match number {
        0..10 => digit(number).into(),
        10..20 => format!("十{}", digit(number)),
        _ => format!("{}十{}", digit(number / 10), digit(number)),
    }
}

/// The value of a Chinese digit; zero has three signs.
pub(crate) fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The number that formal numerals (壹, 拾贰) stand for, as Taiwan's documents count their chapters.
pub(crate) fn formal(text: &str) -> Option<u32> {
    const FORMAL: &str = "壹贰叁肆伍陆柒捌玖拾";
    const PLAIN: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let plain: Option<String> = text
        .chars()
        .map(|c| {
            PLAIN.get(
                FORMAL
                    .chars()
                    .position(|formal| formal == c || (c == '参' && formal == '叁'))?,
            )
        })
        .collect();
    han(&plain?)
}

/// Whether `c` is used in Chinese numerals.
pub(crate) fn is_han_numeral(c: char) -> bool {
    matches!(c, '十' | '百') || han_digit(c).is_some()
}

/// The length of the ASCII digits that `text` begins with.
pub(crate) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_are_read() {
        for (text, number) in [
            ("三", Some(3)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十五", Some(25)),
            ("一百零五", Some(105)),
            ("一百四十六", Some(146)),
            ("", None),
            ("一一", None),
            ("三个", None),
            ("零", None),
            ("百百百百百百百百百百百", None),
        ] {
            assert_eq!(han(text), number, "{text}");
        }
        assert_eq!(
            [formal("壹"), formal("拾贰"), formal("一")],
            [Some(1), Some(12), None]
        );
    }
}
