//! What is the same at the desk of requests for a union and of reports of obstruction: a list page by page, the way so
//! far, and that a look is written down.

use crate::{
    services::{
        founding::climb::name_of,
        people::{Failed, People, Trouble as _},
        staff::scope::{acting_as, roots},
    },
    store::{Edit, Entry, Happened, OWNED_CHUNK, Owned, OwnedAt, Roots},
};
use domain::{
    account::{Actor, FoundingId},
    organisation::OrganisationTree,
    policy::{Action, Refused, Relation, Role},
    ports::Listed,
    time::Millis,
};
use std::collections::VecDeque;

/// So many stand on a page.
const ROWS: usize = 50;

/// A page that is being filled: what an actor's roles reach is gone through in order, and what they are kept from is
/// left out, so that there is a next page only where something stands on it.
pub struct Walk<'a, I, R> {
    people: &'a People,
    roots: Roots,
    /// The last that was read.
    read: Option<OwnedAt<I>>,
    ahead: VecDeque<OwnedAt<I>>,
    is_over: bool,
    /// The last that stands on the page.
    last: Option<OwnedAt<I>>,
    page: Listed<R>,
}

impl<'a, I: Owned, R> Walk<'a, I, R> {
    /// Begins after the address of a page; what is no address is the first page.
    ///
    /// # Errors
    /// [`Refused`]: the actor does this nowhere.
    pub fn begin(people: &'a People, actor: &Actor, action: Action, after: Option<&str>) -> Result<Self, Refused> {
        Ok(Self {
            people,
            roots: roots(people, actor, action)?,
            read: after.and_then(parsed),
            ahead: VecDeque::new(),
            is_over: false,
            last: None,
            page: Listed { rows: Vec::new(), next: None },
        })
    }

    /// The next one, whoever may see it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn next(&mut self) -> Result<Option<OwnedAt<I>>, Refused> {
        if self.ahead.is_empty() && !self.is_over {
            let found = self.people.store.owned_after(&self.roots, self.read).await.or_unavailable("read a list")?;
            self.is_over = found.len() < OWNED_CHUNK;
            self.read = found.last().copied();
            self.ahead.extend(found);
        }
        Ok(self.ahead.pop_front())
    }

    /// Puts a row on the page. Says whether to go on: not once it is known that there is another page.
    pub fn put(&mut self, at: OwnedAt<I>, row: R) -> bool {
        if self.page.rows.len() == ROWS {
            self.page.next = self.last.map(|OwnedAt { part, moment, id }| format!("{part}.{moment}.{id}"));
            return false;
        }
        self.page.rows.push(row);
        self.last = Some(at);
        true
    }

    /// The page.
    pub fn page(self) -> Listed<R> {
        self.page
    }
}

/// `0.1795399200000.0f…`: where the page before ended.
fn parsed<I: Owned>(text: &str) -> Option<OwnedAt<I>> {
    let mut parts = text.splitn(3, '.');
    let (part, moment) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    // Ids of all kinds read alike.
    let id = FoundingId::parse(parts.next()?)?;
    Some(OwnedAt { part, moment, id: I::of(id.0) })
}

/// The way so far, in sentences; `sentence`: of a code and the organisation's name.
pub fn history(
    tree: &OrganisationTree,
    events: Vec<Happened>,
    sentence: fn(&str, &str) -> Option<String>,
) -> Vec<(Millis, String)> {
    let told = events.into_iter().filter_map(|(kind, organisation, at)| {
        let union = organisation.map(|id| name_of(tree, id)).unwrap_or_default();
        Some((at, sentence(&kind, &union)?))
    });
    told.collect()
}

/// Writes down that an actor does something with one of them.
///
/// # Errors
/// The database does not answer.
pub async fn note<I: Owned>(
    people: &People,
    edit: &mut Edit,
    actor: &Actor,
    (id, held): (I, &[(Role, Relation)]),
    (action, why): (Action, &str),
    now: Millis,
) -> Result<(), Failed> {
    let entry = Entry {
        actor: actor.subject(),
        role: acting_as(people, action, held),
        action,
        object: &format!("{} {id}", I::TABLE),
        reason: why,
    };
    Ok(edit.audit(&people.vault.audit_key(), &entry, now).await?)
}

/// Writes down a look, before anything is shown: what cannot be written down is not shown.
///
/// # Errors
/// The database does not answer.
pub async fn note_look<I: Owned>(
    people: &People,
    actor: &Actor,
    of: (I, &[(Role, Relation)]),
    done: (Action, &str),
    now: Millis,
) -> Result<(), Refused> {
    let noted = async {
        let mut edit = people.store.edit().await?;
        note(people, &mut edit, actor, of, done, now).await?;
        Ok::<(), Failed>(edit.finish().await?)
    };
    noted.await.or_unavailable("note a look")
}
