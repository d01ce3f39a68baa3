//! What the shape of a name shows: what kind of body, and whether it is one body, a set, or left open.

use crate::{kept::Kept, words::Words};
use domain::{
    clause::Confidence,
    directory::level_word,
    vocabulary::{PartyKind, Reference},
};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What the shape of a name shows.
#[derive(Clone, Copy)]
struct Shape {
    reference: Reference,
    kind: PartyKind,
    confidence: Confidence,
    /// Whether it shows that it is a party.
    party: bool,
}

/// The shape of a name, which is asked for whenever it stands somewhere, and by several rules.
fn shape(name: &str) -> Shape {
    thread_local! {
        static KEPT: Kept<Shape> = Kept::default();
    }
    KEPT.with(|kept| kept.of(name, found_shape))
}

fn found_shape(name: &str) -> Shape {
    let reference = found_reference(name);
    let first = before_second_plate(name);
    let of_first = if first.len() == name.len() {
        reference
    } else {
        found_reference(first)
    };
    let (kind, percent) = if of_first == Reference::Named {
        rule_of(first).map_or((PartyKind::Other, 20), |rule| (rule.kind, rule.percent))
    } else {
        (PartyKind::Collective, 95)
    };
    let confidence = Confidence::percent(percent);
    let shown = reference != Reference::Named || confidence >= SHOWN;
    let party = shown
        && is_whole(name)
        && !says_what_to_do(name)
        && !says_what_is_built(name)
        && !is_amount(name);
    Shape {
        reference,
        kind,
        confidence,
        party,
    }
}

/// Whether the name refers to one body, to a set, or leaves open which.
pub(crate) fn reference(name: &str) -> Reference {
    shape(name).reference
}

fn found_reference(name: &str) -> Reference {
    // Every name is asked, and one character is looked for sooner than two words.
    let open = name.contains('关') && (name.contains("有关") || name.contains("相关"));
    let of_duty = || {
        ["牵头", "责任", "涉及"]
            .iter()
            .any(|word| name.contains(word))
    };
    if GENERIC.end(name).is_some() && (open || of_duty()) {
        return Reference::Indefinite;
    }
    if is_set(name) {
        return Reference::Collective;
    }
    let after_level = name.trim_start_matches(LEVELS);
    let leaves_open = open
        && ["有关", "相关"]
            .iter()
            .any(|word| after_level.starts_with(word));
    // 沿线有关市县政府
    let levels_behind = || {
        let behind = ["有关", "相关"]
            .iter()
            .find_map(|word| Some(name.split_once(word)?.1));
        behind.is_some_and(is_level_as_a_whole)
    };
    if leaves_open && ends_like_set(name) || open && levels_behind() {
        Reference::Indefinite
    } else {
        Reference::Named
    }
}

const LEVELS: [char; 8] = ['省', '市', '区', '县', '州', '级', '直', '各'];

static GENERIC: Words = Words::of(
    "单位 部门 机构 机关 企业 方面 地区 地方 高校 院校 委办局 处室 科室 责任主体 各方 街镇 组织 主体",
);

/// What names of bodies in the plural end with.
static SET_ENDS: Words = Words::of(
    "人民政府 政府 公所 党委 党工委 党组织 党总支 党支部 管委会 办事处 单位 部门 地区 地方 地 机构 机关 组织 企业 集团 公司 \
    高校 院校 中小学 中心校 小学 中学 幼儿园 学校 学院 大学 研究院 医院 中心 委员会 协会 商会 银行 委办局 专班 小组 街道 平台 乡镇 镇街 街镇 镇 乡 村 场 妇联 工会 团委 残联 社区 居委会 村委会 两委 居 园区 产业园 工业园 开发区 功能区 新区 \
    自治区 直辖市 县级市 分场 林场 农场 牧场 厂 分公司 校区 班级 区县 县区 市区 市县 县市区 市州 运营商 车间 工段 班组 区 县 市 州 省 旗 盟 局 委 办 部 厅 署 院 所 站 处 科 室 队 会 组 行 团场 庭",
);

static MINES: Words = Words::of("煤矿 矿井 矿山");

fn ends_like_set(name: &str) -> bool {
    let name = name.trim_end_matches('"');
    let base = name
        .strip_suffix([')', ']'])
        .and_then(|name| name.rfind(['(', '[']).map(|at| &name[..at]));
    SET_ENDS.end(name).is_some() || base.is_some_and(|base| SET_ENDS.end(base).is_some())
}

fn is_set(name: &str) -> bool {
    /// How much may stand before 各: 市政府各部门, 自治区人民政府各部门.
    const WHOSE: usize = 8;
    // What ends like a body and is none: 各项工作部署会, 各方面, 各有关方.
    const NO_BODIES: [&str; 4] = ["各项", "各类", "各种", "各自"];
    let no_body =
        NO_BODIES.iter().any(|word| name.starts_with(word)) && !name.starts_with("各项目");
    let of_each = name.split_once('各').is_some_and(|(before, rest)| {
        // 各单位要于每年12月10日前报市政府办公室 says what they have to do.
        let named = !rest.is_empty() && !rest.contains(|c: char| c.is_ascii_digit());
        before.chars().count() <= WHOSE && named && ends_like_set(rest)
    });
    (of_each && !no_body)
        || counted(name).is_some_and(ends_like_set)
        || counts_levels(name)
        || name.ends_with("成员单位")
        // 各煤矿; 关停各煤矿 says what is done to them.
        || name.strip_prefix('各').is_some_and(|rest| !no_body && MINES.end(rest).is_some())
        || ["镇街", "街镇"].contains(&name)
        || is_of_level(name)
        || is_level_as_a_whole(name)
        // 属地街道, 属地: each of its own ground.
        || name.strip_prefix("属地").is_some_and(|rest| rest.is_empty() || ends_like_set(rest))
        // 其他股室, 属下单位: all but those that were named, all below.
        || is_of_others(name)
        // 具有行政职能的市直各单位
        || name.rsplit_once('的').is_some_and(|(_, rest)| is_set(rest))
        // 在榕高校, 驻市企业: all that are there.
        || name.strip_prefix(['在', '驻']).is_some_and(|rest| GENERIC.end(rest).is_some())
        // 沿街单位
        || name.strip_prefix('沿').is_some_and(|rest| {
            rest.chars().count() == 3 && GENERIC.end(rest).is_some()
        })
        || name
            .split_once('、')
            .is_some_and(|(level, _)| is_mere_level(level))
        || (["试点城市", "试点地区"]
            .iter()
            .any(|start| name.starts_with(start))
            && name.ends_with("政府"))
}

/// Whether a name says no more than whose or which others they are: 其他股室, 下属单位.
pub(crate) fn is_of_others(name: &str) -> bool {
    const WHICH: [&str; 5] = ["其他", "其它", "下属", "属下", "所属"];
    let rest = WHICH.iter().find_map(|word| name.strip_prefix(word));
    rest.is_some_and(|rest| {
        let bodies = GENERIC.iter().chain(["股室"]);
        bodies.into_iter().any(|body| body == rest)
    })
}

/// What is counted: 街道、镇 of 13个街道、镇.
pub(crate) fn counted(name: &str) -> Option<&str> {
    let rest =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || crate::number::is_han_numeral(c));
    let rest = rest
        .strip_prefix(['个', '大', '家'])
        .filter(|_| rest.len() < name.len())?;
    (!rest.is_empty()).then_some(rest)
}

/// Whether a name says how many of a level there are, and perhaps whose body of each is meant: 16市政府, 两省一市有关部门.
/// 三明市 and 二七区 count nothing.
fn counts_levels(name: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || c == '两' || crate::number::is_han_numeral(c);
    if !name.starts_with(is_numeral) {
        return false;
    }
    let one = |rest: &str| {
        let len = rest.find(|c| !is_numeral(c))?;
        let numeral = &rest[..len];
        let counts = numeral == "两"
            || numeral.parse::<u32>().is_ok()
            || crate::number::han(numeral).is_some();
        let level = rest[len..]
            .chars()
            .next()
            .filter(|c| "省市州盟县区旗镇乡".contains(*c))?;
        counts.then_some(len + level.len_utf8())
    };
    let mut rest = name;
    while let Some(len) = one(rest) {
        rest = &rest[len..];
    }
    rest.len() < name.len() && ends_like_set(name) && (rest.is_empty() || ends_like_set(rest))
}

/// Whether a name says nothing but levels and a body, as 乡镇人民政府, 地方政府, 县(市、区)政府 and 村(居)委会 do without 各.
/// 市政府 is one.
fn is_level_as_a_whole(name: &str) -> bool {
    const BODIES: [&str; 7] = [
        "人民政府",
        "政府",
        "党委",
        "管委会",
        "办事处",
        "民委员会",
        "委会",
    ];
    const LEVELS: &str = "省市州盟区县旗乡镇街道园属地方村居";
    let levels = BODIES.iter().find_map(|body| name.strip_suffix(body));
    levels.is_some_and(|levels| {
        let letters = || levels.chars().filter(|c| !"()[]、".contains(*c));
        letters().count() > 1 && letters().all(|c| LEVELS.contains(c))
    })
}

/// Whether words name levels and nobody: 市, 县(区), 市、县.
pub(crate) fn is_mere_level(words: &str) -> bool {
    !words.is_empty()
        && words
            .chars()
            .all(|c| "省市州盟县区旗镇乡()[]、".contains(c))
}

/// 市级部门, 省直单位, 市直机关
fn is_of_level(name: &str) -> bool {
    let rest = name.strip_prefix(['省', '市', '区', '县', '州']);
    let rest = rest.and_then(|rest| rest.strip_prefix(['级', '直', '属']));
    let bodies = [
        "部门", "单位", "机关", "企业", "国企", "高校", "院校", "医院",
    ];
    rest.is_some_and(|rest| {
        bodies.iter().any(|body| rest.ends_with(body)) && rest.chars().count() <= 8
    })
}

/// Whether the shape of a name shows that it is a party.
pub(crate) fn shows_party(name: &str) -> bool {
    shape(name).party
}

/// Whether words end with a figure and what it counts: 改造危桥56处, 电梯60部, 送戏百场, 设置三十三处. 综合二处 is an office. So do
/// 全县17家卫生院 count those of a place.
pub(crate) fn is_amount(name: &str) -> bool {
    let mut ends = name.chars().rev();
    let counted = ends
        .next()
        .is_some_and(|unit| "处部所院室站队场".contains(unit));
    let figure = |c: char| c.is_ascii_digit() || "百千万几多两数".contains(c);
    let of_place =
        || name.starts_with('全') && name.chars().nth(2).is_some_and(|c| c.is_ascii_digit());
    let mut figures = ends.clone().take(2);
    // 综合十一处 is an office, too.
    let made = ["设置", "建成", "新建", "增设", "整治", "拆除", "修建"];
    let mut numeral = || {
        figures.all(crate::number::is_han_numeral) && made.iter().any(|verb| name.contains(verb))
    };
    counted && (ends.next().is_some_and(figure) || numeral()) || of_place()
}

/// Whether a name ends as those of small bodies do that are known to nobody: 镇农机站, 凤池社区, 镇中心小学.
pub(crate) fn ends_small(name: &str) -> bool {
    const ENDS: [char; 12] = [
        '站', '所', '队', '场', '社', '院', '校', '馆', '园', '厂', '庭', '村',
    ];
    const ENDS_OF_TWO: [&str; 3] = ["社区", "小学", "中学"];
    name.ends_with(ENDS) || ENDS_OF_TWO.iter().any(|end| name.ends_with(end))
}

/// Whether words may be a name, though nothing in them says so: a few characters and nothing else.
pub(crate) fn looks_like_name(words: &str) -> bool {
    (2..=12).contains(&words.chars().count()) && words.chars().all(domain::fold::is_han)
}

/// Whether words look like the name of a small body: 东山村, 水利所.
pub(crate) fn may_be_small(name: &str) -> bool {
    looks_like_name(name) && ends_small(name)
}

/// Whether a short word ends like a body, though nothing else in it shows one: 质安科, 水利站.
pub(crate) fn may_be_body(name: &str) -> bool {
    const ENDS: [char; 25] = [
        '局', '委', '办', '厅', '部', '署', '会', '院', '行', '室', '队', '心', '处', '科', '股',
        '所', '站', '组', '司', '府', '镇', '街', '村', '校', '场',
    ];
    // 县剧团 says whose it is; 建设图书馆 does not.
    const ENDS_OF_A_LEVEL: [char; 5] = ['团', '馆', '社', '园', '台'];
    let length = name.chars().count();
    let han = || name.chars().all(domain::fold::is_han);
    shows_party(name)
        || ((2..=16).contains(&length) && name.ends_with(ENDS) && han() && !is_amount(name))
        || ((3..=8).contains(&length)
            && name.ends_with(ENDS_OF_A_LEVEL)
            && level_word(name).is_some()
            && han())
}

/// Whether words begin with what somebody does, and only end like a name: 建立工作专班.
pub(crate) fn says_what_to_do(name: &str) -> bool {
    static VERBS: Words = Words::of(
        "返回 新增 培育 建立 成立 组建 设立 召开 健全 完善 制定 做好 打造 推动 开展 推进 改造 加快 加强 提升 深化 强化 改善 提高 扩大",
    );
    VERBS.start(name).is_some()
}

/// Whether words say what is built, and only end like a name: 第12件建成寄宿制学校, 新区创成示范区.
fn says_what_is_built(name: &str) -> bool {
    // Every name of the text is asked, and few hold that character.
    name.contains('成')
        && (name.contains("创成") || name.contains("建成") && !name.contains("建成区"))
}

/// Whether words can be one name: no label is left in them, no box to tick, and no bracket without its other one.
fn is_whole(name: &str) -> bool {
    let mut open = 0;
    for c in name.chars() {
        match c {
            ':' | '■' | '□' | '√' => return false,
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// Whether the shape of a name leaves hardly a doubt that it is one body.
pub(crate) fn is_certain(name: &str) -> bool {
    kind_shown(name).1 >= Confidence::percent(80)
}

/// From this confidence on a name is a party by its shape alone.
const SHOWN: Confidence = Confidence::percent(60);

/// Whether a word names a branch of government, whose body stands behind a list of them: 财政 in 发展改革、财政等部门.
pub(crate) fn is_branch(name: &str) -> bool {
    static BRANCHES: Words = Words::of(
        "发展改革 发改 教育 科技 工业和信息化 工信 公安 民政 司法 司法行政 财政 人力资源社会保障 人力资源和社会保障 人社 \
        自然资源 生态环境 环保 住房城乡建设 住房和城乡建设 住建 城管 交通运输 交通 水利 水务 农业农村 农业 林业 林业和草原 \
        商务 文化和旅游 文化旅游 文旅 卫生健康 卫健 退役军人 退役军人事务 应急管理 应急 审计 市场监管 体育 统计 医保 医疗保障 \
        金融 金融监管 税务 气象 国资 国资监管 网信 宣传 组织 编制 机构编制 政法 统战 外事 信访 邮政 海关 消防 消防救援 \
        通信 电信 电力 能源 数据 数据管理 知识产权 药监 药品监管 粮食 粮食和储备 广电 文物 版权 乡村振兴 国土资源 规划 质监 安监 工商 \
        外经贸 卫生计生 卫计 人口计生 计生 新闻出版",
    );
    BRANCHES
        .start(name)
        .is_some_and(|branch| branch.len() == name.len())
}

/// Whether words are a branch and at most whose, as names are of which the last word is left out: 省人口计生.
pub(crate) fn is_branch_of_any_level(words: &str) -> bool {
    let level = level_word(words).map_or(0, char::len_utf8);
    is_branch(&words[level..])
}

/// The kind of body that the shape of a folded name shows.
///
/// The rules are tried in order: a kind that shows itself by a whole word comes before one that shows itself by an
/// ending, since 市委网信办 ends like a department and 市税务局 too.
pub(crate) fn kind_shown(name: &str) -> (PartyKind, Confidence) {
    let Shape {
        kind, confidence, ..
    } = shape(name);
    (kind, confidence)
}

/// A name without the second one in brackets: 市委宣传部(市政府新闻办) is one seat with two name-plates.
fn before_second_plate(name: &str) -> &str {
    let before = name
        .strip_suffix([')', ']'])
        .and_then(|name| name.split_once(['(', '[']));
    before.map_or(name, |(first, _)| first.trim_end())
}

struct Rule {
    kind: PartyKind,
    percent: u8,
    shows: Shows,
    /// Separated by spaces.
    words: &'static str,
}

enum Shows {
    /// The name is the word.
    Is,
    /// The name begins with a word and has more.
    Begins,
    /// The name ends with a word and has more.
    Ends,
    /// The word is somewhere in the name.
    Holds,
    /// A level word or a place, then 委 and not 委员会: 市委, 区委网信办.
    CommitteeOfALevel,
}

impl Shows {
    /// Whether a word that stands in a name from `at` to `end` shows the kind.
    fn there(&self, name: &str, at: usize, end: usize) -> bool {
        match self {
            Self::Is => at == 0 && end == name.len(),
            Self::Begins => at == 0 && end < name.len(),
            Self::Ends => at > 0 && end == name.len(),
            Self::Holds => true,
            Self::CommitteeOfALevel => !name[end..].starts_with("员"),
        }
    }
}

/// The first rule that applies to a name, which is gone through once.
fn rule_of(name: &str) -> Option<&'static Rule> {
    /// The words of all rules, with the rule, by their first character.
    static BY_FIRST: LazyLock<FxHashMap<char, Vec<(&str, usize)>>> = LazyLock::new(|| {
        let mut by = FxHashMap::<char, Vec<_>>::default();
        for (index, rule) in RULES.iter().enumerate() {
            for word in rule.words.split_ascii_whitespace() {
                if let Some(first) = word.chars().next() {
                    by.entry(first).or_default().push((word, index));
                }
            }
        }
        by
    });
    let mut found = RULES.len();
    for (at, first) in name.char_indices() {
        for &(word, index) in BY_FIRST.get(&first).into_iter().flatten() {
            if index < found
                && name[at..].starts_with(word)
                && RULES[index].shows.there(name, at, at + word.len())
            {
                found = index;
            }
        }
    }
    RULES.get(found)
}

const fn rule(kind: PartyKind, percent: u8, shows: Shows, words: &'static str) -> Rule {
    Rule {
        kind,
        percent,
        shows,
        words,
    }
}

static RULES: &[Rule] = &[
    rule(
        PartyKind::CoordinationBody,
        90,
        Shows::Ends,
        "领导小组 领导小组办公室 联席会议 联席会议办公室 指挥部 指挥部办公室 工作专班 工作组 协调小组 \
         协调机制 专班 专项小组 专项组 执委会 组委会 筹委会",
    ),
    rule(PartyKind::MassOrganization, 90, Shows::Begins, "共青团"),
    rule(
        PartyKind::MassOrganization,
        90,
        Shows::Ends,
        "总工会 妇联 妇女联合会 残联 残疾人联合会 工商联 工商业联合会 科协 科学技术协会 贸促会 红十字会 \
         文联 社科联 侨联 团委",
    ),
    rule(
        PartyKind::MassOrganization,
        90,
        Shows::Holds,
        "团市委 团省委 团区委 团县委 团州委",
    ),
    rule(
        PartyKind::MassOrganization,
        80,
        Shows::Is,
        "总工会 妇联 残联 工商联 科协 贸促会 红十字会 文联 社科联 侨联 团委",
    ),
    rule(
        PartyKind::CourtProcuratorate,
        95,
        Shows::Ends,
        "法院 检察院",
    ),
    rule(
        PartyKind::CourtProcuratorate,
        80,
        Shows::Is,
        "法院 检察院 最高法 最高检",
    ),
    rule(
        PartyKind::Department,
        80,
        Shows::Is,
        "证监会 银保监会 银监会 保监会 电监会 工程院 中科院 社科院 新华社 中央广播电视总台 \
         自然科学基金会 供销合作总社 消防处 香港警务处",
    ),
    rule(PartyKind::Department, 85, Shows::Begins, "武警"),
    rule(
        PartyKind::CommitteeOrgan,
        95,
        Shows::CommitteeOfALevel,
        "市委 省委 区委 县委 州委 旗委 盟委 自治区党委",
    ),
    rule(PartyKind::CommitteeOrgan, 90, Shows::Begins, "中共"),
    rule(
        PartyKind::CommitteeOrgan,
        85,
        Shows::Ends,
        "纪委 纪委监委 党委 党工委 党组 党总支 党支部 两委 \"两委\" 组织部 宣传部 统战部 政法委 网信办 编办",
    ),
    rule(
        PartyKind::VerticalAgency,
        85,
        Shows::Ends,
        "海关 税务局 海事局 通信管理局 气象局 邮政管理局 银保监局 证监局 边检站 边检总站 \
         出入境边防检查总站 调查总队 烟草专卖局 矿山安监局",
    ),
    rule(PartyKind::VerticalAgency, 80, Shows::Is, "海关"),
    rule(
        PartyKind::VerticalAgency,
        80,
        Shows::Holds,
        "人民银行 外汇管理局 金融监管总局",
    ),
    rule(PartyKind::Government, 95, Shows::Ends, "人民政府 政府"),
    rule(PartyKind::Government, 75, Shows::Ends, "生产建设兵团 团场"),
    rule(PartyKind::Government, 75, Shows::Is, "兵团"),
    rule(PartyKind::Government, 75, Shows::Begins, "兵团第"),
    rule(
        PartyKind::Government,
        75,
        Shows::Ends,
        "街道办事处 街道办 街道 区公所 公所",
    ),
    rule(
        PartyKind::Department,
        90,
        Shows::Ends,
        "监督管理委员会 城市管理委员会",
    ),
    rule(
        PartyKind::FunctionalZone,
        90,
        Shows::Ends,
        "管委会 管理委员会 开发区 高新区 保税区 自贸区 功能区 产业园区 示范区 合作区 \
         风景区 风景名胜区",
    ),
    rule(
        PartyKind::FunctionalZone,
        80,
        Shows::Is,
        "高新区 经开区 开发区 综保区 保税区 自贸区 功能区 新区 园区 经济开发区 高新技术开发区",
    ),
    rule(
        PartyKind::FunctionalZone,
        65,
        Shows::Ends,
        "园区 新区 经开区 综保区 管理区 度假区 经济区 新城 科技城 产业城",
    ),
    rule(
        PartyKind::University,
        90,
        Shows::Ends,
        "大学 学院 高等专科学校",
    ),
    rule(
        PartyKind::Institute,
        85,
        Shows::Ends,
        "研究院 研究所 检验所 检测所 检定所 科学院 科院 设计院 规划院 工程院 实验室 研究中心",
    ),
    rule(
        PartyKind::Enterprise,
        90,
        Shows::Ends,
        "集团 公司 银行 分行 支行 财险 寿险 运营商 运营企业 通信企业 服务企业 供水企业 供电企业 供气企业 燃气企业 国有企业",
    ),
    rule(
        PartyKind::Enterprise,
        85,
        Shows::Is,
        "中国电信 中国移动 中国联通 中国铁塔 中国广电 中国邮政 中国石油 中国石化 中国海油 中石油 中石化 中海油 国家电网 \
         南方电网 国家管网",
    ),
    rule(
        PartyKind::Department,
        90,
        Shows::Ends,
        "局 厅 委员会 办公室 办公厅 总局 署",
    ),
    rule(PartyKind::Department, 80, Shows::Ends, "委 办 部"),
    rule(
        PartyKind::Department,
        60,
        Shows::Ends,
        "法庭 业务庭 立案庭 审判庭 民庭 刑庭 一庭 二庭 三庭 四庭 总队 支队 调查队 中心 研究室 参事室 督查室 监察室 \
        督导室 督办室 纪检组 纪检监察组",
    ),
    rule(PartyKind::Other, 20, Shows::Is, "大会 社会 机会"),
    rule(
        PartyKind::Other,
        20,
        Shows::Ends,
        "大会 社会 机会 常委会 党委会 全委会 两委会 城乡 下乡 返乡 家乡 老区 社区 小区 城区 地区 山区 辖区 校区 片区 景区 库区 控股 入股 参股",
    ),
    rule(
        PartyKind::Other,
        60,
        Shows::Ends,
        "协会 学会 商会 联合会 联盟 医院 保健院 卫生院 福利院 研究生院 气象台 学校 电视台 总台 报社 供销社 供销合作社 合作社联合社 出版社 博物馆 图书馆 文化馆 美术馆 科技馆 纪念馆 方志馆 军区 军分区 警备区 党校 档案馆 \
         基金会 联社 信用社 直属库 储备库 粮库 粮站 血站 广播电台 融媒体中心 社科院 农科院",
    ),
    rule(
        PartyKind::Other,
        60,
        Shows::Is,
        "图书馆 文化馆 博物馆 美术馆 科技馆 纪念馆 档案馆 电视台 融媒体中心 供销社 党校 卫生院",
    ),
    rule(PartyKind::Department, 60, Shows::Is, "办公室"),
    // 公安部门, 税务机关: whoever it is at each level.
    rule(
        PartyKind::Department,
        60,
        Shows::Ends,
        "部门 机关 救援机构 监管机构",
    ),
    rule(PartyKind::Department, 60, Shows::Ends, "会"),
    rule(PartyKind::Government, 60, Shows::Ends, "区 县 自治州 镇 乡"),
    rule(
        PartyKind::Subunit,
        60,
        Shows::Ends,
        "处 司 科 股 处室 科室 股室 车间 工段 班组 大队 中队 执法队 工作队 服务队 保洁队 护林队 地质队 公路段 养护段 理所 管所 政所 法所 源所 划所 土所 出所 务所 生所 \
         测站 作站 务站 管站 业站 化站 医站 技站 理站",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_a_name_shows_its_kind() {
        use PartyKind as K;
        for (name, kind) in [
            ("市委网信办", K::CommitteeOrgan),
            ("天津市委网信办", K::CommitteeOrgan),
            ("市教委", K::Department),
            ("市卫生健康委员会", K::Department),
            ("市市场监管委", K::Department),
            ("市市场监督管理委员会", K::Department),
            ("海河教育园区管理委员会", K::FunctionalZone),
            ("证监会", K::Department),
            ("市人工智能行业协会", K::Other),
            ("建设银行天津分行", K::Enterprise),
            ("交通运输部门", K::Department),
            ("武警江西总队", K::Department),
            ("东湖风景区", K::FunctionalZone),
            ("财政所", K::Subunit),
            ("兵团第七师", K::Government),
            ("兵团工业和信息化局", K::Department),
            ("规划财务司", K::Subunit),
            ("最高检", K::CourtProcuratorate),
            ("中央财经大学", K::University),
            ("中央网信办", K::CommitteeOrgan),
            ("团市委", K::MassOrganization),
            ("市妇联", K::MassOrganization),
            ("西青区人民政府", K::Government),
            ("市政府办公厅", K::Department),
            ("海河教育园区管委会", K::FunctionalZone),
            ("天津海关", K::VerticalAgency),
            ("市税务局", K::VerticalAgency),
            ("天津港集团", K::Enterprise),
            ("人民银行天津分行", K::VerticalAgency),
            ("南开大学", K::University),
            ("市科技领导小组", K::CoordinationBody),
            ("市高级人民法院", K::CourtProcuratorate),
            ("市委宣传部(市政府新闻办)", K::CommitteeOrgan),
            ("市工业和信息化局", K::Department),
            ("有关单位", K::Collective),
            ("各区人民政府", K::Collective),
            ("中新天津生态城", K::Other),
            ("高新区", K::FunctionalZone),
            ("市市场监管局[知识产权局]", K::Department),
        ] {
            assert_eq!(kind_shown(name).0, kind, "{name}");
        }
        for name in ["中新天津生态城", "部门:市教委", "市委宣传部(", "下同)"] {
            assert!(!shows_party(name), "{name}");
        }
    }

    #[test]
    fn sets_and_open_references_are_told_from_names() {
        use Reference::{Collective, Indefinite, Named};
        for (name, expected) in [
            ("有关单位", Indefinite),
            ("国务院相关部门", Indefinite),
            ("市级各有关部门", Indefinite),
            ("各有关部门和单位", Indefinite),
            ("各区人民政府", Collective),
            ("各县(市、区)政府", Collective),
            ("各有关省级人民政府", Collective),
            ("市各委办局", Collective),
            ("自治区人民政府各部门", Collective),
            ("各社区居委会", Collective),
            ("各科室", Collective),
            ("各乡镇(街道)", Collective),
            ("市级部门", Collective),
            ("地方政府", Collective),
            ("属地街道", Collective),
            ("各中小学", Collective),
            ("在榕高校", Collective),
            ("三大运营商", Collective),
            ("市、县(区)教育局", Collective),
            ("各牵头部门", Indefinite),
            ("相关县(市、区)", Indefinite),
            ("16市政府", Collective),
            ("两省一市有关部门", Indefinite),
            ("三省一市公安厅(局)", Collective),
            ("三明市人民政府", Named),
            ("二七区管委会", Named),
            ("有关区人民政府", Indefinite),
            ("沿线有关市县政府", Indefinite),
            ("各项工作", Named),
            ("市科技局", Named),
            ("有关工作要求", Named),
        ] {
            assert_eq!(reference(name), expected, "{name}");
        }
    }
}
