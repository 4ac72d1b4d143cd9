//! China's days off and make-up days: those that ship with the program, and over them what an
//! administrator imported.

mod file;
mod import;
mod shipped;

pub use file::{FileError, MOST_BYTES};
pub use import::{Asked, CalendarImportError, Imported, YEARS, import};
pub use shipped::shipped;

use crate::store::{ImportedNotice, Store, StoreError};
use domain::calendar::Calendar;

/// The calendar of this installation, and the revision of what was imported.
///
/// # Errors
/// The database does not answer, or holds a row this program never writes.
pub async fn load(store: &Store) -> Result<(Calendar, u64), StoreError> {
    let (notices, revision) = store.imported_notices().await?;
    let mut calendar = shipped();
    for ImportedNotice { notice, days } in notices {
        let year = notice.year;
        let wrong = |_| StoreError::Corrupt { code: format!("放假安排 {year}"), column: "date" };
        calendar.add(notice, &days).map_err(wrong)?;
    }
    Ok((calendar, revision))
}
