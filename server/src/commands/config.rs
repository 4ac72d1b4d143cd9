//! `server config`: what is configured.

use super::{Failure, because, list};
use crate::config::{Config, Settings, show};

/// 显示所有配置项：现在的值、从哪里来、可以写什么；有写错的会指出来
#[derive(clap::Args)]
#[command(after_help = show::help())]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> Result<(), Failure> {
    let settings = Settings::read().map_err(|error| because("配置不对", error))?;
    print!("{}", show::current(&settings));
    Config::check(&settings).map(|_| ()).map_err(|wrong| list(&wrong).into())
}
