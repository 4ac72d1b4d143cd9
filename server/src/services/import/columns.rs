//! Which column of a file holds what.

use super::field::{Field, datum_of_heading, plain};
use domain::geo::Datum;
use std::fmt;

/// Why the columns of a file cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub enum ColumnsError {
    /// `--columns` or `--where` names a column the file does not have.
    Missing {
        /// The column as typed.
        column: String,
        /// What the file has.
        there: Vec<String>,
    },
    /// Several columns could be meant.
    Several {
        /// What is looked for.
        field: Field,
        /// The columns.
        columns: Vec<String>,
    },
    /// No column holds what is needed.
    Nothing {
        /// What is looked for.
        field: Field,
        /// What the file has.
        there: Vec<String>,
    },
    /// A heading names another datum than `--datum`.
    Datum {
        /// The column.
        column: String,
        /// What it names.
        heading: &'static str,
        /// What was typed.
        typed: &'static str,
    },
    /// One column was given to two fields.
    Twice {
        /// The column.
        column: String,
    },
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { column, there } => {
                write!(out, "文件里没有“{column}”这一列。有的列是：{}", there.join("、"))
            }
            Self::Several { field, columns } => write!(
                out,
                "有几列都像{}：{}。请用 --columns {}=列名 写明用哪一列",
                field.word(),
                columns.join("、"),
                field.key()
            ),
            Self::Nothing { field: Field::Kind, .. } => {
                out.write_str("文件里没有类别这一列。请用 --kind 写明都是什么，例如 --kind union_station")
            }
            Self::Nothing { field, there } => write!(
                out,
                "找不到{}这一列。请用 --columns {}=列名 写明。有的列是：{}",
                field.word(),
                field.key(),
                there.join("、")
            ),
            Self::Datum { column, heading, typed } => write!(
                out,
                "列“{column}”写的是 {heading}，--datum 却是 {typed}。坐标系用错会偏几百米，请改 --datum 或换一列"
            ),
            Self::Twice { column } => write!(out, "--columns 里“{column}”这一列用了两次，请只用一次"),
        }
    }
}

impl std::error::Error for ColumnsError {}

/// What the person who imports said of the columns.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// Field and the heading of its column.
    pub columns: Vec<(Field, String)>,
    /// What the coordinates are in.
    pub datum: Datum,
    /// A column called kind is not ours: the kind was given for all rows.
    pub kind_given: bool,
    /// Days before and after the load mean something (示范 only).
    pub relative_days: bool,
    /// Each row brings its point by itself (`GeoJSON`): no column holds coordinates.
    pub has_geometry: bool,
}

/// The columns found so far. A CSV file tells all at once, `GeoJSON` one by one.
#[derive(Debug)]
pub struct Columns {
    wishes: Wishes,
    headings: Vec<String>,
    fields: Vec<Option<Field>>,
}

impl Columns {
    /// No column yet.
    #[must_use]
    pub fn new(wishes: Wishes) -> Self {
        Self { wishes, headings: Vec::new(), fields: Vec::new() }
    }

    /// The position of a heading; a new one is added and recognised.
    ///
    /// # Errors
    /// The heading makes a field ambiguous, or names another datum.
    pub fn add(&mut self, heading: &str) -> Result<usize, ColumnsError> {
        self.headings.push(heading.trim().to_owned());
        let field = self.recognise(heading.trim())?;
        self.fields.push(field);
        Ok(self.fields.len() - 1)
    }

    /// The position of a heading as written in the file, or as typed a little differently.
    #[must_use]
    pub fn position(&self, heading: &str) -> Option<usize> {
        let exact = self.headings.iter().position(|known| known == heading.trim());
        exact.or_else(|| self.headings.iter().position(|known| plain(known) == plain(heading)))
    }

    /// What a column holds.
    #[must_use]
    pub fn field(&self, position: usize) -> Option<Field> {
        self.fields.get(position).copied().flatten()
    }

    /// The heading of a field's column, or what a person calls the field.
    #[must_use]
    pub fn heading_of(&self, field: Field) -> &str {
        let position = self.fields.iter().position(|known| *known == Some(field));
        position.map_or(field.word(), |position| &self.headings[position])
    }

    /// Headings of columns that say nothing to us.
    #[must_use]
    pub fn ignored(&self) -> Vec<String> {
        let unknown = self.headings.iter().zip(&self.fields).filter(|(_, field)| field.is_none());
        unknown.map(|(heading, _)| heading.clone()).collect()
    }

    /// All headings.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Whether a field has a column.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains(&Some(field))
    }

    /// All is there: what was named, and what is needed.
    ///
    /// # Errors
    /// Something is not.
    pub fn complete(&self, needed: &[Field]) -> Result<(), ColumnsError> {
        for (field, column) in &self.wishes.columns {
            if self.position(column).is_none_or(|position| self.field(position) != Some(*field)) {
                return Err(ColumnsError::Missing { column: column.clone(), there: self.headings.clone() });
            }
        }
        for field in [Field::Lng, Field::Lat] {
            let Some(position) = self.fields.iter().position(|known| *known == Some(field)) else { continue };
            let (column, typed) = (&self.headings[position], self.wishes.datum.as_str());
            if let Some(heading) = datum_of_heading(column).filter(|heading| *heading != typed) {
                return Err(ColumnsError::Datum { column: column.clone(), heading, typed });
            }
        }
        match needed.iter().find(|field| !self.has(**field)) {
            Some(field) => Err(ColumnsError::Nothing { field: *field, there: self.headings.clone() }),
            None => Ok(()),
        }
    }

    fn recognise(&self, heading: &str) -> Result<Option<Field>, ColumnsError> {
        let named = |column: &str| plain(column) == plain(heading);
        let mut wished = self.wishes.columns.iter().filter(|(_, column)| named(column));
        let field = match (wished.next(), wished.next()) {
            (Some(_), Some((_, column))) => return Err(ColumnsError::Twice { column: column.clone() }),
            (Some((field, _)), None) => *field,
            (None, _) => {
                let Some(field) = Field::of_heading(heading).filter(|field| self.may_be(*field)) else {
                    return Ok(None);
                };
                field
            }
        };
        if let Some(at) = self.fields.iter().position(|known| *known == Some(field)) {
            let columns = vec![self.headings[at].clone(), heading.to_owned()];
            return Err(ColumnsError::Several { field, columns });
        }
        Ok(Some(field))
    }

    /// Whether a heading may stand for a field without being named in `--columns`.
    fn may_be(&self, field: Field) -> bool {
        let named = self.wishes.columns.iter().any(|(wished, _)| *wished == field);
        let means_something = match field {
            Field::Kind => !self.wishes.kind_given,
            Field::VerifiedDaysAgo | Field::ClosedUntilDays => self.wishes.relative_days,
            Field::Lng | Field::Lat => !self.wishes.has_geometry,
            _ => true,
        };
        !named && means_something
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(datum: Datum, columns: &[(Field, &str)]) -> Wishes {
        let columns = columns.iter().map(|(field, column)| (*field, (*column).to_owned())).collect();
        Wishes { columns, datum, kind_given: true, relative_days: false, has_geometry: false }
    }

    fn read(wishes: Wishes, headings: &[&str]) -> Result<Columns, ColumnsError> {
        let mut columns = Columns::new(wishes);
        for heading in headings {
            columns.add(heading)?;
        }
        columns.complete(&[Field::Name, Field::Lng, Field::Lat])?;
        Ok(columns)
    }

    const BOTH: [&str; 5] = ["name", "lon_gcj02", "lat_gcj02", "lon_wgs84", "lat_wgs84"];

    #[test]
    fn two_coordinate_columns_are_refused_until_one_is_named() {
        for datum in [Datum::Gcj02, Datum::Wgs84] {
            let error = read(wishes(datum, &[]), &BOTH).expect_err("two could be meant");
            let words = error.to_string();
            assert!(words.contains("lon_gcj02、lon_wgs84") && words.contains("--columns lng=列名"), "{words}");
        }
        let half = read(wishes(Datum::Gcj02, &[(Field::Lng, "lon_gcj02")]), &BOTH).expect_err("latitude is still open");
        assert!(matches!(half, ColumnsError::Several { field: Field::Lat, .. }));
        let named = [(Field::Lng, "lon_gcj02"), (Field::Lat, "lat_gcj02")];
        let columns = read(wishes(Datum::Gcj02, &named), &BOTH).expect("named");
        assert_eq!(columns.ignored(), ["lon_wgs84", "lat_wgs84"]);
    }

    #[test]
    fn a_heading_that_names_another_datum_is_refused() {
        let named = [(Field::Lng, "lon_wgs84"), (Field::Lat, "lat_wgs84")];
        let error = read(wishes(Datum::Gcj02, &named), &BOTH).expect_err("500 m off");
        assert!(error.to_string().contains("几百米"));
    }

    #[test]
    fn a_column_called_kind_is_not_ours_when_the_kind_is_given() {
        let columns = read(wishes(Datum::Wgs84, &[]), &["kind", "名称", "经度", "纬度", "备注"]).expect("complete");
        assert_eq!(columns.ignored(), ["kind", "备注"]);
    }

    #[test]
    fn what_is_missing_is_named_with_what_is_there() {
        let error = read(wishes(Datum::Wgs84, &[]), &["名称", "经度"]).expect_err("no latitude");
        assert_eq!(error.to_string(), "找不到纬度这一列。请用 --columns lat=列名 写明。有的列是：名称、经度");
        let typed = [(Field::Name, "店名")];
        let error = read(wishes(Datum::Wgs84, &typed), &["名称", "经度", "纬度"]).expect_err("no such column");
        assert_eq!(error.to_string(), "文件里没有“店名”这一列。有的列是：名称、经度、纬度");
    }
}
