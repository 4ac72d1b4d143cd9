//! `server import-members` and `server import-member-numbers`.

use super::{Failure, because, organisations::find};
use crate::{
    config::Config,
    finder::Finder,
    keyd::KeydClient,
    ops::clock,
    organisations::Organisations,
    outside::sms::Gateways,
    regions::Regions,
    services::{
        import::Report,
        lists::import::{self, Imported, Wish},
        people::People,
    },
    store::Store,
    vault::Vault,
};
use domain::account::OrganisationId;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// 从 CSV 文件导入一个组织原有的会员
///
/// 编码可以是 UTF-8 或 GB18030。退回的每一行和原因写在 文件名.rejects.csv，其余照样导入。
/// 同一个文件导入两次，第二次什么都不变；中途断了，再运行一次就接着导。
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server import-members 会员.csv --organisation 郑州市快递行业工会联合会 --dry-run
  server import-members 会员.csv --organisation 410105

文件：CSV，第一行是表头，每行一位会员。姓名、证件号码一定要有，其余可以没有：
  姓名,证件类型,证件号码,手机号,职业,单位,行政区划代码,入会日期,省系统编号
没写证件类型就算居民身份证；没写入会日期就算今天。
手机号已经是别人的账号，就不登记号码（会写在退回清单里，记为“提醒”）；证件也一样，就连到那个账号上。
已经是别的组织的会员、有申请正在审核的，退回。")]
pub struct Args {
    /// CSV 文件
    file: PathBuf,
    /// 哪个组织：统一社会信用代码、行政区划代码，或者全称
    #[arg(long)]
    organisation: String,
    /// 只检查，不写入
    #[arg(long)]
    dry_run: bool,
    /// 退回的清单写到哪里；不写就是当前文件夹里的 文件名.rejects.csv
    #[arg(long)]
    rejects: Option<PathBuf>,
}

/// 导入省系统发回来的会员编号
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server import-member-numbers 发回来的.csv --organisation 410105

文件：CSV，要有 会员编号（导出的名单里有）和 省系统编号 两列，别的列不看。")]
pub struct NumbersArgs {
    /// CSV 文件
    file: PathBuf,
    /// 哪个组织：统一社会信用代码、行政区划代码，或者全称
    #[arg(long)]
    organisation: String,
    /// 退回的清单写到哪里；不写就是当前文件夹里的 文件名.rejects.csv
    #[arg(long)]
    rejects: Option<PathBuf>,
}

/// `会员.csv` leads to `会员.csv.rejects.csv` in the folder where the command runs.
fn rejects_of(given: Option<&PathBuf>, file: &Path) -> PathBuf {
    given.cloned().unwrap_or_else(|| {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".rejects.csv");
        name.into()
    })
}

async fn people(
    config: &Config,
    store: &Store,
    vault: &Vault,
    organisation: &str,
) -> Result<(People, OrganisationId), Failure> {
    let regions = Arc::new(Regions::load()?);
    let held = Arc::new(Organisations::default());
    held.catch_up(store).await?;
    let tree = held.tree();
    let id = find(&tree, organisation)?.id;
    let people = People {
        store: store.clone(),
        vault: vault.clone(),
        policy: Arc::default(),
        // A list of members asks for no station and sends no message.
        finder: Arc::new(Finder::empty()),
        regions,
        organisations: held,
        sms: Gateways::new(Vec::new()),
        sms_a_day: 0,
        identity: config.identity.clone(),
        site: Arc::new(config.site()),
        address: config.address().into(),
        keyd: KeydClient::new(&config.keyd_socket),
    };
    Ok((people, id))
}

fn told(report: &Report, rejects: &Path, anything: bool) {
    for line in &report.shown {
        println!("{line}");
    }
    if anything {
        println!("退回和提醒的每一行都写在 {}", rejects.display());
    }
}

/// Imports members and says what came of it.
///
/// # Errors
/// Not everything was imported.
pub async fn run(args: &Args, config: &Config, store: &Store, vault: &Vault) -> Result<(), Failure> {
    let (people, organisation) = people(config, store, vault, &args.organisation).await?;
    let rejects = rejects_of(args.rejects.as_ref(), &args.file);
    let mut report = Report::new(Some(rejects.clone()));
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} 看了 {pos} 行，{per_sec}") {
        bar.set_style(style);
    }
    let wish = Wish { file: &args.file, organisation, dry_run: args.dry_run };
    let imported =
        import::import_members(&people, &wish, &mut report, &|rows| bar.set_position(rows), clock::now()).await;
    bar.finish_and_clear();
    let Imported { rows, new, updated, unchanged, refused, without_mobile, linked } =
        imported.map_err(|error| because("没有导入完", error))?;
    report.finish()?;
    told(&report, &rejects, refused + without_mobile > 0);
    let landed = if args.dry_run { "只检查，没有写入：" } else { "导入完成：" };
    println!(
        "{landed}看了 {rows} 行，新会员 {new}（其中 {linked} 位连到原有账号，{without_mobile} 位没有登记手机号），更新 {updated}，没有变化 {unchanged}，退回 {refused}"
    );
    Ok(())
}

/// Imports numbers that came back.
///
/// # Errors
/// Not everything was imported.
pub async fn run_numbers(args: &NumbersArgs, config: &Config, store: &Store, vault: &Vault) -> Result<(), Failure> {
    let (people, organisation) = people(config, store, vault, &args.organisation).await?;
    let rejects = rejects_of(args.rejects.as_ref(), &args.file);
    let mut report = Report::new(Some(rejects.clone()));
    let numbers = import::import_numbers(&people, organisation, &args.file, &mut report, clock::now())
        .await
        .map_err(|error| because("没有导入完", error))?;
    report.finish()?;
    told(&report, &rejects, numbers.refused > 0);
    println!(
        "导入完成：看了 {} 行，新编号 {}，没有变化 {}，退回 {}",
        numbers.rows, numbers.new, numbers.unchanged, numbers.refused
    );
    Ok(())
}
