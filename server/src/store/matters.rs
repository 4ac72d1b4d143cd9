//! Legal matters: whose they are and who handles them; their words as ciphertexts.

use super::{Edit, Store, StoreError, reading, writing};
use crate::vault::Sealed;
use domain::{
    account::{Actor, Grant, MatterId, OrganisationId, Reach, SubjectId},
    policy::Role,
    time::Millis,
};
use uuid::Uuid;

/// A matter as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Which.
    pub id: MatterId,
    /// Whose.
    pub subject: SubjectId,
    /// Which organisation answers for it.
    pub organisation: Option<OrganisationId>,
    /// Who handles it.
    pub handler: Option<SubjectId>,
    /// The confirmation of the assignment by the key process.
    pub assignment: Option<Vec<u8>>,
    /// When it was opened.
    pub created_at: Millis,
}

/// A text of a matter as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedText {
    /// The row's id, to which the ciphertext is bound.
    pub id: [u8; 16],
    /// Which part of the matter it is.
    pub part: String,
    /// The ciphertext.
    pub words: Vec<u8>,
    /// When.
    pub created_at: Millis,
}

type Row = (Uuid, Uuid, Option<Uuid>, Option<Uuid>, Option<Vec<u8>>, Millis);

const COLUMNS: &str = "id, subject, organisation, handler, assignment, created_at";

fn matter((id, subject, organisation, handler, assignment, created_at): Row) -> Matter {
    Matter {
        id: MatterId(id.into_bytes()),
        subject: SubjectId(subject.into_bytes()),
        organisation: organisation.map(|id| OrganisationId(id.into_bytes())),
        handler: handler.map(|id| SubjectId(id.into_bytes())),
        assignment,
        created_at,
    }
}

impl Store {
    /// One matter.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn matter(&self, id: MatterId) -> Result<Option<Matter>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM matter WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        Ok(row.map(matter))
    }

    /// The matters that somebody handles, newest first, at most 200.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn matters_of_handler(&self, handler: SubjectId) -> Result<Vec<Matter>, StoreError> {
        self.matters_by("handler", handler).await
    }

    /// The matters of a person, newest first, at most 200.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn matters_of(&self, subject: SubjectId) -> Result<Vec<Matter>, StoreError> {
        self.matters_by("subject", subject).await
    }

    async fn matters_by(&self, column: &'static str, person: SubjectId) -> Result<Vec<Matter>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM matter WHERE {column} = $1 ORDER BY created_at DESC, id DESC LIMIT 200");
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(person.0)).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(matter).collect())
    }

    /// The texts of a matter, in the order they were written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn matter_texts(&self, id: MatterId) -> Result<Vec<SealedText>, StoreError> {
        const SQL: &str =
            "SELECT id, part, words, created_at FROM matter_text WHERE matter = $1 ORDER BY created_at, id";
        let rows: Vec<(Uuid, String, Vec<u8>, Millis)> =
            reading!(self, pool => sqlx::query_as(SQL).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await)?;
        let text = |(id, part, words, created_at): (Uuid, _, _, _)| SealedText {
            id: id.into_bytes(),
            part,
            words,
            created_at,
        };
        Ok(rows.into_iter().map(text).collect())
    }

    /// Whether an actor's role of an officer reaches what an organisation answers for; what none answers for is
    /// reached by officers of the whole country alone.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn officer_reaches(
        &self,
        actor: &Actor,
        organisation: Option<OrganisationId>,
    ) -> Result<bool, StoreError> {
        self.role_reaches(Role::Officer, actor.grants(), organisation).await
    }

    /// The same of any role, among the roles that somebody holds.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn role_reaches(
        &self,
        role: Role,
        grants: &[Grant],
        organisation: Option<OrganisationId>,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "WITH RECURSIVE up (id, parent) AS (SELECT id, parent FROM organisation WHERE id = $1 \
             UNION SELECT above.id, above.parent FROM organisation AS above JOIN up ON above.id = up.parent) \
             SELECT id FROM up";
        let officers = || grants.iter().filter(|grant| grant.role == role);
        if officers().any(|grant| grant.reach == Reach::Everywhere) {
            return Ok(true);
        }
        let Some(organisation) = organisation.filter(|_| officers().next().is_some()) else { return Ok(false) };
        let above: Vec<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(organisation.0)).fetch_all(pool).await
        })?;
        let is_above = |reach: &Reach| matches!(reach, Reach::Tree(id) if above.contains(&Uuid::from_bytes(id.0)));
        Ok(officers().any(|grant| is_above(&grant.reach)))
    }
}

impl Edit {
    /// Opens a matter.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_matter(&mut self, matter: &Matter) -> Result<(), StoreError> {
        let sql = format!("INSERT INTO matter ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)");
        writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(matter.id.0))
                .bind(Uuid::from_bytes(matter.subject.0))
                .bind(matter.organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(matter.handler.map(|id| Uuid::from_bytes(id.0)))
                .bind(&matter.assignment)
                .bind(matter.created_at)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Adds a text.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_matter_text(
        &mut self,
        matter: MatterId,
        id: [u8; 16],
        part: &str,
        words: &Sealed,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO matter_text (id, matter, part, words, created_at) VALUES ($1, $2, $3, $4, $5)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id))
                .bind(Uuid::from_bytes(matter.0))
                .bind(part)
                .bind(&words.0)
                .bind(now)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Assigns a matter, with the confirmation of the key process.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn assign_matter(
        &mut self,
        id: MatterId,
        handler: SubjectId,
        confirmation: &[u8],
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE matter SET handler = $2, assignment = $3 WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(handler.0))
                .bind(confirmation)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }
}
