//! A member asks to go to another organisation.

use super::{
    super::{
        own::own,
        told::{day, name_of, tell},
    },
    form::target,
};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{Edit, MembershipRow, TransferRow},
};
use domain::{
    account::{Actor, ApplicationId, OrganisationId, TransferId},
    membership::{
        Deed, MembershipEvent, Transfer,
        transfer::{NotAsked, SILENCES},
    },
    policy::Action,
    ports::{NotDone, TypedTransfer},
    time::Millis,
};
use uuid::Uuid;

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is on its way.
    Begun(TransferId),
    /// Nothing was written: the membership is not one that can go, or is on its way already.
    CannotGo,
    /// Nothing was written: it goes nowhere else, or nobody there is 已开通.
    NotThere(NotAsked),
}

/// Asks for a transfer in a transaction in which the membership was read by [`Edit::membership`] or
/// [`Edit::living_membership_of`] and so is locked. With the application it was asked for with, where there is one.
///
/// # Errors
/// The database or the vault does not answer: then the transaction must not be finished.
pub async fn ask(
    people: &People,
    edit: &mut Edit,
    membership: &MembershipRow,
    to: OrganisationId,
    application: Option<ApplicationId>,
    now: Millis,
) -> Result<Asked, Failed> {
    let Some(next) = Deed::AskTransfer.after(membership.state) else { return Ok(Asked::CannotGo) };
    let transfer = match Transfer::ask(&people.organisations.tree(), membership.organisation, to, now) {
        Ok(transfer) => transfer,
        Err(why) => return Ok(Asked::NotThere(why)),
    };
    let id = TransferId(Uuid::now_v7().into_bytes());
    let row = TransferRow {
        id,
        membership: membership.id,
        subject: membership.subject,
        application,
        asked_at: now,
        transfer,
        out_by: None,
        in_by: None,
        reason: None,
        version: 0,
    };
    if !edit.put_transfer(&row).await? {
        return Ok(Asked::CannotGo);
    }
    let mut membership = membership.clone();
    membership.state = next;
    // Whoever is on the way is not silent, and no longer out of work.
    (membership.warned_at, membership.ends_at, membership.reason) = (None, None, None);
    if !edit.save_membership(&membership, now).await? {
        return Ok(Asked::CannotGo);
    }
    edit.put_membership_event(membership.id, MembershipEvent::TransferAsked, Some(to), None, now).await?;
    let due = day(transfer.out.due_at.max(transfer.into.due_at));
    let text = format!(
        "{}放你转出、{}接收，两边都要在{due}以前答复。不答复的交给上级，最多 {SILENCES} 次，再不答复就算同意。转好以前你还是老工会的会员，会员证照样用。",
        name_of(people, transfer.out.owner),
        name_of(people, transfer.into.owner),
    );
    tell(people, edit, membership.subject, format!("申请转到{}", name_of(people, to)), text, now).await?;
    Ok(Asked::Begun(id))
}

pub(in super::super) async fn ask_typed(
    people: &People,
    actor: &Actor,
    typed: &TypedTransfer,
    now: Millis,
) -> Result<(), NotDone> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let Some(to) = OrganisationId::parse(&typed.to).and_then(|id| target(people, id, now)) else {
        return Err(NotDone::at("to", "先搜新工会的名字或地方，再选一个。"));
    };
    if !typed.is_agreed {
        return Err(NotDone::at("agree", "要先同意把会籍资料交给新工会，它才能接收你。"));
    }
    let asked = async {
        let mut edit = people.store.edit().await?;
        let Some(row) = edit.living_membership_of(subject).await? else { return Ok(Asked::CannotGo) };
        let asked = ask(people, &mut edit, &row, to, None, now).await?;
        if matches!(asked, Asked::Begun(_)) {
            edit.finish().await?;
        }
        Ok::<_, Failed>(asked)
    };
    match asked.await.or_unavailable("ask for a transfer")? {
        Asked::Begun(_) => Ok(()),
        Asked::CannotGo => Err(NotDone::at("", "你的会籍正在转，或者现在转不了。回到会籍页看看办到哪一步。")),
        Asked::NotThere(NotAsked::Same) => Err(NotDone::at("to", "你已经是这个工会的会员了，选另一个。")),
        Asked::NotThere(NotAsked::NotOpen) => {
            Err(NotDone::at("to", "那里还没有开通网上办理。选上一级的工会，或者打 12351 问。"))
        }
    }
}
