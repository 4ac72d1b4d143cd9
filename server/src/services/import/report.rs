//! What happened to the rows: counts, and a file with every line that needs a look.

use super::check::Oddity;
use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// How many lines of each kind are shown on the terminal; the file has them all.
const SHOWN: u64 = 5;

/// Gathers what must be told.
pub struct Report {
    path: Option<PathBuf>,
    file: Option<csv::Writer<File>>,
    /// Rows refused.
    pub refused: u64,
    /// By [`Oddity::ALL`].
    pub oddities: [u64; Oddity::ALL.len()],
    /// The first lines, in words.
    pub shown: Vec<String>,
}

impl Report {
    /// Nothing to tell yet. The file is made with its first line.
    #[must_use]
    pub const fn new(path: Option<PathBuf>) -> Self {
        Self { path, file: None, refused: 0, oddities: [0; Oddity::ALL.len()], shown: Vec::new() }
    }

    /// A row is refused, for one or more reasons: column and words.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn refuse(&mut self, line: u64, reasons: &[(String, String)]) -> io::Result<()> {
        self.refused += 1;
        for (column, reason) in reasons {
            if self.refused <= SHOWN {
                self.shown.push(format!("第 {line} 行 {column}：{reason}"));
            }
            self.write(line, "退回", column, reason)?;
        }
        Ok(())
    }

    /// A row is taken, and something about it is odd.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn warn(&mut self, line: u64, oddity: Oddity, column: &str, reason: &str) -> io::Result<()> {
        let count = &mut self.oddities[oddity as usize];
        *count += 1;
        if *count <= SHOWN {
            self.shown.push(format!("提醒：第 {line} 行 {column}：{reason}"));
        }
        self.write(line, "提醒", column, reason)
    }

    /// A row is taken, and its owner should know something about it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn note(&mut self, line: u64, column: &str, reason: &str) -> io::Result<()> {
        self.write(line, "提醒", column, reason)
    }

    fn write(&mut self, line: u64, what: &str, column: &str, reason: &str) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        if self.file.is_none() {
            let mut file = File::create(path)?;
            // Spreadsheet programs take a CSV for UTF-8 only with this mark.
            file.write_all("\u{feff}".as_bytes())?;
            let mut file = csv::Writer::from_writer(file);
            file.write_record(["行号", "结果", "列", "原因"])?;
            self.file = Some(file);
        }
        match &mut self.file {
            Some(file) => Ok(file.write_record([&line.to_string(), what, &defused(column), &defused(reason)])?),
            None => Ok(()),
        }
    }

    /// Writes what is left and returns the file, when there is one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(&mut self) -> io::Result<Option<&Path>> {
        match &mut self.file {
            Some(file) => file.flush().map(|()| self.path.as_deref()),
            None => Ok(None),
        }
    }
}

/// A cell that a spreadsheet program cannot take for a formula.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.to_owned() }
}
