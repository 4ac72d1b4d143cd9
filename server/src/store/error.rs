//! What can go wrong with the database, in words for the person who runs it.

use domain::station::Code;
use std::{fmt, path::PathBuf};

/// Why the store could not do it.
#[derive(Debug)]
pub enum StoreError {
    /// `DATABASE_URL` names no database we know.
    Url {
        /// What was given, without any password.
        given: String,
    },
    /// The folder of the `SQLite` file cannot be made.
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be opened or reached.
    Connect(sqlx::Error),
    /// The tables cannot be brought to this version.
    Migrate(Box<sqlx::migrate::MigrateError>),
    /// Somebody else is writing, or every connection is in use, for longer than we wait.
    Busy,
    /// A query failed.
    Query(sqlx::Error),
    /// A row holds what this program never writes.
    Corrupt {
        /// The row: a station's code as stored, or the notice of a year.
        code: String,
        /// The column.
        column: &'static str,
    },
    /// Two stations would have the same code.
    CodeTaken {
        /// The code.
        code: Code,
        /// Source and source id of the row that has it.
        holder: (String, String),
        /// Source and source id of the row that was to get it.
        refused: (String, String),
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { given } => write!(
                out,
                "DATABASE_URL 写的是 {given}，只认 sqlite:文件路径 或 postgres://用户@主机/库名，请改好再启动"
            ),
            Self::Folder { path, source } => {
                write!(out, "建不了数据库所在的文件夹 {}：{source}。请检查路径和权限", path.display())
            }
            Self::Connect(error) => write!(out, "连不上数据库：{error}。请检查 DATABASE_URL 和数据库是否在运行"),
            Self::Migrate(error) => match **error {
                sqlx::migrate::MigrateError::VersionMissing(version) => {
                    write!(out, "数据库的版本（{version}）比这个程序新，请换用新的程序")
                }
                sqlx::migrate::MigrateError::VersionMismatch(version) => {
                    write!(out, "数据库升级记录 {version} 和程序里的不一样，请确认用的是同一套程序和数据库")
                }
                ref other => write!(out, "数据库升级没有成功：{other}"),
            },
            Self::Busy => out.write_str("数据库正忙（多半是另一个程序正在写），等一会儿再试一次"),
            Self::Query(error) => write!(out, "数据库出错：{error}"),
            Self::Corrupt { code, column } => {
                write!(out, "数据库里 {code} 的 {column} 一栏不是程序写的内容，请从备份恢复这一行")
            }
            Self::CodeTaken { code, holder, refused } => write!(
                out,
                "站点代码 {code} 已经属于 {} 的“{}”，不能再给 {} 的“{}”。请给后一个站点换一个编号",
                holder.0, holder.1, refused.0, refused.1
            ),
        }
    }
}

impl StoreError {
    /// Whether a unique index refused it.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Query(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Folder { source, .. } => Some(source),
            Self::Connect(error) | Self::Query(error) => Some(error),
            Self::Migrate(error) => Some(error),
            Self::Url { .. } | Self::Busy | Self::Corrupt { .. } | Self::CodeTaken { .. } => None,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        // SQLITE_BUSY and its extended codes: the low byte is 5.
        let busy = error
            .as_database_error()
            .and_then(|error| error.try_downcast_ref::<sqlx::sqlite::SqliteError>())
            .and_then(sqlx::error::DatabaseError::code)
            .is_some_and(|code| code.parse::<u32>().is_ok_and(|code| code & 0xFF == 5));
        if busy { Self::Busy } else { Self::Query(error) }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migrate(Box::new(error))
    }
}
