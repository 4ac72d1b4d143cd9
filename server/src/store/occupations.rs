//! 职业: the code list.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{membership::Occupation, time::Millis};

type Row = (String, String, bool, bool, Option<String>, i32, Option<Millis>);

impl Store {
    /// All occupations in their order, those that are no longer offered too.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn occupations(&self) -> Result<Vec<Occupation>, StoreError> {
        const SQL: &str =
            "SELECT code, name, eight, four, industry, position, retired_at FROM occupation ORDER BY position, code";
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        let occupation = |(code, name, eight, four, industry, position, retired_at): Row| Occupation {
            code,
            name,
            eight,
            four,
            industry,
            position,
            is_retired: retired_at.is_some(),
        };
        Ok(rows.into_iter().map(occupation).collect())
    }
}

impl Edit {
    /// Makes an occupation that is not there yet; says whether it was not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn make_occupation(&mut self, one: &Occupation, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO occupation (code, name, eight, four, industry, position, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (code) DO NOTHING";
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
}
