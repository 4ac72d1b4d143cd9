//! `server import-calendar`: the days off and make-up days of a year, from a CSV file.

use super::{Failure, because};
use crate::{
    calendar::{self, Asked, MOST_BYTES, YEARS},
    ops::clock,
    store::Store,
};
use domain::{calendar::Ruling, time::Date};
use std::{fs::File, io::Read as _, path::PathBuf};

/// 导入一年的放假和调休安排，正在运行的服务一秒内就按它算开门时间
///
/// 导入会换掉这一年原来的安排（程序自带的也一样）。只要有一行不对，就什么都不导入。
/// 同一个文件导入两次，第二次什么都不变。
#[derive(Debug, clap::Args)]
#[command(after_help = "文件：CSV，表头是 date,ruling,holiday（或 日期,安排,节日），每天一行：
  date,ruling,holiday
  2026-09-20,上班,国庆节
  2026-10-01,放假,国庆节
ruling 写 off（放假）或 make_up（上班）；元旦可以从前一年的 12 月开始。平常的周末不用写。

例子：
  server import-calendar 2026.csv --year 2026 --number '国办发明电〔2025〕7号' --published 2025-11-04 --dry-run
  server calendar --year 2026")]
pub struct Args {
    /// CSV 文件
    file: PathBuf,
    /// 哪一年的安排
    #[arg(long, value_parser = clap::value_parser!(i64).range(*YEARS.start()..=*YEARS.end()))]
    year: i64,
    /// 通知的文号
    #[arg(long)]
    number: String,
    /// 通知下面的日期（YYYY-MM-DD）
    #[arg(long, value_parser = super::date)]
    published: Option<Date>,
    /// 只检查，不写入
    #[arg(long)]
    dry_run: bool,
}

/// Imports and says what came of it.
///
/// # Errors
/// Nothing was imported.
pub async fn run(args: &Args, store: &Store) -> Result<(), Failure> {
    let failed = |error| because(&format!("读不了 {}", args.file.display()), error);
    let mut bytes = Vec::new();
    // One byte more than is taken tells that there is more.
    File::open(&args.file).map_err(failed)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    let asked = Asked {
        year: args.year,
        number: args.number.clone(),
        published: args.published,
        source: args.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        dry_run: args.dry_run,
    };
    let imported =
        calendar::import(store, &bytes, asked, clock::now()).await.map_err(|error| because("没有导入", error))?;
    let count = |wanted| imported.notice.days.iter().filter(|(_, ruling, _)| *ruling == wanted).count();
    println!("{} 年：放假 {} 天，调休上班 {} 天", args.year, count(Ruling::Off), count(Ruling::MakeUp));
    if imported.over_shipped {
        println!("程序自带的 {} 年安排不再用，以导入的为准", args.year);
    }
    println!(
        "{}",
        match (args.dry_run, imported.written) {
            (true, _) => "只检查，没有写入",
            (false, true) => "导入完成",
            (false, false) => "和上次导入的一样，没有变化",
        }
    );
    Ok(())
}
