//! Everything but approving: refuse, ask back, hand on, the same person or not.

use super::{
    approve::end_as_merged,
    find::{Found, audit, begin, due, find, is_waiting, name_of, shown, whats_now},
    opened::place,
    page::others,
    targets::KeptFrom,
    tell::{News, hears, moved},
};
use crate::{
    services::{
        people::{People, Trouble as _},
        staff::reason::reason,
    },
    store::{Decided, Edit, LikelyRow, StoreError},
    vault::Owner,
};
use domain::{
    account::{Actor, ApplicationId, MembershipId, OrganisationId},
    membership::ApplicationState,
    policy::{Action, Refused},
    ports::{Decision, NotDecided, NotDone, OtherKind},
    time::Millis,
};

/// Characters of what an applicant reads.
const WORDS_AT_MOST: usize = 300;

fn wrong(field: &'static str, sentence: impl Into<String>) -> NotDecided {
    NotDecided::Wrong(field, sentence.into())
}

/// What the applicant reads: a sentence at least.
fn words(typed: &str, ask: &str) -> Result<String, NotDecided> {
    let text: String = typed.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let text = text.trim().to_owned();
    match text.chars().count() {
        0..4 => Err(wrong("words", ask)),
        4..=WORDS_AT_MOST => Ok(text),
        long => Err(wrong("words", format!("最多 {WORDS_AT_MOST} 个字，现在有 {long} 个，请删短一些。"))),
    }
}

/// The sentence of a reason for the log, at the field of this form.
fn logged(typed: &str) -> Result<String, NotDecided> {
    reason(typed).map_err(|NotDone { wrong: fields, .. }| {
        let sentence = fields.into_iter().next().map(|(_, sentence)| sentence).unwrap_or_default();
        wrong("reason", sentence)
    })
}

pub(super) async fn decide(
    people: &People,
    actor: &Actor,
    id: &str,
    version: i64,
    decision: &Decision,
    now: Millis,
) -> Result<(), NotDecided> {
    if *decision == Decision::Unmerge {
        return unmerge(people, actor, id, version, now).await;
    }
    let found = shown(people, actor, id, version, now).await?;
    let other = match decision {
        Decision::Different(other) | Decision::Same(other) => Some(other_record(people, actor, &found, other).await?),
        _ => None,
    };
    let kept = match decision {
        Decision::HandOn { .. } => Some(KeptFrom::of(people, found.row.id).await?),
        _ => None,
    };
    let mut edit = begin(people, actor, &found).await?;
    let (is_written, noted) = match decision {
        Decision::Refuse(typed) => {
            let words = words(typed, "写清楚为什么不通过、他可以怎么办，申请人会看到。")?;
            let to = ApplicationState::Rejected;
            (answer(people, actor, &found, &mut edit, (to, &words), now).await?, "不通过".to_owned())
        }
        Decision::AskBack(typed) => {
            let words = words(typed, "写清楚还缺什么，申请人会看到。")?;
            let to = ApplicationState::NeedsInfo;
            (answer(people, actor, &found, &mut edit, (to, &words), now).await?, "请申请人补充材料".to_owned())
        }
        Decision::HandOn { to, reason } => {
            let why = logged(reason)?;
            let to = target(people, &found, (to, kept.as_ref()), now)?;
            (hand_on(people, actor, &found, &mut edit, to, now).await?, format!("转给 organisation {to}：{why}"))
        }
        Decision::Different(_) => {
            let other = other.as_ref().map_or([0; 16], |other| other.id);
            let put = edit.put_ruling(found.row.id, other, None, actor.subject(), now).await;
            put.or_unavailable("keep a ruling")?;
            (true, "看过重复的记录：不是同一个人".to_owned())
        }
        Decision::Same(_) => match &other {
            Some(other) => {
                let merged = merge(people, actor, &found, &mut edit, other, now).await?;
                (merged, "和另一份记录是同一个人，合并".to_owned())
            }
            None => return Err(Refused::NotFound.into()),
        },
        Decision::Unmerge => return Ok(()),
    };
    if !is_written {
        drop(edit);
        return Err(whats_now(people, found.row.id).await?);
    }
    audit(people, &mut edit, actor, &found, (Action::DecideApplication, &noted), now).await?;
    edit.finish().await.or_unavailable("decide an application")?;
    Ok(())
}

/// Refuses, or asks back: with words under the applicant's key.
async fn answer(
    people: &People,
    actor: &Actor,
    found: &Found,
    edit: &mut Edit,
    (to, words): (ApplicationState, &str),
    now: Millis,
) -> Result<bool, Refused> {
    let (row, by) = (&found.row, actor.subject());
    let sealed = people.vault.seal(Owner::Subject(found.subject), place(row, "reason"), words, now).await;
    let sealed = sealed.or_unavailable("seal a reason")?;
    let is_end = to == ApplicationState::Rejected;
    let decided = Decided {
        decided_at: is_end.then_some(now),
        decided_by: by.filter(|_| is_end),
        authority: is_end.then_some(found.authority.as_str()),
        reason: Some(&sealed.0),
    };
    let written = async {
        if !edit.decide_application(row.id, row.version, to, &decided, now).await? {
            return Ok(false);
        }
        let kind = if is_end { "rejected" } else { "asked" };
        edit.put_application_event(row.id, kind, Some(found.owner), by, now).await?;
        let whom = (found.subject, row.id);
        let news = if is_end { News::Refused(&found.authority) } else { News::Asked(&found.authority) };
        hears(people, edit, whom, news, now).await?;
        Ok::<_, crate::services::people::Failed>(true)
    };
    written.await.or_unavailable("answer an applicant")
}

/// An organisation that takes it: another one, 已开通, and none that the applicant kept it from.
fn target(
    people: &People,
    found: &Found,
    (to, kept): (&str, Option<&KeptFrom>),
    now: Millis,
) -> Result<OrganisationId, NotDecided> {
    let tree = people.organisations.tree();
    let Some(one) = OrganisationId::parse(to).and_then(|id| tree.get(id)) else {
        return Err(wrong("to", "选一个要转给的组织。"));
    };
    if one.id == found.owner {
        return Err(wrong("to", "这份申请已经在这个组织了，选另一个。"));
    }
    if kept.is_some_and(|kept| kept.covers(&tree, one)) {
        return Err(wrong("to", "申请人选了不让单位知道，不能转给单位的工会。选地方上的工会。"));
    }
    if !one.is_open(now) {
        return Err(wrong("to", format!("{}还没有开通网上入会，转过去没有人看。选另一个。", one.name)));
    }
    Ok(one.id)
}

async fn hand_on(
    people: &People,
    actor: &Actor,
    found: &Found,
    edit: &mut Edit,
    to: OrganisationId,
    now: Millis,
) -> Result<bool, Refused> {
    let row = &found.row;
    let due_at = due(people, now);
    let written = async {
        if !edit.hand_on(row.id, row.version, to, due_at, now).await? {
            return Ok(false);
        }
        edit.put_application_event(row.id, "reassigned", Some(to), actor.subject(), now).await?;
        moved(people, edit, found.subject, row.id, &name_of(people, to), now).await?;
        Ok::<_, crate::services::people::Failed>(true)
    };
    written.await.or_unavailable("hand an application on")
}

/// The record that is meant, if it is among those that were shown: no other id is taken.
async fn other_record(people: &People, actor: &Actor, found: &Found, other: &str) -> Result<LikelyRow, NotDecided> {
    let shown = others(people, actor, &found.row).await?;
    let meant = shown.into_iter().find(|(_, one)| one.id == other).map(|(row, _)| row);
    meant.ok_or_else(|| NotDecided::Outdated("那份记录已经变了，看一遍再定。".to_owned()))
}

async fn merge(
    people: &People,
    actor: &Actor,
    found: &Found,
    edit: &mut Edit,
    other: &LikelyRow,
    now: Millis,
) -> Result<bool, NotDecided> {
    if !stays(edit, found, other).await.or_unavailable("lock another record")? {
        return Err(NotDecided::Outdated("那份记录已经办完或者终止了，没有合并。看一遍再定。".to_owned()));
    }
    let kept = (other.kind == OtherKind::Membership).then_some(other.id);
    let words = match other.kind {
        OtherKind::Membership => {
            "你已经有会籍了，不用再入一次。看不到会籍，就用入会时的手机号登录；不是你本人，打 12351。"
        }
        OtherKind::Application => "你还有另一份入会申请，这两份合成了一份，接着办那一份。不是你本人办的，打 12351。",
    };
    let merged = end_as_merged(people, actor, found, edit, (other.id, kept), words, now).await;
    Ok(merged.or_unavailable("merge an application")?)
}

/// Whether what this application ends for is there still, locked until the end of the transaction: of one person's
/// applications one stays open, also where two officers merge each into the other at the same moment.
async fn stays(edit: &mut Edit, found: &Found, other: &LikelyRow) -> Result<bool, StoreError> {
    if other.kind == OtherKind::Membership {
        let kept = edit.membership(MembershipId(other.id)).await?;
        return Ok(kept.is_some_and(|kept| kept.state.is_member()));
    }
    let other = ApplicationId(other.id);
    let mut both = [found.row.id, other];
    both.sort_unstable_by_key(|id| id.0);
    let mut stays = false;
    for id in both {
        let kept = edit.application(id).await?;
        if id == other {
            stays = kept.is_some_and(|kept| is_waiting(kept.state));
        }
    }
    Ok(stays)
}

/// A merge was wrong: the application is open again, with a new due date.
async fn unmerge(people: &People, actor: &Actor, id: &str, version: i64, now: Millis) -> Result<(), NotDecided> {
    let found = find(people, actor, Action::DecideApplication, id, now).await?;
    let row = &found.row;
    let rulings = people.store.rulings(&[row.id]).await.or_unavailable("read rulings")?;
    if row.version != version || is_waiting(row.state) || !rulings.iter().any(|ruling| ruling.is_merge) {
        return Err(whats_now(people, row.id).await?);
    }
    let mut edit = begin(people, actor, &found).await?;
    let due_at = due(people, now);
    if !edit.reopen_application(row.id, version, due_at, now).await.or_unavailable("undo a merge")? {
        return Err(wrong("", "没有恢复：他已经又开始了一份新的申请，或者同事刚动过这一份。"));
    }
    let noted = async {
        edit.undo_merges(row.id, actor.subject(), now).await?;
        edit.put_application_event(row.id, "unmerged", Some(found.owner), actor.subject(), now).await?;
        hears(people, &mut edit, (found.subject, row.id), News::Reopened(&found.authority), now).await
    };
    noted.await.or_unavailable("undo a merge")?;
    audit(people, &mut edit, actor, &found, (Action::DecideApplication, "取消合并"), now).await?;
    edit.finish().await.or_unavailable("undo a merge")?;
    Ok(())
}
