//! Memberships and their history.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ApplicationId, EnterpriseId, MembershipId, OrganisationId, SubjectId},
    membership::{MembershipEvent, MembershipState, Standing},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A membership as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembershipRow {
    /// Which.
    pub id: MembershipId,
    /// Whose; `None` once the account is gone.
    pub subject: Option<SubjectId>,
    /// Of what.
    pub organisation: OrganisationId,
    /// 会员编号, given here.
    pub number: String,
    /// The number of the province's own system.
    pub external_number: Option<String>,
    /// Its state.
    pub state: MembershipState,
    /// The code of an occupation.
    pub occupation: Option<String>,
    /// The platform or unit.
    pub enterprise: Option<EnterpriseId>,
    /// GB/T 2260 of the usual place.
    pub adcode: Option<u32>,
    /// 批准机关.
    pub authority: String,
    /// The officer who entered it.
    pub entered_by: Option<SubjectId>,
    /// What it came of.
    pub application: Option<ApplicationId>,
    /// `application` or `import`.
    pub source: String,
    /// Since when.
    pub joined_at: Millis,
    /// Until when the card is valid.
    pub valid_until: Millis,
    /// The last dues or taking part that anybody told of.
    pub took_part_at: Option<Millis>,
    /// A warning before an automatic end, and when it would end.
    pub warned_at: Option<Millis>,
    /// See above.
    pub ends_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Why it ended or is retained, sealed.
    pub reason: Option<Vec<u8>>,
    /// What the member says against it, sealed.
    pub objection: Option<Vec<u8>>,
    /// When.
    pub objected_at: Option<Millis>,
    /// Counts changes.
    pub version: i32,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    subject: Option<Uuid>,
    organisation: Uuid,
    number: String,
    external_number: Option<String>,
    state: String,
    occupation: Option<String>,
    enterprise: Option<Uuid>,
    adcode: Option<i32>,
    authority: String,
    entered_by: Option<Uuid>,
    application: Option<Uuid>,
    source: String,
    joined_at: Millis,
    valid_until: Millis,
    took_part_at: Option<Millis>,
    warned_at: Option<Millis>,
    ends_at: Option<Millis>,
    ended_at: Option<Millis>,
    reason: Option<Vec<u8>>,
    objection: Option<Vec<u8>>,
    objected_at: Option<Millis>,
    version: i32,
}

const COLUMNS: &str = "id, subject, organisation, number, external_number, state, occupation, enterprise, adcode, \
     authority, entered_by, application, source, joined_at, valid_until, took_part_at, warned_at, ends_at, ended_at, \
     reason, objection, objected_at, version";

const LIVING: &str = "state IN ('active', 'transferring', 'retained')";

fn membership(row: Row) -> Result<MembershipRow, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("membership {}", row.id), column };
    Ok(MembershipRow {
        id: MembershipId(row.id.into_bytes()),
        subject: row.subject.map(|id| SubjectId(id.into_bytes())),
        organisation: OrganisationId(row.organisation.into_bytes()),
        state: MembershipState::parse(&row.state).ok_or_else(|| wrong("state"))?,
        enterprise: row.enterprise.map(|id| EnterpriseId(id.into_bytes())),
        adcode: row.adcode.map(|adcode| u32::try_from(adcode).map_err(|_| wrong("adcode"))).transpose()?,
        entered_by: row.entered_by.map(|id| SubjectId(id.into_bytes())),
        application: row.application.map(|id| ApplicationId(id.into_bytes())),
        number: row.number,
        external_number: row.external_number,
        occupation: row.occupation,
        authority: row.authority,
        source: row.source,
        joined_at: row.joined_at,
        valid_until: row.valid_until,
        took_part_at: row.took_part_at,
        warned_at: row.warned_at,
        ends_at: row.ends_at,
        ended_at: row.ended_at,
        reason: row.reason,
        objection: row.objection,
        objected_at: row.objected_at,
        version: row.version,
    })
}

/// What finds a person again, as keyed hashes: never shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct PersonHashes<'a> {
    /// What the identity service calls the person.
    pub person: Option<&'a [u8]>,
    /// Type and number of the document.
    pub id: Option<&'a [u8]>,
    /// Name and mobile.
    pub name_mobile: Option<&'a [u8]>,
}

/// A line of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MembershipEventRow {
    /// What.
    pub kind: MembershipEvent,
    /// Where.
    pub organisation: Option<OrganisationId>,
    /// When.
    pub at: Millis,
}

impl Store {
    /// A membership.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn membership(&self, id: MembershipId) -> Result<Option<MembershipRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM membership WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        row.map(membership).transpose()
    }

    /// The membership of a person that counts: the living one, else the last.
    ///
    /// # Errors
    /// As [`Store::membership`].
    pub async fn membership_of(&self, subject: SubjectId) -> Result<Option<MembershipRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM membership WHERE subject = $1 \
             ORDER BY CASE WHEN {LIVING} THEN 0 ELSE 1 END, joined_at DESC, id DESC LIMIT 1"
        );
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?;
        row.map(membership).transpose()
    }

    /// How a person stands to the union, and where: the organisation of the membership, or who decides.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn standing_of(&self, subject: SubjectId) -> Result<(Standing, Option<OrganisationId>), StoreError> {
        const PENDING: &str =
            "SELECT owner FROM application WHERE subject = $1 AND state IN ('submitted', 'needs_info')";
        let kept = self.membership_of(subject).await?;
        if let Some(row) = kept.as_ref().filter(|row| row.state.is_member()) {
            return Ok((Standing::Member, Some(row.organisation)));
        }
        let pending: Option<Option<Uuid>> = reading!(self, pool => {
            sqlx::query_scalar(PENDING).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?;
        Ok(match (pending, kept) {
            (Some(owner), _) => (Standing::Pending, owner.map(|id| OrganisationId(id.into_bytes()))),
            (None, Some(row)) => (Standing::Former, Some(row.organisation)),
            (None, None) => (Standing::None, None),
        })
    }

    /// The word of an occupation, offered still or not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn occupation_name(&self, code: &str) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT name FROM occupation WHERE code = $1";
        Ok(reading!(self, pool => sqlx::query_scalar(SQL).bind(code).fetch_optional(pool).await)?)
    }

    /// The history of a membership, the oldest first. What another version of this program wrote is left out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn membership_events(&self, id: MembershipId) -> Result<Vec<MembershipEventRow>, StoreError> {
        const SQL: &str = "SELECT kind, organisation, at FROM membership_event WHERE membership = $1 ORDER BY at, id";
        let rows: Vec<(String, Option<Uuid>, Millis)> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await
        })?;
        let event = |(kind, organisation, at): (String, Option<Uuid>, Millis)| {
            let organisation = organisation.map(|id| OrganisationId(id.into_bytes()));
            MembershipEvent::parse(&kind).map(|kind| MembershipEventRow { kind, organisation, at })
        };
        Ok(rows.into_iter().filter_map(event).collect())
    }

    /// Memberships of which something may be due by themselves: with a sign that old and no warning, or with a
    /// warning. In the order of their ids, after one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn silent_memberships(
        &self,
        signs_before: Millis,
        after: Option<MembershipId>,
        limit: i64,
    ) -> Result<Vec<MembershipId>, StoreError> {
        const SQL: &str = "SELECT id FROM membership WHERE id > $2 AND subject IS NOT NULL \
             AND ((state = 'active' AND took_part_at <= $1 AND ends_at IS NULL) OR ends_at IS NOT NULL) \
             ORDER BY id LIMIT $3";
        let after = Uuid::from_bytes(after.map(|id| id.0).unwrap_or_default());
        let rows: Vec<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(signs_before).bind(after).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|id| MembershipId(id.into_bytes())).collect())
    }

    /// Members of organisations that were dissolved, in the order of their ids, after one. Those on the way elsewhere
    /// are not among them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn left_behind(&self, after: Option<MembershipId>, limit: i64) -> Result<Vec<MembershipId>, StoreError> {
        const SQL: &str = "SELECT membership.id FROM organisation JOIN membership \
             ON membership.organisation = organisation.id WHERE organisation.dissolved_at IS NOT NULL \
             AND membership.state IN ('active', 'retained') AND membership.id > $1 ORDER BY membership.id LIMIT $2";
        let after = Uuid::from_bytes(after.map(|id| id.0).unwrap_or_default());
        let rows: Vec<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(after).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|id| MembershipId(id.into_bytes())).collect())
    }
}

impl Edit {
    /// A membership, locked until the end of the transaction: whoever changes it or its transfer begins here.
    ///
    /// # Errors
    /// As [`Store::membership`].
    pub async fn membership(&mut self, id: MembershipId) -> Result<Option<MembershipRow>, StoreError> {
        let sql = format!("UPDATE membership SET version = version WHERE id = $1 RETURNING {COLUMNS}");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(connection).await
        })?;
        row.map(membership).transpose()
    }

    /// The living membership of a person, locked as with [`Edit::membership`].
    ///
    /// # Errors
    /// As [`Store::membership`].
    pub async fn living_membership_of(&mut self, subject: SubjectId) -> Result<Option<MembershipRow>, StoreError> {
        let sql =
            format!("UPDATE membership SET version = version WHERE subject = $1 AND {LIVING} RETURNING {COLUMNS}");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_optional(connection).await
        })?;
        row.map(membership).transpose()
    }

    /// Whether the person of a membership is a member by another one: the same account, document or person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_another_membership(&mut self, id: MembershipId) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM membership AS other, membership AS one WHERE one.id = $1 \
             AND other.id <> one.id AND other.state IN ('active', 'transferring', 'retained') \
             AND (other.subject = one.subject OR other.id_hash = one.id_hash OR other.person_hash = one.person_hash)";
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(sql).bind(Uuid::from_bytes(id.0)).fetch_one(connection).await
        })?;
        Ok(count > 0)
    }

    /// Puts a membership. `false` when the person is a member already, by account, document or person, or the number
    /// is taken: then nothing was written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_membership(
        &mut self,
        row: &MembershipRow,
        hashes: PersonHashes<'_>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO membership (id, subject, organisation, number, external_number, state, \
             person_hash, id_hash, name_mobile_hash, occupation, enterprise, adcode, authority, entered_by, \
             application, source, joined_at, valid_until, took_part_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) \
             ON CONFLICT DO NOTHING";
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(row.id.0))
                .bind(row.subject.map(|id| Uuid::from_bytes(id.0)))
                .bind(Uuid::from_bytes(row.organisation.0))
                .bind(&row.number)
                .bind(&row.external_number)
                .bind(row.state.code())
                .bind(hashes.person)
                .bind(hashes.id)
                .bind(hashes.name_mobile)
                .bind(&row.occupation)
                .bind(row.enterprise.map(|id| Uuid::from_bytes(id.0)))
                .bind(row.adcode.and_then(|adcode| i32::try_from(adcode).ok()))
                .bind(&row.authority)
                .bind(row.entered_by.map(|id| Uuid::from_bytes(id.0)))
                .bind(row.application.map(|id| Uuid::from_bytes(id.0)))
                .bind(&row.source)
                .bind(row.joined_at)
                .bind(row.valid_until)
                .bind(row.took_part_at)
                .bind(now)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(put > 0)
    }

    /// Writes what can change of a membership, unless it has changed since it was read. Says whether it did. A restored
    /// one is asked about [`Edit::has_another_membership`] first; the indexes refuse what slips through. The home of the
    /// account follows: arrived, ended, restored.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn save_membership(&mut self, row: &MembershipRow, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE membership SET organisation = $3, state = $4, valid_until = $5, took_part_at = $6, \
             warned_at = $7, ends_at = $8, ended_at = $9, reason = $10, objection = $11, objected_at = $12, \
             changed_at = $13, \
             objection_owner = CASE WHEN $11 IS NULL THEN NULL ELSE objection_owner END, \
             objection_due_at = CASE WHEN $11 IS NULL THEN NULL ELSE objection_due_at END, \
             version = version + 1 WHERE id = $1 AND version = $2";
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(row.id.0))
                .bind(row.version)
                .bind(Uuid::from_bytes(row.organisation.0))
                .bind(row.state.code())
                .bind(row.valid_until)
                .bind(row.took_part_at)
                .bind(row.warned_at)
                .bind(row.ends_at)
                .bind(row.ended_at)
                .bind(&row.reason)
                .bind(&row.objection)
                .bind(row.objected_at)
                .bind(now)
                .execute(connection)
                .await?
                .rows_affected()
        });
        if let Some(subject) = row.subject.filter(|_| changed > 0) {
            self.home_follows(subject).await?;
        }
        Ok(changed > 0)
    }

    /// A line of the history. Without an actor it is the member's own, or the program's.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_membership_event(
        &mut self,
        membership: MembershipId,
        kind: MembershipEvent,
        organisation: Option<OrganisationId>,
        actor: Option<SubjectId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO membership_event (id, membership, kind, organisation, actor, at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(Uuid::from_bytes(membership.0))
                .bind(kind.code())
                .bind(organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(actor.map(|id| Uuid::from_bytes(id.0)))
                .bind(now)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// The officers who did something of a kind to a membership.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn actors_of(
        &mut self,
        membership: MembershipId,
        kind: MembershipEvent,
    ) -> Result<Vec<SubjectId>, StoreError> {
        const SQL: &str =
            "SELECT actor FROM membership_event WHERE membership = $1 AND kind = $2 AND actor IS NOT NULL";
        let rows: Vec<Uuid> = writing!(self, connection => {
            sqlx::query_scalar(SQL)
                .bind(Uuid::from_bytes(membership.0))
                .bind(kind.code())
                .fetch_all(connection)
                .await
        })?;
        Ok(rows.into_iter().map(|id| SubjectId(id.into_bytes())).collect())
    }

    /// Takes a person out of their memberships and transfers: ciphertexts and hashes go, what is open ends. Gives
    /// those that were living.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_memberships(
        &mut self,
        subject: SubjectId,
        now: Millis,
    ) -> Result<Vec<MembershipId>, StoreError> {
        const TRANSFERS: &str = "UPDATE membership_transfer SET subject = NULL, reason = NULL, \
             ended_at = CASE WHEN state = 'open' THEN $2 ELSE ended_at END, \
             state = CASE WHEN state = 'open' THEN 'withdrawn' ELSE state END, version = version + 1 \
             WHERE subject = $1";
        const END: &str = "UPDATE membership SET state = 'resigned', ended_at = $2, warned_at = NULL, ends_at = NULL \
             WHERE subject = $1 AND state IN ('active', 'transferring', 'retained') RETURNING id";
        const FORGET: &str = "UPDATE membership SET subject = NULL, person_hash = NULL, id_hash = NULL, \
             name_mobile_hash = NULL, reason = NULL, objection = NULL, objection_owner = NULL, objection_due_at = NULL, \
             changed_at = $2, version = version + 1 \
             WHERE subject = $1";
        let of = Uuid::from_bytes(subject.0);
        let living: Vec<Uuid> = writing!(self, connection => {
            // The membership first: whoever changes a transfer has locked it.
            let living = sqlx::query_scalar(END).bind(of).bind(now).fetch_all(&mut *connection).await?;
            sqlx::query(TRANSFERS).bind(of).bind(now).execute(&mut *connection).await?;
            sqlx::query(FORGET).bind(of).bind(now).execute(connection).await?;
            living
        });
        Ok(living.into_iter().map(|id| MembershipId(id.into_bytes())).collect())
    }
}
