//! What the cells of one row say.

use super::{
    Refusal,
    columns::{Columns, Heading},
    names::RegionNames,
};
use crate::{regions::Regions, services::import::values::folded};
use domain::{
    account::OrganisationId,
    organisation::{CreditCode, Kind, Level, Organisation},
    time::Millis,
};

const NAME_AT_MOST: usize = 80;
const INDUSTRY_AT_MOST: usize = 40;
const DUES_AT_MOST: usize = 300;
const PHONE_AT_MOST: usize = 60;

/// A row that is sound by itself.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Line of the file, from 1.
    pub line: u64,
    /// 名称.
    pub name: String,
    /// 统一社会信用代码.
    pub code: Option<CreditCode>,
    /// 组织类型.
    pub kind: Kind,
    /// 组织级别.
    pub level: Level,
    /// GB/T 2260.
    pub adcode: Option<u32>,
    /// The parent as it is written.
    pub parent: Option<String>,
    /// 行业.
    pub industry: Told,
    /// 会费.
    pub dues: Told,
    /// 电话.
    pub phone: Told,
    /// 撤销.
    pub is_dissolved: bool,
}

/// What a file says of a fact that it need not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// There is no such column: what is known stays.
    Nothing,
    /// The cell: blank, what is known goes.
    Cell(Option<String>),
}

impl Told {
    fn or_known(self, known: Option<&Option<String>>) -> Option<String> {
        match self {
            Self::Nothing => known.cloned().flatten(),
            Self::Cell(told) => told,
        }
    }
}

impl Draft {
    /// The organisation. What the file has no column for stays as it is known.
    #[must_use]
    pub fn into_organisation(
        self,
        id: OrganisationId,
        parent: Option<OrganisationId>,
        known: Option<&Organisation>,
        source: &str,
        now: Millis,
    ) -> Organisation {
        Organisation {
            id,
            code: self.code.map(|code| code.as_str().to_owned()).or_else(|| known.and_then(|known| known.code.clone())),
            name: self.name,
            kind: self.kind,
            level: self.level,
            adcode: self.adcode.or_else(|| known.and_then(|known| known.adcode)),
            parent,
            industry: self.industry.or_known(known.map(|known| &known.industry)),
            dues: self.dues.or_known(known.map(|known| &known.dues)),
            phone: self.phone.or_known(known.map(|known| &known.phone)),
            source: source.to_owned(),
            seeded: known.is_some_and(|known| known.seeded),
            officer_active_at: known.and_then(|known| known.officer_active_at),
            dissolved_at: self.is_dissolved.then_some(now),
        }
    }
}

/// Reads rows.
pub struct Reader<'a> {
    regions: &'a Regions,
    columns: &'a Columns,
    region_names: RegionNames,
}

impl<'a> Reader<'a> {
    /// Of a file with these columns.
    #[must_use]
    pub fn new(regions: &'a Regions, columns: &'a Columns) -> Self {
        Self { regions, columns, region_names: RegionNames::new(regions) }
    }

    /// The row, or what is wrong with each of its cells.
    pub fn row(&self, line: u64, record: &csv::StringRecord, refusals: &mut Vec<Refusal>) -> Option<Draft> {
        let before = refusals.len();
        let cell = |heading| self.columns.cell(record, heading);
        let mut refuse = |heading: Heading, reason: String| {
            refusals.push(Refusal { line, column: heading.word(), reason });
        };
        let name = match cell(Heading::Name).map(|name| text(name, NAME_AT_MOST)) {
            Some(Ok(name)) => Some(name),
            Some(Err(reason)) => {
                refuse(Heading::Name, reason);
                None
            }
            None => {
                refuse(Heading::Name, "没写名称，请写组织的全称".to_owned());
                None
            }
        };
        let code = match cell(Heading::Code).map(CreditCode::parse) {
            Some(Ok(code)) => Some(code),
            Some(Err(wrong)) => {
                refuse(Heading::Code, wrong.to_string());
                None
            }
            None => None,
        };
        let kind = cell(Heading::Kind).and_then(kind);
        if kind.is_none() {
            let words = Kind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join("、");
            refuse(Heading::Kind, format!("类型可以写：{words}"));
        }
        let level = match cell(Heading::Level) {
            Some(cell) => level(cell),
            None => kind.and_then(usual_level),
        };
        if level.is_none() && kind.is_some() {
            let words = Level::ALL.iter().map(|level| level.word()).collect::<Vec<_>>().join("、");
            refuse(Heading::Level, format!("级别可以写：{words}"));
        }
        let adcode = self.adcode(record).unwrap_or_else(|(heading, reason)| {
            refuse(heading, reason);
            None
        });
        if adcode.is_none() && kind == Some(Kind::General) && level != Some(Level::Nation) {
            refuse(Heading::Adcode, "总工会要写行政区划代码或地区".to_owned());
        }
        let mut optional = |heading: Heading, most: usize, read: fn(&str, usize) -> Result<String, String>| {
            let told = cell(heading).map(|cell| read(cell, most));
            let told = told.and_then(|told| told.map_err(|reason| refuse(heading, reason)).ok());
            if self.columns.has(heading) { Told::Cell(told) } else { Told::Nothing }
        };
        let industry = optional(Heading::Industry, INDUSTRY_AT_MOST, text);
        let dues = optional(Heading::Dues, DUES_AT_MOST, text);
        let phone = optional(Heading::Phone, PHONE_AT_MOST, phone);
        let parent = optional(Heading::Parent, NAME_AT_MOST, text).or_known(None);
        let is_dissolved = match cell(Heading::Dissolved).map(folded).as_deref() {
            None | Some("否" | "no" | "0" | "false") => false,
            Some("是" | "撤销" | "已撤销" | "yes" | "1" | "true") => true,
            Some(_) => {
                refuse(Heading::Dissolved, "撤销只写“是”或“否”，空着就是没有撤销".to_owned());
                false
            }
        };
        if is_dissolved && kind == Some(Kind::General) {
            refuse(Heading::Dissolved, "地方总工会跟着行政区划走，不在这里撤销".to_owned());
        }
        if refusals.len() > before {
            return None;
        }
        Some(Draft {
            line,
            name: name?,
            code,
            kind: kind?,
            level: level?,
            adcode,
            parent,
            industry,
            dues,
            phone,
            is_dissolved,
        })
    }

    /// The region, by its code or by its name; both may be there, and must then agree.
    fn adcode(&self, record: &csv::StringRecord) -> Result<Option<u32>, (Heading, String)> {
        let cell = |heading| self.columns.cell(record, heading);
        let by_code = cell(Heading::Adcode)
            .map(|told| {
                let known = folded(told).parse().ok().and_then(|adcode| self.regions.by_adcode(adcode));
                known.map(|region| region.adcode).ok_or_else(|| {
                    (Heading::Adcode, format!("没有“{told}”这个行政区划代码，县区一级是 6 位，例如 410105"))
                })
            })
            .transpose()?;
        let parts = [Heading::Province, Heading::City, Heading::County];
        let joined: String = parts.into_iter().filter_map(cell).collect();
        let told = cell(Heading::Region).map(str::to_owned).or((!joined.is_empty()).then_some(joined));
        let Some(told) = told else { return Ok(by_code) };
        let heading = if self.columns.has(Heading::Region) { Heading::Region } else { Heading::County };
        let named = self.region_names.find(&told);
        match (named, by_code) {
            (named, Some(code)) if named.contains(&code) => Ok(Some(code)),
            (_, Some(code)) => {
                let path = self.regions.path(code);
                Err((heading, format!("地区写的是“{told}”，行政区划代码 {code} 却是{path}，请核对哪一个对")))
            }
            ([only], None) => Ok(Some(*only)),
            ([], None) => Err((heading, format!("没有“{told}”这个地区，请写全，例如 河南省郑州市金水区"))),
            (_, None) => Err((heading, format!("有几个地方都叫“{told}”，请写全，例如 河南省郑州市金水区"))),
        }
    }
}

/// A text of one line, without what nobody can see.
fn text(cell: &str, most: usize) -> Result<String, String> {
    let text: String = cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = text.chars().count();
    if length > most {
        Err(format!("最多 {most} 个字，现在有 {length} 个，请写短一些"))
    } else {
        Ok(text)
    }
}

fn phone(cell: &str, most: usize) -> Result<String, String> {
    let phone = text(&folded(cell), most)?;
    let fits = |letter: char| {
        letter.is_ascii_digit() || matches!(letter, '-' | ' ' | '+' | '(' | ')' | '、' | ',' | '/' | '转')
    };
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if phone.chars().all(fits) && digits >= 3 {
        Ok(phone)
    } else {
        Err("电话只写数字，例如 0371-12345678；几个号码之间用顿号".to_owned())
    }
}

fn kind(cell: &str) -> Option<Kind> {
    let cell = folded(cell);
    Kind::parse(&cell).or_else(|| Kind::ALL.iter().copied().find(|kind| kind.word() == cell)).or_else(|| {
        Some(match cell.as_str() {
            "地方总工会" => Kind::General,
            "基层工会委员会" | "基层" => Kind::Grassroots,
            "联合基层工会委员会" | "联合工会" => Kind::JointGrassroots,
            "区域性工会联合会" | "区域性" | "区域工会联合会" => Kind::RegionalFederation,
            "行业性工会联合会" | "行业性" | "行业工会联合会" | "行业工会" => {
                Kind::IndustryFederation
            }
            "产业工会" => Kind::NationalIndustry,
            _ => return None,
        })
    })
}

fn level(cell: &str) -> Option<Level> {
    let cell = folded(cell);
    Level::parse(&cell).or_else(|| Level::ALL.iter().copied().find(|level| level.word() == cell)).or_else(|| {
        Some(match cell.as_str() {
            "全国级" | "国家级" => Level::Nation,
            "省" | "自治区" | "直辖市" => Level::Province,
            "市" | "地市" | "地市级" | "设区市" => Level::City,
            "县" | "区" | "区县" | "县区" | "区级" | "县区级" => Level::County,
            "乡镇(街道)" | "乡镇" | "街道" | "镇" | "乡镇级" | "街道级" => Level::Town,
            "社区(村)" | "社区" | "村" => Level::Community,
            "基层" | "企业" | "基层单位" => Level::Unit,
            _ => return None,
        })
    })
}

/// The level of a kind that has only one.
fn usual_level(kind: Kind) -> Option<Level> {
    match kind {
        Kind::Grassroots | Kind::JointGrassroots => Some(Level::Unit),
        Kind::NationalIndustry => Some(Level::Nation),
        Kind::General | Kind::RegionalFederation | Kind::IndustryFederation => None,
    }
}
