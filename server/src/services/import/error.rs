//! Why an import could not be done at all.

use super::{columns::ColumnsError, encoding::EncodingError};
use crate::store::StoreError;
use std::{fmt, io};

/// Why nothing was imported. (Rows that are refused are no error: see [`super::Summary`].)
#[derive(Debug)]
pub enum ImportError {
    /// The file is no text.
    Encoding(EncodingError),
    /// Its columns cannot be used.
    Columns(ColumnsError),
    /// Reading stopped.
    Read(io::Error),
    /// The file is no CSV.
    Csv(csv::Error),
    /// The file is no JSON.
    Json {
        /// Line, from 1.
        line: u64,
        /// In words.
        reason: String,
    },
    /// JSON, but not of stations.
    NoCollection,
    /// Headings or nothing.
    NoRows,
    /// A name of a source that cannot be one.
    SourceName(String),
    /// The 示范 pack's own name.
    DemoSource,
    /// `--retire-missing` with no row at all would retire everything.
    RetireAll,
    /// `--retire-missing` where some refused row could be any station: nobody knows what is missing.
    RetireUnsure,
    /// `--as-of` is in the future.
    AsOf,
    /// The file of refused lines cannot be written.
    Report(io::Error),
    /// The database failed.
    Store(StoreError),
    /// The other half of the work stopped; it says why.
    Stopped,
}

impl fmt::Display for ImportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(error) => error.fmt(out),
            Self::Columns(error) => error.fmt(out),
            Self::Read(error) => write!(out, "读文件时出错：{error}"),
            Self::Csv(error) => match error.position() {
                Some(position) => write!(out, "第 {} 行不是正确的 CSV：{error}", position.line()),
                None => write!(out, "不是正确的 CSV：{error}"),
            },
            Self::Json { line, reason } => write!(out, "第 {line} 行不是正确的 JSON：{reason}"),
            Self::NoCollection => {
                out.write_str("这个 JSON 不是 GeoJSON 的 FeatureCollection，也不是一行一个 Feature，请换一种导出方式")
            }
            Self::NoRows => out.write_str("文件里没有表头，请检查是不是空文件"),
            Self::SourceName(name) => write!(
                out,
                "来源名“{name}”不能用：用字母、汉字、数字、点、- 和 _，不超过 64 个字。请用 --source 另起一个"
            ),
            Self::DemoSource => out.write_str("来源名 demo 留给示范站点，请用 --source 另起一个"),
            Self::RetireAll => {
                out.write_str("文件里一个能导入的站点也没有，--retire-missing 会撤下全部站点，所以没有做")
            }
            Self::RetireUnsure => out.write_str(
                "有退回的行认不出是哪个站点，--retire-missing 可能撤下还在的站点，所以没有做。先改好退回的行，或者不用 --retire-missing",
            ),
            Self::AsOf => out.write_str("--as-of 写的日期还没有到，请写资料的日期"),
            Self::Report(error) => write!(out, "写不了退回清单：{error}。请用 --rejects 换一个位置"),
            Self::Store(error) => error.fmt(out),
            Self::Stopped => out.write_str("导入中断了，什么都没有写入，请再试一次"),
        }
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Encoding(error) => Some(error),
            Self::Columns(error) => Some(error),
            Self::Read(error) | Self::Report(error) => Some(error),
            Self::Csv(error) => Some(error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<EncodingError> for ImportError {
    fn from(error: EncodingError) -> Self {
        Self::Encoding(error)
    }
}

impl From<ColumnsError> for ImportError {
    fn from(error: ColumnsError) -> Self {
        Self::Columns(error)
    }
}

impl From<csv::Error> for ImportError {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
