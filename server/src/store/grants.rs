//! Roles that somebody was given: giving them, taking them back, who holds one where.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{GrantId, OrganisationId, Reach, Strength, SubjectId},
    policy::{Action, Role},
    station::Code,
    time::Millis,
};
use uuid::Uuid;

/// A role as it is held now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldGrant {
    /// Which.
    pub id: GrantId,
    /// By whom.
    pub subject: SubjectId,
    /// The role.
    pub role: Role,
    /// Where it reaches.
    pub reach: Reach,
    /// Since when.
    pub granted_at: Millis,
}

/// Whose roles are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The whole country.
    Everywhere,
    /// One organisation, not those below.
    Organisation(OrganisationId),
    /// One station.
    Station(Code),
}

/// What is kept of a person that a list of staff may show, masked: ciphertexts of name and mobile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: Option<Vec<u8>>,
    /// Mobile.
    pub mobile: Option<Vec<u8>>,
}

type Row = (Uuid, Uuid, String, Option<Uuid>, Option<String>, Millis);

const COLUMNS: &str = "id, subject, role, organisation, station, granted_at";

fn held((id, subject, role, organisation, station, granted_at): Row) -> Result<HeldGrant, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("role_grant {id}"), column };
    let reach = match (organisation, station) {
        (_, Some(code)) => Reach::Station(Code::parse(&code).ok_or_else(|| wrong("station"))?),
        (Some(organisation), None) => Reach::Tree(OrganisationId(organisation.into_bytes())),
        (None, None) => Reach::Everywhere,
    };
    let role = Role::parse(&role).ok_or_else(|| wrong("role"))?;
    let (id, subject) = (GrantId(id.into_bytes()), SubjectId(subject.into_bytes()));
    Ok(HeldGrant { id, subject, role, reach, granted_at })
}

impl Store {
    /// One role, unless it was taken back.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn grant(&self, id: GrantId) -> Result<Option<HeldGrant>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM role_grant WHERE id = $1 AND revoked_at IS NULL");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        row.map(held).transpose()
    }

    /// The roles held somewhere, the oldest first.
    ///
    /// # Errors
    /// As [`Store::grant`].
    pub async fn grants_at(&self, at: At) -> Result<Vec<HeldGrant>, StoreError> {
        let select = |which: &str| {
            format!("SELECT {COLUMNS} FROM role_grant WHERE {which} AND revoked_at IS NULL ORDER BY granted_at, id")
        };
        let rows: Vec<Row> = match at {
            At::Everywhere => {
                let sql = select("organisation IS NULL AND station IS NULL");
                reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await)?
            }
            At::Organisation(id) => {
                let sql = select("organisation = $1 AND station IS NULL");
                reading!(self, pool => {
                    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await
                })?
            }
            At::Station(code) => {
                let sql = select("station = $1");
                reading!(self, pool => {
                    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(code.as_str()).fetch_all(pool).await
                })?
            }
        };
        rows.into_iter().map(held).collect()
    }

    /// Name and mobile of a person, as they are kept.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn contact_of(&self, subject: SubjectId) -> Result<Contact, StoreError> {
        const SQL: &str = "SELECT name, mobile FROM subject WHERE id = $1";
        type Row = (Option<Vec<u8>>, Option<Vec<u8>>);
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?;
        Ok(row.map(|(name, mobile)| Contact { name, mobile }).unwrap_or_default())
    }
}

impl Edit {
    /// Gives a role, and says which grant it is. Who holds the same role at the same place already keeps that one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_grant(
        &mut self,
        subject: SubjectId,
        role: Role,
        reach: &Reach,
        by: Option<SubjectId>,
        now: Millis,
    ) -> Result<GrantId, StoreError> {
        const FIND: &str = "SELECT id, organisation, station FROM role_grant \
             WHERE subject = $1 AND role = $2 AND revoked_at IS NULL";
        const PUT: &str = "INSERT INTO role_grant (id, subject, role, organisation, station, granted_by, granted_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let (organisation, station) = match reach {
            Reach::Everywhere => (None, None),
            Reach::Tree(id) => (Some(Uuid::from_bytes(id.0)), None),
            Reach::Station(code) => (None, Some(code.as_str().to_owned())),
        };
        let subject = Uuid::from_bytes(subject.0);
        let id = Uuid::now_v7();
        writing!(self, connection => {
            type Row = (Uuid, Option<Uuid>, Option<String>);
            let known: Vec<Row> =
                sqlx::query_as(FIND).bind(subject).bind(role.code()).fetch_all(&mut *connection).await?;
            let same = known.into_iter().find(|(_, at, door)| (at, door) == (&organisation, &station));
            if let Some((known, ..)) = same {
                return Ok(GrantId(known.into_bytes()));
            }
            sqlx::query(PUT)
                .bind(id)
                .bind(subject)
                .bind(role.code())
                .bind(organisation)
                .bind(station)
                .bind(by.map(|by| Uuid::from_bytes(by.0)))
                .bind(now)
                .execute(connection)
                .await?;
        });
        Ok(GrantId(id.into_bytes()))
    }

    /// Takes a role back; says whether it was held.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn revoke_grant(&mut self, id: GrantId, by: Option<SubjectId>, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE role_grant SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL";
        let revoked = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(now)
                .bind(by.map(|by| Uuid::from_bytes(by.0)))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(revoked > 0)
    }

    /// Ends the sessions of a person that know them in one of these ways; says how many.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn end_sessions_known_by(
        &mut self,
        subject: SubjectId,
        strengths: &[Strength],
    ) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM session WHERE subject = $1 AND strength = $2";
        let mut ended = 0;
        for strength in strengths {
            ended += writing!(self, connection => {
                sqlx::query(SQL)
                    .bind(Uuid::from_bytes(subject.0))
                    .bind(strength.code())
                    .execute(connection)
                    .await
                    .map(|done| done.rows_affected())
            })?;
        }
        Ok(ended)
    }

    /// Forgets every passkey and authenticator of a person: who lost them enrols new ones.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_proofs(&mut self, subject: SubjectId) -> Result<(), StoreError> {
        writing!(self, connection => {
            let subject = Uuid::from_bytes(subject.0);
            sqlx::query("DELETE FROM passkey WHERE subject = $1").bind(subject).execute(&mut *connection).await?;
            sqlx::query("DELETE FROM totp WHERE subject = $1").bind(subject).execute(connection).await?;
        });
        Ok(())
    }

    /// How often an actor did something after a moment, by the audit log. Asked after an entry was appended in this
    /// transaction, nobody else appends until it ends: the count is exact.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audited_since(
        &mut self,
        actor: SubjectId,
        action: Action,
        object: &str,
        after: Millis,
    ) -> Result<i64, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM audit WHERE at > $1 AND actor = $2 AND action = $3 AND object = $4";
        Ok(writing!(self, connection => {
            sqlx::query_scalar(SQL)
                .bind(after)
                .bind(Uuid::from_bytes(actor.0))
                .bind(action.code())
                .bind(object)
                .fetch_one(connection)
                .await
        })?)
    }

    /// Whether somebody was given a role after a moment and holds it still.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn was_given_a_role_since(&mut self, subject: SubjectId, after: Millis) -> Result<bool, StoreError> {
        const SQL: &str =
            "SELECT COUNT(*) FROM role_grant WHERE subject = $1 AND granted_at > $2 AND revoked_at IS NULL";
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(subject.0)).bind(after).fetch_one(connection).await
        })?;
        Ok(count > 0)
    }

    /// The organisation that looks after an account.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn home_of(&mut self, subject: SubjectId) -> Result<Option<OrganisationId>, StoreError> {
        const SQL: &str = "SELECT home_organisation FROM subject WHERE id = $1";
        let home: Option<Option<Uuid>> = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(subject.0)).fetch_optional(connection).await
        })?;
        Ok(home.flatten().map(|home| OrganisationId(home.into_bytes())))
    }
}
