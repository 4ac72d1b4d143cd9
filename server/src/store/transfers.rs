//! 会籍接转: transfers of memberships.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ApplicationId, MembershipId, OrganisationId, SubjectId, TransferId},
    membership::{
        ApplicationState, Transfer, TransferState,
        transfer::{Decision, Turn},
    },
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A transfer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferRow {
    /// Which.
    pub id: TransferId,
    /// Of what.
    pub membership: MembershipId,
    /// Whose; `None` once the account is gone.
    pub subject: Option<SubjectId>,
    /// The application with which it was asked for.
    pub application: Option<ApplicationId>,
    /// When.
    pub asked_at: Millis,
    /// How it stands.
    pub transfer: Transfer,
    /// The officer who decided to let go.
    pub out_by: Option<SubjectId>,
    /// The officer who decided to take in.
    pub in_by: Option<SubjectId>,
    /// Why it was refused, sealed.
    pub reason: Option<Vec<u8>>,
    /// Counts changes.
    pub version: i32,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    membership: Uuid,
    state: String,
    from_organisation: Uuid,
    to_organisation: Uuid,
    application: Option<Uuid>,
    asked_at: Millis,
    out_owner: Uuid,
    out_due_at: Millis,
    out_silences: i32,
    out_at: Option<Millis>,
    out_by: Option<Uuid>,
    out_agreed: Option<bool>,
    in_owner: Uuid,
    in_due_at: Millis,
    in_silences: i32,
    in_at: Option<Millis>,
    in_by: Option<Uuid>,
    in_agreed: Option<bool>,
    subject: Option<Uuid>,
    reason: Option<Vec<u8>>,
    ended_at: Option<Millis>,
    version: i32,
}

const COLUMNS: &str = "id, membership, state, from_organisation, to_organisation, application, asked_at, out_owner, \
     out_due_at, out_silences, out_at, out_by, out_agreed, in_owner, in_due_at, in_silences, in_at, in_by, in_agreed, \
     subject, reason, ended_at, version";

const fn organisation(id: Uuid) -> OrganisationId {
    OrganisationId(id.into_bytes())
}

fn decision(at: Option<Millis>, by: Option<Uuid>, agreed: Option<bool>) -> Option<Decision> {
    // Decided by nobody: by rule.
    at.zip(agreed).map(|(at, is_agreed)| Decision { at, is_agreed, by_rule: by.is_none() })
}

fn transfer(row: Row) -> Result<TransferRow, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("membership_transfer {}", row.id), column };
    let turn = |owner, due_at, silences: i32, decision| Turn {
        owner: organisation(owner),
        due_at,
        silences: u8::try_from(silences).unwrap_or(u8::MAX),
        decision,
    };
    let out = decision(row.out_at, row.out_by, row.out_agreed);
    let into = decision(row.in_at, row.in_by, row.in_agreed);
    Ok(TransferRow {
        id: TransferId(row.id.into_bytes()),
        membership: MembershipId(row.membership.into_bytes()),
        subject: row.subject.map(|id| SubjectId(id.into_bytes())),
        application: row.application.map(|id| ApplicationId(id.into_bytes())),
        asked_at: row.asked_at,
        transfer: Transfer {
            state: TransferState::parse(&row.state).ok_or_else(|| wrong("state"))?,
            from: organisation(row.from_organisation),
            to: organisation(row.to_organisation),
            out: turn(row.out_owner, row.out_due_at, row.out_silences, out),
            into: turn(row.in_owner, row.in_due_at, row.in_silences, into),
            ended_at: row.ended_at,
        },
        out_by: row.out_by.map(|id| SubjectId(id.into_bytes())),
        in_by: row.in_by.map(|id| SubjectId(id.into_bytes())),
        reason: row.reason,
        version: row.version,
    })
}

/// Which transfers a desk lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Those that wait to be let go.
    Out,
    /// Those that wait to be taken in.
    In,
}

impl Store {
    /// A transfer.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn transfer(&self, id: TransferId) -> Result<Option<TransferRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM membership_transfer WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        row.map(transfer).transpose()
    }

    /// The last transfer of a membership.
    ///
    /// # Errors
    /// As [`Store::transfer`].
    pub async fn last_transfer(&self, of: MembershipId) -> Result<Option<TransferRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM membership_transfer WHERE membership = $1 ORDER BY asked_at DESC, id DESC LIMIT 1"
        );
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(of.0)).fetch_optional(pool).await
        })?;
        row.map(transfer).transpose()
    }

    /// What waits for one organisation on one side, the most urgent first.
    ///
    /// # Errors
    /// As [`Store::transfer`].
    pub async fn waiting_transfers(
        &self,
        queue: Queue,
        owner: OrganisationId,
        limit: i64,
    ) -> Result<Vec<TransferRow>, StoreError> {
        let side = if queue == Queue::Out { "out" } else { "in" };
        let sql = format!(
            "SELECT {COLUMNS} FROM membership_transfer WHERE {side}_owner = $1 AND state = 'open' \
             AND {side}_at IS NULL ORDER BY {side}_due_at, id LIMIT $2"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(owner.0)).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(transfer).collect()
    }

    /// Who owns a turn that is still to be taken.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn owners_of_transfers(&self, queue: Queue) -> Result<Vec<OrganisationId>, StoreError> {
        let side = if queue == Queue::Out { "out" } else { "in" };
        let sql =
            format!("SELECT DISTINCT {side}_owner FROM membership_transfer WHERE state = 'open' AND {side}_at IS NULL");
        let rows: Vec<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(organisation).collect())
    }

    /// Transfers that are open: which, of what, and the organisations they name (new, and the owners of both turns),
    /// with the nearest due moment.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn open_transfers(&self) -> Result<Vec<TransferRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM membership_transfer WHERE state = 'open' ORDER BY id");
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await)?;
        rows.into_iter().map(transfer).collect()
    }
}

impl Edit {
    /// A transfer, in this transaction. Its membership is locked before.
    ///
    /// # Errors
    /// As [`Store::transfer`].
    pub async fn transfer(&mut self, id: TransferId) -> Result<Option<TransferRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM membership_transfer WHERE id = $1");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(connection).await
        })?;
        row.map(transfer).transpose()
    }

    /// The last transfer of a membership, in this transaction. The membership is locked before.
    ///
    /// # Errors
    /// As [`Store::transfer`].
    pub async fn last_transfer(&mut self, of: MembershipId) -> Result<Option<TransferRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM membership_transfer WHERE membership = $1 ORDER BY asked_at DESC, id DESC LIMIT 1"
        );
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(of.0)).fetch_optional(connection).await
        })?;
        row.map(transfer).transpose()
    }

    /// Puts a transfer. `false` when the membership has one that is open: then nothing was written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_transfer(&mut self, row: &TransferRow) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO membership_transfer (id, membership, subject, application, asked_at, state, \
             from_organisation, to_organisation, out_owner, out_due_at, in_owner, in_due_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";
        let TransferRow { transfer: Transfer { state, from, to, out, into, .. }, .. } = row;
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(row.id.0))
                .bind(Uuid::from_bytes(row.membership.0))
                .bind(row.subject.map(|id| Uuid::from_bytes(id.0)))
                .bind(row.application.map(|id| Uuid::from_bytes(id.0)))
                .bind(row.asked_at)
                .bind(state.code())
                .bind(Uuid::from_bytes(from.0))
                .bind(Uuid::from_bytes(to.0))
                .bind(Uuid::from_bytes(out.owner.0))
                .bind(out.due_at)
                .bind(Uuid::from_bytes(into.owner.0))
                .bind(into.due_at)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(put > 0)
    }

    /// Writes how a transfer stands, unless it has changed since it was read. Says whether it did.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn save_transfer(&mut self, row: &TransferRow) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE membership_transfer SET state = $3, out_owner = $4, out_due_at = $5, \
             out_silences = $6, out_at = $7, out_by = $8, out_agreed = $9, in_owner = $10, in_due_at = $11, \
             in_silences = $12, in_at = $13, in_by = $14, in_agreed = $15, reason = $16, ended_at = $17, \
             version = version + 1 WHERE id = $1 AND version = $2";
        let Transfer { state, out, into, ended_at, .. } = row.transfer;
        let at = |turn: Turn| turn.decision.map(|decision| decision.at);
        let agreed = |turn: Turn| turn.decision.map(|decision| decision.is_agreed);
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(row.id.0))
                .bind(row.version)
                .bind(state.code())
                .bind(Uuid::from_bytes(out.owner.0))
                .bind(out.due_at)
                .bind(i32::from(out.silences))
                .bind(at(out))
                .bind(row.out_by.map(|id| Uuid::from_bytes(id.0)))
                .bind(agreed(out))
                .bind(Uuid::from_bytes(into.owner.0))
                .bind(into.due_at)
                .bind(i32::from(into.silences))
                .bind(at(into))
                .bind(row.in_by.map(|id| Uuid::from_bytes(id.0)))
                .bind(agreed(into))
                .bind(&row.reason)
                .bind(ended_at)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }

    /// Ends the application with which a transfer was asked for, as the transfer ended. Says whether it was open.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn end_application_of_transfer(
        &mut self,
        application: ApplicationId,
        state: ApplicationState,
        (by, authority): (Option<SubjectId>, &str),
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET state = $2, decided_at = $3, decided_by = $4, authority = $5, \
             changed_at = $3, version = version + 1 WHERE id = $1 AND kind = 'transfer' \
             AND state IN ('submitted', 'needs_info')";
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(application.0))
                .bind(state.code())
                .bind(now)
                .bind(by.map(|id| Uuid::from_bytes(id.0)))
                .bind(authority)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }
}
