//! 电子会员证: showing it, keeping it for no network, checking somebody's, revoking it.

mod check;
mod code;
mod compare;
mod holder;
mod renew;
mod show;

use super::people::{People, Trouble as _};
use domain::{
    account::Actor,
    membership::card::CardId,
    policy::Refused,
    ports::{CardKey, Cards, Checked, KeptCard, Later, MyCard, NoCard, NotCompared, NotRenewed, Sender},
    time::Millis,
};

/// 电子会员证.
#[derive(Clone)]
pub struct CardService {
    people: People,
}

impl CardService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Cards for CardService {
    fn show<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<MyCard, NoCard>> {
        Box::pin(show::show(&self.people, actor, now))
    }

    fn keep<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<KeptCard, NoCard>> {
        Box::pin(show::keep(&self.people, actor, now))
    }

    fn renew<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), NotRenewed>> {
        Box::pin(renew::renew(&self.people, actor, now))
    }

    fn check<'a>(&'a self, actor: &'a Actor, code: &'a str, now: Millis) -> Later<'a, Result<Checked, Refused>> {
        Box::pin(async move { check::check(&self.people, actor, code, now).await.map(|(checked, _)| checked) })
    }

    fn compare<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        said: &'a str,
        sender: &'a Sender,
        now: Millis,
    ) -> Later<'a, Result<Checked, NotCompared>> {
        Box::pin(compare::compare(&self.people, actor, code, said, sender, now))
    }

    fn keys(&self) -> Vec<CardKey> {
        let public = self.people.vault.card_keys().public();
        public.into_iter().map(|key| CardKey { id: key.id, public: key.bytes }).collect()
    }

    fn revoked(&self, now: Millis) -> Later<'_, Result<Vec<CardId>, Refused>> {
        Box::pin(async move { self.people.store.revoked_cards(now).await.or_unavailable("list revoked cards") })
    }
}
