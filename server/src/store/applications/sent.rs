//! An application on its way: sent, withdrawn, answered, moved; and what happened to it.

use super::KeptApplication;
use crate::store::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ApplicationId, IdType, OrganisationId, SubjectId},
    membership::ApplicationKind,
    time::Millis,
};
use uuid::Uuid;

/// Keyed hashes by which one person is known in applications and memberships.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hashes {
    /// What the identity service calls the person: as `subject.person_hash`.
    pub person: Option<Vec<u8>>,
    /// The document's type and number.
    pub id: Vec<u8>,
    /// Name and mobile.
    pub name_mobile: Option<Vec<u8>>,
}

/// What sending writes.
#[derive(Clone, Debug)]
pub struct Sending<'a> {
    /// What for.
    pub kind: ApplicationKind,
    /// The name, sealed.
    pub name: &'a [u8],
    /// The document.
    pub id_type: IdType,
    /// Its number, sealed.
    pub id_number: &'a [u8],
    /// By which the person is known.
    pub hashes: &'a Hashes,
    /// 登记号.
    pub number: &'a str,
    /// Who decides.
    pub owner: OrganisationId,
    /// By when.
    pub due_at: Millis,
    /// The way: JSON.
    pub route: &'a str,
    /// 不想让单位知道: no union of the unit ever gets it.
    pub kept_from_unit: bool,
}

/// Something that happened to an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationEvent {
    /// `submitted`, `escalated`, `reassigned`, `asked`, `answered`, `approved`, `rejected`, `withdrawn`, …
    pub kind: String,
    /// The organisation it is about.
    pub organisation: Option<OrganisationId>,
    /// When.
    pub at: Millis,
}

impl Store {
    /// What happened to an application, in order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn application_events(&self, id: ApplicationId) -> Result<Vec<ApplicationEvent>, StoreError> {
        const SQL: &str = "SELECT kind, organisation, at FROM application_event WHERE application = $1 ORDER BY at, id";
        let rows: Vec<(String, Option<Uuid>, Millis)> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await
        })?;
        let event = |(kind, organisation, at): (String, Option<Uuid>, Millis)| ApplicationEvent {
            kind,
            organisation: organisation.map(|id| OrganisationId(id.into_bytes())),
            at,
        };
        Ok(rows.into_iter().map(event).collect())
    }

    /// Of what somebody is a member under this account: the organisation and the id of the membership.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn member_of(&self, subject: SubjectId) -> Result<Option<(OrganisationId, [u8; 16])>, StoreError> {
        let row: Option<(Uuid, Uuid)> = reading!(self, pool => {
            sqlx::query_as(MEMBER).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?;
        Ok(row.map(|(organisation, id)| (OrganisationId(organisation.into_bytes()), id.into_bytes())))
    }

    /// The number of the membership that somebody has under this account.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn number_of_member(&self, subject: SubjectId) -> Result<Option<String>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_scalar(NUMBER).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?)
    }

    /// The membership that came of an application.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn membership_from(&self, id: ApplicationId) -> Result<Option<[u8; 16]>, StoreError> {
        const SQL: &str = "SELECT id FROM membership WHERE application = $1 ORDER BY joined_at LIMIT 1";
        let found: Option<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        Ok(found.map(Uuid::into_bytes))
    }
}

const NUMBER: &str = "SELECT number FROM membership \
     WHERE subject = $1 AND state IN ('active', 'transferring', 'retained')";
const MEMBER: &str = "SELECT organisation, id FROM membership \
     WHERE subject = $1 AND state IN ('active', 'transferring', 'retained')";

impl Edit {
    /// Whether somebody has an application with an organisation, or has or had a membership.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_joining(&mut self, subject: SubjectId) -> Result<bool, StoreError> {
        const APPLIES: &str =
            "SELECT COUNT(*) FROM application WHERE subject = $1 AND state IN ('submitted', 'needs_info')";
        const MEMBER: &str = "SELECT COUNT(*) FROM membership WHERE subject = $1";
        writing!(self, connection => {
            let subject = Uuid::from_bytes(subject.0);
            let applies: i64 = sqlx::query_scalar(APPLIES).bind(subject).fetch_one(&mut *connection).await?;
            let memberships: i64 = sqlx::query_scalar(MEMBER).bind(subject).fetch_one(connection).await?;
            Ok(applies + memberships > 0)
        })
    }

    /// As [`Store::number_of_member`], in the transaction.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn number_of_member(&mut self, subject: SubjectId) -> Result<Option<String>, StoreError> {
        Ok(writing!(self, connection => {
            sqlx::query_scalar(NUMBER).bind(Uuid::from_bytes(subject.0)).fetch_optional(connection).await
        })?)
    }

    /// As [`Store::member_of`], in the transaction.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn member_of(&mut self, subject: SubjectId) -> Result<Option<(OrganisationId, [u8; 16])>, StoreError> {
        let row: Option<(Uuid, Uuid)> = writing!(self, connection => {
            sqlx::query_as(MEMBER).bind(Uuid::from_bytes(subject.0)).fetch_optional(connection).await
        })?;
        Ok(row.map(|(organisation, id)| (OrganisationId(organisation.into_bytes()), id.into_bytes())))
    }

    /// Whether an organisation is there and not dissolved, as this transaction sees it. One that ends a moment later is
    /// found by the job that moves applications up.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn organisation_stands(&mut self, id: OrganisationId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM organisation WHERE id = $1 AND dissolved_at IS NULL";
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(id.0)).fetch_one(connection).await
        })?;
        Ok(count > 0)
    }

    /// Whether a 登记号 is given already.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_application_number(&mut self, number: &str) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM application WHERE number = $1";
        let count: i64 =
            writing!(self, connection => sqlx::query_scalar(SQL).bind(number).fetch_one(connection).await)?;
        Ok(count > 0)
    }

    /// Sends a draft; says whether it was one still.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn send_application(
        &mut self,
        id: ApplicationId,
        sending: &Sending<'_>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET state = 'submitted', kind = $2, name = $3, id_type = $4, id_number = $5, \
             person_hash = $6, id_hash = $7, name_mobile_hash = $8, number = $9, owner = $10, due_at = $11, route = $12, \
             submitted_at = $13, changed_at = $13, kept_from_unit = $14, version = version + 1 \
             WHERE id = $1 AND state = 'draft'";
        let sent = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(sending.kind.code())
                .bind(sending.name)
                .bind(sending.id_type.code())
                .bind(sending.id_number)
                .bind(&sending.hashes.person)
                .bind(&sending.hashes.id)
                .bind(&sending.hashes.name_mobile)
                .bind(sending.number)
                .bind(Uuid::from_bytes(sending.owner.0))
                .bind(sending.due_at)
                .bind(sending.route)
                .bind(now)
                .bind(sending.kept_from_unit)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(sent > 0)
    }

    /// Withdraws an application that is with somebody; says whether it was.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withdraw_application(&mut self, id: ApplicationId, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET state = 'withdrawn', due_at = NULL, decided_at = $2, changed_at = $2, \
             version = version + 1 WHERE id = $1 AND state IN ('submitted', 'needs_info')";
        let withdrawn = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(withdrawn > 0)
    }

    /// Withdraws what a person has with somebody, and writes down that it was.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn withdraw_applications_of(&mut self, subject: SubjectId, now: Millis) -> Result<(), StoreError> {
        if let Some(open) = self.open_application(subject).await?
            && self.withdraw_application(open.id, now).await?
        {
            self.put_application_event(open.id, "withdrawn", open.owner, None, now).await?;
        }
        Ok(())
    }

    /// The keyed hash of what the identity service calls a person, as the account keeps it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn person_hash_of(&mut self, subject: SubjectId) -> Result<Option<Vec<u8>>, StoreError> {
        const SQL: &str = "SELECT person_hash FROM subject WHERE id = $1";
        let found: Option<Option<Vec<u8>>> = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(subject.0)).fetch_optional(connection).await
        })?;
        Ok(found.flatten())
    }

    /// Writes an answer to what was asked back; says whether something was asked.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn answer_application(
        &mut self,
        id: ApplicationId,
        answer: &[u8],
        due_at: Millis,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET state = 'submitted', answer = $2, due_at = $3, changed_at = $4, \
             version = version + 1 WHERE id = $1 AND state = 'needs_info'";
        let answered = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(answer)
                .bind(due_at)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(answered > 0)
    }

    /// Writes down that something happened to an application. `actor`: the officer; none is the applicant, or the
    /// program itself.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_application_event(
        &mut self,
        id: ApplicationId,
        kind: &str,
        organisation: Option<OrganisationId>,
        actor: Option<SubjectId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO application_event (id, application, kind, organisation, actor, at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(Uuid::from_bytes(id.0))
                .bind(kind)
                .bind(organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(actor.map(|id| Uuid::from_bytes(id.0)))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// What is left of a person's applications when the account goes: drafts are deleted, what is with somebody is
    /// withdrawn, and nothing stays by which the person could be known again.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_applications(&mut self, subject: SubjectId, now: Millis) -> Result<(), StoreError> {
        const WITHDRAW: &str = "UPDATE application SET state = 'withdrawn', due_at = NULL, decided_at = $2 \
             WHERE subject = $1 AND state IN ('submitted', 'needs_info')";
        const EMPTY: &str = "UPDATE application SET name = NULL, id_number = NULL, unit = NULL, answer = NULL, reason = NULL, \
             person_hash = NULL, id_hash = NULL, name_mobile_hash = NULL, number = NULL, changed_at = $2, \
             version = version + 1 WHERE subject = $1";
        self.delete_draft(subject).await?;
        writing!(self, connection => {
            let subject = Uuid::from_bytes(subject.0);
            sqlx::query(WITHDRAW).bind(subject).bind(now).execute(&mut *connection).await?;
            sqlx::query(EMPTY).bind(subject).bind(now).execute(connection).await?;
        });
        Ok(())
    }
}

impl KeptApplication {
    /// What it is about in the audit log.
    #[must_use]
    pub fn object(&self) -> String {
        match self.owner {
            Some(owner) => format!("application {} organisation {owner}", self.id),
            None => format!("application {}", self.id),
        }
    }
}
