//! Rows of a CSV file.

use super::{
    ImportError,
    encoding::line_breaks,
    field::Field,
    rows::{Cells, RawRow, Rows},
};
use std::io::{self, BufRead};

/// Reads the headings, then every row.
///
/// # Errors
/// The columns cannot be used, or reading or handing over fails.
pub fn read(mut file: impl BufRead, rows: &mut Rows<'_>, needed: &[Field]) -> Result<(), ImportError> {
    let delimiter = delimiter(&mut file).map_err(ImportError::Read)?;
    // Rows of another length are refused by us, in words.
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        // A carriage return stays in the last cell, where nobody sees it: cells are trimmed. The reader's
        // own way with both counts lines one short.
        .terminator(csv::Terminator::Any(b'\n'))
        // So that the last line ends like all others.
        .from_reader(file.chain(b"\n".as_slice()));
    let mut record = csv::StringRecord::new();
    // Blank lines may stand above the headings.
    while is_blank(&record) {
        if !csv.read_record(&mut record)? {
            return Err(ImportError::NoRows);
        }
    }
    for heading in &record {
        rows.columns.add(heading)?;
    }
    rows.columns.complete(needed)?;
    let width = record.len();
    while csv.read_record(&mut record)? {
        if is_blank(&record) {
            continue;
        }
        let broken = (record.len() != width)
            .then(|| format!("这一行有 {} 格，表头有 {width} 格，请看看逗号和引号", record.len()));
        // The reader stands on the line after the record; a quoted cell may hold lines of its own.
        let line = csv.position().line().saturating_sub(1 + line_breaks(record.as_slice().as_bytes()));
        rows.push(RawRow { line, cells: Cells::All(std::mem::take(&mut record)), geometry: None, broken })?;
    }
    Ok(())
}

/// Whether a row has nothing in it.
pub fn is_blank(record: &csv::StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// What stands between the cells: the most frequent of comma, semicolon and tab in the first line.
///
/// # Errors
/// The file cannot be read.
pub fn delimiter(file: &mut impl BufRead) -> io::Result<u8> {
    let start = file.fill_buf()?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.split(|byte| *byte == delimiter).count();
    let mut delimiters = [b';', b'\t', b','];
    delimiters.sort_by_key(|delimiter| count(*delimiter));
    Ok(delimiters[2])
}

/// Whether a text is JSON rather than a table: its first letter tells.
///
/// # Errors
/// The file cannot be read.
pub fn is_json(file: &mut impl BufRead) -> Result<bool, ImportError> {
    loop {
        let start = file.fill_buf().map_err(ImportError::Read)?;
        let blanks = start.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        match start.get(blanks) {
            Some(first) => return Ok(matches!(first, b'{' | b'[' | super::geojson::RECORD_SEPARATOR)),
            None if blanks == 0 => return Ok(false),
            None => file.consume(blanks),
        }
    }
}
