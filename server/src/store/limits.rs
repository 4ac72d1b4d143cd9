//! Limits that every server of one database shares, and that outlast a restart.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::limit::{FORGOTTEN_AFTER_MS, Limit, Spent, TooMany},
    time::{LocalTime, Millis},
};

impl Store {
    /// Whether one of each limit could be taken now. Nothing is taken and nothing locked: what is decided by it must
    /// not matter when it is a moment old.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn could_take(&self, limits: &[([u8; 32], Limit)], now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT tat, day, count FROM rate_limit WHERE key_hash = $1";
        for (key, limit) in limits {
            let row: Option<(i64, i32, i32)> =
                reading!(self, pool => sqlx::query_as(SQL).bind(&key[..]).fetch_optional(pool).await)?;
            let (tat, day, count) = row.unwrap_or_default();
            if limit.take(Spent { tat, day: i64::from(day), count: count.unsigned_abs() }, now).is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Edit {
    /// What is kept under a key, locked until the end of the transaction: whoever asks for the same key waits.
    async fn spent(&mut self, key: &[u8; 32]) -> Result<Spent, StoreError> {
        // The upsert locks the row, or makes it; a plain read would let two servers see the same state.
        const SQL: &str = "INSERT INTO rate_limit (key_hash, tat, day, count) VALUES ($1, 0, 0, 0) \
             ON CONFLICT (key_hash) DO UPDATE SET count = rate_limit.count RETURNING tat, day, count";
        let (tat, day, count): (i64, i32, i32) =
            writing!(self, connection => sqlx::query_as(SQL).bind(&key[..]).fetch_one(connection).await)?;
        Ok(Spent { tat, day: i64::from(day), count: count.unsigned_abs() })
    }

    async fn put_spent(&mut self, key: &[u8; 32], spent: Spent) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE rate_limit SET tat = $2, day = $3, count = $4 WHERE key_hash = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(&key[..])
                .bind(spent.tat)
                .bind(i32::try_from(spent.day).unwrap_or(i32::MAX))
                .bind(i32::try_from(spent.count).unwrap_or(i32::MAX))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Takes one of each limit, or none of any: the second value is the place of the limit that said no.
    ///
    /// Rows are locked in the order of their keys, so that two servers never wait for each other.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn take(
        &mut self,
        limits: &[([u8; 32], Limit)],
        now: Millis,
    ) -> Result<Result<(), (TooMany, usize)>, StoreError> {
        let mut order: Vec<usize> = (0..limits.len()).collect();
        order.sort_unstable_by_key(|&at| limits[at].0);
        let mut after = Vec::with_capacity(limits.len());
        let mut refused: Option<(TooMany, usize)> = None;
        for at in order {
            let (key, limit) = &limits[at];
            match limit.take(self.spent(key).await?, now) {
                Ok(spent) => after.push((key, spent)),
                // The longest wait is the one worth telling.
                Err(too_many) if refused.is_none_or(|(other, _)| other.wait_ms < too_many.wait_ms) => {
                    refused = Some((too_many, at));
                }
                Err(_) => {}
            }
        }
        if let Some(refused) = refused {
            return Ok(Err(refused));
        }
        for (key, spent) in after {
            self.put_spent(key, spent).await?;
        }
        Ok(Ok(()))
    }

    /// Gives back what was taken and turned out not to count.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn give_back(&mut self, limits: &[([u8; 32], Limit)], count: u32, now: Millis) -> Result<(), StoreError> {
        let mut limits = limits.to_vec();
        limits.sort_unstable_by_key(|&(key, _)| key);
        for (key, limit) in limits {
            let spent = self.spent(&key).await?;
            self.put_spent(&key, limit.give_back(spent, count, now)).await?;
        }
        Ok(())
    }

    /// Forgets what says nothing any more.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_limits(&mut self, now: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM rate_limit WHERE day < $1 AND tat < $2";
        let before = now - FORGOTTEN_AFTER_MS;
        let day = i32::try_from(LocalTime::of(before).day).unwrap_or(0);
        let gone = writing!(self, connection => {
            sqlx::query(SQL).bind(day).bind(before).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(gone)
    }
}
