//! `server import-enterprises`: head enterprises and their affiliates from a CSV file.

use super::{Failure, because};
use crate::{
    ops::clock,
    organisations::MOST_BYTES,
    regions::Regions,
    services::{enterprises, import::Report},
    store::Store,
};
use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

/// 从 CSV 文件导入头部企业和它们的分公司、加盟、代理、派遣
///
/// 编码可以是 UTF-8 或 GB18030，表头写中文或代码都认。只要有一行退回，整个文件都不导入。
/// 代码相同，或者名称和地区都相同，就是同一家。
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
  server import-enterprises 企业.csv --dry-run

文件：CSV，第一行是表头，每行一家企业：
  名称,类型,属于,行政区划代码,行业,统一社会信用代码,工会状态,工会
  飞毛腿外卖,头部企业,,,外卖,,不清楚,
  飞毛腿外卖二七加盟站,加盟,飞毛腿外卖,410103,外卖,,没有,

名称和类型一定要有。
类型：平台、头部企业、分公司、加盟、代理、劳务派遣、其他单位。
工会状态：有工会、筹建中、没有、不清楚；不写就是不清楚。
属于写清单或文件里那一家的全名；行政区划代码也可以写地区的全名，空着就是全国。";

/// Imports and says what came of it.
///
/// # Errors
/// Nothing was imported.
pub async fn run(args: &Args, store: &Store) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    std::fs::File::open(&args.file)
        .and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes))
        .map_err(|error| because(&format!("读不了 {}", args.file.display()), error))?;
    let regions = Regions::load()?;
    let source = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let imported = enterprises::import(store, &regions, &bytes, &source, args.dry_run, clock::now())
        .await
        .map_err(|error| because("没有导入", error))?;
    let rejects = args.rejects.clone().unwrap_or_else(|| rejects_beside(&args.file));
    let mut report = Report::new(Some(rejects.clone()));
    for row in imported.refusals.chunk_by(|one, next| one.line == next.line) {
        let reasons: Vec<(String, String)> =
            row.iter().map(|refusal| (refusal.column.to_owned(), refusal.reason.clone())).collect();
        report
            .refuse(row[0].line, &reasons)
            .map_err(|error| format!("写不了退回清单：{error}。请用 --rejects 换一个位置"))?;
    }
    report.finish().map_err(|error| format!("写不了退回清单：{error}。请用 --rejects 换一个位置"))?;
    for line in &report.shown {
        println!("{line}");
    }
    let landed = match (args.dry_run, imported.landed) {
        (true, _) => "只检查，没有写入：",
        (false, true) => "导入完成：",
        (false, false) => "没有导入：",
    };
    println!(
        "{landed}看了 {} 行，新增 {}，更新 {}，退回 {}",
        imported.rows, imported.new, imported.updated, report.refused
    );
    if imported.refusals.is_empty() {
        return Ok(());
    }
    println!("退回的每一行都写在 {}", rejects.display());
    if args.dry_run { Ok(()) } else { Err("有退回的行，所以一行也没有导入。改好再导入".into()) }
}

/// `企业.csv` leads to `企业.csv.rejects.csv` in the folder where the command runs.
fn rejects_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejects.csv");
    name.into()
}
