//! Every key in place of an older one, while others read and write: see [`crate::vault::Vault::begin_rotation`].

use crate::{
    store::{SEALED, SealedColumn, SealedRow, Store, StoreError},
    vault::{KeysError, Superseded, Vault, VaultError},
};
use domain::time::Millis;
use std::{collections::HashSet, fmt};

/// Keys and rows handled at a time: writers of the database wait no longer than for so many.
const AT_ONCE: i32 = 100;

/// Why it stopped. It goes on where it stopped when it is started again.
#[derive(Debug)]
pub enum RotateError {
    /// The database.
    Store(StoreError),
    /// The key store, or a ciphertext.
    Vault(VaultError),
    /// The key file.
    Keys(KeysError),
}

impl fmt::Display for RotateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Vault(error) => error.fmt(f),
            Self::Keys(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RotateError {}

macro_rules! from {
    ($($from:ident => $variant:ident),+) => { $(
        impl From<$from> for RotateError {
            fn from(error: $from) -> Self {
                Self::$variant(error)
            }
        }
    )+ };
}
from!(StoreError => Store, VaultError => Vault, KeysError => Keys);

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Wrapping keys by the new key-encryption key.
    Rewrapping,
    /// Making new keys.
    Renewing,
    /// Sealing again.
    Resealing,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Whether a new rotation began; otherwise an earlier one went on.
    pub began: bool,
    /// Keys wrapped again.
    pub rewrapped: usize,
    /// Owners with a new key.
    pub renewed: usize,
    /// Ciphertexts sealed again.
    pub resealed: usize,
    /// Ciphertexts that a writer changed first: they are sealed again by the next run if they must be.
    pub overtaken: usize,
    /// Ciphertexts that nothing opens any more: their key was destroyed, or they were changed.
    pub unreadable: usize,
    /// Old keys destroyed.
    pub destroyed: usize,
    /// Whether the old key-encryption keys are out of the file.
    pub retired: bool,
}

/// Begins a rotation or goes on with one, up to where all is sealed by new keys. Old keys stay: see [`retire`].
///
/// # Errors
/// [`RotateError`].
pub async fn rotate(
    store: &Store,
    vault: &Vault,
    now: Millis,
    mut progress: impl FnMut(Step, usize),
) -> Result<Rotated, RotateError> {
    let mut done = Rotated { began: vault.begin_rotation(now)?, ..Rotated::default() };
    go_on(store, vault, now, &mut progress, &mut done).await?;
    Ok(done)
}

/// Finishes what is left of a rotation, destroys the old keys that nothing refers to, and takes the old
/// key-encryption keys out of the file: each when it has had a successor for [`crate::vault::GRACE_MS`].
///
/// # Errors
/// [`RotateError`].
pub async fn retire(
    store: &Store,
    vault: &Vault,
    now: Millis,
    mut progress: impl FnMut(Step, usize),
) -> Result<Rotated, RotateError> {
    let mut done = Rotated::default();
    // Before the rows are gone through: what is in this list then has had a successor for all that time.
    let old: HashSet<Superseded> = vault.superseded(now).await?.into_iter().collect();
    let needed = go_on(store, vault, now, &mut progress, &mut done).await?;
    for key in old.into_iter().filter(|key| !needed.iter().any(|(owner, sealed)| key.is_of(*owner, sealed))) {
        vault.destroy_superseded(key).await?;
        done.destroyed += 1;
    }
    done.retired = vault.retire(now).await?;
    Ok(done)
}

/// Ciphertexts that still need an old key.
type Needed = Vec<(crate::vault::Owner, Vec<u8>)>;

async fn go_on(
    store: &Store,
    vault: &Vault,
    now: Millis,
    progress: &mut impl FnMut(Step, usize),
    done: &mut Rotated,
) -> Result<Needed, RotateError> {
    loop {
        let some = vault.rewrap_some(AT_ONCE).await?;
        if some == 0 {
            break;
        }
        done.rewrapped += some;
        progress(Step::Rewrapping, done.rewrapped);
    }
    loop {
        let some = vault.renew_some(AT_ONCE, now).await?;
        if some == 0 {
            break;
        }
        done.renewed += some;
        progress(Step::Renewing, done.renewed);
    }
    let mut needed = Vec::new();
    for column in SEALED {
        let mut after = None;
        loop {
            let rows = store.sealed_after(column, after, AT_ONCE).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            reseal(store, vault, column, &rows, done, &mut needed).await?;
            progress(Step::Resealing, done.resealed);
        }
    }
    Ok(needed)
}

/// Seals rows again: all of them in one short transaction.
async fn reseal(
    store: &Store,
    vault: &Vault,
    column: &SealedColumn,
    rows: &[SealedRow],
    done: &mut Rotated,
    needed: &mut Needed,
) -> Result<(), RotateError> {
    let mut fresh = Vec::new();
    for row in rows {
        let Some(owner) = row.key_of(column) else { continue };
        match vault.reseal(owner, column.place(row.id), &row.sealed).await {
            Ok(None) => {}
            Ok(Some(sealed)) => fresh.push((row, owner, sealed)),
            Err(VaultError::NoKey) => done.unreadable += 1,
            // It may still be of use to somebody who finds out why: its key stays.
            Err(VaultError::Broken) => {
                done.unreadable += 1;
                needed.push((owner, row.sealed.clone()));
            }
            Err(error) => return Err(error.into()),
        }
    }
    if fresh.is_empty() {
        return Ok(());
    }
    let mut edit = store.edit().await?;
    for (row, owner, sealed) in fresh {
        if edit.reseal(column, row, &sealed.0).await? {
            done.resealed += 1;
        } else {
            // Whoever was first may have done so with the old key, or the row is gone.
            done.overtaken += 1;
            needed.push((owner, row.sealed.clone()));
        }
    }
    edit.finish().await?;
    Ok(())
}
