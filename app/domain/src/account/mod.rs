//! People with accounts: who acts, how strongly that is known, and what they type about themselves.

mod actor;
mod id;
mod identity;
mod manager_code;

pub use actor::{Actor, Grant, Reach, Strength};
pub use id::{GrantId, MatterId, NoticeId, OrganisationId, PasskeyId, SessionId, SubjectId};
pub use identity::IdType;
pub use manager_code::ManagerCode;
