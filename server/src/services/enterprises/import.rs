//! Importing head enterprises and affiliates from a CSV file: the whole file, or nothing.

use crate::{
    organisations::Refusal,
    regions::Regions,
    services::import::{Decoded, detect, plain_heading, table},
    store::{EnterpriseKept, Store, StoreError},
};
use domain::{
    account::{EnterpriseId, OrganisationId},
    founding::{EnterpriseKind, UnionState},
    organisation::{CreditCode, OrganisationTree},
    ports::Places,
    time::Millis,
};
use std::{
    collections::HashMap,
    fmt,
    io::{BufReader, Read as _},
};
use uuid::Uuid;

const NAME_AT_MOST: usize = 80;
/// As many as the list shows at all.
const ROWS_AT_MOST: usize = 20_000;

/// Column, code and words of a heading.
const HEADINGS: [(&str, &[&str]); 8] = [
    ("名称", &["name", "名称", "企业名称", "名字"]),
    ("类型", &["kind", "类型", "企业类型"]),
    ("属于", &["parent", "属于", "上级", "所属企业"]),
    ("行政区划代码", &["adcode", "行政区划代码", "地区", "所在地区"]),
    ("行业", &["industry", "行业"]),
    ("统一社会信用代码", &["code", "统一社会信用代码", "信用代码"]),
    ("工会状态", &["union", "工会状态", "有没有工会"]),
    ("工会", &["organisation", "工会", "工会名称", "工会组织"]),
];
const NAME: usize = 0;
const KIND: usize = 1;
const PARENT: usize = 2;
const PLACE: usize = 3;
const INDUSTRY: usize = 4;
const CODE: usize = 5;
const UNION: usize = 6;
const ORGANISATION: usize = 7;

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnterprisesImported {
    /// Rows looked at.
    pub rows: usize,
    /// Enterprises that are new.
    pub new: usize,
    /// Those that were there and are written again.
    pub updated: usize,
    /// What cannot be taken.
    pub refusals: Vec<Refusal>,
    /// Whether it is in the database: not after a trial run, nor when a row was refused.
    pub landed: bool,
}

/// Why a file could not be looked at at all.
#[derive(Debug)]
pub enum EnterprisesFailure {
    /// It is no text, no CSV, or has no such columns: in words.
    File(String),
    /// The database failed.
    Store(StoreError),
}

impl fmt::Display for EnterprisesFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(words) => out.write_str(words),
            Self::Store(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for EnterprisesFailure {}

impl From<StoreError> for EnterprisesFailure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What is there already: by code, by name.
struct Known {
    all: Vec<EnterpriseKept>,
    tree: OrganisationTree,
}

impl Known {
    /// The one that a row is about.
    fn same(&self, row: &EnterpriseKept) -> Option<&EnterpriseKept> {
        let by_code =
            row.code.as_deref().and_then(|code| self.all.iter().find(|one| one.code.as_deref() == Some(code)));
        by_code.or_else(|| self.all.iter().find(|one| one.name == row.name && one.adcode == row.adcode))
    }

    fn organisation(&self, text: &str) -> Option<OrganisationId> {
        let by_code = self.tree.by_code(text);
        by_code.or_else(|| self.tree.all().find(|one| one.name == text)).map(|one| one.id)
    }
}

fn region(regions: &Regions, text: &str) -> Option<u32> {
    if let Ok(adcode) = text.parse() {
        return Places::by_adcode(regions, adcode).map(|place| place.adcode);
    }
    let found = Places::find(regions, text.split_whitespace().last()?, 20);
    let exact: Vec<_> = found.iter().filter(|place| place.path == text || place.name == text).collect();
    match exact.as_slice() {
        [one] => Some(one.adcode),
        _ => None,
    }
}

/// A row by itself; the parent as it is written.
fn row(cells: [&str; 8], regions: &Regions, known: &Known) -> Result<(EnterpriseKept, String), Vec<(usize, String)>> {
    let mut wrong = Vec::new();
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let length = cells[NAME].chars().count();
    if !(2..=NAME_AT_MOST).contains(&length) {
        wrong.push((NAME, format!("名称要有 2 到 {NAME_AT_MOST} 个字")));
    }
    let kind = EnterpriseKind::ALL.iter().copied().find(|one| [one.word(), one.code()].contains(&cells[KIND]));
    if kind.is_none() {
        let words: Vec<_> = EnterpriseKind::ALL.iter().map(|one| one.word()).collect();
        wrong.push((KIND, format!("类型可以写：{}", words.join("、"))));
    }
    let union = match cells[UNION] {
        "" => Some(UnionState::Unknown),
        text => UnionState::ALL.iter().copied().find(|one| [one.word(), one.code()].contains(&text)),
    };
    if union.is_none() {
        let words: Vec<_> = UnionState::ALL.iter().map(|one| one.word()).collect();
        wrong.push((UNION, format!("工会状态可以写：{}", words.join("、"))));
    }
    let adcode = optional(cells[PLACE]).map(|text| region(regions, &text));
    if adcode == Some(None) {
        wrong.push((PLACE, "认不出这个地方，写六位行政区划代码；全国都有就空着".to_owned()));
    }
    let code = optional(cells[CODE]).map(|text| CreditCode::parse(&text));
    if let Some(Err(error)) = &code {
        wrong.push((CODE, error.to_string()));
    }
    let organisation = optional(cells[ORGANISATION]).map(|text| known.organisation(&text));
    if organisation == Some(None) {
        wrong.push((ORGANISATION, "没有这个工会，写全称或者统一社会信用代码".to_owned()));
    }
    if kind.is_some_and(EnterpriseKind::is_affiliate) && cells[PARENT].is_empty() {
        wrong.push((PARENT, "分公司、加盟、代理、派遣要写属于哪一家".to_owned()));
    }
    let (Some(kind), Some(union), true) = (kind, union, wrong.is_empty()) else { return Err(wrong) };
    let organisation = organisation.flatten();
    let one = EnterpriseKept {
        id: EnterpriseId(Uuid::now_v7().into_bytes()),
        name: cells[NAME].to_owned(),
        kind,
        parent: None,
        industry: optional(cells[INDUSTRY]),
        adcode: adcode.flatten(),
        code: code.and_then(Result::ok).map(|code| code.as_str().to_owned()),
        union: if organisation.is_some() { UnionState::Has } else { union },
        organisation,
        source: String::new(),
        retired_at: None,
    };
    Ok((one, cells[PARENT].to_owned()))
}

/// Imports a file: all of it in one transaction, or nothing. The same file a second time makes nothing new.
///
/// # Errors
/// Why the file could not be looked at. A refused row is no error: see [`EnterprisesImported::refusals`].
pub async fn import(
    store: &Store,
    regions: &Regions,
    bytes: &[u8],
    source: &str,
    dry_run: bool,
    now: Millis,
) -> Result<EnterprisesImported, EnterprisesFailure> {
    let known =
        Known { all: store.enterprise_list().await?, tree: OrganisationTree::new(store.organisations().await?) };
    let mut imported = EnterprisesImported::default();
    let mut rows: Vec<(u64, EnterpriseKept, String)> = Vec::new();
    let lines = read(bytes)?;
    imported.rows = lines.len();
    for (line, cells) in &lines {
        match row(std::array::from_fn(|at| cells[at].as_str()), regions, &known) {
            Ok((mut one, parent)) => {
                source.clone_into(&mut one.source);
                if let Some(same) = known.same(&one) {
                    (one.id, one.retired_at) = (same.id, same.retired_at);
                    imported.updated += 1;
                } else {
                    imported.new += 1;
                }
                rows.push((*line, one, parent));
            }
            Err(wrong) => imported.refusals.extend(wrong.into_iter().map(|(at, reason)| Refusal {
                line: *line,
                column: HEADINGS[at].0,
                reason,
            })),
        }
    }
    // Heads before what stands under them: a parent may stand below in the file, but must be a head or be known.
    let by_name: HashMap<String, EnterpriseId> = known
        .all
        .iter()
        .map(|one| (one.name.clone(), one.id))
        .chain(rows.iter().map(|(_, one, _)| (one.name.clone(), one.id)))
        .collect();
    for (line, one, parent) in &mut rows {
        if parent.is_empty() {
            continue;
        }
        one.parent = by_name.get(parent.as_str()).copied().filter(|parent| *parent != one.id);
        if one.parent.is_none() {
            let reason = format!("清单和文件里都没有“{parent}”");
            imported.refusals.push(Refusal { line: *line, column: HEADINGS[PARENT].0, reason });
        }
    }
    rows.sort_by_key(|(_, one, _)| one.kind.is_affiliate());
    imported.refusals.sort_by_key(|refusal| refusal.line);
    if imported.refusals.is_empty() && !dry_run {
        let mut edit = store.edit().await?;
        for (line, one, _) in &rows {
            if !edit.put_enterprise(one, now).await? {
                let reason = "这个代码已经是另一家的，请核对哪一个对".to_owned();
                imported.refusals.push(Refusal { line: *line, column: HEADINGS[CODE].0, reason });
            }
        }
        if imported.refusals.is_empty() {
            edit.finish().await?;
            imported.landed = true;
        }
    }
    Ok(imported)
}

/// Lines of the file with their cells, in the order of [`HEADINGS`].
fn read(bytes: &[u8]) -> Result<Vec<(u64, [String; 8])>, EnterprisesFailure> {
    let no_text = |error: &dyn fmt::Display| EnterprisesFailure::File(error.to_string());
    let encoding = detect(|| Ok(bytes)).map_err(|error| no_text(&error))?;
    let mut text = String::new();
    Decoded::new(bytes, encoding).read_to_string(&mut text).map_err(|error| no_text(&error))?;
    let delimiter = table::delimiter(&mut BufReader::new(text.as_bytes())).map_err(|error| no_text(&error))?;
    let mut csv =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut at: Option<[Option<usize>; 8]> = None;
    for record in csv.records() {
        let record = record.map_err(|_| EnterprisesFailure::File("不是正确的 CSV，请看看引号和逗号".into()))?;
        if table::is_blank(&record) {
            continue;
        }
        let Some(at) = &at else {
            let places = HEADINGS
                .map(|(_, words)| record.iter().position(|heading| words.contains(&plain_heading(heading).as_str())));
            if places[NAME].is_none() || places[KIND].is_none() {
                return Err(EnterprisesFailure::File("文件里要有“名称”和“类型”两列。表头的写法见 --help".into()));
            }
            at = Some(places);
            continue;
        };
        if lines.len() == ROWS_AT_MOST {
            return Err(EnterprisesFailure::File(format!("最多 {ROWS_AT_MOST} 行，请分成几个文件")));
        }
        let cells = at.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default().trim().to_owned());
        lines.push((record.position().map_or(0, csv::Position::line), cells));
    }
    if lines.is_empty() { Err(EnterprisesFailure::File("文件里没有一行企业".into())) } else { Ok(lines) }
}
