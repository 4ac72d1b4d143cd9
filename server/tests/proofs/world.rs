//! Services on one database, and what every test does with them.

use crate::{
    authenticator::{Answer, Device},
    databases::{on_each_engine, regions},
};
use domain::{
    account::{Actor, OrganisationId, SubjectId},
    policy::Role,
    ports::{Accounts as _, Browser, NotProved, PasskeyFor, Proofs as _, Sender, Shown, Site},
    time::Millis,
};
use server::{
    config::{Config, Settings},
    finder::Finder,
    services::{
        accounts::AccountService,
        people::People,
        proofs::ProofService,
        staff::invitation::{self, Wanted},
    },
    store::Store,
};
use std::{io::ErrorKind, sync::Arc};

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;
pub const MINUTE: Millis = 60_000;

pub struct World {
    pub people: People,
    pub proofs: ProofService,
    pub accounts: AccountService,
    _folder: tempfile::TempDir,
}

pub fn browser() -> Browser {
    let sender = Sender { device: "0123456789abcdef0123456789abcdef".into(), network: "203.0.113.0/24".into() };
    Browser { sender, phone: "安卓手机 · 微信".into(), session: None }
}

/// Runs a test on each engine.
pub async fn on_each(test: impl AsyncFn(World)) {
    on_each_engine(async |store: &Store| test(World::on(store).await).await).await;
}

impl World {
    pub async fn on(store: &Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let finder = Arc::new(Finder::empty());
        let people = People::for_tests(store.clone(), finder, regions(), Arc::new(site()), folder.path())
            .await
            .expect("a vault");
        let (proofs, accounts) = (ProofService::new(people.clone()), AccountService::new(people.clone()));
        Self { people, proofs, accounts, _folder: folder }
    }

    pub async fn actor(&self, session: &str, now: Millis) -> Actor {
        self.accounts.actor(Some(session), now).await.expect("answers")
    }

    /// An invitation of the console.
    pub async fn invite(&self, role: Role, subject: Option<SubjectId>, now: Millis) -> String {
        let wanted =
            Wanted { role, organisation: None::<OrganisationId>, subject, by: None, lasts: invitation::LASTS_MS };
        let mut edit = self.people.store.edit().await.expect("a transaction");
        let token = invitation::make(&self.people.vault, &mut edit, wanted, now).await.expect("made");
        edit.finish().await.expect("written");
        token
    }

    /// Takes an invitation up with a passkey; the session's token.
    pub async fn enrol(&self, token: &str, device: &mut Device, now: Millis) -> Result<String, NotProved> {
        let (nobody, to) = (Actor::Anonymous, PasskeyFor::Invitation(token));
        let ceremony = self.proofs.begin_passkey(&nobody, to, &browser().sender, now).await?;
        let answer = device.create(&ceremony.options, &Answer::default());
        let shown = self.proofs.finish_passkey(&nobody, to, &ceremony.token, &answer, &browser(), now).await?;
        Ok(session_of(shown))
    }

    /// Signs in with a passkey, as a browser that says this.
    pub async fn sign_in(&self, device: &mut Device, answer: &Answer, now: Millis) -> Result<String, NotProved> {
        let nobody = Actor::Anonymous;
        let ceremony = self.proofs.begin_passkey(&nobody, PasskeyFor::SignIn, &browser().sender, now).await?;
        let answer = device.get(&ceremony.options, answer);
        let shown =
            self.proofs.finish_passkey(&nobody, PasskeyFor::SignIn, &ceremony.token, &answer, &browser(), now).await?;
        Ok(session_of(shown))
    }

    /// Somebody with a role of staff and one passkey: who, and the token of their session.
    pub async fn staff(&self, role: Role, device: &mut Device, now: Millis) -> (SubjectId, String) {
        let token = self.invite(role, None, now).await;
        let session = self.enrol(&token, device, now).await.expect("enrols");
        let subject = self.actor(&session, now).await.subject().expect("signed in");
        (subject, session)
    }
}

pub fn session_of(shown: Shown) -> String {
    match shown {
        Shown::SignedIn(signed_in) => signed_in.session,
        Shown::Added => panic!("a session was expected"),
    }
}

fn site() -> Site {
    let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
    Config::check(&settings).expect("the defaults are fine").site()
}

impl World {
    /// The last code that was sent to a number.
    pub fn heard(&self, mobile: &str) -> String {
        self.people.sms.last_code(mobile).expect("a code was sent")
    }
}
