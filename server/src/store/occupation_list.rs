//! The list of occupations, as it is edited.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{membership::Occupation, time::Millis};

type Row = (String, String, bool, bool, Option<String>, i32, Option<Millis>);

fn occupation((code, name, eight, four, industry, position, retired_at): Row) -> Occupation {
    Occupation { code, name, eight, four, industry, position, is_retired: retired_at.is_some() }
}

impl Store {
    /// All occupations, retired ones last.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn occupation_list(&self) -> Result<Vec<Occupation>, StoreError> {
        const SQL: &str = "SELECT code, name, eight, four, industry, position, retired_at FROM occupation \
             ORDER BY CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END, position, code";
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(occupation).collect())
    }
}

impl Edit {
    /// Adds an occupation; says whether its code was free.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn add_occupation(&mut self, one: &Occupation, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO occupation (code, name, eight, four, industry, position, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let made = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(&one.code)
                .bind(&one.name)
                .bind(one.eight)
                .bind(one.four)
                .bind(&one.industry)
                .bind(one.position)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(made > 0)
    }

    /// Changes one. Its code stays, and it is never deleted.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn change_occupation(&mut self, one: &Occupation, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE occupation SET name = $2, eight = $3, four = $4, industry = $5, position = $6, \
             retired_at = CASE WHEN $7 THEN COALESCE(retired_at, $8) ELSE NULL END, changed_at = $8 WHERE code = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(&one.code)
                .bind(&one.name)
                .bind(one.eight)
                .bind(one.four)
                .bind(&one.industry)
                .bind(one.position)
                .bind(one.is_retired)
                .bind(now)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }
}
