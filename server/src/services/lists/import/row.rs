//! One row of a list, read.

use super::columns::{Columns, Heading};
use crate::{
    services::{
        joining::hashes,
        people::{Failed, People},
    },
    vault::Lookup,
};
use domain::{
    account::{IdNumber, IdType, Mobile, PersonName},
    time::{Date, LocalTime, Millis},
};
use std::collections::HashMap;

/// A row that can be taken.
pub(super) struct Draft {
    pub(super) line: u64,
    pub(super) name: PersonName,
    pub(super) id: IdNumber,
    /// As an account holds it.
    pub(super) id_hash: [u8; 32],
    /// As applications and memberships hold it: the same document has nothing in common in both.
    pub(super) member_hash: [u8; 32],
    /// Of name and mobile.
    pub(super) name_mobile_hash: Option<[u8; 32]>,
    pub(super) mobile: Option<Mobile>,
    pub(super) occupation: Option<String>,
    pub(super) enterprise: Option<[u8; 16]>,
    pub(super) adcode: Option<u32>,
    pub(super) joined_at: Millis,
    pub(super) external: Option<String>,
}

/// Reads rows: columns, and the words that codes stand for.
pub(super) struct Reader {
    columns: Columns,
    occupations: HashMap<String, String>,
    enterprises: HashMap<String, [u8; 16]>,
    now: Millis,
}

/// The longest number of another system.
const LONGEST_NUMBER: usize = 40;

/// A number of another system: letters, digits and dashes.
pub(super) fn external(text: &str) -> Option<String> {
    let good = text.len() <= LONGEST_NUMBER
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'/');
    good.then(|| text.to_owned())
}

impl Reader {
    pub(super) async fn new(people: &People, columns: Columns, now: Millis) -> Result<Self, Failed> {
        let mut occupations = HashMap::new();
        for (code, name) in people.store.occupation_names().await? {
            occupations.insert(name, code.clone());
            occupations.insert(code.clone(), code);
        }
        let enterprises = people.store.enterprise_names().await?.into_iter();
        let enterprises = enterprises.map(|(id, _, name, _)| (name, id.0)).collect();
        Ok(Self { columns, occupations, enterprises, now })
    }

    /// A row, or all that is wrong with it: column and words, none of which repeats what a person's cell said.
    pub(super) fn read(
        &self,
        people: &People,
        line: u64,
        record: &csv::StringRecord,
    ) -> Result<Draft, Vec<(String, String)>> {
        let cell = |heading| self.columns.cell(record, heading);
        let today = LocalTime::of(self.now).date();
        let mut wrong: Vec<(String, String)> = Vec::new();
        let mut at = |column: &str, why: String| wrong.push((column.to_owned(), why));
        let name = PersonName::parse(cell(Heading::Name).unwrap_or_default());
        let name = name.map_err(|why| at("姓名", why.to_string())).ok();
        let id_type = match cell(Heading::IdType) {
            None => Some(IdType::Resident),
            Some(text) => IdType::parse(text)
                .or_else(|| IdType::ALL.iter().copied().find(|known| known.word() == text))
                .or_else(|| matches!(text, "居民身份证" | "身份证").then_some(IdType::Resident)),
        };
        if id_type.is_none() {
            at("证件类型", "不认识这种证件".to_owned());
        }
        let id = id_type.and_then(|id_type| {
            let number = IdNumber::parse(id_type, cell(Heading::IdNumber).unwrap_or_default(), today);
            number.map_err(|why| at("证件号码", why.to_string())).ok()
        });
        let mobile = match cell(Heading::Mobile).map(Mobile::parse) {
            None => None,
            Some(Ok(mobile)) => Some(mobile),
            Some(Err(why)) => {
                at("手机号", why.to_string());
                None
            }
        };
        let occupation = cell(Heading::Occupation).and_then(|text| {
            let found = self.occupations.get(text).cloned();
            if found.is_none() {
                at("职业", "不在职业清单里，请照清单写，或者空着".to_owned());
            }
            found
        });
        let adcode = cell(Heading::Adcode).and_then(|text| {
            let found = text.parse().ok().filter(|adcode| people.regions.by_adcode(*adcode).is_some());
            if found.is_none() {
                at("行政区划代码", "没有这个行政区划".to_owned());
            }
            found
        });
        let joined_at = match cell(Heading::Joined) {
            None => Some(self.now),
            Some(text) => {
                let begins = Date::parse(&text.replace(['/', '.'], "-")).and_then(Date::begins);
                let begins = begins.filter(|at| *at <= self.now);
                if begins.is_none() {
                    at("入会日期", "要写成 2020-05-01 这样，不能在今天以后".to_owned());
                }
                begins
            }
        };
        let number = cell(Heading::External).and_then(|text| {
            let found = external(text);
            if found.is_none() {
                at("省系统编号", format!("最多 {LONGEST_NUMBER} 个字母、数字和横线"));
            }
            found
        });
        // A name that no list has is not guessed at: the member is taken without it.
        let enterprise = cell(Heading::Enterprise).and_then(|name| self.enterprises.get(name).copied());
        match (name, id, joined_at) {
            (Some(name), Some(id), Some(joined_at)) if wrong.is_empty() => {
                let id_hash = people.vault.hash(Lookup::IdNumber, &format!("{}:{}", id.id_type().code(), id.as_str()));
                let member_hash = hashes::of_document(&people.vault, &id);
                let name_mobile_hash =
                    mobile.as_ref().map(|mobile| hashes::of_name_and_mobile(&people.vault, &name, mobile));
                Ok(Draft {
                    line,
                    name,
                    id,
                    id_hash,
                    member_hash,
                    name_mobile_hash,
                    mobile,
                    occupation,
                    enterprise,
                    adcode,
                    joined_at,
                    external: number,
                })
            }
            _ => Err(wrong),
        }
    }
}
