//! Legal matters, as far as their words are read.

use super::Later;
use crate::{
    account::{Actor, MatterId, OrganisationId, SubjectId},
    policy::Refused,
    time::Millis,
};

/// A matter in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatterRow {
    /// Which.
    pub id: MatterId,
    /// When it was opened.
    pub created_at: Millis,
}

/// A text of a matter. Not printed: it is what nobody else may read.
#[derive(Clone, PartialEq, Eq)]
pub struct MatterText {
    /// Which part of the matter it is, in words.
    pub part: String,
    /// The words.
    pub words: String,
    /// When.
    pub created_at: Millis,
}

/// A matter as it is read.
#[derive(Clone, PartialEq, Eq)]
pub struct MatterPage {
    /// Which.
    pub id: MatterId,
    /// When it was opened.
    pub created_at: Millis,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// Its texts, in the order they were written.
    pub texts: Vec<MatterText>,
}

/// A new matter, as the worker tells it.
#[derive(Clone)]
pub struct NewMatter {
    /// Which organisation answers for it.
    pub organisation: Option<OrganisationId>,
    /// Parts with their words.
    pub texts: Vec<(String, String)>,
}

/// Why a matter is not read, opened or assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// The actor may not, or the database does not answer.
    Refused(Refused),
    /// The key process does not answer: nobody can read any matter now.
    KeyProcess,
    /// The handler has read as many matters as anybody may in an hour.
    TooMany,
}

impl From<Refused> for NotRead {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Legal matters. `token` is the session's, for the key process, which finds out by itself whose it is.
pub trait Matters: Send + Sync {
    /// The matters that the actor handles, newest first.
    fn list_assigned<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<MatterRow>, Refused>>;

    /// One matter with its words; a handler's reading is written down.
    fn read<'a>(
        &'a self,
        actor: &'a Actor,
        token: Option<&'a str>,
        id: MatterId,
        now: Millis,
    ) -> Later<'a, Result<MatterPage, NotRead>>;

    /// Opens a matter of the actor's own.
    fn open<'a>(
        &'a self,
        actor: &'a Actor,
        token: Option<&'a str>,
        matter: &'a NewMatter,
        now: Millis,
    ) -> Later<'a, Result<MatterId, NotRead>>;

    /// Assigns a matter to a handler.
    fn assign<'a>(
        &'a self,
        actor: &'a Actor,
        token: Option<&'a str>,
        id: MatterId,
        handler: SubjectId,
        now: Millis,
    ) -> Later<'a, Result<(), NotRead>>;
}
