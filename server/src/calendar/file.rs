//! An administrator's file of a year: `date,ruling,holiday`.

use crate::services::import::{Decoded, EncodingError, detect, plain_heading, values};
use domain::{
    calendar::{CalendarError, Holiday, Ruling, checked},
    time::Date,
};
use std::{collections::BTreeMap, fmt, io::Read};

/// A year has some forty days; whatever is larger is another file.
pub const MOST_BYTES: u64 = 64 * 1024;
const MOST_ROWS: usize = 400;

/// Why a file is no calendar.
#[derive(Debug)]
pub enum FileError {
    /// Longer than [`MOST_BYTES`].
    TooLarge,
    /// It is no text.
    Encoding(EncodingError),
    /// It is no CSV.
    Csv(csv::Error),
    /// A column is missing, or there twice.
    Column(&'static str),
    /// More rows than a year has days.
    TooManyRows,
    /// There is no day off in it.
    NoDayOff,
    /// Rows that cannot be: line, from 1, and why.
    Rows(Vec<(u64, String)>),
}

impl fmt::Display for FileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// So many are told at once.
        const TOLD: usize = 20;
        match self {
            Self::TooLarge => {
                write!(out, "文件太大，一年的放假安排不会超过 {} kB，请看看是不是选错了文件", MOST_BYTES / 1024)
            }
            Self::Encoding(error) => error.fmt(out),
            Self::Csv(error) => match error.position() {
                Some(position) => write!(out, "第 {} 行不是正确的 CSV", position.line()),
                None => out.write_str("不是正确的 CSV"),
            },
            Self::Column(heading) => {
                write!(out, "表头里“{heading}”这一列要有，而且只能有一列。表头应当是 date,ruling,holiday")
            }
            Self::TooManyRows => write!(out, "超过 {MOST_ROWS} 行，这不像一年的放假安排"),
            Self::NoDayOff => out.write_str("文件里一天放假也没有，这不像一年的放假安排"),
            Self::Rows(rows) => {
                write!(out, "有 {} 行不对：", rows.len())?;
                rows.iter().take(TOLD).try_for_each(|(line, why)| write!(out, "\n第 {line} 行：{why}"))?;
                if rows.len() > TOLD { write!(out, "\n……还有 {} 行", rows.len() - TOLD) } else { Ok(()) }
            }
        }
    }
}

impl std::error::Error for FileError {}

impl From<csv::Error> for FileError {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}

/// Reads what the notice of a year rules, in the order of the days.
///
/// # Errors
/// Every row that cannot be, or why it is no such file at all.
pub fn read(bytes: &[u8], year: i64) -> Result<Vec<(Date, Ruling, Holiday)>, FileError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileError::TooLarge);
    }
    let encoding = detect(|| Ok(bytes)).map_err(FileError::Encoding)?;
    let mut text = String::new();
    let decoded = Decoded::new(bytes, encoding).read_to_string(&mut text);
    decoded.map_err(|error| FileError::Encoding(EncodingError::Read(error)))?;

    let mut csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    if !csv.read_record(&mut record)? {
        return Err(FileError::Column("date"));
    }
    let columns = columns(&record)?;
    let (mut days, mut wrong) = (BTreeMap::new(), Vec::new());
    let mut rows = 0;
    while csv.read_record(&mut record)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        rows += 1;
        if rows > MOST_ROWS {
            return Err(FileError::TooManyRows);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = columns.map(|column| record.get(column).unwrap_or_default());
        match row(cells, year) {
            Ok((date, said)) => {
                if let Some((first, _)) = days.insert(date, (line, said)) {
                    wrong.push((line, format!("{date} 和第 {first} 行重复")));
                }
            }
            Err(why) => wrong.push((line, why)),
        }
    }
    if !wrong.is_empty() {
        return Err(FileError::Rows(wrong));
    }
    if !days.values().any(|(_, (ruling, _))| *ruling == Ruling::Off) {
        return Err(FileError::NoDayOff);
    }
    Ok(days.into_iter().map(|(date, (_, (ruling, holiday)))| (date, ruling, holiday)).collect())
}

/// Where date, ruling and holiday stand.
fn columns(headings: &csv::StringRecord) -> Result<[usize; 3], FileError> {
    let find = |names: &[&'static str]| {
        let mut found = headings.iter().enumerate().filter(|(_, heading)| names.contains(&&*plain_heading(heading)));
        match (found.next(), found.next()) {
            (Some((at, _)), None) => Ok(at),
            _ => Err(FileError::Column(names[0])),
        }
    };
    Ok([find(&["date", "日期"])?, find(&["ruling", "安排", "类型"])?, find(&["holiday", "节日", "假期"])?])
}

/// What a row says, or why it cannot be.
fn row([date, ruling, holiday]: [&str; 3], year: i64) -> Result<(Date, (Ruling, Holiday)), String> {
    let read =
        values::date(date).ok_or_else(|| format!("日期“{}”没看懂，要写成 {year}-10-01 这样", shortened(date)))?;
    let ruled = ruling_of(ruling)
        .ok_or_else(|| format!("“{}”没看懂，可以写 off（放假）或 make_up（上班）", shortened(ruling)))?;
    let named = holiday_of(holiday).ok_or_else(|| {
        let known: Vec<&str> = Holiday::ALL.iter().map(|holiday| holiday.code()).collect();
        format!("节日“{}”没看懂，可以写 {}，或者中文名", shortened(holiday), known.join("、"))
    })?;
    match checked(year, read, ruled) {
        Ok(_) => Ok((read, (ruled, named))),
        Err(CalendarError::MakeUpOnAWorkingDay(_)) => Err(format!("{read} 是周一到周五，本来就上班，不能是调休上班")),
        Err(CalendarError::WrongYear(_)) => Err(format!("{read} 不在 {year} 年里（前后最多差两星期）")),
        Err(CalendarError::NoSuchDate(_) | CalendarError::Twice(_)) => Err(format!("没有 {read} 这一天")),
    }
}

fn ruling_of(cell: &str) -> Option<Ruling> {
    let cell = values::folded(cell);
    Ruling::parse(&cell).or(match cell.as_str() {
        "放假" | "休" | "休息" => Some(Ruling::Off),
        "上班" | "班" | "调休上班" | "补班" => Some(Ruling::MakeUp),
        _ => None,
    })
}

fn holiday_of(cell: &str) -> Option<Holiday> {
    let cell = values::folded(cell);
    Holiday::parse(&cell).or_else(|| {
        let bare = cell.strip_suffix('节').unwrap_or(&cell);
        let same = |holiday: &&Holiday| **holiday != Holiday::Other && holiday.word().trim_end_matches('节') == bare;
        Holiday::ALL.iter().find(same).copied().or(match bare {
            "新年" => Some(Holiday::NewYear),
            "五一" => Some(Holiday::LabourDay),
            "十一" => Some(Holiday::NationalDay),
            "其他" => Some(Holiday::Other),
            _ => None,
        })
    })
}

/// A cell as it stands in a message.
fn shortened(cell: &str) -> String {
    cell.chars().filter(|letter| !letter.is_control()).take(30).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: impl AsRef<[u8]>) -> String {
        read(text.as_ref(), 2027).expect_err("not a calendar").to_string()
    }

    #[test]
    fn codes_and_words_say_the_same() {
        let codes =
            "date,ruling,holiday\n2026-12-31,off,new_year\n2027-01-01,off,new_year\n2027-10-09,make_up,national_day\n";
        let words = "\u{feff}日期;安排;节日\n2027年10月9日;调休上班;国庆\n2027/1/1;放假;元旦\n\n2026-12-31; 休 ;新年\n"
            .replace(';', ",");
        let days = read(codes.as_bytes(), 2027).expect("a calendar");
        assert_eq!(days, read(words.as_bytes(), 2027).expect("a calendar"));
        assert_eq!(days.len(), 3);
        let (gb, ..) = encoding_rs::GB18030.encode(&words);
        assert_eq!(days, read(&gb, 2027).expect("a calendar"));
        for holiday in &Holiday::ALL[..7] {
            assert_eq!([holiday_of(holiday.code()), holiday_of(holiday.word())], [Some(*holiday); 2]);
        }
        assert_eq!(
            [holiday_of("other"), holiday_of("其他"), holiday_of("放假")],
            [Some(Holiday::Other), Some(Holiday::Other), None]
        );
    }

    #[test]
    fn each_wrong_row_is_named_with_its_line_and_why() {
        let told = refused(
            "date,ruling,holiday\n2027-02-30,off,spring_festival\n2027-10-08,make_up,national_day\n\
             2028-03-01,off,other\n2027-10-01,maybe,national_day\n2027-10-01,off,圣诞\n\
             2027-05-01,off,五一\n2027-05-01,off,五一\n2027-05-02\n",
        );
        for expected in [
            "有 7 行不对",
            "第 2 行：日期“2027-02-30”没看懂",
            "第 3 行：2027-10-08 是周一到周五",
            "第 4 行：2028-03-01 不在 2027 年里",
            "第 5 行：“maybe”没看懂，可以写 off",
            "第 6 行：节日“圣诞”没看懂",
            "第 8 行：2027-05-01 和第 7 行重复",
            "第 9 行：“”没看懂",
        ] {
            assert!(told.contains(expected), "{expected} in {told}");
        }
    }

    #[test]
    fn what_is_no_such_file_is_refused_whole() {
        let many = "2027-10-01,off,other\n".repeat(500);
        for (text, says) in [
            ("", "空的"),
            ("\n\n", "date"),
            ("date,ruling\n2027-10-01,off\n", "“holiday”这一列"),
            ("date,date,ruling,holiday\n", "“date”这一列"),
            ("date,ruling,holiday\n", "一天放假也没有"),
            ("date,ruling,holiday\n2027-10-09,make_up,national_day\n", "一天放假也没有"),
            (&format!("date,ruling,holiday\n{many}"), "超过 400 行"),
            (&"x".repeat(70_000), "文件太大"),
            ("a\0b", "空字节"),
        ] {
            let told = refused(text);
            assert!(told.contains(says), "{says} in {told}");
        }
        assert!(refused([0xff, 0xff, b'\n', 0xff]).contains("既不是 UTF-8"));
        let bad = "x,off,other\n".repeat(300);
        let told = refused(format!("date,ruling,holiday\n{bad}"));
        assert!(told.contains("还有 280 行") && told.lines().count() == 22, "{told}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_calendar_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), year in 1990i64..2210) {
            let _ = read(&bytes, year).map_err(|error| error.to_string());
            let _ = read(&[b"date,ruling,holiday\n".as_slice(), &bytes].concat(), year).map_err(|error| error.to_string());
        }

        #[test]
        fn any_cells_are_a_day_or_refused(date in "[0-9年/+-]{0,12}", ruling in "(off|make_up|放假|上班)", year in 2026i64..2029) {
            let file = format!("date,ruling,holiday\n{date},{ruling},元旦\n");
            if let Ok(days) = read(file.as_bytes(), year) {
                let mut calendar = domain::calendar::Calendar::default();
                let notice = domain::calendar::Notice { year, number: "".into(), published: None, source: "".into() };
                prop_assert_eq!(calendar.add(notice, &days), Ok(()));
            }
        }
    }
}
