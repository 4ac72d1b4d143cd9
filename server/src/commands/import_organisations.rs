//! `server import-organisations`: real organisations from a CSV file.

use super::{Failure, because};
use crate::{
    ops::clock,
    organisations::{self, Imported, Refusal},
    regions::Regions,
    services::import::Report,
    store::Store,
};
use std::{
    io,
    path::{Path, PathBuf},
};

/// 从 CSV 文件导入工会组织
///
/// 编码可以是 UTF-8 或 GB18030，表头写中文或代码都认。只要有一行退回，整个文件都不导入。
/// 同一个文件导入两次，第二次什么都不变。省、市、县总工会可以不写统一社会信用代码，会对上程序按行政区划建好的那一家。
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Args {
    /// CSV 文件
    file: PathBuf,
    /// 只检查，不写入
    #[arg(long)]
    dry_run: bool,
    /// 退回的清单写到哪里；不写就是当前文件夹里的 文件名.rejects.csv
    #[arg(long)]
    rejects: Option<PathBuf>,
}

const AFTER_HELP: &str = "例子：
  server import-organisations 工会组织.csv --dry-run
  server import-organisations 工会组织.csv --rejects 退回.csv

文件：CSV，第一行是表头，每行一个组织：
  名称,统一社会信用代码,类型,级别,行政区划代码,上级,行业,会费,电话,撤销
  郑州市快递行业工会联合会,（18 位）,行业性工会联合会,市级,410100,郑州市总工会,快递,每月 5 元,0371-12345678

表头可以写：名称 name、统一社会信用代码 code、类型 kind、级别 level、行政区划代码 adcode（或者 地区 region，或者 省、市、县区 三列）、
  上级 parent、行业 industry、会费 dues、电话 phone、撤销 dissolved（是、否）。名称和类型一定要有。
类型：总工会、基层工会、联合基层工会、区域性工会联合会、行业性工会联合会、全国产业工会。
级别：全国、省级、市级、县级、乡镇街道、社区村、单位；基层工会可以不写，算单位。
上级写统一社会信用代码或者全称；同名的写全，例如 郑州市金水区总工会；不写就归所在地区的总工会。
文件里没有的列，原来登记的不变。撤销写“是”的，会员和没办完的申请由上级接着管；以后文件里又有它，就是又有了。";

/// Imports and says what came of it.
///
/// # Errors
/// Nothing was imported.
pub async fn run(args: &Args, store: &Store) -> Result<(), Failure> {
    let bytes = read(&args.file).map_err(|error| because(&format!("读不了 {}", args.file.display()), error))?;
    let regions = Regions::load()?;
    let source = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let imported = organisations::import(store, &regions, &bytes, &source, args.dry_run, clock::now())
        .await
        .map_err(|error| because("没有导入", error))?;
    let rejects = args.rejects.clone().unwrap_or_else(|| rejects_beside(&args.file));
    let shown = report(&imported.refusals, &rejects)
        .map_err(|error| format!("写不了退回清单：{error}。请用 --rejects 换一个位置"))?;
    for line in &shown {
        println!("{line}");
    }
    println!("{}", words(&imported, args.dry_run));
    if imported.refusals.is_empty() {
        return Ok(());
    }
    println!("退回的每一行都写在 {}", rejects.display());
    if args.dry_run { Ok(()) } else { Err("有退回的行，所以一行也没有导入。改好再导入".into()) }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    // One byte more than is taken tells that there is more.
    std::fs::File::open(file)?.take(organisations::MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes the file of refused rows, and gives the first of them in words.
fn report(refusals: &[Refusal], path: &Path) -> io::Result<Vec<String>> {
    let mut report = Report::new(Some(path.to_path_buf()));
    for row in refusals.chunk_by(|one, next| one.line == next.line) {
        let reasons: Vec<(String, String)> =
            row.iter().map(|refusal| (refusal.column.to_owned(), refusal.reason.clone())).collect();
        report.refuse(row[0].line, &reasons)?;
    }
    report.finish()?;
    Ok(report.shown)
}

fn words(imported: &Imported, dry_run: bool) -> String {
    let landed = match (dry_run, imported.landed) {
        (true, _) => "只检查，没有写入：",
        (false, true) => "导入完成：",
        (false, false) => "没有导入：",
    };
    let mut refused: Vec<u64> = imported.refusals.iter().map(|refusal| refusal.line).collect();
    refused.dedup();
    let mut lines = vec![format!(
        "{landed}看了 {} 行，新增 {}，更新 {}，没有变化 {}，退回 {}",
        imported.rows,
        imported.new,
        imported.updated,
        imported.unchanged,
        refused.len()
    )];
    if !imported.ignored.is_empty() {
        lines.push(format!("没有用到的列：{}", imported.ignored.join("、")));
    }
    lines.join("\n")
}

/// `工会.csv` leads to `工会.csv.rejects.csv` in the folder where the command runs.
fn rejects_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejects.csv");
    name.into()
}
