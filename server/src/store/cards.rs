//! 电子会员证: which card a membership has, and which are revoked.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ApplicationId, MembershipId, OrganisationId, SubjectId},
    membership::{
        MembershipState,
        card::{CardId, OFFLINE_LASTS_MS, ONLINE_LASTS_MS, SIGNED_EARLIER_MS},
    },
    time::Millis,
};
use uuid::Uuid;

/// A member, as far as a card names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardMember {
    /// Which membership.
    pub id: MembershipId,
    /// Of what.
    pub organisation: OrganisationId,
    /// 会员编号.
    pub number: String,
    /// Its state: one in which somebody is a member.
    pub state: MembershipState,
    /// The name of the occupation.
    pub occupation: Option<String>,
    /// Until when it is valid.
    pub valid_until: Millis,
    /// The application it came of, with the name in it, sealed.
    pub applied: Option<(ApplicationId, Vec<u8>)>,
}

/// A card as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardRow {
    /// Which.
    pub id: CardId,
    /// Of which membership.
    pub membership: MembershipId,
    /// What its codes name.
    pub organisation: OrganisationId,
    /// When the last code for no network was signed.
    pub offline_at: Option<Millis>,
}

/// Why a card was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevokedFor {
    /// The membership ended, or the account is gone.
    Ended,
    /// The membership is at another organisation.
    Moved,
    /// 手机丢了，换新码.
    Lost,
}

impl RevokedFor {
    const fn code(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Moved => "moved",
            Self::Lost => "lost",
        }
    }
}

/// Any code that was signed just now is over after this, on any clock that is taken for right.
const ONLINE_IS_OVER_MS: Millis = ONLINE_LASTS_MS + SIGNED_EARLIER_MS;

type Row = (Vec<u8>, Uuid, Uuid, Option<Millis>);

const COLUMNS: &str = "card.id, card.membership, card.organisation, card.offline_at";

fn id_of(bytes: &[u8]) -> Result<CardId, StoreError> {
    let wrong = |_| StoreError::Corrupt { code: "card".to_owned(), column: "id" };
    bytes.try_into().map(CardId).map_err(wrong)
}

fn card((id, membership, organisation, offline_at): Row) -> Result<CardRow, StoreError> {
    let (membership, organisation) = (MembershipId(membership.into_bytes()), OrganisationId(organisation.into_bytes()));
    Ok(CardRow { id: id_of(&id)?, membership, organisation, offline_at })
}

impl Store {
    /// The membership of a person who is a member.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn card_member(&self, subject: SubjectId) -> Result<Option<CardMember>, StoreError> {
        const SQL: &str = "SELECT membership.id, membership.organisation, membership.number, membership.state, \
             occupation.name, membership.valid_until, application.id, application.name FROM membership \
             LEFT JOIN occupation ON occupation.code = membership.occupation \
             LEFT JOIN application ON application.id = membership.application AND application.subject = membership.subject \
             WHERE membership.subject = $1 AND membership.state IN ('active', 'transferring', 'retained')";
        type Row = (Uuid, Uuid, String, String, Option<String>, Millis, Option<Uuid>, Option<Vec<u8>>);
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?;
        let Some((id, organisation, number, state, occupation, valid_until, application, name)) = row else {
            return Ok(None);
        };
        let wrong = || StoreError::Corrupt { code: format!("membership {id}"), column: "state" };
        Ok(Some(CardMember {
            id: MembershipId(id.into_bytes()),
            organisation: OrganisationId(organisation.into_bytes()),
            number,
            state: MembershipState::parse(&state).ok_or_else(wrong)?,
            occupation,
            valid_until,
            applied: application.map(|id| ApplicationId(id.into_bytes())).zip(name),
        }))
    }

    /// How somebody stands who is no member: the 登记号 of an application that is with somebody, and whether they
    /// were a member once.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn without_card(&self, subject: SubjectId) -> Result<(Option<Option<String>>, bool), StoreError> {
        const PENDING: &str =
            "SELECT number FROM application WHERE subject = $1 AND state IN ('submitted', 'needs_info')";
        const FORMER: &str = "SELECT COUNT(*) FROM membership WHERE subject = $1";
        let subject = Uuid::from_bytes(subject.0);
        let pending: Option<Option<String>> =
            reading!(self, pool => sqlx::query_scalar(PENDING).bind(subject).fetch_optional(pool).await)?;
        let former: i64 = reading!(self, pool => sqlx::query_scalar(FORMER).bind(subject).fetch_one(pool).await)?;
        Ok((pending, former > 0))
    }

    /// The card of a membership that is not revoked.
    ///
    /// # Errors
    /// As [`Store::card_member`].
    pub async fn card_of(&self, membership: MembershipId) -> Result<Option<CardRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM card WHERE membership = $1 AND revoked_at IS NULL");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(membership.0)).fetch_optional(pool).await
        })?;
        row.map(card).transpose()
    }

    /// Whether a card is good now: it was made here, nobody revoked it, and its membership is one, at the same place.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn card_is_good(&self, id: CardId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM card JOIN membership ON membership.id = card.membership \
             WHERE card.id = $1 AND card.revoked_at IS NULL AND membership.subject IS NOT NULL \
             AND membership.organisation = card.organisation \
             AND membership.state IN ('active', 'transferring', 'retained')";
        let found: i64 = reading!(self, pool => sqlx::query_scalar(SQL).bind(&id.0[..]).fetch_one(pool).await)?;
        Ok(found > 0)
    }

    /// Revoked cards of which a code could still be taken for good, in their order.
    ///
    /// # Errors
    /// As [`Store::card_member`].
    pub async fn revoked_cards(&self, now: Millis) -> Result<Vec<CardId>, StoreError> {
        const SQL: &str = "SELECT id FROM card WHERE listed_until > $1 ORDER BY id";
        let ids: Vec<Vec<u8>> = reading!(self, pool => sqlx::query_scalar(SQL).bind(now).fetch_all(pool).await)?;
        ids.iter().map(|id| id_of(id)).collect()
    }
}

impl Edit {
    /// The card of a membership that is not revoked, made where there is none: two at once get the same. `None`: the
    /// membership has just ended or moved.
    ///
    /// # Errors
    /// As [`Store::card_member`].
    pub async fn card(
        &mut self,
        membership: MembershipId,
        organisation: OrganisationId,
        fresh: CardId,
        now: Millis,
    ) -> Result<Option<CardRow>, StoreError> {
        const PUT: &str = "INSERT INTO card (id, membership, organisation, made_at) \
             SELECT $1, id, organisation, $4 FROM membership WHERE id = $2 AND organisation = $3 \
             AND state IN ('active', 'transferring', 'retained') ON CONFLICT DO NOTHING";
        let sql = format!("SELECT {COLUMNS} FROM card WHERE membership = $1 AND revoked_at IS NULL");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query(PUT)
                .bind(&fresh.0[..])
                .bind(Uuid::from_bytes(membership.0))
                .bind(Uuid::from_bytes(organisation.0))
                .bind(now)
                .execute(&mut *connection)
                .await?;
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(membership.0))
                .fetch_optional(connection)
                .await
        })?;
        row.map(card).transpose()
    }

    /// Notes that a code for no network is signed now, unless one was after `before`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_offline(&mut self, id: CardId, before: Millis, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE card SET offline_at = $3 WHERE id = $1 AND revoked_at IS NULL \
             AND (offline_at IS NULL OR offline_at <= $2)";
        writing!(self, connection => {
            sqlx::query(SQL).bind(&id.0[..]).bind(before).bind(now).execute(connection).await.map(drop)
        })?;
        Ok(())
    }

    /// Revokes the card of a membership; `false` where it has none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn revoke_card(
        &mut self,
        membership: MembershipId,
        why: RevokedFor,
        now: Millis,
    ) -> Result<bool, StoreError> {
        Ok(self.revoke_where("membership = $5", Some(membership.0), why, now).await? > 0)
    }

    /// Revokes cards whose membership is none any more, or stands elsewhere: what was missed when that happened.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn revoke_stale_cards(&mut self, now: Millis) -> Result<u64, StoreError> {
        let which = "$5 = $5 AND membership IN (SELECT membership.id FROM membership JOIN card AS stale \
             ON stale.membership = membership.id AND stale.revoked_at IS NULL WHERE membership.subject IS NULL \
             OR membership.organisation <> stale.organisation \
             OR membership.state NOT IN ('active', 'transferring', 'retained'))";
        self.revoke_where(which, None, RevokedFor::Ended, now).await
    }

    async fn revoke_where(
        &mut self,
        which: &'static str,
        of: Option<[u8; 16]>,
        why: RevokedFor,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let sql = format!(
            "UPDATE card SET revoked_at = $1, why = $2, listed_until = \
             CASE WHEN offline_at + $3 > $4 THEN offline_at + $3 ELSE $4 END WHERE revoked_at IS NULL AND {which}"
        );
        let revoked = writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(now)
                .bind(why.code())
                .bind(OFFLINE_LASTS_MS + SIGNED_EARLIER_MS)
                .bind(now + ONLINE_IS_OVER_MS)
                .bind(Uuid::from_bytes(of.unwrap_or_default()))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(revoked)
    }

    /// Forgets revoked cards that no list has to name any more.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_cards(&mut self, now: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM card WHERE listed_until < $1";
        let gone = writing!(self, connection => {
            sqlx::query(SQL).bind(now).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(gone)
    }
}
