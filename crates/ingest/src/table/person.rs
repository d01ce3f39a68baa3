//! Leaders by name in the cells of a table.

/// Whether `words` look like the names of persons: a surname and one or two characters more each.
pub(in crate::table) fn are_persons(words: &str) -> bool {
    let mut names = words
        .split(['、', ',', ' ', '\n'])
        .filter(|name| !name.is_empty())
        .peekable();
    names.peek().is_some() && names.all(is_person)
}

fn is_person(name: &str) -> bool {
    let length = name.chars().count();
    // 张 三: a space between the characters of a short name leaves either alone.
    (1..=4).contains(&length)
        && name.chars().all(domain::fold::is_han)
        && (length == 1
            || name
                .chars()
                .next()
                .is_some_and(|first| SURNAMES.contains(first)))
}

/// The surnames that more than nine in ten people have.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾\
     夏付傅方邹熊白孟秦邱侯江尹薛闫阎雷龙段郝史陶贺毛顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文洪俞欧司诸葛上官施殷牛温樊葛邢安齐伍庞颜倪庄聂章鲁岳翟申耿关兰焦左柳甘祝包宁\
     符阮尚舒柯纪梅童毕单裴霍成苗谷盛曲翁冉路游靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农涂卓古池丛车";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_told_from_tasks_and_parties() {
        for words in ["张三", "陆 明", "王建国、李红", "欧阳明", "俞悦\n陆明"] {
            assert!(are_persons(words), "{words}");
        }
        for words in ["加快改造", "市科技局", "", "2023", "推进数据共享"] {
            assert!(!are_persons(words), "{words}");
        }
    }
}
