//! Members of an organisation that was dissolved: the nearest above that is there takes them over, at once and by itself.

use super::{
    cards,
    told::{name_of, tell},
};
use crate::{
    services::people::{Failed, People},
    store::Entry,
};
use domain::{
    account::MembershipId,
    membership::{MembershipEvent, MembershipState},
    policy::{Action, Role},
    time::Millis,
};

/// So many are looked at with one query.
const AT_ONCE: i64 = 500;

async fn take_over(people: &People, id: MembershipId, now: Millis) -> Result<bool, Failed> {
    let mut edit = people.store.edit().await?;
    let Some(mut row) = edit.membership(id).await? else { return Ok(false) };
    // Whoever is on the way to another union goes on; who stays is looked at again then.
    if !matches!(row.state, MembershipState::Active | MembershipState::Retained) {
        return Ok(false);
    }
    let way = people.store.way_up(row.organisation).await?;
    let gone = way.first().is_some_and(|(_, is_there)| !is_there);
    let Some((above, _)) = way.into_iter().find(|(_, is_there)| *is_there).filter(|_| gone) else { return Ok(false) };
    row.organisation = above;
    // Signs are what the organisation above will tell of.
    row.took_part_at = row.took_part_at.map(|_| now);
    (row.warned_at, row.ends_at) = (None, None);
    if !edit.save_membership(&row, now).await? {
        return Ok(false);
    }
    edit.put_membership_event(id, MembershipEvent::TakenOver, Some(above), None, now).await?;
    cards::ended(&mut edit, id, now).await?;
    let text = "会籍还在，编号不变，会员证换成上级工会的。有了新单位，可以在会籍页转过去。";
    let title = format!("原来的工会撤销了，会籍由{}接着管", name_of(people, above));
    tell(people, &mut edit, row.subject, title, text, now).await?;
    let entry = Entry {
        actor: None,
        role: Role::Anonymous,
        action: Action::DecideMembership,
        object: &format!("membership {id} organisation {above}"),
        reason: "所在工会已撤销，会籍由上级接管",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    Ok(true)
}

/// Hands over whom a dissolved organisation left behind. Says how many.
pub(super) async fn pass(people: &People, now: Millis) -> Result<u64, Failed> {
    let mut after = None;
    let mut done = 0;
    loop {
        let some = people.store.left_behind(after, AT_ONCE).await?;
        let Some(last) = some.last().copied() else { return Ok(done) };
        for id in some {
            match take_over(people, id, now).await {
                Ok(moved) => done += u64::from(moved),
                Err(error) => tracing::warn!(%error, "a membership is looked at again later: {error}"),
            }
        }
        after = Some(last);
    }
}
