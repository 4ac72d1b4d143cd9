//! Numbers that come back from the province's system: 会员编号 and 省系统编号 in a CSV file.

use super::{
    BATCH, ImportWrong,
    columns::{Columns, Heading},
    open,
    row::external,
};
use crate::{
    services::{import::Report, people::People},
    store::Entry,
};
use domain::{
    account::OrganisationId,
    policy::{Action, Role},
    time::Millis,
};
use std::path::Path;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Rows looked at.
    pub rows: u64,
    /// Numbers that are new.
    pub new: u64,
    /// Numbers that were known.
    pub unchanged: u64,
    /// Rows that were not taken.
    pub refused: u64,
}

/// Keeps the numbers. A file that is imported again changes nothing.
///
/// # Errors
/// [`ImportWrong`]; the batches before it are kept.
pub async fn import_numbers(
    people: &People,
    organisation: OrganisationId,
    file: &Path,
    report: &mut Report,
    now: Millis,
) -> Result<Numbers, ImportWrong> {
    let mut table = open(file)?;
    let columns = Columns::all(table.headers()?)
        .and_then(|columns| columns.with(&[Heading::Number, Heading::External]))
        .map_err(ImportWrong::Columns)?;
    let records = table.records().collect::<Result<Vec<_>, _>>()?;
    let mut numbers = Numbers::default();
    for batch in records.chunks(BATCH) {
        let mut edit = people.store.edit().await?;
        let mut new = 0;
        for record in batch.iter().filter(|record| !record.iter().all(|cell| cell.trim().is_empty())) {
            numbers.rows += 1;
            let line = record.position().map_or(0, csv::Position::line);
            let own = columns.cell(record, Heading::Number);
            let given = columns.cell(record, Heading::External).and_then(external);
            let done = match (own, &given) {
                (Some(own), Some(given)) => edit.put_external_number(organisation, own, given, now).await?,
                _ => None,
            };
            match done {
                Some(true) => new += 1,
                Some(false) => numbers.unchanged += 1,
                None => {
                    numbers.refused += 1;
                    let (column, reason) = if given.is_none() {
                        ("省系统编号", "空着，或者不是编号")
                    } else {
                        ("会员编号", "这个组织里没有这个编号")
                    };
                    report.refuse(line, &[(column.to_owned(), reason.to_owned())])?;
                }
            }
        }
        numbers.new += new;
        if new > 0 {
            let entry = Entry {
                actor: None,
                role: Role::Administrator,
                action: Action::ExportMembers,
                object: &format!("organisation {organisation}"),
                reason: &format!("命令行导入省系统编号：{new} 个"),
            };
            edit.audit(&people.vault.audit_key(), &entry, now).await?;
        }
        edit.finish().await?;
    }
    Ok(numbers)
}
