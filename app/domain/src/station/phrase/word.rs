//! The closed list of words that are understood. A text with any other word is not read at all.

use super::clock::Part;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// 营业时间: names the text; harmless before hours.
    Label,
    /// 开放, 对外: says nothing that the hours do not say.
    Harmless,
    /// 白天: harmless before a time.
    Daytime,
    /// 开门: harmless, or the first half of "8:00开门，18:00关门".
    Opens,
    /// 闭馆: a day's, or the second half of "8:00开馆，17:00闭馆".
    Shuts,
    /// 下班: of a time only.
    Ends,
    /// 休息.
    Closed,
    /// 除外.
    Except,
    /// 除 … 外.
    But,
    /// 外 of 除 … 外.
    Beyond,
    /// 含 (节假日).
    Include,
    /// 不含 (节假日).
    Exclude,
    /// 照常, 不休.
    Usual,
    /// 正常营业: as [`Word::Usual`] of a holiday, harmless otherwise.
    Normal,
    /// 全年无休.
    YearRound,
    /// 有人值守.
    Attended,
    /// 无人值守, 自助.
    Unattended,
    /// 扫码进入: a door, and of 其余时间 that it opens.
    ScanIn,
    /// 其余时间.
    RestTime,
    /// 午休.
    Break,
    /// 中午不休.
    NoBreak,
    /// 调休上班日.
    MakeUpDay,
    /// 每天.
    EveryDay,
    /// 工作日.
    WorkingDay,
    /// 周末.
    Weekend,
    /// 法定节假日: the statutory days off and nothing else.
    StatutoryHoliday,
    /// 节假日: in some mouths the weekend too.
    Holiday,
    /// 全天.
    WholeDay,
    /// 全天候, 7*24小时.
    RoundTheClock,
    /// 小时.
    Hours,
    /// 次日.
    NextDay,
    /// 次年.
    NextYear,
    /// 点, 时.
    Hour,
    /// 分.
    Minute,
    /// 半.
    Half,
    /// 刻.
    Quarter,
    /// 整.
    Sharp,
    /// 月.
    Month,
    /// 日, 号.
    DayOfMonth,
    /// 夏季: a label of months, never months by itself.
    Season,
    /// 及, 和.
    And,
    /// 上午, 晚.
    Part(Part),
}

const WORDS: &[(Word, &[&str])] = &[
    (
        Word::Label,
        &[
            "营业时间",
            "开放时间",
            "服务时间",
            "工作时间",
            "办公时间",
            "上班时间",
            "接待时间",
            "开馆时间",
            "开门时间",
            "对外开放时间",
            "对外服务时间",
            "办理时间",
            "受理时间",
            "值班时间",
            "开放时段",
            "营业时段",
            "服务时段",
            "时间",
            "时段",
            "开闭馆时间",
        ],
    ),
    (
        Word::Harmless,
        &[
            "对外开放",
            "免费开放",
            "开放",
            "营业",
            "服务",
            "办公",
            "上班",
            "接待",
            "值班",
            "对外",
            "免费",
            "提供",
            "均",
            "都",
            "为",
            "从",
            "自",
            "止",
            "每年",
            "全年",
            "常年",
            "期间",
            "每逢",
            "逢",
            "当日",
            "当天",
            "在内",
            "欢迎光临",
            "欢迎",
            "可用",
            "的",
        ],
    ),
    (Word::Daytime, &["白天", "日间"]),
    (Word::Opens, &["开门", "开馆", "开园", "开店"]),
    (Word::Shuts, &["闭馆", "闭园", "闭店", "关门", "关闭", "关"]),
    (Word::Ends, &["下班", "打烊", "结束"]),
    (
        Word::Closed,
        &[
            "休息",
            "休",
            "公休",
            "休馆",
            "不开",
            "不开放",
            "不对外开放",
            "不开门",
            "不营业",
            "不上班",
            "不办公",
            "不服务",
            "停业",
            "放假",
            "全天闭馆",
            "全天休息",
            "全天不开放",
            "全天关闭",
        ],
    ),
    (Word::Except, &["除外"]),
    (Word::But, &["除", "除了"]),
    (Word::Beyond, &["外", "以外", "之外"]),
    (Word::Include, &["含", "包含", "包括"]),
    (Word::Exclude, &["不含", "不包含", "不包括"]),
    (
        Word::Usual,
        &[
            "照常",
            "照常营业",
            "照常开放",
            "照常上班",
            "照常服务",
            "不休",
            "不休息",
            "无休",
            "不打烊",
            "不放假",
            "不闭馆",
            "不关门",
            "不停业",
        ],
    ),
    (Word::Normal, &["正常", "正常营业", "正常开放", "正常上班", "正常服务"]),
    (Word::YearRound, &["全年无休", "全年不休", "全年不打烊", "年中无休", "全年365天", "一年365天", "365天"]),
    (Word::Attended, &["有人值守", "有人值班", "有人", "人工服务", "专人值守"]),
    (
        Word::Unattended,
        &["无人值守", "无人", "无人值班", "自助", "自助服务", "自助开放", "自助进入", "自助营业", "自助使用"],
    ),
    (Word::ScanIn, &["扫码进入", "扫码进门", "扫码开门", "扫码入内", "刷脸进入", "刷脸进门", "刷脸开门"]),
    (Word::RestTime, &["其余时间", "其他时间", "其它时间", "其余时段", "其他时段", "其它时段"]),
    (Word::Break, &["午休", "午休时间", "中午休息", "午间休息"]),
    (Word::NoBreak, &["中午不休息", "中午不休", "中午无休", "午间不休息", "午间不休", "午间无休"]),
    (Word::MakeUpDay, &["调休上班日", "调休工作日", "调休日", "调休补班日", "补班日"]),
    (Word::EveryDay, &["每天", "每日", "天天", "一周七天", "一周7天", "每周七天", "每周7天", "7天", "七天", "全周"]),
    (Word::WorkingDay, &["工作日", "法定工作日", "国家法定工作日"]),
    (Word::Weekend, &["周末", "双休日"]),
    (
        Word::StatutoryHoliday,
        &["法定节假日", "国家法定节假日", "法定假日", "国家法定假日", "法定节日", "法定假期", "国定节假日", "国定假日"],
    ),
    (Word::Holiday, &["节假日", "节日", "假日"]),
    (Word::WholeDay, &["全天", "整天"]),
    (Word::RoundTheClock, &["全天候", "7*24小时", "24*7小时", "7*24h"]),
    (Word::Hours, &["小时", "h", "个小时"]),
    (Word::NextDay, &["次日", "第二天", "翌日", "第二日"]),
    (Word::NextYear, &["次年", "翌年", "第二年", "来年", "隔年"]),
    (Word::Hour, &["点", "时", "点钟"]),
    (Word::Minute, &["分", "分钟"]),
    (Word::Half, &["半"]),
    (Word::Quarter, &["刻"]),
    (Word::Sharp, &["整"]),
    (Word::Month, &["月", "月份"]),
    (Word::DayOfMonth, &["日", "号"]),
    (
        Word::Season,
        &[
            "夏季",
            "冬季",
            "春季",
            "秋季",
            "夏天",
            "冬天",
            "夏令时",
            "冬令时",
            "夏时制",
            "冬时制",
            "旺季",
            "淡季",
            "夏秋季",
            "冬春季",
            "春夏季",
            "秋冬季",
        ],
    ),
    (Word::And, &["及", "和", "与", "以及"]),
    (Word::Part(Part::Small), &["凌晨"]),
    (Word::Part(Part::Early), &["早", "早上", "早晨", "清晨", "晨", "朝", "早间"]),
    (Word::Part(Part::Forenoon), &["上午"]),
    (Word::Part(Part::Noon), &["中午", "正午", "午间"]),
    (Word::Part(Part::Afternoon), &["下午", "午后"]),
    (Word::Part(Part::Dusk), &["傍晚"]),
    (Word::Part(Part::Evening), &["晚", "晚上", "晚间"]),
    (Word::Part(Part::Night), &["夜间", "夜里", "夜晚", "深夜", "半夜", "夜"]),
];

impl Word {
    /// The longest word a text begins with, and its length in letters.
    pub(super) fn at(text: &[char]) -> Option<(Self, usize)> {
        let mut best = None;
        for (word, names) in WORDS {
            for name in *names {
                let length = starts(text, name);
                if length > best.map_or(0, |(_, longest)| longest) {
                    best = Some((*word, length));
                }
            }
        }
        best
    }
}

/// The length of a name that a text begins with; 0 when it does not.
fn starts(text: &[char], name: &str) -> usize {
    let mut length = 0;
    for letter in name.chars() {
        if text.get(length) != Some(&letter) {
            return 0;
        }
        length += 1;
    }
    length
}
