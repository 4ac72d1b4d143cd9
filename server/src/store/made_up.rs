//! Made-up members and applications, many at once: for measuring alone. Nobody stands behind them: their hashes are
//! random and nothing of them is sealed.

use super::{Edit, Engine, Store, StoreError, reading, write::Transaction};
use domain::time::Millis;
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

/// What marks them.
pub const MADE_UP: &str = "示范";

/// A made-up member, or an applicant.
#[derive(Clone, Debug)]
pub struct MadeUp {
    /// The row.
    pub id: [u8; 16],
    /// Whose.
    pub subject: [u8; 16],
    /// A random hash.
    pub id_hash: [u8; 32],
    /// A random hash.
    pub name_mobile_hash: [u8; 32],
    /// Whose member, or who decides.
    pub organisation: [u8; 16],
    /// As it stands.
    pub state: &'static str,
    /// Unique among all.
    pub number: String,
    /// The occupation's code.
    pub occupation: &'static str,
    /// The employer or platform.
    pub enterprise: Option<[u8; 16]>,
    /// The county.
    pub adcode: u32,
    /// The link.
    pub entry: Option<String>,
    /// When it was sent, or since when it is.
    pub at: Millis,
    /// When it was decided, or when it ended.
    pub until: Option<Millis>,
    /// When it is due.
    pub due_at: Millis,
}

/// 15 values a row: below the 32,766 of `SQLite`.
const ROWS_A_STATEMENT: usize = 1000;

impl Store {
    /// Whether there is no member and no application at all.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_no_members(&self) -> Result<bool, StoreError> {
        const SQL: &str =
            "SELECT COUNT(*) FROM (SELECT 1 FROM membership UNION ALL SELECT 1 FROM application LIMIT 1) AS one";
        let found: i64 = reading!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?;
        Ok(found == 0)
    }

    /// How the database would run a statement, in its own words; parameters are filled with something. For tests of
    /// load: what looks through a whole table is seen before it is slow.
    ///
    /// # Errors
    /// The database does not answer, or does not understand it.
    pub async fn plan(&self, statement: &str, parameters: &[&str]) -> Result<String, StoreError> {
        // Literals: what a parameter is worth decides the plan of PostgreSQL.
        let mut filled = statement.to_owned();
        for (at, value) in parameters.iter().enumerate().rev() {
            filled = filled.replace(&format!("${}", at + 1), value);
        }
        match &self.engine {
            Engine::Sqlite { reader, .. } => {
                let sql = format!("EXPLAIN QUERY PLAN {filled}");
                let rows: Vec<(i64, i64, i64, String)> =
                    sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(reader).await?;
                Ok(rows.into_iter().map(|(.., line)| line).collect::<Vec<_>>().join("\n"))
            }
            Engine::Postgres(pool) => {
                let sql = format!("EXPLAIN {filled}");
                let rows: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?;
                Ok(rows.into_iter().map(|(line,)| line).collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// Lets the database look at what it holds, as it does by itself after a while.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn analyze(&self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite { writer, .. } => sqlx::query("ANALYZE").execute(writer).await.map(drop)?,
            Engine::Postgres(pool) => sqlx::query("ANALYZE").execute(pool).await.map(drop)?,
        }
        Ok(())
    }

    /// Whether it is `PostgreSQL`: plans of both read differently.
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }
}

impl Edit {
    /// Occupations, platforms and links that made-up people have, unless they are there.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_made_up_lists(
        &mut self,
        occupations: &[(&str, &str)],
        platforms: &[([u8; 16], String)],
        links: &[String],
        now: Millis,
    ) -> Result<(), StoreError> {
        const OCCUPATION: &str = "INSERT INTO occupation (code, name, eight, four, position, changed_at) \
             SELECT $1, $2, $5, $5, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM occupation WHERE code = $1)";
        const PLATFORM: &str = "INSERT INTO enterprise (id, name, kind, source, created_at, changed_at) \
             VALUES ($1, $2, 'platform', $3, $4, $4)";
        const LINK: &str = "INSERT INTO entry_link (code, created_at) VALUES ($1, $2)";
        super::writing!(self, connection => {
            for ((code, name), position) in occupations.iter().zip(100_i32..) {
                sqlx::query(OCCUPATION)
                    .bind(*code)
                    .bind(*name)
                    .bind(position)
                    .bind(now)
                    .bind(true)
                    .execute(&mut *connection)
                    .await?;
            }
            for (id, name) in platforms {
                sqlx::query(PLATFORM)
                    .bind(Uuid::from_bytes(*id))
                    .bind(name)
                    .bind(MADE_UP)
                    .bind(now)
                    .execute(&mut *connection)
                    .await?;
            }
            for code in links {
                sqlx::query(LINK).bind(code).bind(now).execute(&mut *connection).await?;
            }
        });
        Ok(())
    }

    /// Made-up members.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_made_up_members(&mut self, rows: &[MadeUp], now: Millis) -> Result<(), StoreError> {
        for batch in rows.chunks(ROWS_A_STATEMENT) {
            match &mut self.transaction {
                Transaction::Sqlite(one) => {
                    subjects(batch, now).build().execute(&mut **one).await.map(drop)?;
                    members(batch, now).build().execute(&mut **one).await.map(drop)?;
                }
                Transaction::Postgres(one) => {
                    subjects(batch, now).build().execute(&mut **one).await.map(drop)?;
                    members(batch, now).build().execute(&mut **one).await.map(drop)?;
                }
            }
        }
        Ok(())
    }

    /// Made-up applications.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_made_up_applications(&mut self, rows: &[MadeUp], now: Millis) -> Result<(), StoreError> {
        for batch in rows.chunks(ROWS_A_STATEMENT) {
            match &mut self.transaction {
                Transaction::Sqlite(one) => {
                    subjects(batch, now).build().execute(&mut **one).await.map(drop)?;
                    applications(batch, now).build().execute(&mut **one).await.map(drop)?;
                }
                Transaction::Postgres(one) => {
                    subjects(batch, now).build().execute(&mut **one).await.map(drop)?;
                    applications(batch, now).build().execute(&mut **one).await.map(drop)?;
                }
            }
        }
        Ok(())
    }
}

macro_rules! rows_of {
    ($(fn $name:ident($batch:ident, $now:ident) $body:block)+) => { $(
        fn $name<DB: Database>($batch: &[MadeUp], $now: Millis) -> QueryBuilder<DB>
        where
            Uuid: for<'q> Encode<'q, DB> + Type<DB>,
            Option<Uuid>: for<'q> Encode<'q, DB> + Type<DB>,
            Vec<u8>: for<'q> Encode<'q, DB> + Type<DB>,
            String: for<'q> Encode<'q, DB> + Type<DB>,
            Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
            i32: for<'q> Encode<'q, DB> + Type<DB>,
            i64: for<'q> Encode<'q, DB> + Type<DB>,
            Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
        $body
    )+ };
}

rows_of! {
    fn subjects(batch, now) {
        let mut query = QueryBuilder::new("INSERT INTO subject (id, id_hash, created_at, seen_at) ");
        query.push_values(batch, |mut row, one| {
            row.push_bind(Uuid::from_bytes(one.subject))
                .push_bind(one.id_hash.to_vec())
                .push_bind(now)
                .push_bind(now);
        });
        query
    }

    fn members(batch, now) {
        let mut query = QueryBuilder::new(
            "INSERT INTO membership (id, subject, organisation, number, state, id_hash, name_mobile_hash, occupation, \
             enterprise, adcode, authority, source, joined_at, valid_until, ended_at, changed_at) ",
        );
        query.push_values(batch, |mut row, one| {
            row.push_bind(Uuid::from_bytes(one.id))
                .push_bind(Uuid::from_bytes(one.subject))
                .push_bind(Uuid::from_bytes(one.organisation))
                .push_bind(one.number.clone())
                .push_bind(one.state.to_owned())
                .push_bind(one.id_hash.to_vec())
                .push_bind(one.name_mobile_hash.to_vec())
                .push_bind(one.occupation.to_owned())
                .push_bind(one.enterprise.map(Uuid::from_bytes))
                .push_bind(i32::try_from(one.adcode).unwrap_or_default())
                .push_bind(MADE_UP.to_owned())
                .push_bind("import".to_owned())
                .push_bind(one.at)
                .push_bind(one.due_at)
                .push_bind(one.until)
                .push_bind(now);
        });
        query
    }

    fn applications(batch, now) {
        let mut query = QueryBuilder::new(
            "INSERT INTO application (id, subject, state, kind, id_hash, name_mobile_hash, occupation, enterprise, \
             adcode, entry, number, owner, due_at, submitted_at, decided_at, authority, created_at, changed_at) ",
        );
        query.push_values(batch, |mut row, one| {
            row.push_bind(Uuid::from_bytes(one.id))
                .push_bind(Uuid::from_bytes(one.subject))
                .push_bind(one.state.to_owned())
                .push_bind("join".to_owned())
                .push_bind(one.id_hash.to_vec())
                .push_bind(one.name_mobile_hash.to_vec())
                .push_bind(one.occupation.to_owned())
                .push_bind(one.enterprise.map(Uuid::from_bytes))
                .push_bind(i32::try_from(one.adcode).unwrap_or_default())
                .push_bind(one.entry.clone())
                .push_bind(one.number.clone())
                .push_bind(Uuid::from_bytes(one.organisation))
                .push_bind(one.due_at)
                .push_bind(one.at)
                .push_bind(one.until)
                .push_bind(MADE_UP.to_owned())
                .push_bind(one.at)
                .push_bind(now);
        });
        query
    }
}
