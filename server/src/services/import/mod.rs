//! Importing stations from a file.
//!
//! One thread reads, decodes and checks the file; batches go through a short queue to one
//! transaction. Nothing grows with the file but one code a row, and nothing is seen by anybody
//! before the whole file is in.
//!
//! Identity is source and source id; without a column of ids, a hash of name and address. A place
//! called only 服务区 counts as unnamed: that is no name on a sign.

mod check;
mod columns;
mod encoding;
mod error;
mod field;
mod geojson;
mod identity;
mod input;
mod near;
mod options;
mod position;
mod report;
mod rows;
pub(crate) mod table;
pub(crate) mod values;

pub use check::Oddity;
pub use columns::ColumnsError;
pub use encoding::EncodingError;
pub(crate) use encoding::{Decoded, detect};
pub use error::ImportError;
pub use field::Field;
pub(crate) use field::plain as plain_heading;
pub use identity::{code_of, identity_of};
pub use input::{Input, Progress};
pub use options::{Filter, Options, Unnamed};
pub use report::Report;

use crate::{
    regions::Regions,
    store::{Incoming, Known, Store, Write},
};
use check::Context;
use columns::{Columns, Wishes};
use domain::{
    geo::Point,
    station::{Code, DEMO_SOURCE, SYNTHETIC_SOURCE, Source},
    time::Millis,
};
use input::Watched;
use near::Near;
use rows::{Outcome, Rows};
use std::{collections::HashMap, io::BufReader, sync::Arc};
use tokio::sync::mpsc;

/// Batches that may wait to be written.
const QUEUE: usize = 4;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows looked at.
    pub rows: u64,
    /// Rows a filter left out.
    pub left_out: u64,
    /// Stations that are new.
    pub new: u64,
    /// Stations of which the file says something new, those that are back again included.
    pub updated: u64,
    /// Stations of which it says nothing new.
    pub unchanged: u64,
    /// Stations that are no longer listed.
    pub retired: u64,
    /// Rows refused.
    pub refused: u64,
    /// Counts by [`Oddity::ALL`].
    pub oddities: [u64; Oddity::ALL.len()],
    /// Rows whose hours are kept as text nobody understands.
    pub unclear_hours: u64,
    /// Columns that say nothing to us.
    pub ignored: Vec<String>,
    /// The first lines that need a look, in words.
    pub shown: Vec<String>,
    /// Whether it is in the database: not after a trial run, nor when a row was refused and
    /// `skip_bad` is not set.
    pub landed: bool,
}

/// Imports a file: all of it in one transaction, or nothing.
///
/// # Errors
/// Nothing was imported, and why. A refused row is no error: see [`Summary::landed`].
pub async fn import(
    store: &Store,
    regions: Arc<Regions>,
    input: Input,
    options: Options,
    now: Millis,
    progress: Arc<Progress>,
) -> Result<Summary, ImportError> {
    options.check(now)?;
    let source = Arc::new(Source {
        name: options.source.as_str().into(),
        licence: options.licence.as_deref().map(Into::into),
        attribution: options.attribution.as_deref().map(Into::into),
    });
    let mut writer = if options.dry_run { None } else { Some(store.write().await?) };
    let known = match &mut writer {
        Some(writer) => {
            writer.put_source(&source, options.as_of.map(|date| date.to_string()).as_deref(), now).await?;
            writer.known_of_source(&source.name).await?
        }
        None => store.known_of_source(&source.name).await?,
    };
    let mut sorter = Sorter::of(known);
    // Made-up stations are nobody's double.
    let others = |made_up: &'static str| if options.source == made_up { "" } else { made_up };
    let points = store.station_points([others(DEMO_SOURCE), others(SYNTHETIC_SOURCE)]).await?;

    let (send, mut receive) = mpsc::channel::<Vec<Incoming>>(QUEUE);
    let context = Context { options: options.clone(), source, regions, now };
    let reading = tokio::task::spawn_blocking(move || read(&input, &context, points, &send, &progress));
    let mut written = Ok(());
    while let Some(batch) = receive.recv().await {
        let changed = sorter.sort(batch);
        if let Some(writer) = &mut writer {
            written = writer.put_stations(&changed, now).await;
            if written.is_err() {
                break;
            }
        }
    }
    // The reader stops as soon as nobody listens.
    drop(receive);
    let outcome = reading.await.map_err(|_| ImportError::Stopped)?;
    written?;
    conclude(outcome?, sorter, writer, &options, now).await
}

/// Retires what is missing, makes it lasting, counts.
async fn conclude(
    outcome: Outcome,
    sorter: Sorter,
    writer: Option<Write>,
    options: &Options,
    now: Millis,
) -> Result<Summary, ImportError> {
    let bad = outcome.report.refused > 0 && !options.skip_bad;
    // What was sorted before the first bad row is not imported either.
    let count = |count: u64| if bad { 0 } else { count };
    let mut summary = Summary {
        rows: outcome.rows,
        left_out: outcome.left_out,
        new: count(sorter.new),
        updated: count(sorter.updated),
        unchanged: count(sorter.unchanged),
        retired: 0,
        refused: outcome.report.refused,
        oddities: outcome.report.oddities,
        unclear_hours: outcome.unclear_hours,
        ignored: outcome.ignored,
        shown: outcome.report.shown,
        landed: false,
    };
    let missing = if options.retire_missing && !bad {
        if sorter.new + sorter.updated + sorter.unchanged == 0 {
            return Err(ImportError::RetireAll);
        }
        // A stray quotation mark can swallow the rest of a file into one refused row.
        if outcome.report.refused > outcome.refused.len() as u64 {
            return Err(ImportError::RetireUnsure);
        }
        sorter.missing().filter(|code| !outcome.refused.contains(code)).collect()
    } else {
        Vec::new()
    };
    summary.retired = missing.len() as u64;
    if let Some(mut writer) = writer.filter(|_| !bad) {
        writer.retire(&missing, now).await?;
        writer.finish().await?;
        summary.landed = true;
    }
    Ok(summary)
}

/// A row that is there.
struct There {
    content: i64,
    retired: bool,
    seen: bool,
}

/// Tells new rows from changed and unchanged ones.
struct Sorter {
    known: HashMap<Code, There>,
    new: u64,
    updated: u64,
    unchanged: u64,
}

impl Sorter {
    fn of(known: Vec<Known>) -> Self {
        let there = |row: Known| There { content: row.content, retired: row.retired, seen: false };
        let known = known.into_iter().map(|row| (row.code, there(row))).collect();
        Self { known, new: 0, updated: 0, unchanged: 0 }
    }

    /// Those that must be written. A code that belongs to another identity of this source has other
    /// content too: the database refuses it.
    fn sort(&mut self, batch: Vec<Incoming>) -> Vec<Incoming> {
        let mut changed = Vec::with_capacity(batch.len());
        for incoming in batch {
            let Some(known) = self.known.get_mut(&incoming.station.code) else {
                self.new += 1;
                changed.push(incoming);
                continue;
            };
            known.seen = true;
            if known.content == incoming.content && !known.retired {
                self.unchanged += 1;
            } else {
                self.updated += 1;
                changed.push(incoming);
            }
        }
        changed
    }

    fn missing(&self) -> impl Iterator<Item = Code> + '_ {
        self.known.iter().filter(|(_, row)| !row.retired && !row.seen).map(|(code, _)| *code)
    }
}

/// Reads and checks the whole file.
fn read(
    input: &Input,
    context: &Context,
    points: Vec<(Code, Point)>,
    send: &mpsc::Sender<Vec<Incoming>>,
    progress: &Progress,
) -> Result<Outcome, ImportError> {
    let encoding = detect(|| input.open())?;
    let file = Watched { file: input.open().map_err(ImportError::Read)?, progress };
    let mut file = BufReader::with_capacity(1 << 16, Decoded::new(file, encoding));
    let is_json = table::is_json(&mut file)?;
    let wishes = Wishes {
        columns: context.options.columns.clone(),
        datum: context.options.datum,
        kind_given: context.options.kind.is_some(),
        relative_days: context.options.relative_days,
        has_geometry: is_json,
    };
    let mut near = Near::default();
    for (code, point) in points {
        near.add(point, code);
    }
    let mut hand_over = |batch| send.blocking_send(batch).map_err(|_| ImportError::Stopped);
    let mut rows = Rows::new(context, Columns::new(wishes), near, &mut hand_over, progress);
    // An unnamed place may come without a column of names, and a kind given for all needs none.
    let mut needed = Vec::new();
    if context.options.unnamed == Unnamed::Refuse {
        needed.push(Field::Name);
    }
    if context.options.kind.is_none() {
        needed.push(Field::Kind);
    }
    if is_json {
        geojson::read(file, &mut rows)?;
        if rows.has_rows() {
            rows.columns.complete(&needed)?;
        }
    } else {
        needed.extend([Field::Lng, Field::Lat]);
        table::read(file, &mut rows, &needed)?;
    }
    rows.finish()
}
