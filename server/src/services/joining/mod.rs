//! Joining: what a worker fills in, where it goes, and what becomes of it.

mod draft;
mod entry;
pub mod hashes;
mod keep;
mod link;
mod mine;
mod prepare;
mod save;
mod seed;
mod seen;
mod submit;
mod suggest;
mod transfer;
mod way;
mod welcome;

pub use keep::{keep, keep_going};
pub use seed::{occupations, platforms, seed};

use super::people::{People, Trouble as _};
use domain::{
    account::{Actor, SubjectId},
    membership::{Lane, Occupation, Screen},
    policy::{Action, Refused, Relation, Role},
    ports::{
        ApplicationRow, Draft, Handed, Joining, Later, LinkDesk, MyApplication, NotSaved, NotSubmitted, Prepared,
        Preview, Registered, Suggestion, TypedScreen, Welcome,
    },
    time::Millis,
};

/// Joining.
#[derive(Clone)]
pub struct JoiningService {
    people: People,
}

impl JoiningService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

/// Who asks, when they may do this for themselves.
fn own(people: &People, actor: &Actor, action: Action) -> Result<SubjectId, Refused> {
    people.policy.check(actor, action, &[(Role::Worker, Relation::Own)])?;
    actor.subject().ok_or(Refused::SignIn)
}

impl Joining for JoiningService {
    fn welcome<'a>(
        &'a self,
        actor: &'a Actor,
        entry: Option<&'a str>,
        adcode: Option<u32>,
        now: Millis,
    ) -> Later<'a, Result<Welcome, Refused>> {
        Box::pin(welcome::welcome(&self.people, actor, entry, adcode, now))
    }

    fn draft<'a>(
        &'a self,
        actor: &'a Actor,
        entry: Option<&'a str>,
        now: Millis,
    ) -> Later<'a, Result<Draft, NotSaved>> {
        Box::pin(draft::draft(&self.people, actor, entry, now))
    }

    fn save<'a>(
        &'a self,
        actor: &'a Actor,
        screen: Screen,
        typed: &'a TypedScreen,
        now: Millis,
    ) -> Later<'a, Result<Screen, NotSaved>> {
        Box::pin(save::save(&self.people, actor, screen, typed, now))
    }

    fn preview<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Preview, NotSaved>> {
        Box::pin(way::preview(&self.people, actor, now))
    }

    fn submit<'a>(
        &'a self,
        actor: &'a Actor,
        consent: bool,
        instead: bool,
        now: Millis,
    ) -> Later<'a, Result<Registered, NotSubmitted>> {
        Box::pin(submit::submit(&self.people, actor, consent, instead, now))
    }

    fn discard<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(draft::discard(&self.people, actor, now))
    }

    fn applications<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<ApplicationRow>, Refused>> {
        Box::pin(mine::applications(&self.people, actor))
    }

    fn application<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<MyApplication, Refused>> {
        Box::pin(mine::application(&self.people, actor, id, now))
    }

    fn withdraw<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(mine::withdraw(&self.people, actor, id, now))
    }

    fn answer<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        text: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(mine::answer(&self.people, actor, id, text, now))
    }

    fn occupations(&self) -> Later<'_, Result<Vec<Occupation>, Refused>> {
        Box::pin(async {
            let all = self.people.store.occupations().await.or_unavailable("list occupations")?;
            Ok(all.into_iter().filter(|one| !one.is_retired).collect())
        })
    }

    fn suggest<'a>(
        &'a self,
        lane: Lane,
        text: &'a str,
        adcode: Option<u32>,
        now: Millis,
    ) -> Later<'a, Result<Vec<Suggestion>, Refused>> {
        Box::pin(suggest::suggest(&self.people, lane, text, adcode, now))
    }

    fn towns(&self, adcode: u32) -> Vec<(String, String)> {
        let towns = suggest::towns(&self.people, adcode);
        towns.into_iter().map(|one| (one.id.to_string(), one.name)).collect()
    }

    fn prepare<'a>(
        &'a self,
        actor: &'a Actor,
        mobile: &'a str,
        typed: &'a TypedScreen,
        now: Millis,
    ) -> Later<'a, Result<Handed, NotSaved>> {
        Box::pin(prepare::prepare(&self.people, actor, mobile, typed, now))
    }

    fn prepared<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<Prepared, Refused>> {
        Box::pin(prepare::prepared(&self.people, actor, token, now))
    }

    fn take_over<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<Screen, NotSaved>> {
        Box::pin(prepare::take_over(&self.people, actor, token, now))
    }

    fn entry_link<'a>(&'a self, actor: &'a Actor, what: &'a str) -> Later<'a, Result<LinkDesk, Refused>> {
        Box::pin(link::read(&self.people, actor, what))
    }

    fn make_entry_link<'a>(&'a self, actor: &'a Actor, what: &'a str, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(link::make(&self.people, actor, what, now))
    }
}
