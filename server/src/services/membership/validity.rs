//! How long a card counts: the organisation extends it, and the member is told in time that it runs out.

use super::{
    begin::valid_until,
    told::{day, name_of, phone_of, tell},
};
use crate::{
    services::people::{Failed, People},
    store::{Edit, MembershipRow},
};
use domain::{
    account::{MembershipId, SubjectId},
    membership::MembershipEvent,
    time::{DAY_MS, Millis},
};

/// So long before the end it is told.
const AHEAD_MS: Millis = 60 * DAY_MS;
/// So many are looked at with one query.
const AT_ONCE: i64 = 500;

/// Extends it to what it would be for somebody who joins now; says what the log says.
pub(super) async fn extend(
    people: &People,
    edit: &mut Edit,
    row: &MembershipRow,
    by: SubjectId,
    now: Millis,
) -> Result<&'static str, Failed> {
    let until = valid_until(now);
    if edit.extend_membership(row.id, until, now).await? {
        edit.put_membership_event(row.id, MembershipEvent::Extended, Some(row.organisation), Some(by), now).await?;
        let text = format!("{}确认你还是会员，会员证有效到{}。", name_of(people, row.organisation), day(until));
        tell(people, edit, row.subject, "会员证延长了", text, now).await?;
    }
    Ok("延长会员证有效期")
}

/// Tells one member, once.
async fn look(people: &People, id: MembershipId, now: Millis) -> Result<(), Failed> {
    let mut edit = people.store.edit().await?;
    let Some(row) = edit.membership(id).await? else { return Ok(()) };
    if row.state.is_member() && row.valid_until < now + AHEAD_MS {
        let union = name_of(people, row.organisation);
        let call = phone_of(people, row.organisation).map(|phone| format!("，电话 {phone}")).unwrap_or_default();
        let text =
            format!("会籍还在，不用重新入会。请{union}把有效期延长一下{call}；不延长，会员证到那天就不能出示了。");
        tell(people, &mut edit, row.subject, format!("会员证{}到期", day(row.valid_until)), text, now).await?;
    }
    edit.note_expiry_told(id, now).await?;
    edit.finish().await?;
    Ok(())
}

/// Tells everybody whose card runs out soon; says how many.
pub(super) async fn pass(people: &People, now: Millis) -> Result<u64, Failed> {
    let mut done = 0;
    loop {
        let some = people.store.expiring_memberships(now + AHEAD_MS, AT_ONCE).await?;
        if some.is_empty() {
            return Ok(done);
        }
        for id in some {
            // One that cannot be told would be the first again: the rest waits for the next time with it.
            look(people, id, now).await?;
            done += 1;
        }
    }
}
