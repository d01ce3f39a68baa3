//! The order of names and titles: Chinese by pinyin, as the Unicode Collation Algorithm and CLDR define it.

use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::locale;
use std::{cmp::Ordering, sync::LazyLock};

static PINYIN: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(
        locale!("zh-u-co-pinyin").into(),
        icu_collator::options::CollatorOptions::default(),
    )
    .expect("the pinyin order is compiled in")
});

/// Compares by pinyin; what collates equally, by code point, so that only equal texts are equal.
pub fn compare(a: &str, b: &str) -> Ordering {
    PINYIN.compare(a, b).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_pinyin_order() {
        // Characters stand before letters; what sounds the same stands in the order of strokes.
        let mut names = [
            "西青区",
            "北辰区",
            "河东区",
            "和平区",
            "Binhai",
            "东丽区",
            "10",
            "滨海新区",
        ];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(
            names,
            [
                "10",
                "北辰区",
                "滨海新区",
                "东丽区",
                "和平区",
                "河东区",
                "西青区",
                "Binhai"
            ]
        );
    }
}
