//! Hours in Chinese words: understood wholly, or not at all.

use domain::station::phrase::{self, LONGEST};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// As written, and the OSM rules it says.
const UNDERSTOOD: &[(&str, &str)] = &[
    // Spans, in the many ways to write one.
    ("8:00-18:00", "08:00-18:00"),
    ("08:00—18:00", "08:00-18:00"),
    ("8：00－18：00", "08:00-18:00"),
    ("８：００～１８：００", "08:00-18:00"),
    ("8:00——18:00", "08:00-18:00"),
    ("8:00至18:00", "08:00-18:00"),
    ("8:00 到 18:00", "08:00-18:00"),
    ("09:00:00-21:30:00", "09:00-21:30"),
    ("8点-18点", "08:00-18:00"),
    ("8点30分-18点30分", "08:30-18:30"),
    ("8点30-20点", "08:30-20:00"),
    ("8时—20时", "08:00-20:00"),
    ("8时30分至17时30分", "08:30-17:30"),
    ("9点整到21点整", "09:00-21:00"),
    ("8-18点", "08:00-18:00"),
    ("6:00-24:00", "06:00-24:00"),
    ("6:00-0:00", "06:00-24:00"),
    ("0点-24点", "00:00-24:00"),
    ("八点至十八点", "08:00-18:00"),
    ("八点半至二十二点", "08:30-22:00"),
    ("八点一刻到二十点三刻", "08:15-20:45"),
    ("从8:00至20:00止", "08:00-20:00"),
    ("营业时间：9:00-21:00", "09:00-21:00"),
    ("【开放时间】8:30-17:30", "08:30-17:30"),
    ("对外开放 8:00-20:00。", "08:00-20:00"),
    ("8:00-20:00，欢迎光临", "08:00-20:00"),
    // Words for the part of the day.
    ("早八点至晚六点", "08:00-18:00"),
    ("早8点到晚8点", "08:00-20:00"),
    ("早上9点-晚上9点半", "09:00-21:30"),
    ("上午9点-下午5点半", "09:00-17:30"),
    ("上午8:30—下午5:30", "08:30-17:30"),
    ("早8晚10", "08:00-22:00"),
    ("早8:00晚10:00", "08:00-22:00"),
    ("早9-晚6", "09:00-18:00"),
    ("朝九晚五", "09:00-17:00"),
    ("早六点至晚十二点", "06:00-24:00"),
    ("8点到晚上10点", "08:00-22:00"),
    ("9:00-晚9:00", "09:00-21:00"),
    ("中午11:30-下午1:30", "11:30-13:30"),
    ("中午11:30-1:30", "11:30-13:30"),
    ("下午2点-5点", "14:00-17:00"),
    ("上午9点-11点", "09:00-11:00"),
    ("凌晨5点-晚上11点", "05:00-23:00"),
    ("下午4点至傍晚7点", "16:00-19:00"),
    ("白天8:00-18:00", "08:00-18:00"),
    ("8:00开门，18:00关门", "08:00-18:00"),
    ("早上8点开门，晚上9点打烊", "08:00-21:00"),
    // Over midnight.
    ("22:00-8:00", "22:00-08:00"),
    ("22:00-次日8:00", "22:00-08:00"),
    ("10:00-次日2:00", "10:00-02:00"),
    ("晚上10点到次日早上6点", "22:00-06:00"),
    ("晚10点-早6点", "22:00-06:00"),
    ("上午10点至凌晨2点", "10:00-02:00"),
    ("17:00-凌晨3:30", "17:00-03:30"),
    ("9:00至第二天凌晨1:00", "09:00-01:00"),
    ("11:00-次日凌晨2点", "11:00-02:00"),
    ("20点-6点", "20:00-06:00"),
    ("晚上8点到夜里2点", "20:00-02:00"),
    // Split days.
    ("8:30-12:00，14:00-17:30", "08:30-12:00,14:00-17:30"),
    ("8:30-12:00、14:00-17:30", "08:30-12:00,14:00-17:30"),
    ("8:30-12:00 14:00-17:30", "08:30-12:00,14:00-17:30"),
    ("8:00-12:00；14:00-18:00", "08:00-12:00,14:00-18:00"),
    ("8:00-12:00/14:00-18:00", "08:00-12:00,14:00-18:00"),
    ("8:30-12:00\n13:30-17:30", "08:30-12:00,13:30-17:30"),
    ("上午8:30-12:00 下午14:00-17:30", "08:30-12:00,14:00-17:30"),
    ("上午：8:30-12:00；下午：2:00-5:30", "08:30-12:00,14:00-17:30"),
    ("早上8点-12点，下午2点-6点", "08:00-12:00,14:00-18:00"),
    ("8点-12点，14点-18点", "08:00-12:00,14:00-18:00"),
    ("周一至周五 上午9:00-12:00；下午13:00-17:00", "Mo-Fr 09:00-12:00,13:00-17:00"),
    ("9:00-18:00（12:00-13:00休息）", "09:00-12:00,13:00-18:00"),
    ("8:30-17:30，中午休息12:00-13:30", "08:30-12:00,13:30-17:30"),
    ("8:30-17:30（午休12:00-14:00）", "08:30-12:00,14:00-17:30"),
    ("8:30-17:30（中午不休息）", "08:30-17:30"),
    // Days of the week.
    ("每天8:00-20:00", "08:00-20:00"),
    ("每日 07:00～22:00", "07:00-22:00"),
    ("天天 9:00-21:00", "09:00-21:00"),
    ("一周七天 8:00-20:00", "08:00-20:00"),
    ("周一至周日 8:00-20:00", "08:00-20:00"),
    ("周一至周五 9:00-17:00", "Mo-Fr 09:00-17:00"),
    ("周一～周五9:00～17:00", "Mo-Fr 09:00-17:00"),
    ("周一到五 9:00-17:00", "Mo-Fr 09:00-17:00"),
    ("星期一到星期五：8:00-17:00", "Mo-Fr 08:00-17:00"),
    ("礼拜一至礼拜六 早8点到晚6点", "Mo-Sa 08:00-18:00"),
    ("每周一至周五，8:30-17:30", "Mo-Fr 08:30-17:30"),
    ("周一、三、五 9:00-12:00", "Mo,We,Fr 09:00-12:00"),
    ("周二、周四 14:00-17:00", "Tu,Th 14:00-17:00"),
    ("周六日 10:00-16:00", "Sa-Su 10:00-16:00"),
    ("周六、日 10:00-16:00", "Sa-Su 10:00-16:00"),
    ("周六周日 10:00-16:00", "Sa-Su 10:00-16:00"),
    ("星期六,星期日 10:00-16:00", "Sa-Su 10:00-16:00"),
    ("周末 10:00-16:00", "Sa-Su 10:00-16:00"),
    ("双休日9:00-16:00", "Sa-Su 09:00-16:00"),
    ("周日至周四 9:00-21:00，周五至周六 9:00-22:00", "Mo-Th,Su 09:00-21:00; Fr-Sa 09:00-22:00"),
    ("周一至周五 8:00-18:00，周末 9:00-17:00", "Mo-Fr 08:00-18:00; Sa-Su 09:00-17:00"),
    ("周一至周五8:30-17:30；周六9:00-12:00", "Mo-Fr 08:30-17:30; Sa 09:00-12:00"),
    ("周一至周五 8:30-17:30 周六 9:00-12:00", "Mo-Fr 08:30-17:30; Sa 09:00-12:00"),
    ("周一至周五\n8:30-17:30", "Mo-Fr 08:30-17:30"),
    ("9:00-17:00（周一至周五）", "Mo-Fr 09:00-17:00"),
    ("9:00-17:00，周一至周五", "Mo-Fr 09:00-17:00"),
    ("周二至周日（9:00—17:00）", "Tu-Su 09:00-17:00"),
    // Closed days.
    ("9:00-17:00（周一闭馆）", "Tu-Su 09:00-17:00"),
    ("每天9:00-17:00，周一休息", "Tu-Su 09:00-17:00"),
    ("周二至周日9:00-17:00，周一闭馆", "Tu-Su 09:00-17:00"),
    ("周一至周六 9:00-18:00，周日不开", "Mo-Sa 09:00-18:00"),
    ("8:00-18:00，周六、周日休息", "Mo-Fr 08:00-18:00"),
    ("周一至周五 9:00-17:00，周末不开放", "Mo-Fr 09:00-17:00"),
    ("除周一外每天9:00-17:00", "Tu-Su 09:00-17:00"),
    ("9:00-17:00（周日除外）", "Mo-Sa 09:00-17:00"),
    // Days off.
    ("周一至周五 9:00-17:00（法定节假日除外）", "Mo-Fr 09:00-17:00; PH off"),
    ("周一至周五 9:00—17:00（法定节假日除外）", "Mo-Fr 09:00-17:00; PH off"),
    ("周一至周五（法定节假日除外）9:00-17:00", "Mo-Fr 09:00-17:00; PH off"),
    ("周一至周五9:00-17:00，节假日休息", "Mo-Fr 09:00-17:00; PH off"),
    ("8:30-17:30，法定节假日不开放", "08:30-17:30; PH off"),
    ("9:00-17:00，周末及法定节假日除外", "Mo-Fr 09:00-17:00; PH off"),
    ("8:00-18:00，周六、周日、节假日休息", "Mo-Fr 08:00-18:00; PH off"),
    ("周一至周五 9:00-17:00，周末及节假日 10:00-16:00", "Mo-Fr 09:00-17:00; Sa-Su,PH 10:00-16:00"),
    ("每天8:00-20:00（含节假日）", "Mo-Su,PH 08:00-20:00"),
    ("每天 8:00-20:00，节假日照常", "Mo-Su,PH 08:00-20:00"),
    ("8:00-20:00 节假日不休", "Mo-Su,PH 08:00-20:00"),
    ("8:00-20:00（节假日正常开放）", "Mo-Su,PH 08:00-20:00"),
    ("全年无休 7:00-22:00", "Mo-Su,PH 07:00-22:00"),
    ("8:00-22:00，周末、节假日不休", "Mo-Su,PH 08:00-22:00"),
    ("9:00-17:00，周一闭馆（法定节假日除外）", "Tu-Su,PH 09:00-17:00"),
    ("8:30-17:30，除法定节假日外", "08:30-17:30; PH off"),
    ("每天9:00-17:00，法定节假日10:00-16:00", "09:00-17:00; PH 10:00-16:00"),
    ("法定节假日10:00-16:00，每天9:00-17:00", "09:00-17:00; PH 10:00-16:00"),
    // Working days of the nation.
    ("工作日 9:00-17:00", "Mo-Fr 09:00-17:00; PH off"),
    ("工作日（周一至周五）8:30-17:30", "Mo-Fr 08:30-17:30; PH off"),
    ("8:30-17:30（工作日）", "Mo-Fr 08:30-17:30; PH off"),
    ("工作日 8:30-12:00，14:00-17:30，周末及节假日休息", "Mo-Fr 08:30-12:00,14:00-17:30; PH off"),
    ("工作日 9:00-17:00，周末 10:00-16:00", "Mo-Fr 09:00-17:00; Sa-Su 10:00-16:00; PH unknown"),
    ("工作日9:00-20:00，双休日及法定节假日10:00-18:00", "Mo-Fr 09:00-20:00; Sa-Su,PH 10:00-18:00"),
    ("周一至周五9:00-17:00，法定节假日除外，调休上班日照常", "Mo-Fr 09:00-17:00; PH off"),
    // Round the clock.
    ("24小时", "24/7"),
    ("２４小时", "24/7"),
    ("24h", "24/7"),
    ("24小时营业", "24/7"),
    ("24小时对外开放", "24/7"),
    ("全天24小时", "24/7"),
    ("24小时全天开放", "24/7"),
    ("二十四小时开放", "24/7"),
    ("全天候开放", "24/7"),
    ("7*24小时", "24/7"),
    ("7×24小时服务", "24/7"),
    ("每天24小时，全年无休", "24/7"),
    ("24小时不打烊", "24/7"),
    ("24小时（0:00-24:00）", "24/7"),
    ("全天开放，节假日不休", "24/7"),
    ("全天", "00:00-24:00"),
    ("每天全天", "00:00-24:00"),
    ("0:00-24:00", "00:00-24:00"),
    ("周一至周五24小时", "Mo-Fr 00:00-24:00"),
    ("24小时（法定节假日除外）", "00:00-24:00; PH off"),
    // Seasons with their months.
    ("4月-10月 7:00-20:00，11月-3月 8:00-18:00", "Apr-Oct 07:00-20:00; Nov-Mar 08:00-18:00"),
    ("4-10月 7:00-20:00；11-次年3月 8:00-18:00", "Apr-Oct 07:00-20:00; Nov-Mar 08:00-18:00"),
    (
        "夏季（5月1日-9月30日）8:00-19:00，冬季（10月1日-4月30日）8:30-18:00",
        "May 01-Sep 30 08:00-19:00; Oct 01-Apr 30 08:30-18:00",
    ),
    (
        "夏季开放时间（5月至9月）：8:00-12:00，15:00-18:00；冬季开放时间（10月至次年4月）：8:00-12:00，14:00-17:30",
        "May-Sep 08:00-12:00,15:00-18:00; Oct-Apr 08:00-12:00,14:00-17:30",
    ),
    (
        "4月1日至10月31日（旺季）8:30-17:30，11月1日至3月31日（淡季）9:00-17:00，周一闭馆",
        "Apr 01-Oct 31 Tu-Su 08:30-17:30; Nov 01-Mar 31 Tu-Su 09:00-17:00",
    ),
    (
        "周一至周五 夏季（5月-9月）8:00-18:00 冬季（10月-4月）8:30-17:30",
        "May-Sep Mo-Fr 08:00-18:00; Oct-Apr Mo-Fr 08:30-17:30",
    ),
];

/// Understood too, with what stands beside the rules: unattended hours.
const UNATTENDED: &[(&str, &str, &str)] = &[
    ("24小时自助", "24/7", "24/7"),
    ("24小时无人值守", "24/7", "24/7"),
    ("24小时开放，无人值守", "24/7", "24/7"),
    ("24小时自助服务", "24/7", "24/7"),
    ("8:00-22:00，夜间无人值守 22:00-8:00", "08:00-22:00", "22:00-08:00"),
    ("8:00-22:00有人值守，22:00-8:00无人值守", "08:00-22:00", "22:00-08:00"),
    ("白天有人 8:00-18:00，其余时间扫码进入", "08:00-18:00", "18:00-08:00"),
    ("8:00-18:00，其余时间自助", "08:00-18:00", "18:00-08:00"),
    ("24小时开放（22:00-8:00无人值守）", "24/7", "22:00-08:00"),
    ("周一至周五 9:00-17:00，24小时自助", "Mo-Fr 09:00-17:00", "24/7"),
];

/// Not understood, or understood in two ways.
const REFUSED: &[&str] = &[
    "",
    " ",
    "-",
    "；",
    "（）",
    "营业时间",
    "营业时间：",
    "工作日",
    "工作日开放",
    "白天开放",
    "周一至周五",
    "节假日照常",
    "全年无休",
    "全年开放",
    "不定时开放",
    "随店铺营业时间",
    "同商场营业时间",
    "以现场为准",
    "以门口公告为准",
    "电话预约",
    "请致电咨询",
    "预约开放",
    "暂停营业",
    "装修中",
    "暂无",
    "未知",
    "夜间无人值守",
    "扫码进入",
    // Half a span, or no time of this world.
    "8:00",
    "8:00-",
    "-18:00",
    "8:00起",
    "8:00以后",
    "18:00打烊",
    "25:00-26:00",
    "8:60-9:00",
    "8:00-18:000",
    "8:00-8:00",
    "24:00-8:00",
    "8:3-18:00",
    "8.30-17.30",
    "0800-1800",
    "8-18",
    "12小时",
    "周八 8:00-18:00",
    "周一至周一 8:00-18:00",
    "13月-14月 8:00-18:00",
    // Which clock?
    "8点-6点",
    "9:00-5:00",
    "8点-10点",
    "早8点到10点",
    "早8点到6点",
    "8:30-12:00，2:00-5:30",
    "2:00-5:30",
    "1:00-下午5:00",
    "下午3点-下午12点",
    "早10点到早8点",
    "10:00-2:00",
    "中午5点-晚上8点",
    "晚3点-晚8点",
    "8:00-次日18:00",
    // About, mostly, or under a condition.
    "约8点至18点",
    "8:00-18:00左右",
    "一般8:00-18:00",
    "8:00-18:00（雨天除外）",
    "8:00-18:00，春节除外",
    "8:00-18:00，国庆放假",
    "8:00-18:00（17:30停止入馆）",
    "8:00-18:00，节假日另行通知",
    "8:00-18:00，以公告为准",
    "2026年1月1日起 8:00-18:00",
    "试营业 9:00-18:00",
    "9:00-17:00 电话12345678",
    "大厅9:00-17:00，自助区24小时",
    "就餐时间 11:00-13:00",
    "每月第一个周六 9:00-12:00",
    "单周周六 9:00-12:00",
    "隔日 9:00-12:00",
    // Two readings.
    "夏季8:00-19:00，冬季8:30-18:00",
    "夏令时 8:00-18:00",
    "4月-10月 7:00-20:00",
    "4月-10月 7:00-20:00，10月-3月 8:00-18:00",
    "8:00-18:00，夏季（6月-8月）7:00-20:00",
    "周一至周五 8:00-12:00；14:00-18:00",
    "8:00-20:00，周六 9:00-12:00",
    "周一至周五9:00-17:00，周五9:00-12:00",
    "周一至周五9:00-17:00，周三休息",
    "8:00-18:00，9:00-12:00",
    "14:00-18:00，8:00-12:00",
    "8:00-18:00 周一至周五 9:00-12:00 周六",
    "9:00-17:00，周一至周五，周六休息",
    "9:00-17:00 周一至周五 周六休息",
    "周一至周五，法定节假日除外，9:00-17:00",
    "周一至周五、法定节假日除外 9:00-17:00",
    "8:00-12:00，14:00-18:00（周六日）",
    "8:00-12:00，14:00-18:00（无人值守）",
    "8:00-18:00（节假日除外）",
    "8:00-18:00，节假日休息",
    "周一至周五9:00-17:00，节假日照常营业",
    "周一至周五9:00-17:00，节假日10:00-16:00",
    "工作日9:00-17:00，节假日不休",
    "全年无休，周一闭馆，9:00-17:00",
    "全年无休 8:00-18:00（法定节假日除外）",
    "9:00-17:00，周一闭馆，法定节假日除外",
    "周一闭馆，其他时间开放 9:00-17:00",
    "9:00-17:00（周一闭馆，法定节假日除外）",
    "法定节假日 9:00-17:00",
    "24小时开放（8:00-12:00，22:00-24:00无人值守）",
    "24小时 8:00-18:00",
    "全天营业 8:00-18:00",
    "9:00-17:00休息",
    "8:00-12:00，14:00-18:00，15:00-16:00休息",
    "8:00-18:00 无人值守 18:00-8:00",
    "周一至周五9:00-17:00（法定节假日除外），24小时自助",
    "营业时间8:00-12:00；办公时间14:00-18:00",
    "((8:00-18:00))",
    "(8:00-18:00",
    // The OSM parser's.
    "Mo-Fr 09:00-17:00; PH off",
    "24/7",
    "Mo-Fr 9:00-17:00",
    "9:00AM-5:00PM",
];

fn rules(text: &str) -> Option<String> {
    phrase::read(text).map(|phrase| phrase.rules)
}

#[test]
fn the_phrasings_of_real_files_are_read() {
    let wrong: Vec<_> = UNDERSTOOD
        .iter()
        .filter(|(text, rule)| rules(text).as_deref().unwrap_or("") != *rule)
        .map(|(text, rule)| format!("{text}: {:?}, not {rule}", rules(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (text, rule, unattended) in UNATTENDED {
        let phrase = phrase::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((phrase.rules.as_str(), phrase.unattended.as_deref()), (*rule, Some(*unattended)), "{text}");
    }
    assert!(UNDERSTOOD.iter().all(|(text, _)| phrase::read(text).is_none_or(|phrase| phrase.unattended.is_none())));
}

#[test]
fn what_is_not_understood_wholly_is_not_read() {
    let wrong: Vec<_> =
        REFUSED.iter().filter_map(|text| phrase::read(text).map(|phrase| (text, phrase.rules))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_is_large_and_a_third_of_it_is_refused() {
    let read = UNDERSTOOD.len() + UNATTENDED.len();
    assert!(read + REFUSED.len() >= 150 && REFUSED.len() * 2 >= read, "{read} read, {} refused", REFUSED.len());
}

#[test]
fn only_the_words_for_working_days_follow_the_calendar() {
    for (text, follows) in [
        ("工作日 9:00-17:00", true),
        ("8:30-17:30（工作日）", true),
        ("周一至周五9:00-17:00，法定节假日除外，调休上班日照常", true),
        ("工作日 9:00-17:00，周末 10:00-16:00", true),
        // The make-up days are not spoken of.
        ("周一至周五 9:00-17:00（法定节假日除外）", false),
        ("周一至周五 9:00-17:00", false),
        ("24小时", false),
    ] {
        assert_eq!(phrase::read(text).map(|phrase| phrase.follows_calendar), Some(follows), "{text}");
    }
}

/// The 22 hours of the Zhengzhou file; `None` stays text.
const ZHENGZHOU: &[(&str, usize, Option<&str>)] = &[
    ("周一至周五 09:00-17:00", 3, Some("Mo-Fr 09:00-17:00")),
    ("周一至周五 08:30-12:00,13:00-17:30", 1, Some("Mo-Fr 08:30-12:00,13:00-17:30")),
    ("周一至周五 08:00-12:00,14:00-18:00", 1, Some("Mo-Fr 08:00-12:00,14:00-18:00")),
    ("07:30-22:30", 2, Some("07:30-22:30")),
    ("08:00-22:00", 1, Some("08:00-22:00")),
    ("08:00-18:30", 1, Some("08:00-18:30")),
    ("周一至周五 09:00-20:00", 1, Some("Mo-Fr 09:00-20:00")),
    ("08:30-19:30", 1, Some("08:30-19:30")),
    ("09:00-20:00", 1, Some("09:00-20:00")),
    ("08:00-12:00,14:00-16:00", 1, Some("08:00-12:00,14:00-16:00")),
    ("08:30-12:00,14:00-17:30", 1, Some("08:30-12:00,14:00-17:30")),
    ("08:00-20:00", 1, Some("08:00-20:00")),
    ("工作日开放", 2, None),
    ("05:00-17:30", 1, Some("05:00-17:30")),
    ("08:45-23:45", 1, Some("08:45-23:45")),
    ("24小时", 2, Some("24/7")),
    ("08:30-18:00", 1, Some("08:30-18:00")),
];

#[test]
fn twenty_of_the_22_hours_of_zhengzhou_are_read() {
    for (text, _, rule) in ZHENGZHOU {
        assert_eq!(rules(text).as_deref(), *rule, "{text}");
    }
    let read: usize = ZHENGZHOU.iter().filter(|(.., rule)| rule.is_some()).map(|(_, rows, _)| rows).sum();
    assert_eq!((read, ZHENGZHOU.iter().map(|(_, rows, _)| rows).sum()), (20, 22));
}

/// The cells of one line; a quoted cell may hold commas. No cell of this file spans lines.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("one at least").push(other),
        }
    }
    cells
}

#[test]
fn the_table_holds_every_hours_of_the_zhengzhou_file() {
    let folder = std::env::var_os("TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = folder.join("zhengzhou-union-stations/zhengzhou_union_stations_real82.csv");
    let Ok(file) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there (set TEST_DATA)", path.display());
        return;
    };
    let mut lines = file.trim_start_matches('\u{feff}').lines();
    let header = cells(lines.next().expect("a header"));
    let column = header.iter().position(|name| name == "open_hours_as_given").expect("hours");
    let mut found: Vec<String> =
        lines.map(|line| cells(line).swap_remove(column)).filter(|hours| !hours.is_empty()).collect();
    let mut table: Vec<String> =
        ZHENGZHOU.iter().flat_map(|(text, rows, _)| std::iter::repeat_n((*text).to_owned(), *rows)).collect();
    found.sort();
    table.sort();
    assert_eq!(found, table);
}

/// A small checker of the OSM subset that is written: selectors, then spans, `off` or `unknown`.
fn is_well_formed(rules: &str) -> bool {
    rules == "24/7" || rules.split("; ").all(rule_is_well_formed)
}

fn rule_is_well_formed(rule: &str) -> bool {
    let mut words: Vec<&str> = rule.split(' ').collect();
    let Some(times) = words.pop() else { return false };
    // `May 01-Sep 30 Mo-Fr`: the months, or the days, or both.
    let selectors = words.join(" ");
    let days = |text: &str| {
        text.split(',')
            .all(|part| part == "PH" || part.split('-').all(|day| "MoTuWeThFrSaSu".contains(day) && day.len() == 2))
    };
    let month = |text: &str| {
        let (name, day) = text.split_once(' ').unwrap_or((text, "01"));
        "JanFebMarAprMayJunJulAugSepOctNovDec".contains(name)
            && name.len() == 3
            && day.len() == 2
            && day.parse::<u8>().is_ok()
    };
    let months = |text: &str| text.split('-').all(month);
    let selected = selectors.is_empty()
        || days(&selectors)
        || months(&selectors)
        || selectors.rsplit_once(' ').is_some_and(|(before, last)| months(before) && days(last));
    let clock = |text: &str, most: u16| {
        let Some((hour, minute)) = text.split_once(':') else { return false };
        hour.len() == 2
            && minute.len() == 2
            && hour
                .parse::<u16>()
                .is_ok_and(|hour| minute.parse::<u16>().is_ok_and(|minute| minute < 60 && hour * 60 + minute <= most))
    };
    let spans = times
        .split(',')
        .all(|span| span.split_once('-').is_some_and(|(from, to)| from != to && clock(from, 1439) && clock(to, 1440)));
    selected && (spans || (selectors == "PH" && matches!(times, "off" | "unknown")))
}

#[test]
fn the_checker_refuses_what_is_malformed() {
    for rules in ["", "Mo-Xx 09:00-17:00", "09:00", "9:00-17:00", "09:00-09:00", "off", "May 1 09:00-17:00", "; "] {
        assert!(!is_well_formed(rules), "{rules}");
    }
}

#[test]
fn every_rule_written_is_well_formed() {
    for text in every_text() {
        if let Some(phrase) = phrase::read(text) {
            assert!(is_well_formed(&phrase.rules), "{text}: {}", phrase.rules);
            assert!(phrase.unattended.as_deref().is_none_or(is_well_formed), "{text}: {phrase:?}");
        }
    }
}

fn every_text() -> impl Iterator<Item = &'static str> {
    UNDERSTOOD
        .iter()
        .map(|(text, _)| *text)
        .chain(UNATTENDED.iter().map(|(text, ..)| *text))
        .chain(REFUSED.iter().copied())
}

/// The numbers of a text, Arabic and Chinese: every numeral within a run counts, since 半 and 刻 are read
/// with it.
fn numbers(text: &str) -> Vec<u16> {
    let mut found = vec![0];
    let letters: Vec<char> = text.chars().chain([' ']).collect();
    let (mut arabic, mut chinese) = (None, String::new());
    for letter in letters {
        let half = match letter {
            '０'..='９' => char::from_u32(letter as u32 - '０' as u32 + '0' as u32).expect("a digit"),
            other => other,
        };
        if let Some(digit) = half.to_digit(10) {
            let digit = u16::try_from(digit).expect("a digit");
            arabic = Some(arabic.map_or(digit, |sum: u16| sum.saturating_mul(10).saturating_add(digit)));
            continue;
        }
        found.extend(arabic.take());
        if "零〇一二两三四五六七八九十".contains(letter) {
            chinese.push(letter);
            continue;
        }
        let value = |digit: char| {
            "零一二三四五六七八九".chars().zip(0..).find(|(name, _)| *name == digit).map_or(0, |(_, value)| value)
        };
        if let Some((tens, ones)) = chinese.split_once('十') {
            let tens = tens.chars().next().map_or(1, value);
            found.push(tens * 10 + ones.chars().next().map_or(0, value));
        } else if let Some(last) = chinese.chars().last() {
            found.push(if last == '两' { 2 } else { value(last) });
        }
        chinese.clear();
        match letter {
            '半' => found.push(30),
            '刻' => found.extend([15, 45]),
            _ => {}
        }
    }
    found
}

/// The times of rules that the text has no numbers for. 00:00 and 24:00 are 全天's.
fn invented(text: &str, rules: &str) -> Vec<String> {
    let numbers = numbers(text);
    rules
        .split([' ', ',', '-', ';'])
        .filter_map(|word| word.split_once(':'))
        .filter(|(hour, minute)| {
            let (hour, minute): (u16, u16) = (hour.parse().expect("hour"), minute.parse().expect("minute"));
            let said = numbers.contains(&hour) || (hour > 12 && numbers.contains(&(hour - 12)));
            !((hour, minute) == (24, 0) || (said && numbers.contains(&minute)))
        })
        .map(|(hour, minute)| format!("{hour}:{minute}"))
        .collect()
}

fn holds(text: &str) {
    let Some(phrase) = phrase::read(text) else { return };
    for rules in std::iter::once(&phrase.rules).chain(&phrase.unattended) {
        assert!(is_well_formed(rules), "{text:?}: {rules}");
        assert!(domain::station::Schedule::parse(rules).is_some(), "{text:?}: {rules}");
        assert_eq!(invented(text, rules), Vec::<String>::new(), "{text:?}: {rules}");
    }
}

/// Every letter dropped, doubled, and swapped with the next, of every text.
#[test]
fn a_slip_of_the_pen_never_makes_a_time_that_is_not_in_the_text() {
    for text in every_text() {
        let letters: Vec<char> = text.chars().collect();
        for at in 0..letters.len() {
            let (before, after) = letters.split_at(at);
            let dropped = before.iter().chain(&after[1..]).collect::<String>();
            let doubled = before.iter().chain(&after[..1]).chain(after).collect::<String>();
            let mut swapped = letters.clone();
            swapped.swap(at, (at + 1).min(letters.len() - 1));
            for text in [dropped, doubled, swapped.iter().collect()] {
                holds(&text);
            }
        }
    }
}

#[test]
fn a_cell_of_more_than_four_kilobytes_is_prose() {
    let long = format!("8:00-18:00{}", " ".repeat(LONGEST));
    assert_eq!(phrase::read(&long), None);
    for piece in ["周一", "8:00-9:00，", "（", "每天", "1", "十", "周一、", "4月-5月 ", "24小时，", "——", "早", "除"]
    {
        holds(&piece.repeat(LONGEST / piece.len()));
    }
}

/// Pieces of hours in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "周一",
        "至",
        "周五",
        "周末",
        "工作日",
        "每天",
        "法定节假日",
        "节假日",
        "除外",
        "休息",
        "照常",
        "8:00-12:00",
        "14:00-18:00",
        "22:00-次日8:00",
        "8:00",
        "-",
        "18:00",
        "早",
        "晚",
        "8",
        "10",
        "点",
        "半",
        "上午",
        "下午",
        "，",
        "；",
        "、",
        "（",
        "）",
        " ",
        "24小时",
        "全天",
        "自助",
        "无人值守",
        "其余时间",
        "4月-10月",
        "11月-3月",
        "夏季",
        "全年无休",
        "含",
        "营业时间：",
        "午休",
        "开放",
        "调休上班日",
        "除",
        "外",
        "：",
        "次日",
        "凌晨",
        "月",
        "日",
        "12:00-13:00",
    ]);
    proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_text_gives_an_answer(text in "\\PC{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_order_of_known_pieces_gives_well_formed_rules_without_new_times(text in pieces()) {
        holds(&text);
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..LONGEST)) {
        holds(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn two_texts_run_together_never_make_a_time_of_their_own(
        first in 0..UNDERSTOOD.len(), second in 0..UNDERSTOOD.len(), between in "[，；、 ]?",
    ) {
        holds(&format!("{}{between}{}", UNDERSTOOD[first].0, UNDERSTOOD[second].0));
    }
}
