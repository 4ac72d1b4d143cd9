//! From raw rows to batches of stations, a thousand at a time.

use super::{
    Filter, ImportError, Progress,
    check::{Checked, Context, Geometry, Oddity, Refused, Values, check},
    columns::{Columns, ColumnsError},
    field::{Field, SLOTS},
    near::{NEAR_M, Near},
    report::Report,
};
use crate::store::{Incoming, content_hash};
use domain::station::Code;
use std::collections::{HashMap, HashSet};

/// Rows checked at once, by all processors.
const CHUNK: usize = 1000;

/// A row as a file gives it.
pub struct RawRow {
    /// Where it begins, from 1.
    pub line: u64,
    /// What stands in it.
    pub cells: Cells,
    /// Where it is, when the file gives a geometry.
    pub geometry: Option<Geometry>,
    /// Why it can be no station, whatever stands in it.
    pub broken: Option<String>,
}

/// The cells of a row.
pub enum Cells {
    /// One for each column.
    All(csv::StringRecord),
    /// Column and text; other columns are blank.
    Some(Vec<(usize, String)>),
}

impl Cells {
    fn get(&self, column: usize) -> &str {
        match self {
            Self::All(record) => record.get(column).unwrap_or_default(),
            Self::Some(cells) => {
                cells.iter().find(|(position, _)| *position == column).map_or("", |(_, text)| text.as_str())
            }
        }
    }

    fn values<'a>(&'a self, columns: &Columns) -> Values<'a> {
        let mut values = [""; SLOTS];
        let mut put = |position: usize, text: &'a str| {
            if let Some(field) = columns.field(position) {
                values[field.slot()] = text;
            }
        };
        match self {
            Self::All(record) => record.iter().enumerate().for_each(|(position, text)| put(position, text)),
            Self::Some(cells) => cells.iter().for_each(|(position, text)| put(*position, text)),
        }
        values
    }
}

/// What came of all rows.
pub struct Outcome {
    /// Rows that were looked at.
    pub rows: u64,
    /// Rows a filter left out.
    pub left_out: u64,
    /// Counts, and the file of refused lines.
    pub report: Report,
    /// Rows whose hours are kept as text that nobody understands.
    pub unclear_hours: u64,
    /// Columns that say nothing to us.
    pub ignored: Vec<String>,
    /// Whose rows were refused: their stations are not missing from the file.
    pub refused: HashSet<Code>,
}

/// Takes rows, checks them, hands over batches.
pub struct Rows<'a> {
    /// The columns of the file.
    pub columns: Columns,
    context: &'a Context,
    filters: Vec<(Filter, Option<usize>)>,
    pending: Vec<RawRow>,
    seen: HashMap<Code, u64>,
    near: Near,
    pairs: HashSet<(Code, Code)>,
    outcome: Outcome,
    send: &'a mut dyn FnMut(Vec<Incoming>) -> Result<(), ImportError>,
    progress: &'a Progress,
}

impl<'a> Rows<'a> {
    /// No row yet; `near` holds the stations that are there already.
    pub fn new(
        context: &'a Context,
        columns: Columns,
        near: Near,
        send: &'a mut dyn FnMut(Vec<Incoming>) -> Result<(), ImportError>,
        progress: &'a Progress,
    ) -> Self {
        Self {
            columns,
            context,
            filters: context.options.filters.iter().map(|filter| (filter.clone(), None)).collect(),
            pending: Vec::with_capacity(CHUNK),
            seen: HashMap::new(),
            near,
            pairs: HashSet::new(),
            outcome: Outcome {
                rows: 0,
                left_out: 0,
                report: Report::new(context.options.rejects.clone()),
                unclear_hours: 0,
                ignored: Vec::new(),
                refused: HashSet::new(),
            },
            send,
            progress,
        }
    }

    /// Takes a row.
    ///
    /// # Errors
    /// Nobody takes the batches any more, or the file of refused lines cannot be written.
    pub fn push(&mut self, row: RawRow) -> Result<(), ImportError> {
        for (filter, position) in &mut self.filters {
            if position.is_none() {
                *position = self.columns.position(&filter.column);
            }
            let cell = position.map_or("", |position| row.cells.get(position));
            if row.broken.is_none() && (cell.trim() == filter.value) != filter.equal {
                self.outcome.left_out += 1;
                return Ok(());
            }
        }
        self.pending.push(row);
        if self.pending.len() == CHUNK { self.flush() } else { Ok(()) }
    }

    /// Whether any row came, left out ones included.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        self.outcome.rows + self.outcome.left_out > 0 || !self.pending.is_empty()
    }

    /// No more rows.
    ///
    /// # Errors
    /// As [`Self::push`]; or a filter names no column of the file.
    pub fn finish(mut self) -> Result<Outcome, ImportError> {
        self.flush()?;
        // A file without any row has no columns to speak of.
        if self.outcome.rows + self.outcome.left_out == 0 {
            return Ok(self.outcome);
        }
        let unresolved = self.filters.iter().find(|(filter, _)| self.columns.position(&filter.column).is_none());
        if let Some((filter, _)) = unresolved {
            let there = self.columns.headings().to_vec();
            return Err(ColumnsError::Missing { column: filter.column.clone(), there }.into());
        }
        self.outcome.ignored = self.columns.ignored();
        self.outcome.report.finish().map_err(ImportError::Report)?;
        Ok(self.outcome)
    }

    fn flush(&mut self) -> Result<(), ImportError> {
        let rows = std::mem::take(&mut self.pending);
        let checked = check_all(self.context, &self.columns, &rows);
        let mut batch = Vec::with_capacity(rows.len());
        for (row, checked) in rows.into_iter().zip(checked) {
            self.outcome.rows += 1;
            match checked {
                Ok(checked) => self.take(row.line, checked, &mut batch)?,
                Err(refused) => self.refuse(row.line, refused)?,
            }
        }
        self.progress.rows(self.outcome.rows);
        if self.outcome.report.refused > 0 && !self.context.options.skip_bad {
            // Nothing will be written: the rest is read only for its own problems.
            return Ok(());
        }
        if batch.is_empty() { Ok(()) } else { (self.send)(batch) }
    }

    fn refuse(&mut self, line: u64, refused: Refused) -> Result<(), ImportError> {
        let column = |field: Option<Field>| field.map_or("整行", |field| self.columns.heading_of(field)).to_owned();
        let reasons: Vec<_> = refused.problems.into_iter().map(|(field, reason)| (column(field), reason)).collect();
        self.outcome.refused.extend(refused.code);
        self.outcome.report.refuse(line, &reasons).map_err(ImportError::Report)
    }

    fn take(&mut self, line: u64, checked: Checked, batch: &mut Vec<Incoming>) -> Result<(), ImportError> {
        let Checked { station, mut oddities } = checked;
        if let Some(first) = self.seen.get(&station.code) {
            let has_id = self.columns.has(Field::Id);
            let (field, reason) = if has_id {
                (Field::Id, format!("编号“{}”和第 {first} 行重复", station.source_id))
            } else {
                (Field::Name, format!("名称和地址都和第 {first} 行一样"))
            };
            return self.refuse(line, Refused { problems: vec![(Some(field), reason)], code: None });
        }
        // The nearest is enough: the row is looked at either way. Each pair is told once.
        let nearest = self.near.around(station.point, station.code).into_iter().next();
        if let Some(other) = nearest
            && self.pairs.insert((other.min(station.code), other.max(station.code)))
        {
            let who = match self.seen.get(&other) {
                Some(line) => format!("第 {line} 行的站点"),
                None => format!("已有的站点 {other}"),
            };
            oddities.push((Oddity::Near, Field::Name, format!("离{who}不到 {NEAR_M:.0} 米，请看看是不是同一个")));
        }
        for (oddity, field, reason) in oddities {
            let column = self.columns.heading_of(field);
            self.outcome.report.warn(line, oddity, column, &reason).map_err(ImportError::Report)?;
        }
        self.near.add(station.point, station.code);
        self.seen.insert(station.code, line);
        let hours = &station.hours;
        let unclear = hours.text.is_some() && hours.schedule.is_none();
        let unclear = unclear || (hours.unattended_text.is_some() && hours.unattended.is_none());
        self.outcome.unclear_hours += u64::from(unclear);
        batch.push(Incoming { content: content_hash(&station), station });
        Ok(())
    }
}

/// Checks rows on all processors: most of the time goes into finding the county of a point.
fn check_all(context: &Context, columns: &Columns, rows: &[RawRow]) -> Vec<Result<Checked, Refused>> {
    let one = |row: &RawRow| match &row.broken {
        Some(reason) => Err(Refused { problems: vec![(None, reason.clone())], code: None }),
        None => check(context, &row.cells.values(columns), row.geometry.as_ref()),
    };
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
    if rows.len() < 100 || processors == 1 {
        return rows.iter().map(one).collect();
    }
    std::thread::scope(|scope| {
        let parts: Vec<_> = rows
            .chunks(rows.len().div_ceil(processors))
            .map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>()))
            .collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flatten().collect()
    })
}
