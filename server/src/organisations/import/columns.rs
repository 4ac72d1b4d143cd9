//! Which column of a file holds what.

use crate::services::import::plain_heading;
use std::fmt;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// 名称.
    Name,
    /// 统一社会信用代码.
    Code,
    /// 组织类型.
    Kind,
    /// 组织级别.
    Level,
    /// 行政区划代码.
    Adcode,
    /// 地区, by name.
    Region,
    /// 省.
    Province,
    /// 市.
    City,
    /// 县区.
    County,
    /// 上级.
    Parent,
    /// 行业.
    Industry,
    /// 会费.
    Dues,
    /// 电话.
    Phone,
    /// 撤销: whether it is no more.
    Dissolved,
}

/// Heading, its code, its word, and what else files call it, plain.
const HEADINGS: [(Heading, &str, &str, &[&str]); 14] = [
    (Heading::Name, "name", "名称", &["组织名称", "工会名称", "单位名称", "全称"]),
    (Heading::Code, "code", "统一社会信用代码", &["信用代码", "社会信用代码", "组织代码", "uscc"]),
    (Heading::Kind, "kind", "类型", &["组织类型", "工会类型"]),
    (Heading::Level, "level", "级别", &["组织级别", "层级"]),
    (Heading::Adcode, "adcode", "行政区划代码", &["区划代码", "地区代码", "行政区代码"]),
    (Heading::Region, "region", "地区", &["所在地区", "行政区划", "所属地区"]),
    (Heading::Province, "province", "省", &["省份", "省级"]),
    (Heading::City, "city", "市", &["城市", "地市", "市级"]),
    (Heading::County, "county", "县区", &["区县", "县", "区", "县级"]),
    (Heading::Parent, "parent", "上级", &["上级组织", "上级工会", "上级代码", "上级名称"]),
    (Heading::Industry, "industry", "行业", &["产业", "所属行业"]),
    (Heading::Dues, "dues", "会费", &["会费标准", "会费说明"]),
    (Heading::Phone, "phone", "电话", &["联系电话", "办公电话"]),
    (Heading::Dissolved, "dissolved", "撤销", &["已撤销", "是否撤销"]),
];

impl Heading {
    /// What a person calls it.
    #[must_use]
    pub fn word(self) -> &'static str {
        HEADINGS.iter().find(|(heading, ..)| *heading == self).map_or("", |(_, _, word, _)| word)
    }

    fn of(text: &str) -> Option<Self> {
        let text = plain_heading(text);
        HEADINGS
            .iter()
            .find(|(_, code, word, others)| text == *code || text == *word || others.contains(&text.as_str()))
            .map(|(heading, ..)| *heading)
    }
}

/// Why the columns cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub enum ColumnsWrong {
    /// Two columns hold the same.
    Twice(&'static str, String, String),
    /// A column that must be there is not.
    Missing(&'static str, Vec<String>),
}

impl fmt::Display for ColumnsWrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(word, one, other) => write!(out, "“{one}”和“{other}”都像{word}这一列，请只留一列"),
            Self::Missing(word, there) => {
                write!(out, "文件里没有“{word}”这一列。有的列是：{}。表头的写法见 --help", there.join("、"))
            }
        }
    }
}

/// The columns of a file.
#[derive(Debug)]
pub struct Columns {
    there: Vec<(Heading, usize)>,
    /// Headings that say nothing to us.
    pub ignored: Vec<String>,
}

impl Columns {
    /// Of the first row.
    ///
    /// # Errors
    /// A column is missing, or there twice.
    pub fn of(headings: &csv::StringRecord) -> Result<Self, ColumnsWrong> {
        let mut columns = Self { there: Vec::new(), ignored: Vec::new() };
        for (at, text) in headings.iter().enumerate() {
            let Some(heading) = Heading::of(text) else {
                if !text.trim().is_empty() {
                    columns.ignored.push(text.trim().to_owned());
                }
                continue;
            };
            if let Some(first) = columns.position(heading) {
                let first = headings.get(first).unwrap_or_default().trim().to_owned();
                return Err(ColumnsWrong::Twice(heading.word(), first, text.trim().to_owned()));
            }
            columns.there.push((heading, at));
        }
        let there = || headings.iter().map(|text| text.trim().to_owned()).collect();
        match [Heading::Name, Heading::Kind].into_iter().find(|needed| columns.position(*needed).is_none()) {
            Some(missing) => Err(ColumnsWrong::Missing(missing.word(), there())),
            None => Ok(columns),
        }
    }

    fn position(&self, heading: Heading) -> Option<usize> {
        self.there.iter().find(|(known, _)| *known == heading).map(|(_, at)| *at)
    }

    /// Whether there is such a column.
    #[must_use]
    pub fn has(&self, heading: Heading) -> bool {
        self.position(heading).is_some()
    }

    /// The cell of a row, trimmed; `None` when blank.
    #[must_use]
    pub fn cell<'a>(&self, record: &'a csv::StringRecord, heading: Heading) -> Option<&'a str> {
        let cell = record.get(self.position(heading)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_is_found_by_its_code_and_its_words_and_none_means_two() {
        let mut seen = std::collections::BTreeMap::new();
        for (heading, code, word, others) in HEADINGS {
            for text in [code, word].into_iter().chain(others.iter().copied()) {
                assert_eq!(Heading::of(text), Some(heading), "{text}");
                assert!(seen.insert(plain_heading(text), heading).is_none(), "{text} means two");
            }
        }
        assert_eq!(Heading::of(" 统一社会信用代码（18位）"), None);
        assert_eq!(Heading::of("ＣＯＤＥ"), Some(Heading::Code));
    }
}
