//! Ceremonies of a passkey: `WebAuthn` level 3, 7.1 (registering) and 7.2 (showing).

use super::{
    ProofService, RelyingParty,
    enrol::{self, Taker},
    session,
};
use crate::{
    services::{people::Trouble as _, staff::invitation::find_invitation},
    store::{CeremonyKind, Entry, NewPasskey, Passkey, StoreError},
    vault::{Lookup, random},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{Actor, PasskeyId, Strength, SubjectId, limit::Limit},
    policy::{Action, Refused, Relation, Role},
    ports::{Browser, Ceremony, NotProved, PasskeyFor, Sender, Shown},
    time::Millis,
};
use uuid::Uuid;
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication16, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
    bin::{Decode, Encode as _},
    request::{
        ExtensionInfo, PublicKeyCredentialDescriptor,
        auth::AuthenticationVerificationOptions,
        register::{CredProtect, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle16},
    },
    response::{
        AuthTransports, CredentialId,
        register::{CompressedPubKey, DynamicState, StaticState},
    },
};

/// Between its two halves a ceremony lasts as long as a browser's own window stays open.
const LASTS_MS: Millis = 5 * 60 * 1000;
/// More passkeys than this nobody needs.
const PASSKEYS_AT_MOST: usize = 20;

/// Public key and its fixed properties, as they are read back: Ed25519, P-256, P-384 or RSA.
type Fixed = StaticState<CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>;

/// Ceremonies that one network begins: an office behind one address, and no flood.
const CEREMONIES_OF_NETWORK: Limit = Limit { interval_ms: 2000, burst: 30, a_day: u32::MAX };
/// And all together.
const CEREMONIES_OF_ALL: Limit = Limit { interval_ms: 50, burst: 200, a_day: u32::MAX };

fn handle(subject: SubjectId) -> UserHandle16 {
    let Ok(handle) = UserHandle16::decode(subject.0);
    handle
}

/// Something that cannot be: our own bytes are not what we wrote, or a library refuses what it made.
fn broken(doing: &'static str) -> NotProved {
    tracing::error!(doing, "{doing}: not what was written");
    NotProved::Refused(Refused::Unavailable)
}

impl ProofService {
    fn relying_party(&self) -> Result<&RelyingParty, NotProved> {
        self.site.as_deref().ok_or(NotProved::NoPasskeys)
    }

    pub(super) async fn begin(
        &self,
        actor: &Actor,
        to: PasskeyFor<'_>,
        sender: &Sender,
        now: Millis,
    ) -> Result<Ceremony, NotProved> {
        match to {
            PasskeyFor::SignIn => self.ask_for_one(None, sender, now).await,
            PasskeyFor::Prove => {
                let subject = actor.subject().ok_or(Refused::SignIn)?;
                self.ask_for_one(Some(subject), sender, now).await
            }
            PasskeyFor::Add => {
                let subject = self.may_add(actor, now)?;
                let have = self.people.store.passkeys_of(subject).await.or_unavailable("read passkeys")?;
                if have.len() >= PASSKEYS_AT_MOST {
                    return Err(NotProved::Already);
                }
                let role = actor.grants().first().map_or(Role::Worker, |grant| grant.role);
                self.make_one((Taker::Known(subject), role), &have, sender, now).await
            }
            PasskeyFor::Invitation(token) => {
                let invitation = find_invitation(&self.people, token, now).await?.ok_or(NotProved::Gone)?;
                let taker = Taker::of(&invitation, actor);
                let have = match (taker, invitation.subject) {
                    // Who enrols again may have kept the phone: its old passkey goes anyway.
                    (_, Some(_)) | (Taker::New(_), _) => Vec::new(),
                    (Taker::Known(subject), None) => {
                        self.people.store.passkeys_of(subject).await.or_unavailable("read passkeys")?
                    }
                };
                self.make_one((taker, invitation.role), &have, sender, now).await
            }
        }
    }

    pub(super) async fn finish(
        &self,
        actor: &Actor,
        to: PasskeyFor<'_>,
        ceremony: &str,
        answer: &str,
        browser: &Browser,
        now: Millis,
    ) -> Result<Shown, NotProved> {
        match to {
            PasskeyFor::SignIn => self.sign_in(actor, ceremony, answer, browser, now).await,
            PasskeyFor::Prove => self.prove(actor, ceremony, answer, browser, now).await,
            PasskeyFor::Add => self.add(actor, ceremony, answer, browser, now).await,
            PasskeyFor::Invitation(token) => self.enrol(actor, token, ceremony, answer, browser, now).await,
        }
    }

    /// A ceremony is a row that anybody may cause: not more of them than people begin.
    async fn may_begin(&self, sender: &Sender, now: Millis) -> Result<(), NotProved> {
        let vault = &self.people.vault;
        let network = vault.hash(Lookup::Rate, &format!("ceremony.network:{}", sender.network));
        let limits = [(network, CEREMONIES_OF_NETWORK), (vault.hash(Lookup::Rate, "ceremony.all:"), CEREMONIES_OF_ALL)];
        // Whoever is over it costs no write.
        if !self.people.store.could_take(&limits, now).await.or_unavailable("count a ceremony")? {
            return Err(NotProved::TooMany);
        }
        let taken = async {
            let mut edit = self.people.store.edit().await?;
            let taken = edit.take(&limits, now).await?.is_ok();
            edit.finish().await?;
            Ok::<_, StoreError>(taken)
        };
        if taken.await.or_unavailable("count a ceremony")? { Ok(()) } else { Err(NotProved::TooMany) }
    }

    /// One more passkey may be added by whoever has just shown one.
    fn may_add(&self, actor: &Actor, now: Millis) -> Result<SubjectId, NotProved> {
        self.people.policy.check(actor, Action::ChangeAccount, &[(Role::Worker, Relation::Own)])?;
        let subject = actor.subject().ok_or(Refused::SignIn)?;
        if actor.has_proved_lately(now) { Ok(subject) } else { Err(Refused::ProveAgain.into()) }
    }

    /// Begins to make a passkey.
    async fn make_one(
        &self,
        (taker, role): (Taker, Role),
        have: &[Passkey],
        sender: &Sender,
        now: Millis,
    ) -> Result<Ceremony, NotProved> {
        let site = self.relying_party()?;
        self.may_begin(sender, now).await?;
        let handle = handle(taker.subject());
        // What a phone shows when it has several: the role and the end of a random id, nothing about the person.
        let id = taker.subject().to_string();
        let name = format!("会站家{}{}", role.word(), &id[id.len() - 4..]);
        let user = PublicKeyCredentialUserEntity {
            name: name.as_str().try_into().map_err(|_| broken("name a passkey"))?,
            id: &handle,
            display_name: Some(name.as_str().try_into().map_err(|_| broken("name a passkey"))?),
        };
        let described = |passkey: &Passkey| {
            let id = CredentialId::<Vec<u8>>::decode(passkey.credential_id.clone()).ok()?;
            Some(PublicKeyCredentialDescriptor { id, transports: AuthTransports::decode(0).ok()? })
        };
        let exclude = have.iter().filter_map(described).collect();
        let mut options = PublicKeyCredentialCreationOptions::passkey(&site.id, user, exclude);
        // Every answer must be verified anyway. To insist on credProtect (CTAP 2.1, 12.1) would shut out the phones
        // that do not know it.
        options.extensions.cred_protect = CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
        let (state, client) = options.start_ceremony().map_err(|_| broken("begin to make a passkey"))?;
        let state = state.encode().map_err(|_| broken("begin to make a passkey"))?;
        let options = serde_json::to_string(&client).map_err(|_| broken("begin to make a passkey"))?;
        // Somebody new is not in the database yet; the ceremony's state names them.
        let subject = match taker {
            Taker::Known(subject) => Some(subject),
            Taker::New(_) => None,
        };
        self.keep(CeremonyKind::Register, &state, subject, options, now).await
    }

    /// Begins to ask for a passkey: of whom is left open, and checked at the end.
    async fn ask_for_one(
        &self,
        subject: Option<SubjectId>,
        sender: &Sender,
        now: Millis,
    ) -> Result<Ceremony, NotProved> {
        let site = self.relying_party()?;
        self.may_begin(sender, now).await?;
        let (state, client) = DiscoverableCredentialRequestOptions::passkey(&site.id)
            .start_ceremony()
            .map_err(|_| broken("begin to ask for a passkey"))?;
        let state = state.encode().map_err(|_| broken("begin to ask for a passkey"))?;
        let options = serde_json::to_string(&client).map_err(|_| broken("begin to ask for a passkey"))?;
        self.keep(CeremonyKind::SignIn, &state, subject, options, now).await
    }

    async fn keep(
        &self,
        kind: CeremonyKind,
        state: &[u8],
        subject: Option<SubjectId>,
        options: String,
        now: Millis,
    ) -> Result<Ceremony, NotProved> {
        let token = HEXLOWER.encode(&random::<32>());
        let hash = self.people.vault.hash(Lookup::Token, &token);
        let kept = async {
            let mut edit = self.people.store.edit().await?;
            edit.put_ceremony(kind, &hash, state, subject, now, now + LASTS_MS).await?;
            edit.finish().await
        };
        kept.await.or_unavailable("begin a ceremony")?;
        Ok(Ceremony { token, options })
    }

    /// Takes a ceremony out, whatever becomes of it.
    async fn take(
        &self,
        kind: CeremonyKind,
        token: &str,
        now: Millis,
    ) -> Result<(Vec<u8>, Option<SubjectId>), NotProved> {
        let hash = self.people.vault.hash(Lookup::Token, token);
        let ended = async {
            let mut edit = self.people.store.edit().await?;
            let ceremony = edit.take_ceremony(kind, &hash, now).await?;
            edit.finish().await?;
            Ok::<_, StoreError>(ceremony)
        };
        ended.await.or_unavailable("end a ceremony")?.ok_or(NotProved::Gone)
    }

    /// Whose passkey was shown, and its new counter. What is wrong about it is not told.
    async fn shown(&self, state: &[u8], answer: &str) -> Result<(Passkey, [u8; 7]), NotProved> {
        let site = self.relying_party()?;
        let state = DiscoverableAuthenticationServerState::decode(state).map_err(|_| broken("read a ceremony"))?;
        let answer =
            DiscoverableAuthentication16::from_json_relaxed(answer.as_bytes()).map_err(|_| NotProved::Wrong)?;
        let called = self.people.store.passkey_called(answer.raw_id().as_ref()).await;
        let passkey = called.or_unavailable("read a passkey")?.ok_or(NotProved::Wrong)?;
        let handle = handle(passkey.subject);
        let fixed = Fixed::decode(passkey.fixed_state.as_slice()).map_err(|_| broken("read a passkey"))?;
        let counter: [u8; 7] = passkey.counter_state.as_slice().try_into().map_err(|_| broken("read a passkey"))?;
        let counter = DynamicState::decode(counter).map_err(|_| broken("read a passkey"))?;
        let mut credential = AuthenticatedCredential::new(answer.raw_id(), &handle, fixed, counter)
            .map_err(|_| broken("read a passkey"))?;
        let options = AuthenticationVerificationOptions::<'_, '_, &str, &str> {
            allowed_origins: &[site.origin.as_str()],
            // A browser may add what nobody asked for (WebAuthn level 3, 9).
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        state.verify(&site.id, &answer, &mut credential, &options).map_err(|why| {
            tracing::info!(%why, "a passkey was refused: {why}");
            NotProved::Wrong
        })?;
        let Ok(counter) = credential.dynamic_state().encode();
        Ok((passkey, counter))
    }

    async fn sign_in(
        &self,
        actor: &Actor,
        ceremony: &str,
        answer: &str,
        browser: &Browser,
        now: Millis,
    ) -> Result<Shown, NotProved> {
        let (state, subject) = self.take(CeremonyKind::SignIn, ceremony, now).await?;
        if subject.is_some() {
            return Err(NotProved::Gone);
        }
        let (passkey, counter) = self.shown(&state, answer).await?;
        let begun = async {
            let mut edit = self.people.store.edit().await?;
            if !edit.use_passkey(passkey.id, &passkey.counter_state, &counter, now).await? {
                return Ok(None);
            }
            let who = (actor, browser);
            let signed_in =
                session::start(&self.people, &mut edit, who, passkey.subject, Strength::Passkey, now).await?;
            edit.finish().await?;
            Ok::<_, StoreError>(Some(signed_in))
        };
        let signed_in = begun.await.or_unavailable("sign in with a passkey")?.ok_or(NotProved::Wrong)?;
        Ok(Shown::SignedIn(signed_in))
    }

    async fn prove(
        &self,
        actor: &Actor,
        ceremony: &str,
        answer: &str,
        browser: &Browser,
        now: Millis,
    ) -> Result<Shown, NotProved> {
        let Actor::Person { subject: own, strength, .. } = actor else { return Err(Refused::SignIn.into()) };
        let (state, subject) = self.take(CeremonyKind::SignIn, ceremony, now).await?;
        if subject != Some(*own) {
            return Err(NotProved::Gone);
        }
        let (passkey, counter) = self.shown(&state, answer).await?;
        if passkey.subject != *own {
            return Err(NotProved::Wrong);
        }
        let proved = async {
            let mut edit = self.people.store.edit().await?;
            if !edit.use_passkey(passkey.id, &passkey.counter_state, &counter, now).await? {
                return Ok(None);
            }
            // A weaker session does not become a stronger one: another begins.
            let proved = if *strength == Strength::Passkey {
                session::prove(&self.people, &mut edit, actor, now).await?
            } else {
                let who = (actor, browser);
                Some(session::start(&self.people, &mut edit, who, *own, Strength::Passkey, now).await?)
            };
            edit.finish().await?;
            Ok::<_, StoreError>(proved)
        };
        let proved = proved.await.or_unavailable("prove with a passkey")?.ok_or(NotProved::Wrong)?;
        Ok(Shown::SignedIn(proved))
    }

    async fn add(
        &self,
        actor: &Actor,
        ceremony: &str,
        answer: &str,
        browser: &Browser,
        now: Millis,
    ) -> Result<Shown, NotProved> {
        let own = self.may_add(actor, now)?;
        let (state, subject) = self.take(CeremonyKind::Register, ceremony, now).await?;
        if subject != Some(own) {
            return Err(NotProved::Gone);
        }
        let made = Made::read(self.relying_party()?, &state, answer)?;
        if made.subject != own {
            return Err(NotProved::Wrong);
        }
        let put = async {
            let mut edit = self.people.store.edit().await?;
            if !edit.put_passkey(&made.named(&browser.phone), now).await? {
                return Ok(false);
            }
            let object = format!("passkey {}", made.id);
            let role = actor.grants().first().map_or(Role::Worker, |grant| grant.role);
            let reason = "添加通行密钥";
            let entry = Entry { actor: Some(own), role, action: Action::ChangeAccount, object: &object, reason };
            edit.audit(&self.people.vault.audit_key(), &entry, now).await?;
            edit.finish().await?;
            Ok::<_, StoreError>(true)
        };
        if put.await.or_unavailable("keep a passkey")? { Ok(Shown::Added) } else { Err(NotProved::Already) }
    }

    async fn enrol(
        &self,
        actor: &Actor,
        token: &str,
        ceremony: &str,
        answer: &str,
        browser: &Browser,
        now: Millis,
    ) -> Result<Shown, NotProved> {
        let (state, subject) = self.take(CeremonyKind::Register, ceremony, now).await?;
        let invitation = find_invitation(&self.people, token, now).await?.ok_or(NotProved::Gone)?;
        let made = Made::read(self.relying_party()?, &state, answer)?;
        let taker = match (Taker::of(&invitation, actor), subject) {
            (Taker::Known(taker), Some(known)) if taker == known && made.subject == known => Taker::Known(known),
            (Taker::New(_), None) => Taker::New(made.subject),
            // Somebody has signed in or out in between.
            _ => return Err(NotProved::Gone),
        };
        let enrolled = async {
            let mut edit = self.people.store.edit().await?;
            if !enrol::give(&self.people, &mut edit, &invitation, taker, now).await? {
                return Ok(Err(NotProved::Gone));
            }
            if !edit.put_passkey(&made.named(&browser.phone), now).await? {
                return Ok(Err(NotProved::Already));
            }
            let who = (actor, browser);
            let signed_in =
                session::start(&self.people, &mut edit, who, taker.subject(), Strength::Passkey, now).await?;
            edit.finish().await?;
            Ok::<_, StoreError>(Ok(signed_in))
        };
        enrolled.await.or_unavailable("enrol with a passkey")?.map(Shown::SignedIn)
    }
}

/// A passkey that was made as it should be.
struct Made {
    id: PasskeyId,
    subject: SubjectId,
    credential_id: Vec<u8>,
    fixed: Vec<u8>,
    counter: [u8; 7],
}

impl Made {
    fn read(site: &RelyingParty, state: &[u8], answer: &str) -> Result<Self, NotProved> {
        let state = RegistrationServerState::<16>::decode(state).map_err(|_| broken("read a ceremony"))?;
        let answer = Registration::from_json_relaxed(answer.as_bytes()).map_err(|_| NotProved::Wrong)?;
        let options = RegistrationVerificationOptions::<'_, '_, &str, &str> {
            allowed_origins: &[site.origin.as_str()],
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let made = state.verify(&site.id, &answer, &options).map_err(|why| {
            tracing::info!(%why, "a new passkey was refused: {why}");
            NotProved::Wrong
        })?;
        let (Ok(subject), Ok(fixed), Ok(counter)) =
            (made.user_id().encode(), made.static_state().encode(), made.dynamic_state().encode());
        Ok(Self {
            id: PasskeyId(Uuid::now_v7().into_bytes()),
            subject: SubjectId(subject),
            credential_id: made.id().as_ref().to_vec(),
            fixed,
            counter,
        })
    }

    /// As it is kept; it is called by what it was made on until its owner says otherwise.
    fn named<'a>(&'a self, name: &'a str) -> NewPasskey<'a> {
        NewPasskey {
            id: self.id,
            subject: self.subject,
            credential_id: &self.credential_id,
            fixed_state: &self.fixed,
            counter_state: &self.counter,
            name,
        }
    }
}
