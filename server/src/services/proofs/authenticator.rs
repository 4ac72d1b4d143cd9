//! Setting up an authenticator.

use super::{
    enrol::{self, Taker},
    passed::{self, Mobile},
    session, totp,
};
use crate::{
    services::{
        accounts::{Passed, consume},
        people::{People, Trouble as _},
        staff::invitation::find_invitation,
    },
    store::{Entry, Invitation, StoreError},
    vault::{Lookup, Owner},
};
use data_encoding::BASE32_NOPAD;
use domain::{
    account::{Actor, Strength, SubjectId},
    policy::{Action, Refused, Relation, Role},
    ports::{Authenticator, AuthenticatorFor, Browser, NotProved, SignedIn},
    time::Millis,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcode::{Color, EcLevel, QrCode};
use uuid::Uuid;

/// Whose authenticator it becomes.
enum Owning {
    /// The actor's.
    Actor(SubjectId),
    /// Of whoever takes an invitation up.
    Invited { invitation: Box<Invitation>, passed: Passed, taker: Taker },
}

/// What is set up: whose, as what, and the secret.
struct Plan {
    owning: Owning,
    role: Role,
    secret: [u8; totp::SECRET],
}

/// The secret comes from what only this browser has and the lookup key, so that nothing is kept before it counts,
/// and a page that is opened again shows the same one.
fn secret(people: &People, about: &str) -> [u8; totp::SECRET] {
    let hash = people.vault.hash(Lookup::Authenticator, about);
    let mut secret = [0; totp::SECRET];
    secret.copy_from_slice(&hash[..totp::SECRET]);
    secret
}

async fn plan(people: &People, actor: &Actor, to: AuthenticatorFor<'_>, now: Millis) -> Result<Plan, NotProved> {
    match to {
        AuthenticatorFor::Actor => {
            people.policy.check(actor, Action::ChangeAccount, &[(Role::Worker, Relation::Own)])?;
            let Actor::Person { subject, session, .. } = actor else { return Err(Refused::SignIn.into()) };
            if !actor.has_proved_lately(now) {
                return Err(Refused::ProveAgain.into());
            }
            let old = people.store.totp_of(*subject).await.or_unavailable("read an authenticator")?;
            let about = format!("session {session} {}", old.map_or(0, |old| old.created_at));
            let role = actor.grants().first().map_or(Role::Worker, |grant| grant.role);
            Ok(Plan { owning: Owning::Actor(*subject), role, secret: secret(people, &about) })
        }
        AuthenticatorFor::Invitation { token, attempt } => {
            let invitation = find_invitation(people, token, now).await?.ok_or(NotProved::Gone)?;
            let passed = passed::find(people, attempt, now).await?;
            let role = invitation.role;
            // A number that is another's would sign in as that other: the role would open to nobody.
            let known = invitation.subject.or_else(|| actor.subject()).or(passed.subject);
            if passed.subject.is_some() && passed.subject != known {
                return Err(NotProved::OtherNumber);
            }
            let taker = known.map_or_else(|| Taker::New(SubjectId(Uuid::now_v7().into_bytes())), Taker::Known);
            let about = format!("invitation {token} {attempt}");
            let owning = Owning::Invited { invitation: Box::new(invitation), passed, taker };
            Ok(Plan { owning, role, secret: secret(people, &about) })
        }
    }
}

/// The `otpauth:` address that authenticator apps scan.
fn address(secret: &str, role: Role) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let issuer = encoded("会站家");
    format!("otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}", encoded(role.word()))
}

pub(super) async fn show(
    people: &People,
    actor: &Actor,
    to: AuthenticatorFor<'_>,
    now: Millis,
) -> Result<Authenticator, NotProved> {
    let plan = plan(people, actor, to, now).await?;
    let secret = BASE32_NOPAD.encode(&plan.secret);
    let code = QrCode::with_error_correction_level(address(&secret, plan.role), EcLevel::L)
        .map_err(|_| NotProved::Refused(Refused::Unavailable))?;
    let dark = |colour: &Color| *colour == Color::Dark;
    let squares = code.to_colors().chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect();
    let groups: Vec<&str> = secret.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    Ok(Authenticator { secret: groups.join(" "), squares })
}

pub(super) async fn set_up(
    people: &People,
    actor: &Actor,
    to: AuthenticatorFor<'_>,
    typed: &str,
    browser: &Browser,
    now: Millis,
) -> Result<SignedIn, NotProved> {
    let Plan { owning, role, secret } = plan(people, actor, to, now).await?;
    let step = totp::step(&secret, typed, now).ok_or(NotProved::Wrong)?;
    let subject = match &owning {
        Owning::Actor(subject) => *subject,
        Owning::Invited { taker, .. } => taker.subject(),
    };
    let text = BASE32_NOPAD.encode(&secret);
    let sealed = people.vault.seal(Owner::Subject(subject), totp::place(subject), &text, now).await;
    let sealed = sealed.or_unavailable("seal an authenticator's secret")?;
    match owning {
        Owning::Actor(subject) => {
            let put = async {
                let mut edit = people.store.edit().await?;
                edit.put_totp(subject, &sealed.0, step, now).await?;
                let object = format!("authenticator {subject}");
                let reason = "设置动态口令";
                let entry =
                    Entry { actor: Some(subject), role, action: Action::ChangeAccount, object: &object, reason };
                edit.audit(&people.vault.audit_key(), &entry, now).await?;
                let proved = session::prove(people, &mut edit, actor, now).await?;
                edit.finish().await?;
                Ok::<_, StoreError>(proved)
            };
            put.await.or_unavailable("set an authenticator up")?.ok_or(NotProved::Refused(Refused::SignIn))
        }
        Owning::Invited { invitation, passed, taker } => {
            let AuthenticatorFor::Invitation { attempt, .. } = to else { return Err(NotProved::Gone) };
            let mobile = Mobile::of(people, attempt, subject, now).await?;
            let enrolled = async {
                let mut edit = people.store.edit().await?;
                if !consume(&mut edit, passed, now).await?
                    || !enrol::give(people, &mut edit, &invitation, taker, now).await?
                {
                    return Ok(Err(NotProved::Gone));
                }
                if !mobile.give(&mut edit, subject).await? {
                    return Ok(Err(NotProved::OtherNumber));
                }
                edit.put_totp(subject, &sealed.0, step, now).await?;
                let who = (actor, browser);
                let signed_in = session::start(people, &mut edit, who, subject, Strength::Totp, now).await?;
                edit.finish().await?;
                Ok::<_, StoreError>(Ok(signed_in))
            };
            enrolled.await.or_unavailable("enrol with an authenticator")?
        }
    }
}
