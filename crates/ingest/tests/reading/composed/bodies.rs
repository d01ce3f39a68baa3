//! Names of bodies as plans write them, and lists of them.

use proptest::{
    prelude::*,
    sample::{select, subsequence},
};
use std::collections::HashSet;

/// Departments and others of a city, some with signs and words in their names that part others.
const NAMED: [&str; 64] = [
    "市发展改革委",
    "市工业和信息化局",
    "市教育局",
    "市科技局",
    "市公安局",
    "市民政局",
    "市司法局",
    "市财政局",
    "市人力资源和社会保障局",
    "市自然资源和规划局",
    "市生态环境局",
    "市住房和城乡建设局",
    "市交通运输局",
    "市水利局",
    "市农业农村局",
    "市商务局",
    "市文化和旅游局",
    "市卫生健康委",
    "市退役军人事务局",
    "市应急管理局",
    "市审计局",
    "市国资委",
    "市市场监管局",
    "市体育局",
    "市统计局",
    "市医保局",
    "市城市管理局",
    "市行政审批服务局",
    "市大数据局",
    "市地方金融监管局",
    "市林业和草原局",
    "市粮食和物资储备局",
    "市机关事务管理中心",
    "市公积金中心",
    "市委办公室",
    "市委组织部",
    "市委宣传部",
    "市委统战部",
    "市委政法委",
    "市委网信办",
    "市委编办",
    "市政府办公室",
    "市委宣传部（市政府新闻办）",
    "市人大常委会办公室",
    "市法院",
    "市检察院",
    "市总工会",
    "团市委",
    "市妇联",
    "市科协",
    "市残联",
    "市工商联",
    "市红十字会",
    "市税务局",
    "市气象局",
    "市邮政管理局",
    "人民银行市分行",
    "金融监管总局市监管分局",
    "市消防救援支队",
    "市城投集团",
    "国网市供电公司",
    "高新区管委会",
    "经济技术开发区管委会",
    "市供销社",
];

/// Those of other levels, and companies and schools, which stand beside those of a city.
const OTHERS: [&str; 30] = [
    "国家发展改革委",
    "工业和信息化部",
    "国务院国资委",
    "省委宣传部",
    "省发展改革委（省能源局）",
    "省人力资源社会保障厅",
    "省通信管理局",
    "省高级人民法院",
    "自治区住房城乡建设厅",
    "州文体广电和旅游局",
    "县农业农村局",
    "县委办",
    "县融媒体中心",
    "区城管执法局",
    "区委社会工作部",
    "区投资促进中心",
    "旗自然资源局",
    "县教体局",
    "县公安交警大队",
    "滨海新区人民政府",
    "青田县人民政府",
    "莲都区政府",
    "阳信县",
    "大武口区",
    "中国电信滨州分公司",
    "滨州学院",
    "省社科院",
    "国家开发银行省分行",
    "海关总署",
    "市场监管总局",
];

/// Sets of bodies.
const SETS: [&str; 10] = [
    "各区人民政府",
    "各县（市、区）人民政府",
    "各县（市、区）",
    "各区县政府",
    "各市（区）人民政府（管委会）",
    "各乡镇（街道）",
    "各街道办事处",
    "各开发区管委会",
    "各镇人民政府",
    "各区",
];

/// Bodies that are left open.
const INDEFINITE: [&str; 6] = [
    "有关部门",
    "市直有关部门",
    "各有关部门和单位",
    "相关单位",
    "市级相关部门",
    "各有关单位",
];

/// Names with the words that list them.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) words: String,
    pub(super) names: Vec<String>,
    /// Whether it goes on: 等, or bodies that are left open.
    pub(super) open: bool,
}

impl List {
    /// Names with `joiner` between them, and no others.
    pub(super) fn of(names: Vec<String>, joiner: &str) -> Self {
        Self {
            words: names.join(joiner),
            names,
            open: false,
        }
    }
}

/// Whose a body is.
const LEVELS: [&str; 14] = [
    "国家",
    "省",
    "自治区",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
    "滨州市",
    "阳信县",
    "大武口区",
    "黔东南州",
    "新沂市",
];

/// What it sees to.
const BRANCHES: [&str; 44] = [
    "发展和改革",
    "发展改革",
    "教育",
    "教育体育",
    "科学技术",
    "科技",
    "工业和信息化",
    "经济和信息化",
    "民族宗教",
    "公安",
    "民政",
    "司法",
    "财政",
    "人力资源社会保障",
    "人社",
    "自然资源",
    "自然资源和规划",
    "生态环境",
    "住房和城乡建设",
    "住建",
    "城市管理",
    "综合执法",
    "交通运输",
    "水利",
    "水务",
    "农业农村",
    "林业和草原",
    "商务",
    "投资促进",
    "文化广电和旅游",
    "文旅",
    "卫生健康",
    "卫健",
    "退役军人",
    "应急管理",
    "审计",
    "市场监管",
    "统计",
    "医疗保障",
    "乡村振兴",
    "数据",
    "信访",
    "粮食和物资储备",
    "行政审批服务",
];

/// Names put together from whose a body is, what it sees to, and what it is.
fn put_together() -> impl Strategy<Value = String> {
    let kind = select(&["局", "委", "厅", "委员会", "服务中心"][..]);
    (select(&LEVELS[..]), select(&BRANCHES[..]), kind)
        .prop_map(|(level, branch, kind)| format!("{level}{branch}{kind}"))
}

/// Different bodies.
pub(super) fn named(most: usize) -> impl Strategy<Value = Vec<String>> {
    let known = NAMED.iter().chain(&OTHERS);
    let known: Vec<_> = known.map(|name| (*name).to_owned()).collect();
    let name = prop_oneof![3 => select(known), 1 => put_together()];
    prop::collection::vec(name, 1..=most).prop_map(|mut names| {
        let mut told = HashSet::new();
        names.retain(|name| told.insert(name.clone()));
        names
    })
}

/// Departments of the city, of which only the first says so: 市教育局、科技局.
pub(super) fn elided() -> impl Strategy<Value = List> {
    let departments: Vec<_> = NAMED
        .iter()
        .filter(|name| name.ends_with(['局', '委']))
        .collect();
    subsequence(departments, 2..=4)
        .prop_shuffle()
        .prop_map(|names| {
            let bare = names[1..].iter().map(|name| name.trim_start_matches('市'));
            let names: Vec<_> = std::iter::once(*names[0])
                .chain(bare)
                .map(str::to_owned)
                .collect();
            List::of(names, "、")
        })
}

/// Bodies behind each other, with what may end a list.
pub(super) fn list(most: usize) -> impl Strategy<Value = List> {
    let joiner = prop_oneof![8 => Just("、"), 1 => Just("和"), 1 => Just("及"), 1 => Just("以及")];
    let end = prop_oneof![
        4 => Just(("", "")),
        1 => (select(&["、", "，", "和", "及"][..]), select(&SETS[..])),
        1 => (select(&["、", "，", "和", "及"][..]), select(&INDEFINITE[..])),
        1 => (Just("等"), select(&["", "部门", "有关部门和单位", "单位"][..])),
    ];
    (named(most), joiner, end).prop_map(|(mut names, joiner, (before, end))| {
        let (last, first) = names.split_last().expect("there is one");
        // A second joiner of that sort would say that the list is not over.
        let joiner = if matches!(before, "和" | "及") {
            "、"
        } else {
            joiner
        };
        let joiner = if first.is_empty() { "" } else { joiner };
        let words = format!("{}{joiner}{last}{before}{end}", first.join("、"));
        let adds = !matches!(before, "" | "等");
        names.extend(adds.then(|| end.to_owned()));
        let open = before == "等" || INDEFINITE.contains(&end);
        List { words, names, open }
    })
}
