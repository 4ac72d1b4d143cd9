//! Notices of the State Council that an administrator imported.

use super::{Engine, Store, StoreError, load::one_moment, reading, write::Transaction, writing};
use domain::{
    calendar::{Holiday, Notice, Ruling},
    time::{Date, Millis},
};
use std::collections::BTreeMap;

/// A notice and what it rules, in the order of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedNotice {
    /// Which.
    pub notice: Notice,
    /// What it says.
    pub days: Vec<(Date, Ruling, Holiday)>,
}

const NOTICES: &str = "SELECT year, number, published, source FROM calendar_notice ORDER BY year";
const DAYS: &str = "SELECT year, date, ruling, holiday FROM calendar_day ORDER BY year, date";

type NoticeRow = (i32, String, Option<String>, String);
type DayRow = (i32, String, String, String);

/// A transaction that changes the calendar.
struct Turn {
    transaction: Transaction,
}

impl Store {
    /// How often stations and how often the calendar changed, in one query.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn revisions(&self) -> Result<(u64, u64), StoreError> {
        const SQL: &str =
            "SELECT station_revision.value, calendar_revision.value FROM station_revision, calendar_revision";
        let (stations, calendar): (i64, i64) = reading!(self, pool => sqlx::query_as(SQL).fetch_one(pool).await)?;
        Ok((stations.unsigned_abs(), calendar.unsigned_abs()))
    }

    /// All imported notices at one moment, by year, and the revision they show.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn imported_notices(&self) -> Result<(Vec<ImportedNotice>, u64), StoreError> {
        const REVISION: &str = "SELECT value FROM calendar_revision";
        let (revision, notices, days): (i64, Vec<NoticeRow>, Vec<DayRow>) = one_moment!(self, connection => {
            let revision = sqlx::query_scalar(REVISION).fetch_one(&mut *connection).await?;
            let notices = sqlx::query_as(NOTICES).fetch_all(&mut *connection).await?;
            (revision, notices, sqlx::query_as(DAYS).fetch_all(&mut *connection).await?)
        });
        Ok((imported(notices, days)?, revision.unsigned_abs()))
    }

    /// Writes a notice instead of what was imported for its year before, and counts the calendar's revision
    /// up. Says `false` when exactly this was there already: then nothing happens at all.
    ///
    /// # Errors
    /// The database does not answer: then nothing was written.
    pub async fn put_notice(&self, new: &ImportedNotice, now: Millis) -> Result<bool, StoreError> {
        // On PostgreSQL this takes the row's lock until the end: imports take turns.
        const COUNT: &str = "UPDATE calendar_revision SET value = value + 1";
        const FORGET: &str = "DELETE FROM calendar_day WHERE year = $1";
        const PUT: &str = "INSERT INTO calendar_notice (year, number, published, source, imported_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (year) DO UPDATE SET number = excluded.number, \
             published = excluded.published, source = excluded.source, imported_at = excluded.imported_at";
        const DAY: &str = "INSERT INTO calendar_day (year, date, ruling, holiday) VALUES ($1, $2, $3, $4)";

        let year = year_of(&new.notice);
        let mut turn = Turn { transaction: self.begin().await? };
        let (notices, days): (Vec<NoticeRow>, Vec<DayRow>) = writing!(turn, connection => {
            sqlx::query(COUNT).execute(&mut *connection).await?;
            let notices = sqlx::query_as(NOTICES).fetch_all(&mut *connection).await?;
            (notices, sqlx::query_as(DAYS).fetch_all(&mut *connection).await?)
        });
        if imported(notices, days)?.contains(new) {
            turn.transaction.rollback().await?;
            return Ok(false);
        }
        let Notice { number, published, source, .. } = &new.notice;
        writing!(turn, connection => {
            sqlx::query(FORGET).bind(year).execute(&mut *connection).await?;
            sqlx::query(PUT)
                .bind(year)
                .bind(&**number)
                .bind(published.map(|date| date.to_string()))
                .bind(&**source)
                .bind(now)
                .execute(&mut *connection)
                .await?;
            for (date, ruling, holiday) in &new.days {
                sqlx::query(DAY)
                    .bind(year)
                    .bind(date.to_string())
                    .bind(ruling.code())
                    .bind(holiday.code())
                    .execute(&mut *connection)
                    .await?;
            }
        });
        turn.transaction.commit().await?;
        Ok(true)
    }
}

fn year_of(notice: &Notice) -> i32 {
    // The column takes 2000 to 2200.
    i32::try_from(notice.year).unwrap_or(i32::MAX)
}

fn imported(notices: Vec<NoticeRow>, days: Vec<DayRow>) -> Result<Vec<ImportedNotice>, StoreError> {
    let date_of = |year: i32, text: &str, column| {
        Date::parse(text).ok_or(StoreError::Corrupt { code: format!("放假安排 {year}"), column })
    };
    let mut all = BTreeMap::new();
    for (year, number, published, source) in notices {
        let published = published.map(|text| date_of(year, &text, "published")).transpose()?;
        let notice = Notice { year: year.into(), number: number.into(), published, source: source.into() };
        all.insert(year, ImportedNotice { notice, days: Vec::new() });
    }
    for (year, date, ruling, holiday) in days {
        let corrupt = |column| StoreError::Corrupt { code: format!("放假安排 {year}"), column };
        let day = (
            date_of(year, &date, "date")?,
            Ruling::parse(&ruling).ok_or_else(|| corrupt("ruling"))?,
            Holiday::parse(&holiday).ok_or_else(|| corrupt("holiday"))?,
        );
        // A foreign key holds: there is no day without its notice.
        if let Some(notice) = all.get_mut(&year) {
            notice.days.push(day);
        }
    }
    Ok(all.into_values().collect())
}
