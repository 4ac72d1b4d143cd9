//! What the screens and the public API ask of the server, as traits: nothing here knows how it is
//! answered. What is only read is answered from memory, at once; what writes arrives later.

mod accounts;
mod audit;
mod cards;
mod closed;
mod deciding;
mod enterprises;
mod founding;
mod joining;
mod lists;
mod matters;
mod membership;
mod obstructions;
mod occupations;
mod places;
mod proofs;
mod reports;
mod roads;
mod site;
mod staff;
mod stations;
mod trial;

pub use accounts::{
    Accounts, Attempt, AttemptPurpose, Browser, CodeFor, CodeSent, Consent, ConsentFor, Entered, Export, Held,
    Identity, IdentityWrong, Me, NextStep, NotEntered, NotSent, Notice, NoticeRow, SessionRow, SignedIn, TypedIdentity,
};
pub use audit::{AUDIT_ROWS, AuditEntry, AuditLog, AuditPage};
pub use cards::{CardCode, CardKey, Cards, Checked, CheckedCard, KeptCard, MyCard, NoCard, NotCompared, NotRenewed};
pub use closed::Closed;
pub use deciding::{
    Approved, Bulk, Deciding, Decision, DeskApplication, HandOnTarget, Likely, Likeness, NotDecided, OtherKind,
    QUEUE_ROWS, Queue, QueueCounts, QueueFilter, QueueRow, RevealedApplicant, Waiting,
};
pub use enterprises::{EnterpriseDesk, EnterpriseFilter, EnterpriseList, EnterpriseRow, Enterprises, TypedEnterprise};
pub use founding::{
    Agreed, Concluded, Founding, FoundingDesk, FoundingPage, FoundingRow, Listed, Started, TypedFounding, TypedOutcome,
    Written,
};
pub use joining::{
    ApplicationRow, Draft, Entry, EntryLink, Handed, Joining, LinkDesk, Mine, MyApplication, NotOpen, NotSaved,
    NotSubmitted, Prepared, Preview, Registered, Suggestion, Taker, TypedScreen, Welcome,
};
pub use lists::{
    ExportForm, FiguresOf, FiguresPage, Lists, MEMBER_ROWS, MemberRow, MembersPage, Pieces, TargetRow, TypedExport,
    TypedTarget,
};
pub use matters::{MatterPage, MatterRow, MatterText, Matters, NewMatter, NotRead};
pub use membership::{
    Masked, MemberCase, MemberDeed, Memberships, MyMembership, MyTransfer, ObjectionItem, Target, TransferCase,
    TransferForm, TransferItem, TransferQueue, TurnView, TypedDecision, TypedDeed, TypedTransfer, Unmasked,
    WhyRetained,
};
pub use obstructions::{MyObstruction, ObstructionDesk, ObstructionRow, Obstructions, TypedObstruction};
pub use occupations::{OccupationList, TypedOccupation};
pub use places::{Level, Place, Places};
pub use proofs::{
    Authenticator, AuthenticatorFor, Ceremony, Invited, KEY_NAME_AT_MOST, Key, Keys, NotProved, NotRemoved, PasskeyFor,
    PasskeyRow, Proofs, Shown,
};
pub use reports::{Deaf, Heard, NotHeard, Proposal, Reports, Sender, Tap};
pub use roads::{RoadPlace, RoadSummary, Roads};
pub use site::{Site, Trial};
pub use staff::{
    Alert, AlertKind, AlertedStation, Below, CoverPost, Desk, EVERYWHERE, GrantDesk, Holder, IssuedCode,
    MadeInvitation, NotDone, OpenInvitation, OrganisationDesk, Post, Staff, StationDesk, Tool, TypedChange,
    TypedInvitation,
};
pub use stations::{
    BoundsAnswer, Found, FoundAlong, LIST_RADIUS_M, LIST_ROWS, NearbyAnswer, NearbyList, Relaxed, StationLookup,
    Stations, Unsaid,
};

pub use trial::TrialLinks;

use std::{future::Future, pin::Pin, sync::Arc};

/// A value that arrives later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Everything a page may ask.
#[derive(Clone)]
pub struct Ports {
    /// Stations in memory.
    pub stations: Arc<dyn Stations>,
    /// Regions.
    pub places: Arc<dyn Places>,
    /// What people at the door say.
    pub reports: Arc<dyn Reports>,
    /// Roads with their stops, in memory.
    pub roads: Arc<dyn Roads>,
    /// Accounts.
    pub accounts: Arc<dyn Accounts>,
    /// How staff prove who they are.
    pub proofs: Arc<dyn Proofs>,
    /// Organisations, roles and desks.
    pub staff: Arc<dyn Staff>,
    /// Legal matters.
    pub matters: Arc<dyn Matters>,
    /// The audit log.
    pub audit: Arc<dyn AuditLog>,
    /// Joining the union.
    pub joining: Arc<dyn Joining>,
    /// 电子会员证.
    pub cards: Arc<dyn Cards>,
    /// Asking for a union.
    pub founding: Arc<dyn Founding>,
    /// Reports of employers who obstruct joining.
    pub obstructions: Arc<dyn Obstructions>,
    /// Head enterprises and their affiliates.
    pub enterprises: Arc<dyn Enterprises>,
    /// The list of occupations, to be edited.
    pub occupations: Arc<dyn OccupationList>,
    /// Memberships and transfers.
    pub memberships: Arc<dyn Memberships>,
    /// Lists of members, and figures.
    pub lists: Arc<dyn Lists>,
    /// Deciding applications.
    pub deciding: Arc<dyn Deciding>,
    /// One-use links of a trial.
    pub trial: Arc<dyn TrialLinks>,
    /// Who runs this installation.
    pub site: Arc<Site>,
}

impl Ports {
    /// Of an installation without people: stations, places, what is said at the door. For tests of other things.
    #[must_use]
    pub fn without_people(
        stations: Arc<dyn Stations>,
        places: Arc<dyn Places>,
        reports: Arc<dyn Reports>,
        roads: Arc<dyn Roads>,
        site: Arc<Site>,
    ) -> Self {
        Self {
            stations,
            places,
            reports,
            roads,
            accounts: Arc::new(Closed),
            proofs: Arc::new(Closed),
            staff: Arc::new(Closed),
            matters: Arc::new(Closed),
            audit: Arc::new(Closed),
            joining: Arc::new(Closed),
            cards: Arc::new(Closed),
            founding: Arc::new(Closed),
            obstructions: Arc::new(Closed),
            enterprises: Arc::new(Closed),
            occupations: Arc::new(Closed),
            memberships: Arc::new(Closed),
            lists: Arc::new(Closed),
            deciding: Arc::new(Closed),
            trial: Arc::new(Closed),
            site,
        }
    }
}
