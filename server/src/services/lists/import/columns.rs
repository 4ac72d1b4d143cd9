//! Which column of a list holds what.

use crate::services::import::plain_heading;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Name,
    IdType,
    IdNumber,
    Mobile,
    Occupation,
    Enterprise,
    Adcode,
    Joined,
    External,
    Number,
}

/// Heading, its word, and what else files call it, plain.
const HEADINGS: [(Heading, &str, &[&str]); 10] = [
    (Heading::Name, "姓名", &["name", "会员姓名", "职工姓名"]),
    (Heading::IdType, "证件类型", &["id_type", "证件种类"]),
    (Heading::IdNumber, "证件号码", &["id_number", "身份证号", "身份证号码", "证件号", "公民身份号码"]),
    (Heading::Mobile, "手机号", &["mobile", "手机", "手机号码", "移动电话", "联系电话", "电话"]),
    (Heading::Occupation, "职业", &["occupation", "工种", "岗位"]),
    (Heading::Enterprise, "单位", &["enterprise", "单位或平台", "工作单位", "平台", "企业"]),
    (Heading::Adcode, "行政区划代码", &["adcode", "区划代码", "地区代码"]),
    (Heading::Joined, "入会日期", &["joined", "入会时间"]),
    (Heading::External, "省系统编号", &["external_number", "会员证号", "会员卡号", "外部编号"]),
    (Heading::Number, "会员编号", &["number", "本地会员编号"]),
];

/// Where each is.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns(Vec<(Heading, usize)>);

impl Columns {
    /// What a file's first line says.
    pub(super) fn all(headings: &csv::StringRecord) -> Result<Self, String> {
        let mut found = Vec::new();
        for (at, text) in headings.iter().enumerate() {
            let text = plain_heading(text);
            let known = HEADINGS.iter().find(|(_, word, others)| text == *word || others.contains(&text.as_str()));
            let Some((heading, word, _)) = known else { continue };
            if found.iter().any(|(other, _)| other == heading) {
                return Err(format!("有两列都是“{word}”，请去掉一列"));
            }
            found.push((*heading, at));
        }
        Ok(Self(found))
    }

    /// The same for a list of members.
    pub(super) fn read(headings: &csv::StringRecord) -> Result<Self, String> {
        Self::all(headings)?.with(&[Heading::Name, Heading::IdNumber])
    }

    /// The same, when it has these.
    pub(super) fn with(self, needed: &[Heading]) -> Result<Self, String> {
        let missing: Vec<&str> = HEADINGS
            .iter()
            .filter(|(heading, ..)| needed.contains(heading) && !self.0.iter().any(|(found, _)| found == heading))
            .map(|(_, word, _)| *word)
            .collect();
        if missing.is_empty() { Ok(self) } else { Err(format!("表头里没有：{}", missing.join("、"))) }
    }

    /// A cell; `None` where it is blank or there is no such column.
    pub(super) fn cell<'a>(&self, record: &'a csv::StringRecord, heading: Heading) -> Option<&'a str> {
        let (_, at) = self.0.iter().find(|(found, _)| *found == heading)?;
        record.get(*at).map(|cell| cell.trim().trim_start_matches('\'')).filter(|cell| !cell.is_empty())
    }
}
