//! What an officer does to a membership: note a sign, warn, end, expel; and decide an objection.

use super::{
    super::{
        begin::valid_until,
        cards, lapse,
        told::{day, name_of, tell},
        transfer::end_application,
        validity,
        words::{At, sealed, words},
    },
    find::{SEEN_OLD, above, find, seen},
    member::can,
    rule,
};
use crate::{
    services::{
        people::{Failed, People, Trouble as _},
        staff::scope::acting_as,
    },
    store::{Edit, Entry, MembershipRow},
};
use domain::{
    account::{Actor, SubjectId},
    membership::{Deed, MembershipEvent, TransferState, lapse::Due, transfer::OBJECT_MS},
    policy::{Action, Refused},
    ports::{MemberDeed, NotDone, TypedDeed},
    time::{Date, LocalTime, Millis},
};

/// What was typed, read.
#[derive(Clone, Debug)]
pub(super) enum Read {
    TookPart(Millis),
    Extend,
    Warn,
    End,
    Expel(String),
    Rule { restore: bool, why: String },
}

fn read(deed: MemberDeed, typed: &TypedDeed, now: Millis) -> Result<Read, NotDone> {
    Ok(match deed {
        MemberDeed::TookPart => Read::TookPart(moment(&typed.on, now)?),
        MemberDeed::Extend => Read::Extend,
        MemberDeed::Warn => Read::Warn,
        MemberDeed::End => Read::End,
        MemberDeed::Expel => Read::Expel(words("reason", &typed.reason, "写清楚为什么开除，本人会看到。")?),
        MemberDeed::Rule => {
            let restore = match typed.ruling.as_str() {
                "restore" => true,
                "uphold" => false,
                _ => return Err(NotDone::at("ruling", "选异议成立，还是不成立。")),
            };
            Read::Rule { restore, why: words("why", &typed.reason, "写一句为什么，本人会看到。")? }
        }
    })
}

/// A day of the past; nothing typed is today.
fn moment(typed: &str, now: Millis) -> Result<Millis, NotDone> {
    if typed.is_empty() {
        return Ok(now);
    }
    let day = Date::parse(typed).and_then(Date::to_day);
    let day = day.ok_or_else(|| NotDone::at("on", "日期照 2026-11-23 这样写。"))?;
    let at = LocalTime { day, minute: 0 }.moment();
    if at > now {
        Err(NotDone::at("on", "这一天还没到，填交会费或参加活动的那天。"))
    } else {
        Ok(at)
    }
}

const CANNOT: &str = "现在办不了这件事。看一下会员现在的样子。";

pub(in super::super) async fn deed(
    people: &People,
    actor: &Actor,
    id: &str,
    deed: MemberDeed,
    typed: &TypedDeed,
    now: Millis,
) -> Result<(), NotDone> {
    let (found, mut held) = find(people, actor, Action::DecideMembership, id).await?;
    if deed == MemberDeed::Rule {
        // Not the organisation that decided: the one above.
        held = above(people, actor, &found, now).await?;
        people.policy.check(actor, Action::DecideMembership, &held)?;
    }
    let by = actor.subject().ok_or(Refused::SignIn)?;
    let version = seen(&typed.version)?;
    if !can(&found, deed, now) {
        return Err(NotDone::at("", CANNOT));
    }
    let read = read(deed, typed, now)?;
    let done = async {
        let mut edit = people.store.edit().await?;
        let Some(row) = edit.membership(found.id).await? else { return Ok(Err(SEEN_OLD)) };
        if row.version != version || row.organisation != found.organisation || !can(&row, deed, now) {
            return Ok(Err(SEEN_OLD));
        }
        let reason = match read {
            Read::TookPart(at) => took_part(&mut edit, row, at, by, now).await?,
            Read::Extend => validity::extend(people, &mut edit, &row, by, now).await?,
            Read::Warn => warn(people, &mut edit, row, by, now).await?,
            Read::End => {
                lapse::end(people, &mut edit, row, Some(by), now).await?;
                "提醒到期，终止会籍"
            }
            Read::Expel(why) => expel(people, &mut edit, row, &why, by, now).await?,
            Read::Rule { restore, why } => match rule::rule(people, &mut edit, row, restore, &why, by, now).await? {
                Ok(reason) => reason,
                Err(sentence) => return Ok(Err(sentence)),
            },
        };
        let entry = Entry {
            actor: Some(by),
            role: acting_as(people, Action::DecideMembership, &held),
            action: Action::DecideMembership,
            object: &format!("membership {}", found.id),
            reason,
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        edit.finish().await?;
        Ok::<_, Failed>(Ok(()))
    };
    done.await.or_unavailable("change a membership")?.map_err(|sentence| NotDone::at("", sentence))
}

async fn took_part(
    edit: &mut Edit,
    mut row: MembershipRow,
    at: Millis,
    by: SubjectId,
    now: Millis,
) -> Result<&'static str, Failed> {
    row.took_part_at = row.took_part_at.max(Some(at));
    if !domain::membership::lapse::is_silent(row.took_part_at, now) {
        (row.warned_at, row.ends_at) = (None, None);
    }
    edit.save_membership(&row, now).await?;
    // Whoever pays or takes part is a member still: the card counts as that of somebody who joined on that day.
    edit.extend_membership(row.id, valid_until(at), now).await?;
    edit.put_membership_event(row.id, MembershipEvent::TookPart, Some(row.organisation), Some(by), now).await?;
    Ok("记录交会费或参加活动")
}

async fn warn(
    people: &People,
    edit: &mut Edit,
    row: MembershipRow,
    by: SubjectId,
    now: Millis,
) -> Result<&'static str, Failed> {
    if let Due::Warning { ends_at } = lapse::due_of(&row, now) {
        lapse::warn(people, edit, row, ends_at, Some(by), now).await?;
    }
    Ok("提醒会籍可能自动终止")
}

async fn expel(
    people: &People,
    edit: &mut Edit,
    mut row: MembershipRow,
    why: &str,
    by: SubjectId,
    now: Millis,
) -> Result<&'static str, Failed> {
    if let Some(next) = Deed::Expel.after(row.state) {
        if let Some(mut transfer) = edit.last_transfer(row.id).await?
            && transfer.transfer.state == TransferState::Open
            && transfer.transfer.withdraw(now).is_ok()
        {
            edit.save_transfer(&transfer).await?;
            end_application(people, edit, &transfer, Some(by), now).await?;
            let (kind, to) = (MembershipEvent::TransferEnded, transfer.transfer.to);
            edit.put_membership_event(row.id, kind, Some(to), Some(by), now).await?;
        }
        row.state = next;
        (row.warned_at, row.ends_at, row.ended_at) = (None, None, Some(now));
        (row.objection, row.objected_at) = (None, None);
        row.reason = sealed(people, row.subject, At::Reason(row.id), why, now).await?;
        edit.save_membership(&row, now).await?;
        edit.put_membership_event(row.id, MembershipEvent::Expelled, Some(row.organisation), Some(by), now).await?;
        cards::ended(edit, row.id, now).await?;
        let title = format!("{}开除了你的会籍", name_of(people, row.organisation));
        let text = format!(
            "原因写在会籍页里，会员证不能用了。不同意的话，{}以前在会籍页提异议，由上级工会复核。",
            day(now + OBJECT_MS)
        );
        tell(people, edit, row.subject, title, text, now).await?;
    }
    Ok("开除会籍，原因已告知本人")
}
