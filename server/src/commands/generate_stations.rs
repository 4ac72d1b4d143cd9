//! `server generate-stations`: made-up stations for measuring.

use crate::{
    regions::{Regions, RegionsError},
    services::generate,
};
use std::{
    fmt,
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

/// 造一批假站点，只用来测速度；每一行都标明是造出来的
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server generate-stations --count 200000 --seed 1 --out synthetic.csv
  server import-stations synthetic.csv --datum wgs84 --source synthetic")]
pub struct Args {
    /// 造多少个
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    count: u32,
    /// 种子：同样的种子和个数，造出来的文件一模一样
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 写到哪个文件（CSV）
    #[arg(long)]
    out: PathBuf,
}

/// Why no file was made.
#[derive(Debug)]
pub enum GenerateCommandError {
    /// The program's own regions are damaged.
    Regions(RegionsError),
    /// The file cannot be written.
    Write(PathBuf, io::Error),
}

impl fmt::Display for GenerateCommandError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Regions(error) => write!(out, "程序自带的行政区划坏了（{error}），请重新安装"),
            Self::Write(path, error) => write!(out, "写不了 {}：{error}。请换一个位置", path.display()),
        }
    }
}

impl std::error::Error for GenerateCommandError {}

/// Writes the file.
///
/// # Errors
/// The file cannot be written.
pub fn run(args: &Args) -> Result<(), GenerateCommandError> {
    let regions = Regions::load().map_err(GenerateCommandError::Regions)?;
    let failed = |error| GenerateCommandError::Write(args.out.clone(), error);
    let mut file = BufWriter::new(File::create(&args.out).map_err(failed)?);
    generate::write(&regions, args.count, args.seed, &mut file).map_err(failed)?;
    file.flush().map_err(failed)?;
    println!("造了 {} 个站点，写在 {}。只用来测速度，不是真的", args.count, args.out.display());
    Ok(())
}
