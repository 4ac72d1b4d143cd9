//! Other records that may be of the same person, for one application or for a page of them at once.

use super::{organisation, waits};
use crate::store::{Store, StoreError, reading};
use domain::{
    account::{ApplicationId, OrganisationId, SubjectId},
    membership::{ApplicationState, MembershipState},
    ports::{Likeness, OtherKind},
    time::Millis,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Another record that may be of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LikelyRow {
    /// Which.
    pub id: [u8; 16],
    /// What it is.
    pub kind: OtherKind,
    /// By what.
    pub by: Likeness,
    /// Its state, in words.
    pub state: &'static str,
    /// Whether it is a membership that counts.
    pub is_member: bool,
    /// Whose.
    pub subject: Option<SubjectId>,
    /// Its organisation.
    pub organisation: Option<OrganisationId>,
    /// Since when.
    pub since: Millis,
}

/// What an officer said about another record, as long as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulingRow {
    /// Which ruling.
    pub id: [u8; 16],
    /// About which application.
    pub application: ApplicationId,
    /// Compared with what.
    pub other: [u8; 16],
    /// The same person; otherwise somebody else.
    pub is_merge: bool,
}

/// `$1, $2, $3`
fn places(count: usize) -> String {
    (1..=count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}

/// The statement of [`Store::likely`] for so many applications, read by tests of query plans too: memberships and open
/// applications by each hash, each from its own index. `SQLite` keeps the order of a cross join.
#[must_use]
pub fn likely_sql(count: usize) -> String {
    let membership = |by: Likeness, column: &str| {
        format!(
            "SELECT page.id, 'membership', membership.id, state, membership.subject, organisation, joined_at, '{}' \
             FROM page CROSS JOIN membership WHERE membership.{column} = page.{column}",
            by.code()
        )
    };
    let application = |by: Likeness, column: &str| {
        format!(
            "SELECT page.id, 'application', application.id, state, application.subject, owner, \
             COALESCE(submitted_at, created_at), '{}' FROM page CROSS JOIN application WHERE application.{column} = page.{column} AND {} \
             AND application.id <> page.id",
            by.code(),
            waits("application")
        )
    };
    let each = [
        membership(Likeness::Person, "person_hash"),
        membership(Likeness::IdNumber, "id_hash"),
        membership(Likeness::Account, "subject"),
        membership(Likeness::NameAndMobile, "name_mobile_hash"),
        application(Likeness::Person, "person_hash"),
        application(Likeness::IdNumber, "id_hash"),
        application(Likeness::NameAndMobile, "name_mobile_hash"),
    ];
    format!(
        "WITH page AS MATERIALIZED (SELECT id, subject, person_hash, id_hash, name_mobile_hash FROM application \
         WHERE id IN ({})) {}",
        places(count),
        each.join(" UNION ALL ")
    )
}

impl Store {
    /// Other records that may be of the same person as each of these applications, the likeliest first, each once. One
    /// of which there is none is not among them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn likely(&self, ids: &[ApplicationId]) -> Result<HashMap<ApplicationId, Vec<LikelyRow>>, StoreError> {
        type Found = (Uuid, String, Uuid, String, Option<Uuid>, Option<Uuid>, Millis, String);
        let mut likely: HashMap<ApplicationId, Vec<LikelyRow>> = HashMap::new();
        if ids.is_empty() {
            return Ok(likely);
        }
        let sql = likely_sql(ids.len());
        let found: Vec<Found> = reading!(self, pool => {
            let query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            ids.iter().fold(query, |query, id| query.bind(Uuid::from_bytes(id.0))).fetch_all(pool).await
        })?;
        for (of, kind, id, state, whose, at, since, by) in found {
            let (Some(kind), Some(by)) = (OtherKind::parse(&kind), Likeness::parse(&by)) else { continue };
            let (word, is_member) = match kind {
                OtherKind::Membership => MembershipState::parse(&state).map(|state| (state.word(), state.is_member())),
                OtherKind::Application => ApplicationState::parse(&state).map(|state| (state.word(), false)),
            }
            .unwrap_or(("", false));
            let row = LikelyRow {
                id: id.into_bytes(),
                kind,
                by,
                state: word,
                is_member,
                subject: whose.map(|id| SubjectId(id.into_bytes())),
                organisation: at.map(organisation),
                since,
            };
            let rows = likely.entry(ApplicationId(of.into_bytes())).or_default();
            match rows.iter_mut().find(|known| known.id == row.id) {
                Some(known) if row.by < known.by => *known = row,
                Some(_) => {}
                None => rows.push(row),
            }
        }
        for rows in likely.values_mut() {
            rows.sort_by_key(|row| (row.by, row.kind, row.since));
        }
        Ok(likely)
    }

    /// Rulings about these applications that were not undone, the oldest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn rulings(&self, ids: &[ApplicationId]) -> Result<Vec<RulingRow>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT id, application, other, ruling FROM duplicate_ruling \
             WHERE application IN ({}) AND undone_at IS NULL ORDER BY ruled_at, id",
            places(ids.len())
        );
        let rows: Vec<(Uuid, Uuid, Uuid, String)> = reading!(self, pool => {
            let query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            ids.iter().fold(query, |query, id| query.bind(Uuid::from_bytes(id.0))).fetch_all(pool).await
        })?;
        let row = |(id, application, other, ruling): (Uuid, Uuid, Uuid, String)| RulingRow {
            id: id.into_bytes(),
            application: ApplicationId(application.into_bytes()),
            other: other.into_bytes(),
            is_merge: ruling == "merged",
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Those of these applications that a membership came of.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn with_membership(&self, ids: &[ApplicationId]) -> Result<HashSet<ApplicationId>, StoreError> {
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let sql = format!("SELECT application FROM membership WHERE application IN ({})", places(ids.len()));
        let found: Vec<Uuid> = reading!(self, pool => {
            let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql));
            ids.iter().fold(query, |query, id| query.bind(Uuid::from_bytes(id.0))).fetch_all(pool).await
        })?;
        Ok(found.into_iter().map(|id| ApplicationId(id.into_bytes())).collect())
    }
}
