//! One transaction about people: accounts, organisations, notices, the audit log. Stations have their own.

use super::{Store, StoreError, write::Transaction};

/// A transaction about people: nothing of it is seen before [`Edit::finish`], and nothing remains of it when it is
/// dropped.
pub struct Edit {
    pub(super) transaction: Transaction,
}

impl Store {
    /// Begins to change what is kept about people.
    ///
    /// # Errors
    /// The database does not answer, or another program keeps writing.
    pub async fn edit(&self) -> Result<Edit, StoreError> {
        Ok(Edit { transaction: self.begin().await? })
    }
}

impl Edit {
    /// Makes everything of this transaction lasting.
    ///
    /// # Errors
    /// The database does not answer: then nothing was written.
    pub async fn finish(self) -> Result<(), StoreError> {
        self.transaction.commit().await
    }
}
