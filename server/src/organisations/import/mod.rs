//! Importing real organisations from a CSV file: the whole file, or nothing.

mod cells;
mod columns;
mod names;

use super::{id_of_code, id_of_region};
use crate::{
    regions::Regions,
    services::import::{Decoded, EncodingError, detect, table},
    store::{Store, StoreError},
};
use cells::{Draft, Reader};
pub use columns::ColumnsWrong;
use columns::{Columns, Heading};
use domain::{
    account::OrganisationId,
    organisation::{CreditCode, Kind, Level, Organisation, OrganisationTree},
    time::Millis,
};
use names::Names;
use std::{
    collections::HashMap,
    fmt,
    io::{BufReader, Read as _},
};

/// A country has some three million grassroots unions; a province's file is far below this.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A row that cannot be taken, and why: what to do about it stands in the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Line of the file, from 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// In words.
    pub reason: String,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows looked at.
    pub rows: usize,
    /// Organisations that are new.
    pub new: usize,
    /// Those of which the file says something new.
    pub updated: usize,
    /// Those of which it says nothing new.
    pub unchanged: usize,
    /// What cannot be taken.
    pub refusals: Vec<Refusal>,
    /// Columns that say nothing to us.
    pub ignored: Vec<String>,
    /// Whether it is in the database: not after a trial run, nor when a row was refused.
    pub landed: bool,
}

/// Why a file could not be looked at at all.
#[derive(Debug)]
pub enum ImportFailure {
    /// Longer than [`MOST_BYTES`].
    TooLarge,
    /// It is no text.
    Encoding(EncodingError),
    /// It is no CSV.
    Csv(csv::Error),
    /// Its columns cannot be used.
    Columns(ColumnsWrong),
    /// There is no row in it.
    NoRows,
    /// The database failed.
    Store(StoreError),
}

impl fmt::Display for ImportFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(out, "文件超过 {} MB，请分成几个文件导入", MOST_BYTES / 1024 / 1024),
            Self::Encoding(error) => error.fmt(out),
            Self::Csv(error) => match error.position() {
                Some(position) => write!(out, "第 {} 行不是正确的 CSV，请看看引号和逗号", position.line()),
                None => out.write_str("不是正确的 CSV"),
            },
            Self::Columns(wrong) => wrong.fmt(out),
            Self::NoRows => out.write_str("文件里没有一行组织，请检查是不是选错了文件"),
            Self::Store(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for ImportFailure {}

impl From<csv::Error> for ImportFailure {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}

impl From<StoreError> for ImportFailure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Imports a file: all of it in one transaction, or nothing. The same file a second time changes nothing.
///
/// # Errors
/// Why the file could not be looked at. A refused row is no error: see [`Imported::refusals`].
pub async fn import(
    store: &Store,
    regions: &Regions,
    bytes: &[u8],
    source: &str,
    dry_run: bool,
    now: Millis,
) -> Result<Imported, ImportFailure> {
    let all = store.organisations().await?;
    let gone: HashMap<OrganisationId, Millis> =
        all.iter().filter_map(|one| Some((one.id, one.dissolved_at?))).collect();
    let tree = OrganisationTree::new(all);
    let mut imported = Imported::default();
    let drafts = read(bytes, regions, &mut imported)?;
    let rows = settle(drafts, regions, &tree, (source, now), &mut imported.refusals);
    imported.refusals.sort_by_key(|refusal| refusal.line);
    let mut changed = Vec::new();
    for row in rows {
        match tree.get(row.id) {
            None if row.dissolved_at.is_some() && gone.contains_key(&row.id) => {
                imported.unchanged += 1;
                continue;
            }
            None => imported.new += 1,
            Some(known) if same(known, &row) => {
                imported.unchanged += 1;
                continue;
            }
            Some(_) => imported.updated += 1,
        }
        changed.push(row);
    }
    if !imported.refusals.is_empty() {
        (imported.new, imported.updated, imported.unchanged) = (0, 0, 0);
    } else if !dry_run {
        let mut edit = store.edit().await?;
        edit.put_organisations(&changed, now).await?;
        edit.finish().await?;
        imported.landed = true;
    }
    Ok(imported)
}

/// Whether a file says nothing new. Which file said it is no news.
fn same(known: &Organisation, row: &Organisation) -> bool {
    let told = Organisation {
        source: known.source.clone(),
        seeded: known.seeded,
        officer_active_at: known.officer_active_at,
        ..row.clone()
    };
    *known == told
}

/// Every row by itself.
fn read(bytes: &[u8], regions: &Regions, imported: &mut Imported) -> Result<Vec<Draft>, ImportFailure> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ImportFailure::TooLarge);
    }
    let encoding = detect(|| Ok(bytes)).map_err(ImportFailure::Encoding)?;
    let mut text = String::new();
    let decoded = Decoded::new(bytes, encoding).read_to_string(&mut text);
    decoded.map_err(|error| ImportFailure::Encoding(EncodingError::Read(error)))?;
    let delimiter = table::delimiter(&mut BufReader::new(text.as_bytes()))
        .map_err(|error| ImportFailure::Encoding(EncodingError::Read(error)))?;
    let mut csv =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    while table::is_blank(&record) {
        if !csv.read_record(&mut record)? {
            return Err(ImportFailure::NoRows);
        }
    }
    let columns = Columns::of(&record).map_err(ImportFailure::Columns)?;
    imported.ignored.clone_from(&columns.ignored);
    let reader = Reader::new(regions, &columns);
    let width = record.len();
    let mut drafts = Vec::new();
    while csv.read_record(&mut record)? {
        if table::is_blank(&record) {
            continue;
        }
        imported.rows += 1;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != width {
            let reason = format!("这一行有 {} 格，表头有 {width} 格，请看看逗号和引号", record.len());
            imported.refusals.push(Refusal { line, column: "整行", reason });
            continue;
        }
        drafts.extend(reader.row(line, &record, &mut imported.refusals));
    }
    if imported.rows == 0 { Err(ImportFailure::NoRows) } else { Ok(drafts) }
}

/// Which organisation a row is: one that is known by its code, the general union of its region, or a new one.
fn identity(draft: &Draft, tree: &OrganisationTree) -> Result<OrganisationId, (Heading, String)> {
    let by_code = draft.code.and_then(|code| tree.by_code(code.as_str()));
    let of_region = match (draft.kind, draft.level, draft.adcode) {
        (Kind::General, Level::Province | Level::City | Level::County, Some(adcode)) => {
            Some((tree.general_union(adcode), id_of_region(adcode)))
        }
        _ => None,
    };
    match (by_code, of_region, draft.code) {
        (Some(known), Some((Some(general), _)), _) if known.id != general.id => {
            Err((Heading::Code, format!("这个代码已经是“{}”的，这个地区的总工会另有一家", known.name)))
        }
        (Some(known), ..) => Ok(known.id),
        (None, Some((Some(general), _)), Some(code))
            if general.code.as_deref().is_some_and(|known| known != code.as_str()) =>
        {
            Err((
                Heading::Code,
                format!(
                    "{}的代码登记的是 {}，请核对哪一个对",
                    general.name,
                    general.code.as_deref().unwrap_or_default()
                ),
            ))
        }
        (None, Some((general, id)), _) => Ok(general.map_or(id, |general| general.id)),
        (None, None, Some(code)) => Ok(id_of_code(code.as_str())),
        (None, None, None) => {
            Err((Heading::Code, "没写统一社会信用代码，认不出是哪个组织。只有省、市、县总工会可以不写".to_owned()))
        }
    }
}

/// The rows as organisations, parents before their children, those with something wrong left out.
fn settle(
    drafts: Vec<Draft>,
    regions: &Regions,
    tree: &OrganisationTree,
    (source, now): (&str, Millis),
    refusals: &mut Vec<Refusal>,
) -> Vec<Organisation> {
    let mut refuse = |line: u64, column: Heading, reason: String| {
        refusals.push(Refusal { line, column: column.word(), reason });
    };
    // Who is who, before anybody's parent is looked for: a parent may stand below in the file.
    let mut lines: HashMap<OrganisationId, u64> = HashMap::new();
    let mut known = Vec::new();
    for draft in drafts {
        match identity(&draft, tree) {
            Err((column, reason)) => refuse(draft.line, column, reason),
            Ok(id) => {
                if let Some(first) = lines.get(&id) {
                    refuse(draft.line, Heading::Name, format!("和第 {first} 行是同一个组织，请只留一行"));
                } else {
                    lines.insert(id, draft.line);
                    known.push((id, draft));
                }
            }
        }
    }
    let names = Names::new(regions, tree, known.iter().map(|(id, draft)| (*id, draft)));
    let mut rows: HashMap<OrganisationId, (u64, Organisation)> = HashMap::new();
    for (id, draft) in known {
        let line = draft.line;
        match parent_of(&draft, id, regions, tree, &names) {
            Ok(parent) => {
                rows.insert(id, (line, draft.into_organisation(id, parent, tree.get(id), source, now)));
            }
            Err(reason) => refuse(line, Heading::Parent, reason),
        }
    }
    refuse_above_others(&rows, tree, &mut refuse);
    in_order(&rows, tree, refuse)
}

/// What is dissolved has nobody below it: they would be reached by nobody above.
fn refuse_above_others(
    rows: &HashMap<OrganisationId, (u64, Organisation)>,
    tree: &OrganisationTree,
    refuse: &mut impl FnMut(u64, Heading, String),
) {
    // Whom the file moves elsewhere, or dissolves too, is no child any more.
    let still_below = |id: OrganisationId| {
        rows.values().any(|(_, row)| row.parent == Some(id) && row.dissolved_at.is_none())
            || tree.children(id).any(|child| !rows.contains_key(&child.id))
    };
    for (line, row) in rows.values().filter(|(_, row)| row.dissolved_at.is_some() && still_below(row.id)) {
        let reason = format!("“{}”下面还有组织：先给它们写别的上级，或者一起撤销", row.name);
        refuse(*line, Heading::Dissolved, reason);
    }
}

fn parent_of(
    draft: &Draft,
    id: OrganisationId,
    regions: &Regions,
    tree: &OrganisationTree,
    names: &Names,
) -> Result<Option<OrganisationId>, String> {
    let Some(told) = &draft.parent else {
        if let Some(known) = tree.get(id).and_then(|known| known.parent) {
            return Ok(Some(known));
        }
        let answering = draft.adcode.and_then(|adcode| match draft.kind {
            Kind::General => tree.answering_for(regions.by_adcode(adcode)?.parent?),
            _ => tree.answering_for(adcode),
        });
        let may_be_alone = matches!(draft.level, Level::Nation | Level::Province);
        return match answering {
            Some(answering) => Ok(Some(answering.id)),
            None if may_be_alone => Ok(None),
            None => Err("没写上级，也没写地区，认不出归谁管。请写上级的统一社会信用代码或全称".to_owned()),
        };
    };
    // A text without a Chinese character is meant as a code.
    let parents = if told.is_ascii() {
        let code = CreditCode::parse(told).map_err(|wrong| wrong.to_string())?;
        names.by_code(code.as_str())
    } else {
        names.by_name(told)
    };
    match parents {
        [] => Err(format!("没有“{told}”这个组织。请先导入它，或者把它也写进这个文件")),
        [parent] if *parent == id => Err("上级写成了自己".to_owned()),
        [parent] => Ok(Some(*parent)),
        _ => Err(format!("有几个组织都叫“{told}”，请写上级的统一社会信用代码，或者写全，例如 郑州市金水区总工会")),
    }
}

/// Parents before their children; a ring is refused, and one that stands under a lower level.
fn in_order(
    rows: &HashMap<OrganisationId, (u64, Organisation)>,
    tree: &OrganisationTree,
    mut refuse: impl FnMut(u64, Heading, String),
) -> Vec<Organisation> {
    let find = |id: OrganisationId| rows.get(&id).map(|(_, row)| row).or_else(|| tree.get(id));
    // Nothing stands deeper than all rows of the file under all that is there.
    let deepest = rows.len() + tree.len();
    let depth_of = |row: &Organisation| {
        let mut depth = 0;
        let mut above = row.parent;
        while let Some(parent) = above {
            depth += 1;
            if parent == row.id || depth > deepest {
                return None;
            }
            above = find(parent).and_then(|parent| parent.parent);
        }
        Some(depth)
    };
    let mut placed = Vec::new();
    for (line, row) in rows.values() {
        let lower = row.parent.and_then(find).filter(|parent| parent.level > row.level);
        match (depth_of(row), lower) {
            (None, _) => refuse(*line, Heading::Parent, "上下级绕成了一圈，请改正其中一行的上级".to_owned()),
            (Some(_), Some(parent)) => {
                let (above, own) = (parent.level.word(), row.level.word());
                refuse(*line, Heading::Parent, format!("上级“{}”是{above}，比自己的{own}还低", parent.name));
            }
            (Some(depth), None) => placed.push((depth, *line, row.clone())),
        }
    }
    placed.sort_by_key(|(depth, line, _)| (*depth, *line));
    placed.into_iter().map(|(_, _, row)| row).collect()
}
