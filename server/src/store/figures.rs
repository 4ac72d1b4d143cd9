//! Figures: what is counted of a month, what was counted, and targets.

use super::{Edit, Store, StoreError, reading, write::Transaction, writing};
use domain::{
    account::{EnterpriseId, OrganisationId, SubjectId},
    time::Millis,
};
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// An application as it is counted: who decides or decided, by what it is counted, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CountedApplication {
    /// Whose it is.
    pub owner: Uuid,
    /// Its county.
    pub adcode: Option<i32>,
    /// The occupation's code.
    pub occupation: Option<String>,
    /// What was named as employer or platform.
    pub enterprise: Option<Uuid>,
    /// The link it came by.
    pub entry: Option<String>,
    /// As it stands.
    pub state: String,
    /// When it was sent.
    pub submitted_at: Millis,
    /// When it was decided.
    pub decided_at: Option<Millis>,
}

/// Members of an organisation that are alike in what they are counted by.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CountedMembers {
    /// Their county.
    pub adcode: Option<i32>,
    /// The occupation's code.
    pub occupation: Option<String>,
    /// The employer or platform.
    pub enterprise: Option<Uuid>,
    /// How many.
    pub people: i64,
}

/// A row of what was counted, by fives.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Figure {
    /// 12 × year + month − 1.
    pub month: i32,
    /// `all`, `region`, `occupation`, `platform`, `head`, `entry`.
    pub dimension: String,
    /// A code of the dimension.
    pub category: String,
    /// Applications sent.
    pub applied: i64,
    /// Of these, approved.
    pub approved: i64,
    /// Members at the end.
    pub members: i64,
    /// Half of the decisions took no longer.
    pub median_ms: Option<i64>,
}

/// A target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The year.
    pub year: i32,
    /// New members approved.
    pub goal: i32,
}

/// 8 values a row: below the 32,766 of `SQLite`.
const ROWS_A_STATEMENT: usize = 1000;

/// The statements that counting and reading figures rest on, for whoever checks how the database runs them.
pub const FIGURE_STATEMENTS: &[&str] = &[FIRST, APPLICATIONS, MEMBERS, FIGURES];

const FIRST: &str = "SELECT submitted_at FROM application WHERE submitted_at > 0 ORDER BY submitted_at LIMIT 1";
const APPLICATIONS: &str = "SELECT owner, adcode, occupation, enterprise, entry, state, submitted_at, decided_at \
     FROM application WHERE submitted_at >= $1 AND submitted_at < $2 AND owner IS NOT NULL";
const MEMBERS: &str = "SELECT adcode, occupation, enterprise, COUNT(*) AS people FROM membership \
     WHERE organisation = $1 AND joined_at < $2 AND (ended_at IS NULL OR ended_at >= $2) \
     GROUP BY adcode, occupation, enterprise";
const FIGURES: &str = "SELECT month, dimension, category, applied, approved, members, median_ms FROM figure \
     WHERE organisation = $1 AND month >= $2 ORDER BY month, dimension, category";

impl Store {
    /// The months that were counted, the first first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn counted_months(&self) -> Result<Vec<i32>, StoreError> {
        const SQL: &str = "SELECT month FROM figure_month ORDER BY month";
        Ok(reading!(self, pool => sqlx::query_scalar(SQL).fetch_all(pool).await)?)
    }

    /// When the first application was sent.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn first_submission(&self) -> Result<Option<Millis>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(FIRST).fetch_optional(pool).await)?)
    }

    /// The applications sent in a time.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_sent(&self, from: Millis, before: Millis) -> Result<Vec<CountedApplication>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(APPLICATIONS).bind(from).bind(before).fetch_all(pool).await)?)
    }

    /// The members of one organisation at a moment.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn members_counted(&self, id: OrganisationId, at: Millis) -> Result<Vec<CountedMembers>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_as(MEMBERS).bind(Uuid::from_bytes(id.0)).bind(at).fetch_all(pool).await
        })?)
    }

    /// Every employer and platform with its kind, its name and whose affiliate it is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn enterprise_names(
        &self,
    ) -> Result<Vec<(EnterpriseId, String, String, Option<EnterpriseId>)>, StoreError> {
        const SQL: &str = "SELECT id, kind, name, parent FROM enterprise";
        let rows: Vec<(Uuid, String, String, Option<Uuid>)> =
            reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        let id = |id: Uuid| EnterpriseId(id.into_bytes());
        Ok(rows.into_iter().map(|(own, kind, name, parent)| (id(own), kind, name, parent.map(id))).collect())
    }

    /// Code and word of every occupation.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn occupation_names(&self) -> Result<Vec<(String, String)>, StoreError> {
        const SQL: &str = "SELECT code, name FROM occupation ORDER BY position, code";
        Ok(reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
    }

    /// What was counted of an organisation since a month.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn figures(&self, id: OrganisationId, from: i32) -> Result<Vec<Figure>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_as(FIGURES).bind(Uuid::from_bytes(id.0)).bind(from).fetch_all(pool).await
        })?)
    }

    /// Where the line of applications of each organisation stands, 0 to 4.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn figure_lines(&self) -> Result<Vec<(OrganisationId, u8)>, StoreError> {
        const SQL: &str = "SELECT organisation, place FROM figure_line";
        let rows: Vec<(Uuid, i32)> = reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        let line = |(id, place): (Uuid, i32)| (OrganisationId(id.into_bytes()), u8::try_from(place).unwrap_or(0));
        Ok(rows.into_iter().map(line).collect())
    }

    /// The targets of an organisation, the newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn targets(&self, id: OrganisationId) -> Result<Vec<Target>, StoreError> {
        const SQL: &str = "SELECT year, goal FROM join_target WHERE organisation = $1 ORDER BY year DESC";
        let rows: Vec<(i32, i32)> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|(year, goal)| Target { year, goal }).collect())
    }
}

impl Edit {
    /// Says that a month is counted now; `false` where it was already: then nothing more must be written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn begin_month(&mut self, month: i32, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO figure_month (month, counted_at) VALUES ($1, $2) ON CONFLICT (month) DO NOTHING";
        let put = writing!(self, connection => {
            sqlx::query(SQL).bind(month).bind(now).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(put > 0)
    }

    /// Writes what was counted.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_figures(&mut self, rows: &[(OrganisationId, Figure)]) -> Result<(), StoreError> {
        for batch in rows.chunks(ROWS_A_STATEMENT) {
            match &mut self.transaction {
                Transaction::Sqlite(transaction) => {
                    insert(batch).build().execute(&mut **transaction).await.map(drop)?;
                }
                Transaction::Postgres(transaction) => {
                    insert(batch).build().execute(&mut **transaction).await.map(drop)?;
                }
            }
        }
        Ok(())
    }

    /// Says where the lines of applications stand now.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_figure_lines(&mut self, lines: &[(OrganisationId, u8)]) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO figure_line (organisation, place) VALUES ($1, $2) \
             ON CONFLICT (organisation) DO UPDATE SET place = excluded.place";
        for (id, place) in lines {
            writing!(self, connection => {
                sqlx::query(SQL)
                    .bind(Uuid::from_bytes(id.0))
                    .bind(i32::from(*place))
                    .execute(connection)
                    .await
                    .map(drop)
            })?;
        }
        Ok(())
    }

    /// Sets a target.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_target(
        &mut self,
        id: OrganisationId,
        target: Target,
        by: Option<SubjectId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO join_target (organisation, year, goal, set_by, set_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organisation, year) DO UPDATE SET goal = excluded.goal, \
             set_by = excluded.set_by, set_at = excluded.set_at";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(target.year)
                .bind(target.goal)
                .bind(by.map(|by| Uuid::from_bytes(by.0)))
                .bind(now)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }
}

fn insert<DB: Database>(batch: &[(OrganisationId, Figure)]) -> QueryBuilder<DB>
where
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    String: for<'q> Encode<'q, DB> + Type<DB>,
    i32: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::new(
        "INSERT INTO figure (organisation, month, dimension, category, applied, approved, members, median_ms) ",
    );
    query.push_values(batch, |mut row, (id, figure)| {
        row.push_bind(Uuid::from_bytes(id.0))
            .push_bind(figure.month)
            .push_bind(figure.dimension.clone())
            .push_bind(figure.category.clone())
            .push_bind(figure.applied)
            .push_bind(figure.approved)
            .push_bind(figure.members)
            .push_bind(figure.median_ms);
    });
    query
}
