//! `server generate-members`: made-up members and applications for measuring.

use super::Failure;
use crate::{
    ops::clock,
    organisations,
    regions::Regions,
    services::generate_members::{Wanted, fill},
    store::Store,
};
use std::time::Instant;

/// 在空的数据库里造一批假会员和假申请，只用来测速；每一行都标明是示范
#[derive(Debug, clap::Args)]
#[command(
    hide = true,
    after_help = "例子：\n  DATABASE_URL=sqlite:/tmp/measure.db server generate-members --members 200000 --applications 50000"
)]
pub struct Args {
    /// 会员多少
    #[arg(long, default_value_t = 200_000)]
    members: u32,
    /// 申请多少
    #[arg(long, default_value_t = 50_000)]
    applications: u32,
    /// 种子：同样的种子，造出来的一样
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Makes them.
///
/// # Errors
/// The database holds members, or does not answer.
pub async fn run(args: &Args, store: &Store) -> Result<(), Failure> {
    if !store.has_no_members().await? {
        return Err("这个数据库里已经有会员或申请，不往里面造假的。请换一个空的数据库".into());
    }
    let regions = Regions::load()?;
    let begun = Instant::now();
    organisations::seed(store, &regions, clock::now()).await?;
    let wanted = Wanted { members: args.members, applications: args.applications, seed: args.seed };
    fill(store, &regions, wanted, clock::now()).await?;
    println!(
        "造了 {} 位会员、{} 份申请（种子 {}），用了 {:.1} 秒。只用来测速，不是真的",
        args.members,
        args.applications,
        args.seed,
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}
