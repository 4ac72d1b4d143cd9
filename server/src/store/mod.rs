//! What is kept: one SQL text for `SQLite` and `PostgreSQL`.
//!
//! [`Store`] holds the pools of whichever engine runs; the macros `reading!` and `writing!` give a
//! body the pool or transaction, so that a query is written once. `$1` works in both. Where a
//! dialect must differ, both texts stand side by side in one function.

mod alerts;
mod applications;
mod attempts;
mod audit;
mod audit_log;
mod calendar;
mod cards;
mod connect;
mod content;
mod deciding;
mod edit;
mod enrolment;
mod enterprise_list;
mod enterprises;
mod error;
mod figures;
mod foundings;
mod grants;
mod holdings;
mod inbox;
mod invitations;
mod limits;
mod load;
mod made_up;
mod matters;
mod member_lists;
mod memberships;
mod memberships_begin;
mod memberships_claim;
mod memberships_validity;
mod objections;
mod obstructions;
mod occupation_list;
mod occupations;
mod organisations;
mod owned;
mod proofs;
mod put;
mod reports;
mod roads;
mod row;
mod sealed;
mod sessions;
mod subjects;
mod transfers;
mod trial;
mod write;

pub use alerts::AlertRow;
pub use applications::{
    ApplicationEvent, Bound, Hashes, KeptApplication, KeptLink, KeptPreparation, KnownBy, NewPreparation, Overdue,
    Sending,
};
pub use attempts::AttemptRow;
pub use audit::{Entry, row_hash};
pub use audit_log::{AuditHead, AuditRow, AuditSeal, Break, Chain};
pub use calendar::ImportedNotice;
pub use cards::{CardMember, CardRow, RevokedFor};
pub use content::content_hash;
pub use deciding::{
    Decided, DecidingRow, LikelyRow, QueueOf, Roots, RulingRow, WaitingAt, likely_sql, queue_sql, waiting_sql,
};
pub use edit::Edit;
pub use enterprise_list::EnterpriseKept;
pub use enterprises::NamedEnterprise;
pub use error::StoreError;
pub use figures::{CountedApplication, CountedMembers, FIGURE_STATEMENTS, Figure, Target};
pub use foundings::{FoundingKept, FoundingWords};
pub use grants::{At, Contact, HeldGrant};
pub use holdings::{HeldRow, Value};
pub use inbox::{KeptConsent, KeptNotice};
pub use invitations::{Invitation, OpenCode};
pub use load::{Change, Known, Snapshot};
pub use made_up::{MADE_UP, MadeUp};
pub use matters::{Matter, SealedText};
pub use member_lists::{ImportedMember, ImportedSubject, KnownMembership, ListedMember, MEMBERS_PAGE, NumberHolder};
pub use memberships::{MembershipEventRow, MembershipRow, PersonHashes};
pub use memberships_begin::Existing;
pub use memberships_claim::{Claimed, Sure};
pub use objections::{OpenObjection, objections_sql};
pub use obstructions::{ObstructionKept, ObstructionWords};
pub use owned::{Happened, OWNED_CHUNK, Owned, OwnedAt, owned_sql};
pub use proofs::{CeremonyKind, Failures, NewPasskey, Passkey, StoredTotp};
pub use put::Incoming;
pub use reports::{NewProposal, Said24};
pub use sealed::{SEALED, SealedColumn, SealedFor, SealedRow};
pub use sessions::Session;
pub use subjects::{SealedIdentity, SubjectRow};
pub use transfers::{Queue, TransferRow};
pub use write::Write;

use sqlx::{PgPool, SqlitePool};

/// The database. Cheap to clone: clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    /// One writer, so that nobody waits for a lock in the middle of a transaction, and readers.
    Sqlite {
        writer: SqlitePool,
        reader: SqlitePool,
    },
    Postgres(PgPool),
}

/// Gives `$body` the pool for reading.
macro_rules! reading {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.engine {
            $crate::store::Engine::Sqlite { reader: $pool, .. } => $body,
            $crate::store::Engine::Postgres($pool) => $body,
        }
    };
}

/// Gives `$body` the connection of a write transaction.
macro_rules! writing {
    ($write:expr, $connection:ident => $body:expr) => {
        match &mut $write.transaction {
            $crate::store::write::Transaction::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::store::write::Transaction::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}

use {reading, writing};

impl Store {
    /// Whether the database answers.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        reading!(self, pool => sqlx::query("SELECT 1").execute(pool).await.map(drop))?;
        Ok(())
    }

    /// How often stations changed. Equal revisions mean equal stations.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn revision(&self) -> Result<u64, StoreError> {
        let value: i64 =
            reading!(self, pool => sqlx::query_scalar("SELECT value FROM station_revision").fetch_one(pool).await)?;
        Ok(value.unsigned_abs())
    }

    /// Whether there is no station at all, not even a retired one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_no_stations(&self) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM station LIMIT 1) AS one";
        let found: i64 = reading!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?;
        Ok(found == 0)
    }
}
