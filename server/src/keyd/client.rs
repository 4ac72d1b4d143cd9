//! How the web process asks the key process.

use super::{
    keys::installation,
    wire::{Hidden, Reply, Request, ask},
};
use crate::vault::MatterKey;
use domain::account::{MatterId, SubjectId};
use std::{path::Path, sync::Arc};
use zeroize::Zeroizing;

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeydError {
    /// The key process does not answer.
    Absent,
    /// It said no.
    Refused,
    /// The handler has opened as many matters as anybody may in an hour.
    Limited,
}

/// The way to the key process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct KeydClient {
    socket: Arc<Path>,
}

impl KeydClient {
    /// By the path of its socket.
    #[must_use]
    pub fn new(socket: &Path) -> Self {
        Self { socket: socket.into() }
    }

    /// Whether one answers, and whether it belongs to the installation with this key of tokens.
    pub async fn is_ours(&self, token_key: &[u8; 32]) -> Option<bool> {
        match ask(&self.socket, &Request::Ping).await {
            Ok(Reply::Pong { installation: told }) => Some(told == Hidden::of(&installation(token_key))),
            _ => None,
        }
    }

    /// A key for a new matter of the session's person, and the same wrapped.
    ///
    /// # Errors
    /// [`KeydError`].
    pub async fn make(&self, token: &str, matter: MatterId) -> Result<(MatterKey, Vec<u8>), KeydError> {
        let request = Request::Make { token: Hidden::new(token), matter: matter.to_string() };
        match self.ask(&request).await? {
            Reply::Made { key, wrapped, .. } => {
                let wrapped = wrapped.bytes().ok_or(KeydError::Absent)?;
                Ok((key_of(&key)?, wrapped.to_vec()))
            }
            other => Err(no(&other)),
        }
    }

    /// The key of a matter for the session's person, and the number of the log's entry.
    ///
    /// # Errors
    /// [`KeydError`].
    pub async fn read(&self, token: &str, matter: MatterId, wrapped: &[u8]) -> Result<(MatterKey, u64), KeydError> {
        let (token, wrapped) = (Hidden::new(token), Hidden::of(wrapped));
        match self.ask(&Request::Read { token, matter: matter.to_string(), wrapped }).await? {
            Reply::Key { key, entry } => Ok((key_of(&key)?, entry)),
            other => Err(no(&other)),
        }
    }

    /// The confirmation that a matter is assigned to a handler, and the number of the log's entry.
    ///
    /// # Errors
    /// [`KeydError`].
    pub async fn assign(&self, token: &str, matter: MatterId, handler: SubjectId) -> Result<(Vec<u8>, u64), KeydError> {
        let (token, handler) = (Hidden::new(token), handler.to_string());
        match self.ask(&Request::Assign { token, matter: matter.to_string(), handler }).await? {
            Reply::Assigned { confirmation, entry } => {
                Ok((confirmation.bytes().ok_or(KeydError::Absent)?.to_vec(), entry))
            }
            other => Err(no(&other)),
        }
    }

    async fn ask(&self, request: &Request) -> Result<Reply, KeydError> {
        ask(&self.socket, request).await.map_err(|error| {
            tracing::error!(%error, "the key process does not answer: {error}");
            KeydError::Absent
        })
    }
}

const fn no(reply: &Reply) -> KeydError {
    match reply {
        Reply::Refused => KeydError::Refused,
        Reply::Limited => KeydError::Limited,
        _ => KeydError::Absent,
    }
}

fn key_of(hidden: &Hidden) -> Result<MatterKey, KeydError> {
    let bytes = hidden.bytes().ok_or(KeydError::Absent)?;
    let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| KeydError::Absent)?;
    Ok(MatterKey::new(Zeroizing::new(key)))
}
