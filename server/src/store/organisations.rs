//! Union organisations: reading them all, making them, saying that an officer was there.

use super::{Edit, Store, StoreError, reading, write::Transaction, writing};
use domain::{
    account::OrganisationId,
    organisation::{Kind, Level, Organisation},
    time::Millis,
};
use sqlx::{Database, Encode, FromRow, QueryBuilder, Type};
use uuid::Uuid;

/// How old the time of the last officer may become before it is written again.
const NOTED_EVERY_MS: Millis = 10 * 60 * 1000;

/// 16 values a row: below the 32,766 of `SQLite` and the 65,535 of `PostgreSQL`.
const ROWS_A_STATEMENT: usize = 500;

const COLUMNS: &str = "id, code, name, kind, level, adcode, parent, industry, dues, phone, source, seeded, \
     officer_active_at, dissolved_at";

#[derive(FromRow)]
struct Row {
    id: Uuid,
    code: Option<String>,
    name: String,
    kind: String,
    level: String,
    adcode: Option<i32>,
    parent: Option<Uuid>,
    industry: Option<String>,
    dues: Option<String>,
    phone: Option<String>,
    source: String,
    seeded: bool,
    officer_active_at: Option<Millis>,
    dissolved_at: Option<Millis>,
}

fn organisation(row: Row) -> Result<Organisation, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("organisation {}", row.id), column };
    Ok(Organisation {
        id: OrganisationId(row.id.into_bytes()),
        kind: Kind::parse(&row.kind).ok_or_else(|| wrong("kind"))?,
        level: Level::parse(&row.level).ok_or_else(|| wrong("level"))?,
        adcode: row.adcode.map(|adcode| u32::try_from(adcode).map_err(|_| wrong("adcode"))).transpose()?,
        parent: row.parent.map(|parent| OrganisationId(parent.into_bytes())),
        code: row.code,
        name: row.name,
        industry: row.industry,
        dues: row.dues,
        phone: row.phone,
        source: row.source,
        seeded: row.seeded,
        officer_active_at: row.officer_active_at,
        dissolved_at: row.dissolved_at,
    })
}

impl Store {
    /// All organisations, dissolved ones too, in no order.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM organisation");
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await)?;
        rows.into_iter().map(organisation).collect()
    }

    /// Something that differs whenever organisations differ: how many, and the sums of their times.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn organisations_mark(&self) -> Result<(i64, i64, i64), StoreError> {
        // A sum of BIGINT is NUMERIC in PostgreSQL.
        const SQL: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(changed_at), 0) AS BIGINT), \
             CAST(COALESCE(SUM(COALESCE(officer_active_at, 0)), 0) AS BIGINT) FROM organisation";
        Ok(reading!(self, pool => sqlx::query_as(SQL).fetch_one(pool).await)?)
    }
}

impl Edit {
    /// Makes organisations that are not there yet and says how many that were. A parent stands before its children.
    ///
    /// # Errors
    /// The database does not answer, or another row has the same 统一社会信用代码.
    pub async fn make_organisations(&mut self, rows: &[Organisation], now: Millis) -> Result<u64, StoreError> {
        let mut made = 0;
        for batch in rows.chunks(ROWS_A_STATEMENT) {
            made += match &mut self.transaction {
                Transaction::Sqlite(transaction) => {
                    insert(batch, now, LEAVE).build().execute(&mut **transaction).await?.rows_affected()
                }
                Transaction::Postgres(transaction) => {
                    insert(batch, now, LEAVE).build().execute(&mut **transaction).await?.rows_affected()
                }
            };
        }
        Ok(made)
    }

    /// Writes organisations as they are told; when an officer was there is not theirs to tell. A parent stands
    /// before its children.
    ///
    /// # Errors
    /// As [`Edit::make_organisations`].
    pub async fn put_organisations(&mut self, rows: &[Organisation], now: Millis) -> Result<(), StoreError> {
        for batch in rows.chunks(ROWS_A_STATEMENT) {
            match &mut self.transaction {
                Transaction::Sqlite(transaction) => {
                    insert(batch, now, REPLACE).build().execute(&mut **transaction).await?;
                }
                Transaction::Postgres(transaction) => {
                    insert(batch, now, REPLACE).build().execute(&mut **transaction).await?;
                }
            }
        }
        Ok(())
    }

    /// Says that an officer of an organisation is there: at most every ten minutes, so that not every page is a
    /// write.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn note_officer(&mut self, id: OrganisationId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE organisation SET officer_active_at = $2 \
             WHERE id = $1 AND (officer_active_at IS NULL OR officer_active_at <= $3)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(now)
                .bind(now - NOTED_EVERY_MS)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }
}

const LEAVE: &str = " ON CONFLICT (id) DO NOTHING";
const REPLACE: &str = " ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, \
     kind = excluded.kind, level = excluded.level, adcode = excluded.adcode, parent = excluded.parent, \
     industry = excluded.industry, dues = excluded.dues, phone = excluded.phone, source = excluded.source, \
     seeded = excluded.seeded, dissolved_at = excluded.dissolved_at, changed_at = excluded.changed_at";

fn insert<DB: Database>(batch: &[Organisation], now: Millis, then: &str) -> QueryBuilder<DB>
where
    String: for<'q> Encode<'q, DB> + Type<DB>,
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    Option<Uuid>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<i32>: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
    bool: for<'q> Encode<'q, DB> + Type<DB>,
{
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let mut query = QueryBuilder::new(format!("INSERT INTO organisation ({COLUMNS}, created_at, changed_at) "));
    query.push_values(batch, |mut row, one| {
        row.push_bind(Uuid::from_bytes(one.id.0))
            .push_bind(one.code.clone())
            .push_bind(one.name.clone())
            .push_bind(one.kind.code().to_owned())
            .push_bind(one.level.code().to_owned())
            .push_bind(one.adcode.map(number))
            .push_bind(one.parent.map(|parent| Uuid::from_bytes(parent.0)))
            .push_bind(one.industry.clone())
            .push_bind(one.dues.clone())
            .push_bind(one.phone.clone())
            .push_bind(one.source.clone())
            .push_bind(one.seeded)
            .push_bind(one.officer_active_at)
            .push_bind(one.dissolved_at)
            .push_bind(now)
            .push_bind(now);
    });
    query.push(then);
    query
}
