//! What the words in a cell mean.

use super::field::half_width;
use domain::{
    station::{Audience, Door, HolidayPolicy, Kind, Offer, Side, Witness},
    time::Date,
};

/// A cell without blanks around it, full-width letters as plain ones, lower case: for comparing.
#[must_use]
pub fn folded(cell: &str) -> String {
    cell.trim().chars().map(half_width).flat_map(char::to_lowercase).collect()
}

/// What is said of a facility: `yes`, `有`, `有;免费`, `坏`. `None` when the words are not understood.
#[must_use]
pub fn offer(cell: &str) -> Option<Offer> {
    let mut offer = Offer::default();
    for word in folded(cell).split([';', ',', '、', '/', '|', ' ']).filter(|word| !word.is_empty()) {
        match word {
            "yes" | "y" | "true" | "1" | "有" | "是" | "√" | "✓" | "✔" | "提供" | "具备" => {
                offer.present = Some(true);
            }
            "no" | "n" | "false" | "0" | "无" | "没有" | "否" | "×" | "✗" | "✘" | "不提供" => {
                offer.present = Some(false);
            }
            "free" | "免费" => offer.free = Some(true),
            "paid" | "fee" | "收费" | "付费" | "有偿" | "要钱" => offer.free = Some(false),
            "broken" | "坏" | "坏了" | "损坏" | "故障" | "维修中" | "停用" => offer.working = Some(false),
            "working" | "正常" | "能用" | "可用" | "完好" => offer.working = Some(true),
            _ => return None,
        }
    }
    // 免费 alone, or 坏 alone, says that the thing is there.
    if offer.present.is_none() && (offer.free.is_some() || offer.working.is_some()) {
        offer.present = Some(true);
    }
    let contradicts = offer.present == Some(false) && (offer.free.is_some() || offer.working.is_some());
    (!contradicts).then_some(offer)
}

/// Yes or no.
#[must_use]
pub fn yes_no(cell: &str) -> Option<bool> {
    offer(cell).filter(|offer| offer.free.is_none() && offer.working.is_none()).and_then(|offer| offer.present)
}

/// A kind by its code, its word or what people call it.
#[must_use]
pub fn kind(cell: &str) -> Option<Kind> {
    let cell = folded(cell);
    Kind::parse(&cell).or_else(|| Kind::ALL.iter().copied().find(|kind| kind.word() == cell)).or_else(|| {
        Some(match cell.as_str() {
            "户外劳动者服务站点"
            | "工会户外劳动者服务站点"
            | "户外劳动者驿站"
            | "爱心驿站"
            | "暖心驿站"
            | "户外职工爱心接力站" => Kind::UnionStation,
            "服务区" => Kind::ServiceArea,
            "共享职工之家" => Kind::StaffHome,
            _ => return None,
        })
    })
}

/// How one gets in.
#[must_use]
pub fn door(cell: &str) -> Option<Door> {
    let cell = folded(cell);
    Door::parse(&cell).or_else(|| Door::ALL.iter().copied().find(|door| door.word() == cell)).or_else(|| {
        Some(match cell.as_str() {
            "直接进" | "推门进入" => Door::WalkIn,
            "扫码" => Door::Scan,
            "刷脸" => Door::Face,
            "人工" => Door::Staff,
            "密码" => Door::Code,
            _ => return None,
        })
    })
}

/// Who may enter.
#[must_use]
pub fn audience(cell: &str) -> Option<Audience> {
    let cell = folded(cell);
    Audience::parse(&cell).or_else(|| Audience::ALL.iter().copied().find(|who| who.word() == cell)).or_else(|| {
        Some(match cell.as_str() {
            "所有人" | "公众" | "社会公众" | "全部" => Audience::Everyone,
            "户外工作者" => Audience::OutdoorWorkers,
            "会员" => Audience::Members,
            _ => return None,
        })
    })
}

/// Which carriageway.
#[must_use]
pub fn side(cell: &str) -> Option<Side> {
    let cell = folded(cell);
    Side::parse(&cell).or_else(|| Side::ALL.iter().copied().find(|side| side.word() == cell)).or_else(|| {
        Some(match cell.as_str() {
            "双向" | "两侧" => Side::Both,
            "未知" => Side::Unknown,
            // 上行 and 下行 mean different things per operator: no guess.
            _ => return None,
        })
    })
}

/// Who looked.
#[must_use]
pub fn witness(cell: &str) -> Option<Witness> {
    let cell = folded(cell);
    Witness::parse(&cell).or_else(|| Witness::ALL.iter().copied().find(|who| who.word() == cell))
}

/// What it does on days off and make-up days. 节假日休息 leaves the make-up days open: no guess.
#[must_use]
pub fn policy(cell: &str) -> Option<HolidayPolicy> {
    let cell = folded(cell);
    HolidayPolicy::parse(&cell)
        .or_else(|| HolidayPolicy::ALL.iter().copied().find(|policy| policy.word() == cell))
        .or_else(|| {
            Some(match cell.as_str() {
                "跟国家" | "跟国家安排" | "按国家放假安排" | "随国家放假安排" => {
                    HolidayPolicy::Follow
                }
                "放假调休都不开" => HolidayPolicy::Closed,
                "按工作日" | "节假日照常" | "节假日照常开放" => HolidayPolicy::AsWeekday,
                "未知" | "不清楚" => HolidayPolicy::Unknown,
                _ => return None,
            })
        })
}

/// Metres as centimetres: `4.5`, `4.5米`, `4.5m`; from half a metre to a hundred. 450 is no height in metres,
/// and whether it is one in centimetres nobody said.
#[must_use]
pub fn centimetres(cell: &str) -> Option<u32> {
    let cell = folded(cell);
    let bare = cell.strip_suffix('米').or_else(|| cell.strip_suffix('m')).unwrap_or(&cell).trim();
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !(1..=3).contains(&whole.len()) || !digits(whole) || !digits(fraction) || fraction.len() > 6 {
        return None;
    }
    // What is finer than a centimetre is cut off: a lorry must fit.
    let centimetres = whole.parse::<u32>().ok()? * 100 + format!("{fraction:0<2}").get(..2)?.parse::<u32>().ok()?;
    (50..=10_000).contains(&centimetres).then_some(centimetres)
}

/// Whether something is allowed.
#[must_use]
pub fn allowed(cell: &str) -> Option<bool> {
    match folded(cell).as_str() {
        "允许" | "可以" | "可" | "能" | "能停" | "可停" => Some(true),
        "不允许" | "禁止" | "不可以" | "不可" | "不能" | "不能停" | "禁停" => Some(false),
        _ => yes_no(cell),
    }
}

/// Degrees; finite.
#[must_use]
pub fn degrees(cell: &str) -> Option<f64> {
    let cell: String = cell.trim().chars().map(half_width).collect();
    cell.strip_suffix('°').unwrap_or(&cell).parse().ok().filter(|degrees: &f64| degrees.is_finite())
}

/// A count or metres; `1200.0`, as spreadsheets write it, is one too.
#[must_use]
pub fn whole(cell: &str) -> Option<u32> {
    let cell: String = cell.trim().chars().map(half_width).collect();
    let (number, fraction) = cell.split_once('.').unwrap_or((&cell, ""));
    fraction.bytes().all(|digit| digit == b'0').then(|| number.parse().ok())?.filter(|number| *number <= 1_000_000)
}

/// `2026-11-23`, `2026/11/3`, `2026年11月3日`.
#[must_use]
pub fn date(cell: &str) -> Option<Date> {
    let cell = folded(cell);
    let cell = cell.strip_suffix('日').unwrap_or(&cell).replace(['年', '月', '/', '.'], "-");
    let mut parts = cell.split('-').map(|part| format!("{part:0>2}"));
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::parse(&format!("{year}-{month}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facility_is_there_free_broken_or_nothing_is_understood() {
        let said = |cell| offer(cell).map(|offer| (offer.present, offer.free, offer.working));
        for cell in ["yes", "有", "是", " Ｙ ", "1", "√"] {
            assert_eq!(said(cell), Some((Some(true), None, None)), "{cell}");
        }
        for cell in ["no", "无", "没有", "否"] {
            assert_eq!(said(cell), Some((Some(false), None, None)), "{cell}");
        }
        assert_eq!(said("yes;free"), Some((Some(true), Some(true), None)));
        assert_eq!(said("有，收费"), Some((Some(true), Some(false), None)));
        assert_eq!(said("免费"), Some((Some(true), Some(true), None)));
        assert_eq!(said("坏"), Some((Some(true), None, Some(false))));
        assert_eq!(said(""), Some((None, None, None)));
        for cell in ["2台", "no;free", "无、坏", "问前台"] {
            assert_eq!(said(cell), None, "{cell}");
        }
    }

    #[test]
    fn metres_become_centimetres_and_nobody_guesses_the_unit() {
        for (cell, expected) in
            [("4.5", 450), (" ４．５ 米 ", 450), ("4.999m", 499), ("5", 500), ("0.5", 50), ("17.50", 1750)]
        {
            assert_eq!(centimetres(cell), Some(expected), "{cell}");
        }
        for cell in
            ["450", "0", "0.4", "-4", "+4", "4,5", "4.5.1", "四米五", "", "m", "NaN", "1e2", "99999999999", "4.é"]
        {
            assert_eq!(centimetres(cell), None, "{cell}");
        }
    }

    #[test]
    fn what_a_station_does_on_holidays_is_understood_or_not_guessed() {
        for one in HolidayPolicy::ALL {
            assert_eq!([policy(one.code()), policy(one.word())], [Some(*one); 2]);
        }
        assert_eq!((policy("节假日照常开放"), policy("节假日休息")), (Some(HolidayPolicy::AsWeekday), None));
        assert_eq!(
            [allowed("禁止"), allowed("可停"), allowed("no"), allowed("看情况")],
            [Some(false), Some(true), Some(false), None]
        );
    }

    #[test]
    fn numbers_and_dates_of_spreadsheets_are_read() {
        assert_eq!(degrees(" １１３.５ "), Some(113.5));
        assert_eq!([degrees("NaN"), degrees("inf"), degrees("东经113"), degrees("")], [None; 4]);
        assert_eq!((whole("1200.0"), whole("12.5"), whole("-1"), whole("9999999")), (Some(1200), None, None, None));
        for cell in ["2026-01-05", "2026/1/5", "2026年1月5日", "2026.01.5"] {
            assert_eq!(date(cell).map(|date| date.to_string()).as_deref(), Some("2026-01-05"), "{cell}");
        }
        assert_eq!((date("2026-02-30"), date("昨天"), date("2026-1")), (None, None, None));
    }
}
