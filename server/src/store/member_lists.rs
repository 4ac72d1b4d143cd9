//! Lists of an organisation's members, and the numbers that its province gives them.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{MembershipId, OrganisationId, SubjectId},
    membership::MembershipState,
    time::Millis,
};
use uuid::Uuid;

/// A member as a list holds them: ciphertexts, each with the row it is bound to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListedMember {
    /// The membership.
    pub id: Uuid,
    /// Whose, while there is an account.
    pub subject: Option<Uuid>,
    /// 会员编号.
    pub number: String,
    /// The number of the province's system.
    pub external_number: Option<String>,
    /// The occupation's code.
    pub occupation: Option<String>,
    /// The employer or platform.
    pub enterprise: Option<Uuid>,
    /// The county.
    pub adcode: Option<i32>,
    /// 批准机关.
    pub authority: String,
    /// Since when.
    pub joined_at: Millis,
    /// Of the account: name, mobile, type and number of the document.
    pub name: Option<Vec<u8>>,
    /// See `name`.
    pub mobile: Option<Vec<u8>>,
    /// See `name`.
    pub id_type: Option<String>,
    /// See `name`.
    pub id_number: Option<Vec<u8>>,
    /// The application that was approved.
    pub application: Option<Uuid>,
    /// Of the application: name, type and number of the document.
    pub applied_name: Option<Vec<u8>>,
    /// See `applied_name`.
    pub applied_id_type: Option<String>,
    /// See `applied_name`.
    pub applied_id_number: Option<Vec<u8>>,
}

/// A page of a list, for whoever checks how the database runs it.
pub const MEMBERS_PAGE: &str = "SELECT m.id, m.subject, m.number, m.external_number, m.occupation, m.enterprise, \
     m.adcode, m.authority, m.joined_at, s.name, s.mobile, s.id_type, s.id_number, m.application, \
     a.name AS applied_name, a.id_type AS applied_id_type, a.id_number AS applied_id_number \
     FROM membership AS m LEFT JOIN subject AS s ON s.id = m.subject LEFT JOIN application AS a ON a.id = m.application \
     WHERE m.organisation = $1 AND m.state = $2 AND m.id > $3 ORDER BY m.id LIMIT $4";

impl Store {
    /// Members of an organisation in a state, in the order of their ids, after one of them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn members_after(
        &self,
        organisation: OrganisationId,
        state: MembershipState,
        after: Option<MembershipId>,
        limit: i64,
    ) -> Result<Vec<ListedMember>, StoreError> {
        let after = Uuid::from_bytes(after.map_or([0; 16], |after| after.0));
        Ok(reading!(self, pool => {
            sqlx::query_as(MEMBERS_PAGE)
                .bind(Uuid::from_bytes(organisation.0))
                .bind(state.code())
                .bind(after)
                .bind(limit)
                .fetch_all(pool)
                .await
        })?)
    }
}

/// What is known of an ID number that is to be imported.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KnownMembership {
    /// Which.
    pub id: Uuid,
    /// Whose member.
    pub organisation: Uuid,
    /// As it stands.
    pub state: String,
    /// `application` or `import`.
    pub source: String,
    /// The number of the province's system.
    pub external_number: Option<String>,
}

/// Who a number belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberHolder {
    /// Who.
    pub subject: SubjectId,
    /// The hash of their document, where they gave it.
    pub id_hash: Option<Vec<u8>>,
    /// Whether they are a member already.
    pub is_member: bool,
}

/// A member that is imported, sealed.
#[derive(Clone, Debug)]
pub struct ImportedMember<'a> {
    /// The membership.
    pub id: MembershipId,
    /// Whose.
    pub subject: SubjectId,
    /// Whose member.
    pub organisation: OrganisationId,
    /// 会员编号, given here.
    pub number: &'a str,
    /// The number of the province's system.
    pub external_number: Option<&'a str>,
    /// The keyed hash of the document.
    pub id_hash: &'a [u8; 32],
    /// The keyed hash of name and mobile.
    pub name_mobile_hash: Option<&'a [u8; 32]>,
    /// The occupation's code.
    pub occupation: Option<&'a str>,
    /// The employer or platform.
    pub enterprise: Option<[u8; 16]>,
    /// The county.
    pub adcode: Option<u32>,
    /// 批准机关.
    pub authority: &'a str,
    /// Since when.
    pub joined_at: Millis,
    /// Until when.
    pub valid_until: Millis,
}

/// An account that begins with an import, sealed.
#[derive(Clone, Debug)]
pub struct ImportedSubject<'a> {
    /// Who.
    pub id: SubjectId,
    /// The number: its keyed hash and itself.
    pub mobile: Option<(&'a [u8; 32], &'a [u8])>,
    /// The name.
    pub name: &'a [u8],
    /// The code of the document.
    pub id_type: &'a str,
    /// Its number.
    pub id_number: &'a [u8],
    /// The keyed hash of both.
    pub id_hash: &'a [u8; 32],
    /// The organisation that looks after it.
    pub home: OrganisationId,
}

impl Edit {
    /// Every membership of a document, the newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn memberships_of_id(&mut self, id_hash: &[u8]) -> Result<Vec<KnownMembership>, StoreError> {
        const SQL: &str = "SELECT id, organisation, state, source, external_number FROM membership \
             WHERE id_hash = $1 ORDER BY joined_at DESC";
        Ok(writing!(self, connection => sqlx::query_as(SQL).bind(id_hash).fetch_all(connection).await)?)
    }

    /// Whether an application with a document waits for a decision.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_applied_for(&mut self, id_hash: &[u8]) -> Result<bool, StoreError> {
        const SQL: &str =
            "SELECT COUNT(*) FROM application WHERE id_hash = $1 AND state IN ('submitted', 'needs_info')";
        let count: i64 =
            writing!(self, connection => sqlx::query_scalar(SQL).bind(id_hash).fetch_one(connection).await)?;
        Ok(count > 0)
    }

    /// Whose a number is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn holder_of_mobile(&mut self, mobile_hash: &[u8]) -> Result<Option<NumberHolder>, StoreError> {
        const SQL: &str = "SELECT id, id_hash, (SELECT COUNT(*) FROM membership WHERE membership.subject = subject.id \
             AND membership.state IN ('active', 'transferring', 'retained')) FROM subject WHERE mobile_hash = $1";
        let row: Option<(Uuid, Option<Vec<u8>>, i64)> =
            writing!(self, connection => sqlx::query_as(SQL).bind(mobile_hash).fetch_optional(connection).await)?;
        Ok(row.map(|(id, id_hash, members)| NumberHolder {
            subject: SubjectId(id.into_bytes()),
            id_hash,
            is_member: members > 0,
        }))
    }

    /// Begins an account with what a list told.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_imported_subject(&mut self, one: &ImportedSubject<'_>, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO subject (id, mobile_hash, mobile, name, id_type, id_number, id_hash, id_check, \
             home_organisation, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'form', $8, $9, $9)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(one.id.0))
                .bind(one.mobile.map(|(hash, _)| &hash[..]))
                .bind(one.mobile.map(|(_, sealed)| sealed))
                .bind(one.name)
                .bind(one.id_type)
                .bind(one.id_number)
                .bind(&one.id_hash[..])
                .bind(Uuid::from_bytes(one.home.0))
                .bind(now)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Makes a member of what a list told, and says whether: `false` where the person became one a moment ago.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_imported_member(&mut self, one: &ImportedMember<'_>, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO membership (id, subject, organisation, number, external_number, state, id_hash, \
             name_mobile_hash, occupation, enterprise, adcode, authority, source, joined_at, valid_until, changed_at) \
             VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $8, $9, $10, $11, 'import', $12, $13, $14) \
             ON CONFLICT DO NOTHING";
        const EVENT: &str = "INSERT INTO membership_event (id, membership, kind, organisation, at) \
             VALUES ($1, $2, 'imported', $3, $4)";
        let organisation = Uuid::from_bytes(one.organisation.0);
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(one.id.0))
                .bind(Uuid::from_bytes(one.subject.0))
                .bind(organisation)
                .bind(one.number)
                .bind(one.external_number)
                .bind(&one.id_hash[..])
                .bind(one.name_mobile_hash.map(|hash| &hash[..]))
                .bind(one.occupation)
                .bind(one.enterprise.map(Uuid::from_bytes))
                .bind(one.adcode.and_then(|adcode| i32::try_from(adcode).ok()))
                .bind(one.authority)
                .bind(one.joined_at)
                .bind(one.valid_until)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        if put == 0 {
            return Ok(false);
        }
        writing!(self, connection => {
            sqlx::query(EVENT)
                .bind(Uuid::now_v7())
                .bind(Uuid::from_bytes(one.id.0))
                .bind(organisation)
                .bind(now)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(true)
    }

    /// Takes an account away that began in this transaction and led to nothing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn drop_imported_subject(&mut self, id: SubjectId) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM subject WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL).bind(Uuid::from_bytes(id.0)).execute(connection).await.map(drop)
        })?;
        Ok(())
    }

    /// Keeps the number that the province's system gave a member of an organisation. `None`: there is no such member;
    /// else whether it is new.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_external_number(
        &mut self,
        organisation: OrganisationId,
        number: &str,
        external: &str,
        now: Millis,
    ) -> Result<Option<bool>, StoreError> {
        const FIND: &str = "SELECT id, external_number FROM membership WHERE number = $1 AND organisation = $2";
        let found: Option<(Uuid, Option<String>)> = writing!(self, connection => {
            sqlx::query_as(FIND)
                .bind(number)
                .bind(Uuid::from_bytes(organisation.0))
                .fetch_optional(connection)
                .await
        })?;
        let Some((id, known)) = found else { return Ok(None) };
        let is_new = known.as_deref() != Some(external);
        if is_new {
            self.put_external_number_of(MembershipId(id.into_bytes()), organisation, external, now).await?;
        }
        Ok(Some(is_new))
    }

    /// The same, of a membership that was found already.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_external_number_of(
        &mut self,
        id: MembershipId,
        organisation: OrganisationId,
        external: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        const PUT: &str =
            "UPDATE membership SET external_number = $2, changed_at = $3, version = version + 1 WHERE id = $1";
        const EVENT: &str = "INSERT INTO membership_event (id, membership, kind, organisation, at) \
             VALUES ($1, $2, 'number', $3, $4)";
        let (id, organisation) = (Uuid::from_bytes(id.0), Uuid::from_bytes(organisation.0));
        writing!(self, connection => {
            sqlx::query(PUT).bind(id).bind(external).bind(now).execute(&mut *connection).await?;
            sqlx::query(EVENT).bind(Uuid::now_v7()).bind(id).bind(organisation).bind(now).execute(connection).await?;
        });
        Ok(())
    }
}
