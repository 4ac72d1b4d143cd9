//! `server migrate`: brings the database to this program's version.

use super::{Failure, open_store};
use crate::config::Config;

/// 建好数据库的表，或者升级到这个版本；serve 和 import-stations 会自己先做
#[derive(clap::Args)]
#[command(after_help = "例子：\n  server migrate\n  DATABASE_URL=postgres://我@localhost/huizhanjia server migrate")]
pub(super) struct Args {}

pub(super) async fn run(_: &Args, config: &Config) -> Result<(), Failure> {
    open_store(config).await?.close().await;
    println!("数据库已经是这个版本。");
    Ok(())
}
