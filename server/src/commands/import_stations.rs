//! `server import-stations`: stations from a CSV or `GeoJSON` file.

#![expect(clippy::doc_markdown, reason = "the doc comments of arguments are the help that people read")]

use crate::{
    ops::clock,
    regions::{Regions, RegionsError},
    services::import::{self, Field, Filter, ImportError, Input, Oddity, Options, Progress, Summary, Unnamed},
    store::Store,
};
use domain::{
    geo::Datum,
    station::{Kind, SYNTHETIC_SOURCE},
    time::Date,
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// 从 CSV 或 GeoJSON 文件导入站点
///
/// 编码可以是 UTF-8 或 GB18030。常见的中英文表头自己会认；没认出来的列会列出来，不影响导入。
/// 只要有一行退回，整个文件都不导入（除非加 --skip-bad）。同一个文件导入两次，第二次什么都不变。
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Args {
    /// CSV 或 GeoJSON 文件
    file: PathBuf,
    /// 坐标系：wgs84（GPS、OpenStreetMap）、gcj02（高德、腾讯）、bd09（百度）
    #[arg(long, value_parser = datum)]
    datum: Datum,
    /// 来源的名字，以后再导入同一来源要用同一个名字；不写就用文件名
    #[arg(long)]
    source: Option<String>,
    /// 指明哪一列是什么：我们的名字=文件里的列名，多个用逗号隔开
    #[arg(long, value_delimiter = ',', value_parser = column)]
    columns: Vec<(Field, String)>,
    /// 文件里都是什么：union_station 工会驿站、driver_home 司机之家、driver_station 司机驿站、service_area 高速服务区、staff_home 职工之家；写了就不看文件里的类别列
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// 数据的许可，例如 ODbL-1.0
    #[arg(long)]
    licence: Option<String>,
    /// 要和数据一起显示的出处，例如 © OpenStreetMap contributors
    #[arg(long)]
    attribution: Option<String>,
    /// 资料是哪一天的（YYYY-MM-DD），新旧从这一天算起
    #[arg(long, value_parser = super::date)]
    as_of: Option<Date>,
    /// 没有名称的站点：refuse 退回，keep 留下，写成“未命名服务区（肥东县，G40 附近）”
    #[arg(long, value_parser = unnamed, default_value = "refuse")]
    unnamed: Unnamed,
    /// 只导入这一列等于这个值的行：列名=值，或 列名!=值；可以写多次，要都符合
    #[arg(long = "where", value_name = "列名=值", value_parser = filter)]
    filters: Vec<Filter>,
    /// 只检查，不写入
    #[arg(long)]
    dry_run: bool,
    /// 这个来源里、文件中没有的站点不再列出；只在文件是这个来源的全部站点时用
    #[arg(long)]
    retire_missing: bool,
    /// 退回有问题的行，其余的照样导入
    #[arg(long)]
    skip_bad: bool,
    /// 退回和提醒的清单写到哪里；不写就是当前文件夹里的 文件名.rejects.csv
    #[arg(long)]
    rejects: Option<PathBuf>,
}

const AFTER_HELP: &str = "例子：
  server import-stations 驿站.csv --datum gcj02 --kind union_station
  server import-stations 驿站.csv --datum gcj02 --kind union_station --columns name=工会站点名称,lng=经度,lat=纬度
  server import-stations services.csv --datum wgs84 --kind service_area --where kind=services --unnamed keep --skip-bad

--columns 左边可以写：id、name、address、lng、lat、district、adcode、hours、hours_policy、hours_unattended、phone、host、
  kind、door、audience、spaces、max_height、max_length、hazardous、road_ref、stake、side、direction、exit、exit_distance_m、service_area、verified_at、verified_by、
  closed_until、closed_reason、permanently_closed、hint_motorway_ref、hint_bridge_distance_m，
  以及每种设施的代码（hot_water、toilet……）；也可以写中文的叫法。
设施列里写：有、无、免费、收费、坏（可以一起写：有;免费）；空着就是没有写明。
hours_policy（放假安排）写 follow 跟国家放假安排、closed 放假和调休都不开、as_weekday 按工作日开；没写明就按说不准显示。
max_height、max_length（限高、限长）单位是米；hazardous（危货车能不能停）写 允许、禁止。";

/// Why the command ends without an import.
#[derive(Debug)]
pub enum ImportCommandError {
    /// The import could not be done.
    Import(ImportError),
    /// The program's own regions are damaged.
    Regions(RegionsError),
    /// Rows were refused, so nothing was imported.
    Refused(u64),
}

impl fmt::Display for ImportCommandError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Import(error) => write!(out, "没有导入：{error}"),
            Self::Regions(error) => write!(out, "没有导入：程序自带的行政区划坏了（{error}），请重新安装"),
            Self::Refused(rows) => {
                write!(out, "有 {rows} 行退回，所以一行也没有导入。改好再导入，或者加 --skip-bad 只导入没问题的行")
            }
        }
    }
}

impl std::error::Error for ImportCommandError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Import(error) => Some(error),
            Self::Regions(error) => Some(error),
            Self::Refused(_) => None,
        }
    }
}

impl From<ImportError> for ImportCommandError {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

/// Imports; shows a bar on the terminal and the counts at the end.
///
/// # Errors
/// Nothing was imported.
pub async fn run(args: Args, store: &Store) -> Result<(), ImportCommandError> {
    let input = Input::File(args.file.clone());
    let bytes = input.bytes().map_err(ImportError::Read)?;
    let regions = Arc::new(Regions::load().map_err(ImportCommandError::Regions)?);
    let rejects = args.rejects.clone().unwrap_or_else(|| rejects_beside(&args.file));
    let options = args.into_options(rejects.clone());
    let begin = Instant::now();
    let progress = Arc::new(Progress::default());
    let bar = bar(bytes);
    let showing = tokio::spawn(show(bar.clone(), Arc::clone(&progress)));
    let dry_run = options.dry_run;
    let result = import::import(store, regions, input, options, clock::now(), progress).await;
    showing.abort();
    bar.finish_and_clear();
    let summary = result?;
    println!("{}", words(&summary, begin.elapsed(), dry_run));
    if summary.refused > 0 || summary.oddities.iter().any(|count| *count > 0) {
        println!("退回和提醒的每一行都写在 {}", rejects.display());
    }
    if summary.refused > 0 && !summary.landed && !dry_run {
        return Err(ImportCommandError::Refused(summary.refused));
    }
    Ok(())
}

impl Args {
    fn into_options(self, rejects: PathBuf) -> Options {
        Options {
            columns: self.columns,
            kind: self.kind,
            licence: self.licence,
            attribution: self.attribution,
            as_of: self.as_of,
            unnamed: self.unnamed,
            filters: self.filters,
            dry_run: self.dry_run,
            retire_missing: self.retire_missing,
            skip_bad: self.skip_bad,
            rejects: Some(rejects),
            ..Options::new(&self.source.unwrap_or_else(|| source_of(&self.file)), self.datum)
        }
    }
}

/// A bar on standard error, when that is a terminal.
fn bar(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {percent}%  {msg}");
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Moves the bar, for ever.
async fn show(bar: ProgressBar, progress: Arc<Progress>) {
    const EVERY: Duration = Duration::from_millis(100);
    loop {
        bar.set_position(progress.bytes_read());
        bar.set_message(format!("已检查 {} 行", progress.rows_checked()));
        tokio::time::sleep(EVERY).await;
    }
}

/// The counts, in words.
fn words(summary: &Summary, took: Duration, dry_run: bool) -> String {
    let mut lines: Vec<String> = summary.shown.clone();
    let landed = match (dry_run, summary.landed) {
        (true, _) => "只检查，没有写入：",
        (false, true) => "导入完成：",
        (false, false) => "没有导入：",
    };
    let seconds = took.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = summary.rows as f64 / seconds.max(0.001);
    lines.push(format!("{landed}看了 {} 行，用了 {seconds:.1} 秒，每秒 {rate:.0} 行", summary.rows));
    lines.push(format!(
        "新增 {}，更新 {}，没有变化 {}，退回 {}，不再列出 {}",
        summary.new, summary.updated, summary.unchanged, summary.refused, summary.retired
    ));
    if summary.left_out > 0 {
        lines.push(format!("--where 略过 {} 行", summary.left_out));
    }
    for (oddity, count) in Oddity::ALL.iter().zip(summary.oddities).filter(|(_, count)| *count > 0) {
        lines.push(format!("提醒：{} {count} 行", oddity.word()));
    }
    if summary.unclear_hours > 0 {
        lines.push(format!("{} 行的开放时间照原文显示（时间未知）", summary.unclear_hours));
    }
    if !summary.ignored.is_empty() {
        lines.push(format!("没有用到的列：{}", summary.ignored.join("、")));
    }
    lines.join("\n")
}

/// `驿站.csv` leads to `驿站.csv.rejects.csv` in the folder where the command runs.
fn rejects_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejects.csv");
    name.into()
}

/// The name of a source from a file: letters, digits, `.`, `-` and `_` of its stem.
fn source_of(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name: String = stem
        .chars()
        .map(|letter| if letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_') { letter } else { '-' })
        .take(64)
        .collect();
    // Generated files say so themselves, row by row: see the importer.
    if name.starts_with(SYNTHETIC_SOURCE) { SYNTHETIC_SOURCE.to_owned() } else { name }
}

fn datum(text: &str) -> Result<Datum, String> {
    Datum::parse(&text.to_ascii_lowercase().replace('-', "")).ok_or_else(|| "可以写 wgs84、gcj02、bd09".to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    let codes = || Kind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join("、");
    Kind::parse(text).ok_or_else(|| format!("可以写 {}", codes()))
}

fn unnamed(text: &str) -> Result<Unnamed, String> {
    match text {
        "refuse" => Ok(Unnamed::Refuse),
        "keep" => Ok(Unnamed::Keep),
        _ => Err("可以写 refuse 或 keep".to_owned()),
    }
}

fn column(text: &str) -> Result<(Field, String), String> {
    let (field, column) = text.split_once('=').ok_or("要写成 我们的名字=列名，例如 name=工会站点名称")?;
    let known = Field::of_heading(field).ok_or_else(|| format!("没有“{field}”这一项，能写的见 --help"))?;
    if column.trim().is_empty() {
        Err(format!("{field}= 后面要写列名"))
    } else {
        Ok((known, column.trim().to_owned()))
    }
}

fn filter(text: &str) -> Result<Filter, String> {
    let (column, value) = text.split_once('=').ok_or("要写成 列名=值 或 列名!=值")?;
    let (column, equal) = column.strip_suffix('!').map_or((column, true), |column| (column, false));
    if column.trim().is_empty() {
        return Err("= 前面要写列名".to_owned());
    }
    Ok(Filter { column: column.trim().to_owned(), value: value.trim().to_owned(), equal })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn options(words: &[&str]) -> Result<Options, clap::Error> {
        let line = Line::try_parse_from([&["import-stations"], words].concat())?;
        Ok(line.args.into_options(PathBuf::from("out.csv")))
    }

    #[test]
    fn what_is_typed_becomes_options() {
        let options = options(&[
            "dir/郑州 2026.csv",
            "--datum",
            "GCJ-02",
            "--columns",
            "lng=lon_gcj02,纬度=lat_gcj02",
            "--where",
            "kind=services",
            "--where",
            "状态!=停用",
            "--as-of",
            "2026-07-27",
        ])
        .expect("understood");
        assert_eq!((options.source.as_str(), options.datum), ("郑州-2026", Datum::Gcj02));
        assert_eq!(options.columns, [(Field::Lng, "lon_gcj02".into()), (Field::Lat, "lat_gcj02".into())]);
        let filter = |column: &str, value: &str, equal| Filter { column: column.into(), value: value.into(), equal };
        assert_eq!(options.filters, [filter("kind", "services", true), filter("状态", "停用", false)]);
        assert_eq!(options.as_of.map(|date| date.to_string()).as_deref(), Some("2026-07-27"));
    }

    #[test]
    fn the_datum_must_be_said_and_a_wrong_word_is_explained() {
        assert!(options(&["a.csv"]).is_err(), "a guess would be 500 m off");
        for (wrong, says) in [
            (["--datum", "cgcs"], "bd09"),
            (["--columns", "nme=名称"], "没有“nme”这一项"),
            (["--columns", "name"], "我们的名字=列名"),
            (["--where", "kind"], "列名=值"),
            (["--as-of", "去年"], "2026-11-23"),
        ] {
            let words = match options(&[["a.csv", "--datum", "wgs84"].as_slice(), &wrong].concat()) {
                Err(error) => error.to_string(),
                Ok(_) => String::new(),
            };
            assert!(words.contains(says) || wrong[0] == "--datum", "{wrong:?}: {words}");
        }
    }
}
