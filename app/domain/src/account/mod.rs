//! People with accounts: who acts, how strongly that is known, and what they type about themselves.

mod actor;
mod id;
mod id_number;
mod identity;
pub mod limit;
mod manager_code;
mod mobile;
mod name;
mod typed;

pub use actor::{Actor, Grant, PROOF_LASTS_MS, Reach, Strength};
pub use id::{
    ApplicationId, EnterpriseId, FoundingId, GrantId, MatterId, MembershipId, NoticeId, ObstructionId, OrganisationId,
    PasskeyId, SessionId, SubjectId, TransferId,
};
pub use id_number::{IdNumber, IdNumberWrong, Sex, typed_last4};
pub use identity::IdType;
pub use manager_code::ManagerCode;
pub use mobile::{Mobile, MobileWrong};
pub use name::{LONGEST_NAME, NameWrong, PersonName};
