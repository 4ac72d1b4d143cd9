//! `server demo`: the 示范 pack.

use crate::{
    services::demo,
    store::{Store, StoreError},
};

/// 示范站点：项目编出来给人试用的，不是真的
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：\n  server demo remove")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// 删除全部示范站点；正在运行的服务一秒内就看不到它们
    Remove,
}

/// Does it.
///
/// # Errors
/// The database does not answer.
pub async fn run(args: &Args, store: &Store) -> Result<(), StoreError> {
    match args.action {
        Action::Remove => match demo::remove(store).await? {
            0 => println!("没有示范站点，不用删"),
            removed => println!("删除了 {removed} 个示范站点"),
        },
    }
    Ok(())
}
