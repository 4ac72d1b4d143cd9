//! How a session begins, and when it ends by itself.

use crate::{
    services::people::People,
    store::{Edit, Session, StoreError},
    vault::{Lookup, random},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{SessionId, Strength, SubjectId},
    ports::Browser,
    time::{DAY_MS, Millis},
};
use uuid::Uuid;

const HOUR_MS: Millis = DAY_MS / 24;

/// Without use for so long, a session ends.
pub(super) const fn idle(strength: Strength) -> Millis {
    match strength {
        Strength::Sms => 90 * DAY_MS,
        Strength::Manager => 180 * DAY_MS,
        Strength::Totp | Strength::Passkey => 12 * HOUR_MS,
    }
}

/// After so long it ends, used or not.
const fn lasts(strength: Strength) -> Millis {
    match strength {
        Strength::Sms | Strength::Manager => 180 * DAY_MS,
        Strength::Totp | Strength::Passkey => 7 * DAY_MS,
    }
}

/// A device that signed in is known for so long.
pub(super) const KNOWN_MS: Millis = 180 * DAY_MS;

/// The token of a browser's own device; none where it keeps no cookie.
pub(super) fn device_of(browser: &Browser) -> Option<&str> {
    Some(browser.sender.device.as_str()).filter(|device| !device.is_empty())
}

/// Whether a browser signed in to the account of a number before.
pub(super) async fn knows(
    people: &People,
    mobile_hash: &[u8],
    browser: &Browser,
    now: Millis,
) -> Result<bool, StoreError> {
    let Some(device) = device_of(browser) else { return Ok(false) };
    let hash = people.vault.hash(Lookup::Device, device);
    people.store.knows_device(mobile_hash, &hash, now - KNOWN_MS).await
}

/// A session that has begun: its token is told once, to its browser.
#[derive(Clone)]
pub struct Begun {
    /// 256 random bits in hexadecimal digits.
    pub token: String,
    /// How long the cookie lasts, in seconds.
    pub seconds: i64,
    /// Which.
    pub id: SessionId,
}

/// Begins a session with a fresh token: an older token of the same browser never becomes a stronger one.
/// `phone` says in two words what it runs on; `device` is the token of the device's own cookie.
///
/// # Errors
/// The database does not answer.
pub async fn begin(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    strength: Strength,
    phone: &str,
    device: Option<&str>,
    now: Millis,
) -> Result<Begun, StoreError> {
    let token = HEXLOWER.encode(&random::<32>());
    let expires_at = now + lasts(strength);
    let session = Session {
        id: SessionId(Uuid::now_v7().into_bytes()),
        subject,
        strength,
        phone: phone.to_owned(),
        device_hash: device
            .filter(|device| !device.is_empty())
            .map(|device| people.vault.hash(Lookup::Device, device).to_vec()),
        created_at: now,
        seen_at: now,
        proved_at: strength.opens_desks().then_some(now),
        idle_until: (now + idle(strength)).min(expires_at),
        expires_at,
    };
    if let Some(device) = &session.device_hash {
        edit.know_device(subject, device, now).await?;
    }
    edit.put_session(&session, &people.vault.hash(Lookup::Token, &token)).await?;
    Ok(Begun { token, seconds: lasts(strength) / 1000, id: session.id })
}
