//! ONE table: path → page. The server registers exactly these, and tests walk exactly these.

use crate::{
    ask::Ask,
    form::{FormRoute, Later},
    page::Answer,
    pages,
};
use domain::policy::Action;

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Route {
    /// Path with `{…}` parts.
    pub path: &'static str,
    /// What it does, as the policy table names it.
    pub action: Action,
    /// What answers.
    pub page: fn(Ask) -> Later<Answer>,
}

macro_rules! routes {
    (
        in memory: $($path:literal => $action:ident $page:path),+ ;
        waiting: $($waiting_path:literal => $waiting_action:ident $waiting_page:path),+ $(,)?
    ) => {
        &[
            $( Route {
                path: $path,
                action: Action::$action,
                page: |ask| Box::pin(async move { Answer::from($page(&ask)) }),
            }, )+
            $( Route {
                path: $waiting_path,
                action: Action::$waiting_action,
                page: |ask| Box::pin(async move { Answer::from($waiting_page(&ask).await) }),
            }, )+
        ]
    };
}

/// Every page.
pub const ROUTES: &[Route] = routes![
    in memory:
    "/" => ReadPublic pages::nearby::page,
    "/nearby/rest" => ReadPublic pages::nearby::rest,
    "/place" => ReadPublic pages::place::page,
    "/place/{adcode}" => ReadPublic pages::place::page,
    "/map" => ReadPublic pages::map::page,
    "/radar" => ReadPublic pages::map::radar,
    "/stations/new" => ReadPublic pages::station::new,
    "/drive" => ReadPublic pages::drive::roads,
    "/drive/{road}" => ReadPublic pages::drive::direction,
    "/drive/{road}/{heading}" => ReadPublic pages::drive::ahead,
    "/stations/{code}" => ReadPublic pages::station::page,
    "/stations/{code}/fix" => ReadPublic pages::station::fix,
    "/stations/{code}/maps" => ReadPublic pages::station::maps,
    "/go/{app}/{code}" => ReadPublic pages::station::go,
    "/join" => ReadPublic pages::soon::join,
    "/rights" => ReadPublic pages::soon::rights,
    "/cover" => ReadPublic pages::soon::cover,
    "/privacy" => ReadPublic pages::about::privacy,
    "/about" => ReadPublic pages::about::page,
    "/offline" => ReadPublic pages::offline::page,
    "/card/check" => CheckCard pages::card::scan,
    "/card/offline" => ReadPublic pages::card::offline,
    "/me/deleted" => ReadPublic pages::me::deleted;
    waiting:
    "/me" => OpenMe pages::me::page,
    "/me/inbox" => ReadAccount pages::me::inbox,
    "/me/inbox/{id}" => ReadNotice pages::me::notice,
    "/me/sessions" => ReadAccount pages::me::sessions,
    "/me/phone" => ReadAccount pages::me::phone,
    "/me/identity" => ReadAccount pages::me::identity,
    "/me/consents" => ReadAccount pages::me::consents,
    "/me/data" => ReadAccount pages::me::data,
    "/me/delete" => ReadAccount pages::me::delete,
    "/me/delete/sure" => ReadAccount pages::me::delete_sure,
    "/me/card" => ShowCard pages::card::own,
    "/me/card/fresh" => ShowCard pages::card::fresh,
    "/me/card/kept" => ShowCard pages::card::kept,
    "/me/card/print" => ShowCard pages::card::print,
    "/c/{token}" => CheckCard pages::card::check,
    "/sign-in" => SignIn pages::sign_in::number,
    "/sign-in/code" => SignIn pages::sign_in::code,
    "/sign-in/fact" => SignIn pages::sign_in::fact,
    "/staff" => SignIn pages::staff::page,
    "/staff/totp" => SignIn pages::staff::totp,
    "/invite/{token}" => SignIn pages::invite::page,
    "/invite/{token}/authenticator" => SignIn pages::invite::authenticator,
    "/me/keys" => ReadAccount pages::keys::page,
    "/me/keys/{id}" => ReadAccount pages::keys::passkey,
    "/me/authenticator" => ReadAccount pages::keys::authenticator,
    "/manager" => SignIn pages::sign_in::manager,
    "/me/matters/{id}" => ReadMatter pages::matters::of_worker,
    "/desk/matters" => ListMatters pages::matters::list,
    "/desk/matters/{id}" => ReadMatter pages::matters::of_handler,
    "/desk/audit" => ReadAudit pages::audit::page,
    "/trial/{token}" => SignIn pages::trial::page,
    "/desk" => OpenDesk pages::desk::home,
    "/desk/stations/{code}" => ReadStationDesk pages::desk::station,
    "/desk/organisations/{id}" => ReadOrganisation pages::desk::organisation,
    "/desk/organisations/{id}/invite" => AppointStaff pages::desk::invite,
    "/desk/figures" => ReadFigures pages::desk::figures_home,
    "/desk/organisations/{id}/figures" => ReadFigures pages::desk::figures,
    "/desk/organisations/{id}/figures.csv" => ReadFigures pages::desk::figures_file,
    "/desk/organisations/{id}/members" => ExportMembers pages::desk::member_list,
    "/desk/organisations/{id}/members/export" => ExportMembers pages::desk::member_list_export,
    "/desk/grants/{id}" => AppointStaff pages::desk::grant,
    "/desk/change-mobile" => ChangeMobileOf pages::desk::mobile,
    "/desk/cover" => OpenCoverDesk pages::desk::cover,
    "/me/membership" => ReadMembership pages::membership::mine,
    "/me/membership/transfer" => ReadMembership pages::membership::transfer,
    "/me/membership/retain" => ReadMembership pages::membership::retain,
    "/me/membership/resign" => ReadMembership pages::membership::resign,
    "/me/membership/object" => ReadMembership pages::membership::object,
    "/desk/transfers" => DecideMembership pages::desk::members::transfers,
    "/desk/transfers/{id}" => ReadMembership pages::desk::members::transfer,
    "/desk/members/{id}" => ReadMembership pages::desk::members::member,
];

/// Every form.
#[must_use]
pub fn forms() -> Vec<FormRoute> {
    vec![
        FormRoute::of::<pages::me::Display>(),
        FormRoute::of::<pages::place::Forget>(),
        FormRoute::of::<pages::station::Say>(),
        FormRoute::of::<pages::station::Fix>(),
        FormRoute::of::<pages::station::Missing>(),
        FormRoute::of::<pages::me::SignOut>(),
        FormRoute::of::<pages::me::EndOne>(),
        FormRoute::of::<pages::me::EndAll>(),
        FormRoute::of::<pages::me::NewMobile>(),
        FormRoute::of::<pages::me::SaveIdentity>(),
        FormRoute::of::<pages::me::Reveal>(),
        FormRoute::of::<pages::me::ExportJson>(),
        FormRoute::of::<pages::me::ExportHtml>(),
        FormRoute::of::<pages::me::SetConsent>(),
        FormRoute::of::<pages::me::Delete>(),
        FormRoute::of::<pages::card::Renew>(),
        FormRoute::of::<pages::card::Compare>(),
        FormRoute::of::<pages::card::Typed>(),
        FormRoute::of::<pages::sign_in::SendCode>(),
        FormRoute::of::<pages::sign_in::EnterCode>(),
        FormRoute::of::<pages::sign_in::Resend>(),
        FormRoute::of::<pages::sign_in::EnterFact>(),
        FormRoute::of::<pages::sign_in::NotMine>(),
        FormRoute::of::<pages::sign_in::BindStation>(),
        FormRoute::of::<pages::staff::SendStaffCode>(),
        FormRoute::of::<pages::staff::EnterTotp>(),
        FormRoute::of::<pages::staff::ProveTotp>(),
        FormRoute::of::<pages::invite::SendInvitedCode>(),
        FormRoute::of::<pages::invite::SetUpInvited>(),
        FormRoute::of::<pages::keys::Rename>(),
        FormRoute::of::<pages::keys::RemovePasskey>(),
        FormRoute::of::<pages::keys::SetUp>(),
        FormRoute::of::<pages::keys::RemoveAuthenticator>(),
        FormRoute::of::<pages::trial::TakeUp>(),
        FormRoute::of::<pages::desk::Clear>(),
        FormRoute::of::<pages::desk::ManagerCode>(),
        FormRoute::of::<pages::desk::Invite>(),
        FormRoute::of::<pages::desk::Withdraw>(),
        FormRoute::of::<pages::desk::Revoke>(),
        FormRoute::of::<pages::desk::Again>(),
        FormRoute::of::<pages::desk::ChangeMobile>(),
        FormRoute::of::<pages::membership::Keep>(),
        FormRoute::of::<pages::membership::AskTransfer>(),
        FormRoute::of::<pages::membership::WithdrawTransfer>(),
        FormRoute::of::<pages::membership::ObjectToRefusal>(),
        FormRoute::of::<pages::membership::Retain>(),
        FormRoute::of::<pages::membership::Resume>(),
        FormRoute::of::<pages::membership::Resign>(),
        FormRoute::of::<pages::membership::Object>(),
        FormRoute::of::<pages::desk::members::DecideTransfer>(),
        FormRoute::of::<pages::desk::members::RevealMember>(),
        FormRoute::of::<pages::desk::members::NotePart>(),
        FormRoute::of::<pages::desk::members::Warn>(),
        FormRoute::of::<pages::desk::members::EndMembership>(),
        FormRoute::of::<pages::desk::members::Expel>(),
        FormRoute::of::<pages::desk::members::Rule>(),
        FormRoute::of::<pages::desk::SetTarget>(),
        FormRoute::of::<pages::desk::ExportMembers>(),
    ]
}
