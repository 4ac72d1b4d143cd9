//! Warnings before an automatic end, and the end: by the program, or by an officer who presses first.

use super::{
    cards,
    told::{day, name_of, tell},
};
use crate::{
    services::people::{Failed, People},
    store::{Edit, Entry, MembershipRow},
};
use domain::{
    account::{MembershipId, SubjectId},
    membership::{
        Deed, MembershipEvent,
        lapse::{Due, SILENT_DAYS, Signs, due},
    },
    policy::{Action, Role},
    time::{DAY_MS, Millis},
};

/// So many are looked at with one query.
const AT_ONCE: i64 = 500;

/// What is due of a membership.
pub(super) fn due_of(row: &MembershipRow, now: Millis) -> Due {
    due(row.state, Signs { took_part_at: row.took_part_at, ends_at: row.ends_at }, now)
}

/// Warns: the notice lies in the inbox when the warning counts, for they are one transaction.
pub(super) async fn warn(
    people: &People,
    edit: &mut Edit,
    mut row: MembershipRow,
    ends_at: Millis,
    by: Option<SubjectId>,
    now: Millis,
) -> Result<(), Failed> {
    (row.warned_at, row.ends_at) = (Some(now), Some(ends_at));
    edit.save_membership(&row, now).await?;
    edit.put_membership_event(row.id, MembershipEvent::Warned, Some(row.organisation), by, now).await?;
    let text = format!(
        "{}那里，你有六个月没有交会费和参加活动的记录。{}以前点“我还在”，会籍就留着；没活干，也可以保留会籍。都不办，会籍那天自动终止。",
        name_of(people, row.organisation),
        day(ends_at)
    );
    tell(people, edit, row.subject, "会籍快到期了，点一下就能留住", text, now).await
}

/// Ends it.
pub(super) async fn end(
    people: &People,
    edit: &mut Edit,
    mut row: MembershipRow,
    by: Option<SubjectId>,
    now: Millis,
) -> Result<bool, Failed> {
    let Some(next) = Deed::Lapse.after(row.state) else { return Ok(false) };
    row.state = next;
    (row.warned_at, row.ends_at, row.ended_at) = (None, None, Some(now));
    (row.reason, row.objection, row.objected_at) = (None, None, None);
    edit.save_membership(&row, now).await?;
    edit.put_membership_event(row.id, MembershipEvent::Lapsed, Some(row.organisation), by, now).await?;
    cards::ended(edit, row.id, now).await?;
    let until = day(now + domain::membership::transfer::OBJECT_MS);
    let text = format!(
        "{}的会籍自动终止了。不对的话，{until}以前可以提异议；也可以随时重新入会。",
        name_of(people, row.organisation)
    );
    tell(people, edit, row.subject, "会籍终止了", text, now).await?;
    Ok(true)
}

/// Looks at one membership. Says whether anything was due.
async fn look(people: &People, id: MembershipId, now: Millis) -> Result<bool, Failed> {
    let mut edit = people.store.edit().await?;
    let Some(mut row) = edit.membership(id).await? else { return Ok(false) };
    let reason = match due_of(&row, now) {
        Due::Nothing => return Ok(false),
        Due::Warning { ends_at } => {
            warn(people, &mut edit, row, ends_at, None, now).await?;
            "六个月没有记录，自动提醒"
        }
        Due::End => {
            end(people, &mut edit, row, None, now).await?;
            "提醒到期没有答复，自动终止"
        }
        Due::TakeBack => {
            (row.warned_at, row.ends_at) = (None, None);
            edit.save_membership(&row, now).await?;
            "有了新的记录，提醒作废"
        }
    };
    let entry = Entry {
        actor: None,
        role: Role::Anonymous,
        action: Action::DecideMembership,
        object: &format!("membership {id}"),
        reason,
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    Ok(true)
}

/// Warns and ends what is due.
pub(super) async fn pass(people: &People, now: Millis) -> Result<u64, Failed> {
    let mut after = None;
    let mut done = 0;
    loop {
        let some = people.store.silent_memberships(now - SILENT_DAYS * DAY_MS, after, AT_ONCE).await?;
        let Some(last) = some.last().copied() else { return Ok(done) };
        for id in some {
            match look(people, id, now).await {
                Ok(was_due) => done += u64::from(was_due),
                // One that cannot be warned stays as it is, and keeps no other from being looked at.
                Err(error) => tracing::warn!(%error, "a membership is looked at again later: {error}"),
            }
        }
        after = Some(last);
    }
}
