//! Who may do what: one table, pure. Services ask it; nobody else decides.
//!
//! A cell is (role, action, relation of the role's holder to the object). What has no cell is forbidden.
//! `server policy` prints the table; the access tests read what it prints.

use crate::account::Actor;
use std::{collections::BTreeSet, fmt::Write as _};

codes! {
    /// 角色: who somebody is to the program.
    pub enum Role {
        /// Nobody has signed in.
        Anonymous = "anonymous" "没登录的人",
        /// Anybody who has signed in, staff as well.
        Worker = "worker" "劳动者",
        /// 站点管理员: a host's assistant with a phone.
        Manager = "manager" "站点管理员",
        /// 工会干部.
        Officer = "officer" "工会干部",
        /// 法律承办人.
        Handler = "handler" "法律承办人",
        /// 保障项目管理员.
        CoverAdministrator = "cover_administrator" "保障项目管理员",
        /// 系统管理员.
        Administrator = "administrator" "系统管理员",
        /// 审计员: sees what was done, and nothing else.
        Auditor = "auditor" "审计员",
    }
}

impl Role {
    /// Roles of staff: given by invitation, used with a passkey or an authenticator only.
    pub const STAFF: [Self; 5] =
        [Self::Officer, Self::Handler, Self::CoverAdministrator, Self::Administrator, Self::Auditor];

    /// Whether it is one of [`Role::STAFF`].
    #[must_use]
    pub fn is_staff(self) -> bool {
        Self::STAFF.contains(&self)
    }
}

codes! {
    /// How the actor stands to the object of an action.
    pub enum Relation {
        /// There is no particular object, or everybody stands alike to it.
        Any = "any" "任何",
        /// The object is about the actor.
        Own = "own" "自己的",
        /// The actor's role reaches the object: its station, or an organisation above it in the tree.
        Within = "within" "管辖内",
        /// The object was assigned to the actor.
        Assigned = "assigned" "指派给自己的",
        /// None of these.
        Other = "other" "别人的",
    }
}

codes! {
    /// What can be done. Every route names one.
    pub enum Action {
        /// Pages, files and the API that everybody reads.
        ReadPublic = "read_public" "看公开的页面和接口",
        /// Keep a choice on this phone.
        ChooseDisplay = "choose_display" "改这部手机的显示",
        /// Taps at a door and proposals.
        Report = "report" "报告站点情况",
        /// Ask for a code, enter it, take up a link.
        SignIn = "sign_in" "登录",
        /// The first page of 我的, which says what there is for somebody who has not signed in.
        OpenMe = "open_me" "打开我的",
        /// 我的: what is held, sessions, consents, inbox.
        ReadAccount = "read_account" "看自己的账号",
        /// Change, withdraw, end sessions, export, delete.
        ChangeAccount = "change_account" "改自己的账号",
        /// See one's own identity unmasked.
        RevealIdentity = "reveal_identity" "看完整的身份信息",
        /// A notice of an inbox.
        ReadNotice = "read_notice" "看通知",
        /// End one session.
        EndSession = "end_session" "让一部设备退出",
        /// The words of a legal matter.
        ReadMatter = "read_matter" "看案件内容",
        /// Open a legal matter of one's own.
        OpenMatter = "open_matter" "提交案件",
        /// Assign a legal matter to a handler.
        AssignMatter = "assign_matter" "指派案件",
        /// The list of matters that one handles.
        ListMatters = "list_matters" "看承办的案件",
        /// The first page of a desk.
        OpenDesk = "open_desk" "打开工作台",
        /// A station at its manager's desk.
        ReadStationDesk = "read_station_desk" "看站点的工作台",
        /// Take note of an alert about a station.
        ClearAlert = "clear_alert" "处理站点的提醒",
        /// Issue a code for a station's manager, take a manager's role back.
        AppointManager = "appoint_manager" "任免站点管理员",
        /// An organisation with its officers.
        ReadOrganisation = "read_organisation" "看组织的工作台",
        /// Invite an officer, a handler or a cover administrator; take such a role back.
        AppointStaff = "appoint_staff" "任免工会干部、承办人、保障管理员",
        /// Invite an administrator or an auditor; take such a role back.
        AppointAdministrator = "appoint_administrator" "任免管理员和审计员",
        /// Give somebody's account another mobile number.
        ChangeMobileOf = "change_mobile_of" "替人换手机号",
        /// The list of products that one administers.
        OpenCoverDesk = "open_cover_desk" "打开保障工作台",
        /// The audit log.
        ReadAudit = "read_audit" "看审计记录",
        /// An application of one's own: fill in, send, withdraw, answer.
        Apply = "apply" "申请入会",
        /// Fill in an application for somebody else, whose own phone confirms it.
        PrepareApplication = "prepare_application" "替人填入会申请",
        /// An application with its way so far.
        ReadApplication = "read_application" "看入会申请",
        /// The queue of applications of an organisation.
        ListApplications = "list_applications" "看待办的入会申请",
        /// Approve, refuse, ask back, hand on, merge and take a merge back.
        DecideApplication = "decide_application" "审核入会申请",
        /// See an applicant's or a member's ID number and mobile unmasked, with a reason.
        RevealMember = "reveal_member" "看会员的完整证件号和手机号",
        /// A membership with its history.
        ReadMembership = "read_membership" "看会籍",
        /// Transfer, retain, resign, object.
        ChangeMembership = "change_membership" "转会、保留会籍、退会",
        /// Decide a transfer on either side; warn, end, expel.
        DecideMembership = "decide_membership" "审核转接、处理会籍",
        /// The member's own card.
        ShowCard = "show_card" "出示会员证",
        /// Check somebody's card, with or without network.
        CheckCard = "check_card" "核对会员证",
        /// The list of members of an organisation: import, export, numbers that came back.
        ExportMembers = "export_members" "导入导出会员名单",
        /// A link or a poster with which people join, and how many did.
        ReadEntryLink = "read_entry_link" "看入会二维码",
        /// Make such a link where there is none.
        MakeEntryLink = "make_entry_link" "做入会二维码",
        /// Applications and members in numbers.
        ReadFigures = "read_figures" "看入会数字",
        /// 责任清单: what an organisation is to reach.
        SetTarget = "set_target" "定责任目标",
        /// 我们想建工会: start, join, leave.
        AskForUnion = "ask_for_union" "要求建工会",
        /// Take up such a request and say what became of it.
        HandleFounding = "handle_founding" "办理建会",
        /// Head enterprises and their affiliates.
        EditEnterprises = "edit_enterprises" "管理企业清单",
        /// The list of occupations.
        EditOccupations = "edit_occupations" "管理职业清单",
        /// 阻挠入会: report an employer who obstructs joining.
        ReportObstruction = "report_obstruction" "反映阻挠入会",
        /// Read and handle such a report.
        HandleObstruction = "handle_obstruction" "办理阻挠入会的反映",
    }
}

/// One permitted cell.
pub type Cell = (Role, Action, Relation);

/// The table. Everything that is not here is forbidden.
const TABLE: &[Cell] = {
    use Action as A;
    use Relation::{Any, Assigned, Own, Within};
    use Role::{Administrator, Anonymous, Auditor, CoverAdministrator, Handler, Manager, Officer, Worker};
    &[
        (Anonymous, A::ReadPublic, Any),
        (Worker, A::ReadPublic, Any),
        (Anonymous, A::ChooseDisplay, Any),
        (Worker, A::ChooseDisplay, Any),
        (Anonymous, A::Report, Any),
        (Worker, A::Report, Any),
        (Anonymous, A::SignIn, Any),
        (Worker, A::SignIn, Any),
        (Anonymous, A::OpenMe, Any),
        (Worker, A::OpenMe, Any),
        (Worker, A::ReadAccount, Own),
        (Worker, A::ChangeAccount, Own),
        (Worker, A::RevealIdentity, Own),
        (Worker, A::ReadNotice, Own),
        (Worker, A::EndSession, Own),
        (Worker, A::ReadMatter, Own),
        (Handler, A::ReadMatter, Assigned),
        (Worker, A::OpenMatter, Own),
        (Officer, A::AssignMatter, Within),
        (Handler, A::ListMatters, Any),
        (Manager, A::OpenDesk, Any),
        (Officer, A::OpenDesk, Any),
        (Handler, A::OpenDesk, Any),
        (CoverAdministrator, A::OpenDesk, Any),
        (Administrator, A::OpenDesk, Any),
        (Auditor, A::OpenDesk, Any),
        (Manager, A::ReadStationDesk, Within),
        (Officer, A::ReadStationDesk, Within),
        (Administrator, A::ReadStationDesk, Within),
        (Manager, A::ClearAlert, Within),
        (Officer, A::ClearAlert, Within),
        (Officer, A::AppointManager, Within),
        (Administrator, A::AppointManager, Within),
        (Officer, A::ReadOrganisation, Within),
        (Administrator, A::ReadOrganisation, Within),
        (Officer, A::AppointStaff, Within),
        (Administrator, A::AppointStaff, Within),
        (Administrator, A::AppointAdministrator, Within),
        (Officer, A::ChangeMobileOf, Within),
        (Administrator, A::ChangeMobileOf, Within),
        (CoverAdministrator, A::OpenCoverDesk, Any),
        (Auditor, A::ReadAudit, Any),
        (Worker, A::Apply, Own),
        (Worker, A::PrepareApplication, Any),
        (Worker, A::ReadApplication, Own),
        (Officer, A::ReadApplication, Within),
        (Officer, A::ListApplications, Within),
        (Officer, A::DecideApplication, Within),
        (Officer, A::RevealMember, Within),
        (Worker, A::ReadMembership, Own),
        (Officer, A::ReadMembership, Within),
        (Worker, A::ChangeMembership, Own),
        (Officer, A::DecideMembership, Within),
        (Worker, A::ShowCard, Own),
        (Anonymous, A::CheckCard, Any),
        (Worker, A::CheckCard, Any),
        (Officer, A::ExportMembers, Within),
        (Manager, A::ReadEntryLink, Within),
        (Officer, A::ReadEntryLink, Within),
        (Manager, A::MakeEntryLink, Within),
        (Officer, A::MakeEntryLink, Within),
        (Officer, A::ReadFigures, Within),
        (Administrator, A::ReadFigures, Within),
        (Officer, A::SetTarget, Within),
        (Worker, A::AskForUnion, Own),
        (Officer, A::HandleFounding, Within),
        (Officer, A::EditEnterprises, Within),
        (Administrator, A::EditEnterprises, Within),
        (Administrator, A::EditOccupations, Any),
        (Worker, A::ReportObstruction, Own),
        (Officer, A::HandleObstruction, Within),
    ]
};

/// The table as it is asked. Cloned only by tests that turn a cell over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(BTreeSet<Cell>);

impl Default for Policy {
    fn default() -> Self {
        Self(TABLE.iter().copied().collect())
    }
}

impl Policy {
    /// Whether one role may.
    #[must_use]
    pub fn allows(&self, role: Role, action: Action, relation: Relation) -> bool {
        self.0.contains(&(role, action, relation))
    }

    /// Whether an actor may, by what each of their roles is to the object.
    ///
    /// `relations` are told by the service that knows the object: pairs of role and relation for the roles that
    /// stand in one. Anonymous and worker need not be named for [`Relation::Any`].
    ///
    /// # Errors
    /// [`Refused`]: what the person has to be told.
    pub fn check(&self, actor: &Actor, action: Action, relations: &[(Role, Relation)]) -> Result<(), Refused> {
        let general = match actor {
            Actor::Anonymous => Role::Anonymous,
            Actor::Person { .. } => Role::Worker,
        };
        let holds = |role: Role| role == general || actor.holds(role);
        let any = std::iter::once(general).chain(actor.grants().iter().map(|grant| grant.role));
        let by_any = any.into_iter().any(|role| self.allows(role, action, Relation::Any));
        let by_relation = relations.iter().any(|&(role, relation)| holds(role) && self.allows(role, action, relation));
        if by_any || by_relation {
            Ok(())
        } else if matches!(actor, Actor::Anonymous) {
            Err(Refused::SignIn)
        } else if matches!(actor, Actor::Person { waiting: true, .. }) && self.is_of_desks(action) {
            Err(Refused::ProveAgain)
        } else {
            Err(Refused::NotFound)
        }
    }

    /// Whether anybody but the general public has a right to it by a role that was given to them.
    fn is_of_desks(&self, action: Action) -> bool {
        self.0.iter().any(|&(role, of, _)| of == action && !matches!(role, Role::Anonymous | Role::Worker))
    }

    /// The cells of every role, action and relation: those that are permitted and those that are not.
    pub fn cells() -> impl Iterator<Item = Cell> {
        Role::ALL.iter().flat_map(|&role| {
            Action::ALL
                .iter()
                .flat_map(move |&action| Relation::ALL.iter().map(move |&relation| (role, action, relation)))
        })
    }

    /// The table with one cell turned over.
    #[must_use]
    pub fn with_flipped(&self, cell: Cell) -> Self {
        let mut cells = self.0.clone();
        if !cells.remove(&cell) {
            cells.insert(cell);
        }
        Self(cells)
    }

    /// The table in Markdown: a row an action, a column a role, in a cell the relations that are enough.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::from("| action |");
        for role in Role::ALL {
            let _ = write!(text, " {} |", role.code());
        }
        text.push_str("\n|---|");
        text.push_str(&"---|".repeat(Role::ALL.len()));
        text.push('\n');
        for &action in Action::ALL {
            let _ = write!(text, "| {} {} |", action.code(), action.word());
            for &role in Role::ALL {
                let enough: Vec<&str> = Relation::ALL
                    .iter()
                    .filter(|&&relation| self.allows(role, action, relation))
                    .map(|relation| relation.code())
                    .collect();
                let _ = write!(text, " {} |", if enough.is_empty() { "–".to_owned() } else { enough.join(", ") });
            }
            text.push('\n');
        }
        text
    }
}

/// Why somebody may not. What is not there and what is somebody else's are the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody has signed in: to the page where one does.
    SignIn,
    /// There is no such thing for this actor.
    NotFound,
    /// It needs a passkey or an authenticator, shown in the last ten minutes.
    ProveAgain,
    /// The database does not answer: nothing was done.
    Unavailable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_cell_is_forbidden() {
        let policy = Policy::default();
        assert!(policy.allows(Role::Anonymous, Action::ReadPublic, Relation::Any));
        assert!(!policy.allows(Role::Administrator, Action::ReadMatter, Relation::Any));
        assert!(Relation::ALL.iter().all(|&to| !policy.allows(Role::Administrator, Action::ReadMatter, to)));
        assert!(Relation::ALL.iter().all(|&to| !policy.allows(Role::Officer, Action::ReadMatter, to)));
    }

    #[test]
    fn nobody_has_a_right_to_what_is_somebody_elses() {
        let policy = Policy::default();
        let broken: Vec<Cell> = Policy::cells()
            .filter(|&(role, action, to)| to == Relation::Other && policy.allows(role, action, to))
            .collect();
        assert_eq!(broken, []);
    }

    #[test]
    fn an_actor_without_an_account_is_asked_to_sign_in_and_one_with_is_told_nothing() {
        let policy = Policy::default();
        let own = [(Role::Worker, Relation::Own)];
        assert_eq!(policy.check(&Actor::Anonymous, Action::ReadAccount, &own), Err(Refused::SignIn));
        assert_eq!(policy.check(&Actor::Anonymous, Action::ReadPublic, &[]), Ok(()));
    }
}
