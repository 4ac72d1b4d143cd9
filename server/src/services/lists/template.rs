//! The columns of an export, as data: what a province's system wants is written in a file, not in code.

use serde::Deserialize;

/// What a column is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Field {
    Number,
    ExternalNumber,
    Name,
    IdType,
    IdNumber,
    Mobile,
    Sex,
    Born,
    Occupation,
    Enterprise,
    Region,
    State,
    Joined,
    Organisation,
    Authority,
}

/// A column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    /// As it stands above it.
    pub(super) heading: String,
    /// Blank where the program never asked.
    pub(super) field: Option<Field>,
    /// The same in every row.
    pub(super) always: Option<String>,
}

/// An export.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    /// What it is called.
    pub(super) name: String,
    /// What it is for.
    pub(super) note: String,
    /// Its columns, in order.
    #[serde(rename = "column")]
    pub(super) columns: Vec<Column>,
}

const FILES: [(&str, &str); 2] = [
    ("generic", include_str!("../../../data/export-templates/generic.toml")),
    ("province-example", include_str!("../../../data/export-templates/province-example.toml")),
];

/// All templates with their codes.
pub(super) fn templates() -> impl Iterator<Item = (&'static str, Template)> {
    FILES.iter().filter_map(|(code, text)| toml::from_str(text).ok().map(|template| (*code, template)))
}

/// The template of a code.
pub(super) fn template(code: &str) -> Option<Template> {
    templates().find(|(known, _)| *known == code).map(|(_, template)| template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_template_is_read_and_leaves_blank_what_was_never_asked() {
        assert_eq!(templates().count(), FILES.len());
        let example = template("province-example").expect("shipped");
        let blank =
            |heading: &str| example.columns.iter().any(|column| column.heading == heading && column.field.is_none());
        assert!(["民族", "学历", "政治面貌", "籍贯"].into_iter().all(blank));
    }
}
