//! Where an application moves a membership that there is.

use crate::{
    services::{
        membership::transfer::{Asked, ask as ask_for},
        people::{Failed, People},
    },
    store::Edit,
};
use domain::{
    account::{ApplicationId, MembershipId, OrganisationId},
    time::Millis,
};

/// Asks for the transfer of a membership together with an application of kind transfer: both sides decide the
/// transfer, and the application ends with it. Gives why it cannot go, in a sentence; then nothing may be sent.
pub(super) async fn ask(
    people: &People,
    edit: &mut Edit,
    membership: [u8; 16],
    application: ApplicationId,
    to: OrganisationId,
    now: Millis,
) -> Result<Option<&'static str>, Failed> {
    let Some(row) = edit.membership(MembershipId(membership)).await? else {
        return Ok(Some("现在没有可以转的会籍。选“新入会”再发。"));
    };
    Ok(match ask_for(people, edit, &row, to, Some(application), now).await? {
        Asked::Begun(_) => None,
        Asked::CannotGo => Some("你的会籍已经在转了，到“我的 · 会籍”看办到哪一步。"),
        Asked::NotThere(_) => {
            Some("按你填的地方和单位，你已经是那里工会的会员，不用转。换了地方，把常在的地方改一改再发。")
        }
    })
}
