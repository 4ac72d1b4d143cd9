//! Importing members whom an organisation has already, from a CSV file: batch by batch, each whole or not at all. A file
//! that is imported again changes nothing, and one that broke off goes on where it broke off.

mod columns;
mod numbers;
mod put;
mod row;

pub use numbers::{Numbers, import_numbers};

use crate::{
    services::{
        import::{EncodingError, Report, detect},
        people::{Failed, People},
    },
    store::{Entry, StoreError},
    vault::VaultError,
};
use columns::Columns;
use domain::{
    account::OrganisationId,
    policy::{Action, Role},
    time::Millis,
};
use row::{Draft, Reader};
use std::{collections::HashMap, fmt, fs::File, io, path::Path};

/// Rows of one transaction.
const BATCH: usize = 500;

/// What came of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows looked at.
    pub rows: u64,
    /// New members.
    pub new: u64,
    /// Members of this organisation whose number of the province's system is new, or whose card counts longer now.
    pub updated: u64,
    /// Members of this organisation of whom the file says nothing new.
    pub unchanged: u64,
    /// Rows that were not taken.
    pub refused: u64,
    /// New members whose mobile number was not taken, because somebody else has an account with it.
    pub without_mobile: u64,
    /// New members whose account was there: the same number and the same document.
    pub linked: u64,
}

/// Why a file was not imported, or not to its end.
#[derive(Debug)]
pub enum ImportWrong {
    /// It is no text.
    Encoding(EncodingError),
    /// It cannot be read, or the list of refused rows cannot be written.
    Io(io::Error),
    /// It is no CSV.
    Csv(csv::Error),
    /// Columns that must be there are not.
    Columns(String),
    /// There is no such organisation.
    Organisation,
    /// The database or the vault.
    Failed(Failed),
}

impl fmt::Display for ImportWrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(error) => error.fmt(out),
            Self::Io(error) => write!(out, "读写文件出错：{error}"),
            Self::Csv(error) => write!(out, "这不是正常的 CSV：{error}"),
            Self::Columns(sentence) => out.write_str(sentence),
            Self::Organisation => out.write_str("没有这个组织"),
            Self::Failed(error) => write!(out, "{error}。已经导入的不用重来，再运行一次就接着导"),
        }
    }
}

impl std::error::Error for ImportWrong {}

impl From<io::Error> for ImportWrong {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<csv::Error> for ImportWrong {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}

impl From<Failed> for ImportWrong {
    fn from(error: Failed) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for ImportWrong {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failed::Store(error))
    }
}

impl From<VaultError> for ImportWrong {
    fn from(error: VaultError) -> Self {
        Self::Failed(Failed::Vault(error))
    }
}

/// What to import, and how.
pub struct Wish<'a> {
    /// The file.
    pub file: &'a Path,
    /// Whose members they are.
    pub organisation: OrganisationId,
    /// Look only.
    pub dry_run: bool,
}

/// Imports a file. Refused rows are told to `report`, and `progress` hears how many rows were looked at.
///
/// # Errors
/// [`ImportWrong`]; the batches before it are kept.
pub async fn import_members(
    people: &People,
    wish: &Wish<'_>,
    report: &mut Report,
    progress: &(dyn Fn(u64) + Sync),
    now: Millis,
) -> Result<Imported, ImportWrong> {
    let organisation = people.organisations.tree().get(wish.organisation).cloned().ok_or(ImportWrong::Organisation)?;
    let mut table = open(wish.file)?;
    let columns = Columns::read(table.headers()?).map_err(ImportWrong::Columns)?;
    let reader = Reader::new(people, columns, now).await?;
    let mut imported = Imported::default();
    // The line on which a document stood first: a file names nobody twice.
    let mut seen: HashMap<[u8; 32], u64> = HashMap::new();
    let mut batch: Vec<Draft> = Vec::with_capacity(BATCH);
    let mut record = csv::StringRecord::new();
    let mut is_more = true;
    while is_more {
        is_more = table.read_record(&mut record)?;
        if is_more && !record.iter().all(|cell| cell.trim().is_empty()) {
            imported.rows += 1;
            let line = record.position().map_or(0, csv::Position::line);
            match reader.read(people, line, &record) {
                Ok(draft) => match seen.insert(draft.id_hash, line) {
                    Some(first) => {
                        seen.insert(draft.id_hash, first);
                        refuse(report, &mut imported, line, "证件号码", &format!("和第 {first} 行是同一个证件"))?;
                    }
                    None => batch.push(draft),
                },
                Err(reasons) => {
                    imported.refused += 1;
                    report.refuse(line, &reasons)?;
                }
            }
        }
        if batch.len() == BATCH || (!is_more && !batch.is_empty()) {
            put::batch(people, &organisation, &batch, wish.dry_run, report, &mut imported, now).await?;
            batch.clear();
            progress(imported.rows);
        }
    }
    if !wish.dry_run && imported.new + imported.updated > 0 {
        let mut edit = people.store.edit().await?;
        let entry = Entry {
            actor: None,
            role: Role::Administrator,
            action: Action::ExportMembers,
            object: &format!("organisation {}", organisation.id),
            reason: &format!("命令行导入会员名单：新增 {}，更新 {}", imported.new, imported.updated),
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        edit.finish().await?;
    }
    Ok(imported)
}

fn refuse(
    report: &mut Report,
    imported: &mut Imported,
    line: u64,
    column: &str,
    reason: &str,
) -> Result<(), ImportWrong> {
    imported.refused += 1;
    Ok(report.refuse(line, &[(column.to_owned(), reason.to_owned())])?)
}

/// A CSV file in UTF-8 or GB18030.
fn open(path: &Path) -> Result<csv::Reader<impl io::Read + use<>>, ImportWrong> {
    let encoding = detect(|| File::open(path)).map_err(ImportWrong::Encoding)?;
    let text =
        io::BufReader::with_capacity(1 << 16, crate::services::import::Decoded::new(File::open(path)?, encoding));
    Ok(csv::ReaderBuilder::new().flexible(true).from_reader(text))
}
