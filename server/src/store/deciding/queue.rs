//! The queue of applications that wait, by due date.
//!
//! It begins at the organisations of the officer's roles and goes down the tree in the database itself, so that no
//! statement carries thousands of ids; what is dissolved still leads to what it left behind.

use super::{COLUMNS, DecidingRow, JOINED, Row, deciding, organisation, waits};
use crate::store::{Store, StoreError, reading};
use domain::{
    account::{ApplicationId, OrganisationId, SubjectId},
    membership::ApplicationState,
    ports::QUEUE_ROWS,
    time::Millis,
};
use std::fmt::Write as _;
use uuid::Uuid;

/// Where queues begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roots {
    /// The whole country.
    Everywhere,
    /// These and all below them: one for each role, a handful.
    Below(Vec<OrganisationId>),
}

impl Roots {
    /// The start of a statement that has `reach (id)`; its ids are bound from `$1`.
    pub(in crate::store) fn with(&self) -> String {
        let top = match self {
            Self::Everywhere => "parent IS NULL".to_owned(),
            Self::Below(ids) => {
                let numbers: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
                format!("id IN ({})", numbers.join(", "))
            }
        };
        format!(
            "WITH RECURSIVE reach (id) AS (SELECT id FROM organisation WHERE {top} UNION \
             SELECT below.id FROM organisation AS below JOIN reach ON below.parent = reach.id)"
        )
    }

    /// What is bound from `$1`.
    pub(in crate::store) fn ids(&self) -> Vec<Uuid> {
        match self {
            Self::Everywhere => Vec::new(),
            Self::Below(ids) => ids.iter().map(|id| Uuid::from_bytes(id.0)).collect(),
        }
    }
}

/// Which part of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueOf {
    /// Where it begins.
    pub roots: Roots,
    /// `submitted` or `needs_info`.
    pub state: ApplicationState,
    /// Due before this.
    pub due_before: Option<Millis>,
    /// The code of an occupation.
    pub occupation: Option<String>,
    /// Never this person's.
    pub but: SubjectId,
    /// After this row.
    pub after: Option<(Millis, ApplicationId)>,
}

/// How many applications wait for an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingAt {
    /// Which.
    pub owner: OrganisationId,
    /// To be decided.
    pub submitted: u64,
    /// Of these, past their due date.
    pub overdue: u64,
    /// With the applicant.
    pub needs_info: u64,
}

/// The statement of [`Store::queue`], read by tests of query plans too.
///
/// `page` is found in one index alone, organisation by organisation, and of none more than the page could take; only then
/// is anything of an application read. `SQLite` keeps the order of a cross join and leaves the part of an organisation as
/// soon as the page takes no more of it; `PostgreSQL` would sort what waits in the whole country, unless it is told with
/// a `LATERAL` that `SQLite` does not know.
#[must_use]
pub fn queue_sql(of: &QueueOf, is_postgres: bool) -> String {
    let mut at = of.roots.ids().len();
    let mut next = || {
        at += 1;
        at
    };
    let but = next();
    let mut filter = format!("{} AND waits.state = ${}", waits("waits"), next());
    if of.due_before.is_some() {
        let _ = write!(filter, " AND waits.due_at < ${}", next());
    }
    if of.occupation.is_some() {
        let _ = write!(filter, " AND waits.occupation = ${}", next());
    }
    if of.after.is_some() {
        let _ = write!(filter, " AND (waits.due_at, waits.id) > (${}, ${})", next(), next());
    }
    // One's own is known by its id: the index has no persons.
    let from = format!(
        "application AS waits WHERE waits.owner = reach.id AND {filter} AND waits.id NOT IN \
         (SELECT own.id FROM application AS own WHERE own.subject = ${but} AND {})",
        waits("own")
    );
    // One row more tells whether there is another page.
    let first = format!("ORDER BY waits.due_at, waits.id LIMIT {}", QUEUE_ROWS + 1);
    let from = if is_postgres {
        format!("LATERAL (SELECT waits.id, waits.due_at FROM {from} {first}) AS waits")
    } else {
        from
    };
    format!(
        "{}, page (id) AS MATERIALIZED (SELECT waits.id FROM reach CROSS JOIN {from} {first}) \
         SELECT {COLUMNS} FROM page CROSS JOIN {JOINED} WHERE application.id = page.id ORDER BY due_at, application.id",
        of.roots.with(),
    )
}

/// The statement of [`Store::waiting`]: of each organisation its own part of the index, and nothing else.
#[must_use]
pub fn waiting_sql(roots: &Roots) -> String {
    let number = roots.ids().len() + 1;
    let count = |condition: &str| {
        format!(
            "(SELECT COUNT(*) FROM application AS waits WHERE waits.owner = reach.id AND {} AND {condition})",
            waits("waits")
        )
    };
    format!(
        "{} SELECT reach.id, {}, {}, {} FROM reach",
        roots.with(),
        count("waits.state = 'submitted'"),
        count(&format!("waits.state = 'submitted' AND waits.due_at < ${number}")),
        count("waits.state = 'needs_info'"),
    )
}

impl Store {
    /// A page of a queue by due date, and one row more where there is another page.
    ///
    /// # Errors
    /// As [`Store::application_to_decide`].
    pub async fn queue(&self, of: &QueueOf) -> Result<Vec<DecidingRow>, StoreError> {
        let sql = queue_sql(of, self.is_postgres());
        let rows: Vec<Row> = reading!(self, pool => {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            for id in of.roots.ids() {
                query = query.bind(id);
            }
            query = query.bind(Uuid::from_bytes(of.but.0)).bind(of.state.code());
            if let Some(before) = of.due_before {
                query = query.bind(before);
            }
            if let Some(occupation) = &of.occupation {
                query = query.bind(occupation.clone());
            }
            if let Some((due_at, id)) = of.after {
                query = query.bind(due_at).bind(Uuid::from_bytes(id.0));
            }
            query.fetch_all(pool).await
        })?;
        rows.into_iter().map(deciding).collect()
    }

    /// How many wait for each organisation that something waits for.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn waiting(&self, roots: &Roots, now: Millis) -> Result<Vec<WaitingAt>, StoreError> {
        let sql = waiting_sql(roots);
        let rows: Vec<(Uuid, i64, i64, i64)> = reading!(self, pool => {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            for id in roots.ids() {
                query = query.bind(id);
            }
            query.bind(now).fetch_all(pool).await
        })?;
        let at = |(owner, submitted, overdue, needs_info): (Uuid, i64, i64, i64)| WaitingAt {
            owner: organisation(owner),
            submitted: submitted.unsigned_abs(),
            overdue: overdue.unsigned_abs(),
            needs_info: needs_info.unsigned_abs(),
        };
        Ok(rows.into_iter().map(at).filter(|at| at.submitted + at.needs_info > 0).collect())
    }
}
