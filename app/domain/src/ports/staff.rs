//! Organisations, roles and desks as the screens use them.
//!
//! Ids arrive as they stand in the address: what is no id, what is not there and what is somebody else's are one
//! answer. People arrive masked.

use super::Later;
use crate::{
    account::Actor,
    organisation::{Kind, Level},
    policy::{Refused, Role},
    station::Station,
    time::Millis,
};
use std::sync::Arc;

/// What stands in an address for the whole country, where an organisation's id would.
pub const EVERYWHERE: &str = "all";

/// A role of the actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// Where: an organisation, a station, 全国.
    pub place: String,
    /// The path of its own desk, where it has one.
    pub link: Option<String>,
}

/// A station of which there is something to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertedStation {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where, in words.
    pub place: String,
    /// How many alerts nobody has taken note of.
    pub alerts: u32,
    /// When the last came.
    pub latest: Option<Millis>,
}

codes! {
    /// What the first page leads to beside organisations and stations.
    pub enum Tool {
        /// Applications to decide.
        Applications = "applications" "入会审核",
        /// Legal matters that are assigned to the actor.
        Matters = "matters" "承办的案件",
        /// Cover.
        Cover = "cover" "保障",
        /// Transfers of memberships that wait.
        Transfers = "transfers" "转会和异议",
        /// Giving somebody another number.
        ChangeMobile = "change_mobile" "替人换手机号",
        /// Joining in numbers.
        Figures = "figures" "入会数字",
        /// Requests for a union.
        Founding = "founding" "建会请求",
        /// Reports of employers who obstruct joining.
        Obstructions = "obstructions" "阻挠入会的反映",
        /// Head enterprises and their affiliates.
        Enterprises = "enterprises" "企业清单",
        /// The list of occupations.
        Occupations = "occupations" "职业清单",
        /// The audit log.
        Audit = "audit" "审计记录",
    }
}

/// The first page of the desks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// What the actor is, the oldest role first.
    pub posts: Vec<Post>,
    /// A manager's own stations, and all within reach that wait; those that wait first.
    pub stations: Vec<AlertedStation>,
    /// How many more wait than are listed.
    pub more: u32,
    /// What else the actor may open.
    pub tools: Vec<Tool>,
}

codes! {
    /// What a station's manager must hear of.
    pub enum AlertKind {
        /// The door is believed to be locked inside its posted hours.
        Locked = "locked_in_hours" "开放时间里门锁着",
        /// The station is believed to have moved.
        Moved = "moved" "站点搬走了",
    }
}

/// One alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Which.
    pub id: String,
    /// What.
    pub kind: AlertKind,
    /// When it was first believed.
    pub at: Millis,
    /// How many people said so then.
    pub voices: u32,
    /// When somebody took note.
    pub seen_at: Option<Millis>,
    /// Whether that may still be taken back.
    pub may_undo: bool,
}

/// Somebody with a role, masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The grant.
    pub grant: String,
    /// The role.
    pub role: Role,
    /// `张*明`, where it was given.
    pub name: Option<String>,
    /// `138****5678`, where there is one.
    pub mobile: Option<String>,
    /// Since when.
    pub since: Millis,
    /// Whether it is the actor.
    pub is_self: bool,
}

/// A station at its manager's desk.
#[derive(Clone, Debug)]
pub struct StationDesk {
    /// The station as everybody sees it.
    pub station: Arc<Station>,
    /// Where, in words.
    pub place: String,
    /// The organisation that answers for it.
    pub organisation: Option<String>,
    /// Alerts, newest first.
    pub alerts: Vec<Alert>,
    /// Whether the actor may take note of them.
    pub may_clear: bool,
    /// Whether the actor appoints managers; without it the two below are empty.
    pub may_appoint: bool,
    /// Its managers.
    pub managers: Vec<Holder>,
    /// Until when a code that was not used yet counts.
    pub open_code_until: Option<Millis>,
}

/// A code for a manager. It is told once.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedCode {
    /// `7K3M 9QXA`.
    pub spoken: String,
    /// Of which station.
    pub station: String,
    /// Until when.
    pub until: Millis,
}

/// An organisation below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// 已开通.
    pub is_open: bool,
    /// How many stand directly below it.
    pub below: usize,
}

/// An invitation that nobody has taken up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvitation {
    /// Which.
    pub id: String,
    /// To what.
    pub role: Role,
    /// When it was made.
    pub created_at: Millis,
    /// Until when it counts.
    pub until: Millis,
    /// Whether it is for somebody who enrols a device again.
    pub again: bool,
}

/// An organisation at its officers' desk, or the whole country at an administrator's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationDesk {
    /// Its id, or [`EVERYWHERE`].
    pub id: String,
    /// Its name.
    pub name: String,
    /// 类型 and 级别; none for the whole country.
    pub what: Option<(Kind, Level)>,
    /// `河南省 郑州市`.
    pub region: Option<String>,
    /// 统一社会信用代码.
    pub code: Option<String>,
    /// To call.
    pub phone: Option<String>,
    /// 会费 in its own words.
    pub dues: Option<String>,
    /// 已开通.
    pub is_open: bool,
    /// When an officer was last there.
    pub active_at: Option<Millis>,
    /// Those above it that the actor may read: id and name, the nearest first.
    pub above: Vec<(String, String)>,
    /// Those directly below it, as many as are listed.
    pub below: Vec<Below>,
    /// How many more there are.
    pub more_below: usize,
    /// Its staff.
    pub staff: Vec<Holder>,
    /// Invitations that are open.
    pub invitations: Vec<OpenInvitation>,
    /// Whether the actor may open its figures.
    pub may_read_figures: bool,
    /// Whether the actor may open its list of members.
    pub may_list_members: bool,
    /// To which roles the actor may invite.
    pub may_invite: Vec<Role>,
}

/// What somebody typed to invite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedInvitation {
    /// The code of a role.
    pub role: String,
    /// Why.
    pub reason: String,
}

/// An invitation that was just made. The link is told once.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeInvitation {
    /// To what.
    pub role: Role,
    /// Where.
    pub place: String,
    /// The whole link.
    pub link: String,
    /// The link as a QR code: an `<svg>` without styles or scripts.
    pub qr: String,
    /// Until when it counts.
    pub until: Millis,
    /// The path to go back to.
    pub back: String,
}

/// A role that was given, to take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantDesk {
    /// Who.
    pub holder: Holder,
    /// Where.
    pub place: String,
    /// The path to go back to.
    pub back: String,
    /// Whether who holds it can be invited again, after losing a device.
    pub may_invite_again: bool,
}

/// What somebody typed to change a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedChange {
    /// The old number.
    pub old: String,
    /// The last four of the ID; blank for staff who gave none.
    pub last4: String,
    /// The new number.
    pub new: String,
    /// Why.
    pub reason: String,
}

/// Why nothing was done: sentences at the fields, or a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotDone {
    /// Field and sentence. The field `""` is the whole form.
    pub wrong: Vec<(&'static str, String)>,
    /// The actor may not, or the database does not answer.
    pub refused: Option<Refused>,
}

impl From<Refused> for NotDone {
    fn from(refused: Refused) -> Self {
        Self { wrong: Vec::new(), refused: Some(refused) }
    }
}

impl NotDone {
    /// One sentence at one field.
    #[must_use]
    pub fn at(field: &'static str, sentence: impl Into<String>) -> Self {
        Self { wrong: vec![(field, sentence.into())], refused: None }
    }
}

/// An organisation whose cover somebody administers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverPost {
    /// Its name.
    pub name: String,
    /// To call.
    pub phone: Option<String>,
    /// 已开通.
    pub is_open: bool,
}

/// Organisations, roles and desks.
pub trait Staff: Send + Sync {
    /// The first page.
    fn desk<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Desk, Refused>>;

    /// A station.
    fn station_desk<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        now: Millis,
    ) -> Later<'a, Result<StationDesk, Refused>>;

    /// Takes note of an alert, or takes that back.
    fn clear_alert<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        alert: &'a str,
        undo: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>>;

    /// Issues a code for a station's manager; one that was not used yet ends.
    fn issue_manager_code<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        now: Millis,
    ) -> Later<'a, Result<IssuedCode, Refused>>;

    /// An organisation.
    fn organisation<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<OrganisationDesk, Refused>>;

    /// Whether the actor may open the form of an invitation, and to which roles: an organisation with nothing else.
    fn may_invite<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(String, Vec<Role>), Refused>>;

    /// Invites somebody.
    fn invite<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedInvitation,
        now: Millis,
    ) -> Later<'a, Result<MadeInvitation, NotDone>>;

    /// Withdraws an invitation that nobody has taken up; gives the path to go back to.
    fn withdraw_invitation<'a>(
        &'a self,
        actor: &'a Actor,
        invitation: &'a str,
        now: Millis,
    ) -> Later<'a, Result<String, Refused>>;

    /// A role that was given.
    fn grant<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<GrantDesk, Refused>>;

    /// Takes it back; gives the path to go back to.
    fn revoke<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>>;

    /// Invites who holds it again: old passkeys and authenticators end when the link is taken up.
    fn invite_again<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<MadeInvitation, NotDone>>;

    /// Whether the actor may open the form of another number.
    fn may_change_mobile<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// Gives somebody's account another number; gives the new one, masked.
    fn change_mobile<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedChange,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>>;

    /// What the actor administers the cover of.
    fn cover_desk<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Vec<CoverPost>, Refused>>;
}
