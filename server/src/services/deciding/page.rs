//! One application at its officer's desk.

use super::{
    find::{find, is_waiting, name_of},
    opened,
    reveal::may_reveal,
};
use crate::{
    services::people::{People, Trouble as _},
    store::{DecidingRow, LikelyRow, RulingRow},
    vault::Lookup,
};
use domain::{
    account::{Actor, ApplicationId, OrganisationId},
    membership::routing::{Passed, Rule},
    policy::{Action, Refused},
    ports::{DeskApplication, Likely, OtherKind},
    time::Millis,
};
use std::{collections::HashMap, slice};

pub(super) async fn page(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<DeskApplication, Refused> {
    let found = find(people, actor, Action::ReadApplication, id, now).await?;
    let may_reveal = may_reveal(people, actor, &found).await?;
    let row = &found.row;
    let likely = likely(people, actor, row).await?;
    let rulings = people.store.rulings(&[row.id]).await.or_unavailable("read rulings")?;
    let name = opened::name(people, row).await?;
    let reason = opened::column(people, row, "reason", row.reason.as_deref()).await?;
    let answer = opened::column(people, row, "answer", row.answer.as_deref()).await?;
    let events = people.store.application_history(row.id).await.or_unavailable("read what happened")?;
    let membership = people.store.member_number_of(row.id).await.or_unavailable("read a membership")?;
    let is_open = is_waiting(row.state);
    Ok(DeskApplication {
        id: row.id.to_string(),
        version: row.version,
        state: row.state,
        kind: row.kind,
        lane: row.lane,
        number: row.number.clone().unwrap_or_default(),
        name: name.map_or_else(|| "读不出来了".to_owned(), |name| name.reveal().to_owned()),
        facts: opened::facts(people, row, may_reveal, now).await?,
        due_at: row.due_at.filter(|_| is_open),
        is_overdue: is_open && row.due_at.is_some_and(|due_at| due_at < now),
        submitted_at: row.submitted_at.unwrap_or_default(),
        route: route(people, row.route.as_deref()),
        history: events.iter().map(|(kind, at, when)| (*when, happened(people, kind, *at))).collect(),
        reason: reason.map(|words| words.reveal().to_owned()),
        answer: answer.map(|words| words.reveal().to_owned()),
        likely,
        may_reveal,
        is_merged: !is_open && rulings.iter().any(|ruling| ruling.is_merge),
        decided: row.authority.clone().zip(row.decided_at),
        membership,
        owner: found.authority,
    })
}

/// Other records of the same person, as the actor may see them, and what was said about them.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn likely(people: &People, actor: &Actor, row: &DecidingRow) -> Result<Vec<Likely>, Refused> {
    Ok(others(people, actor, row).await?.into_iter().map(|(_, shown)| shown).collect())
}

/// As [`likely`], each with the record that it stands for.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn others(people: &People, actor: &Actor, row: &DecidingRow) -> Result<Vec<(LikelyRow, Likely)>, Refused> {
    Ok(others_of(people, actor, slice::from_ref(row)).await?.remove(&row.id).unwrap_or_default())
}

/// As [`likely`] of a page of applications at once. One that there is no other record of is not among them.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn likely_of(
    people: &People,
    actor: &Actor,
    rows: &[DecidingRow],
) -> Result<HashMap<ApplicationId, Vec<Likely>>, Refused> {
    let others = others_of(people, actor, rows).await?;
    Ok(others.into_iter().map(|(id, of)| (id, of.into_iter().map(|(_, shown)| shown).collect())).collect())
}

async fn others_of(
    people: &People,
    actor: &Actor,
    rows: &[DecidingRow],
) -> Result<HashMap<ApplicationId, Vec<(LikelyRow, Likely)>>, Refused> {
    let ids: Vec<ApplicationId> = rows.iter().map(|row| row.id).collect();
    let found = people.store.likely(&ids).await.or_unavailable("look for the same person")?;
    let ids: Vec<ApplicationId> = found.keys().copied().collect();
    let rulings = people.store.rulings(&ids).await.or_unavailable("read rulings")?;
    let with_membership = people.store.with_membership(&ids).await.or_unavailable("read memberships")?;
    let of = |row: &DecidingRow| {
        // What came of this application is no other record.
        let own = with_membership.contains(&row.id);
        let foreign =
            found.get(&row.id)?.iter().filter(|other| !(own && other.kind == OtherKind::Membership && other.is_member));
        Some((row.id, foreign.map(|other| (*other, shown(people, actor, row, other, &rulings))).collect()))
    };
    Ok(rows.iter().filter_map(of).collect())
}

/// What stands for another record on the page of one application. Its id would tell when it began.
fn handle(people: &People, row: &DecidingRow, other: &LikelyRow) -> String {
    let of = format!("{}:{}", row.id, data_encoding::HEXLOWER.encode(&other.id));
    data_encoding::HEXLOWER.encode(&people.vault.hash(Lookup::Likely, &of)[..16])
}

/// All that is told of a record out of reach.
const fn outside(other: &LikelyRow) -> &'static str {
    match (other.kind, other.is_member) {
        (OtherKind::Application, _) => "申请在办",
        (OtherKind::Membership, true) => "会员",
        (OtherKind::Membership, false) => "以前的记录",
    }
}

fn shown(people: &People, actor: &Actor, row: &DecidingRow, other: &LikelyRow, rulings: &[RulingRow]) -> Likely {
    let tree = people.organisations.tree();
    let within = |id: &OrganisationId| {
        let action = match other.kind {
            OtherKind::Membership => Action::ReadMembership,
            OtherKind::Application => Action::ReadApplication,
        };
        people.policy.check(actor, action, &tree.relations(actor, *id)).is_ok()
    };
    let seen = other.organisation.filter(within);
    let link = (other.kind == OtherKind::Application && seen.is_some())
        .then(|| format!("/desk/applications/{}", data_encoding::HEXLOWER.encode(&other.id)));
    // One's own stays one's own, also as a colleague's duplicate.
    let link = link.filter(|_| other.subject.is_some() && other.subject != actor.subject());
    Likely {
        kind: other.kind,
        by: other.by,
        state: if seen.is_some() { other.state } else { outside(other) },
        is_member: other.is_member,
        since: seen.map(|_| other.since),
        organisation: seen.map(|id| name_of(people, id)),
        link,
        is_dismissed: rulings
            .iter()
            .any(|ruling| ruling.application == row.id && ruling.other == other.id && !ruling.is_merge),
        id: handle(people, row, other),
    }
}

/// The way so far, as it was written when the application was sent or went on.
fn route(people: &People, json: Option<&str>) -> Vec<String> {
    let steps: Vec<serde_json::Value> = json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let words = |step: &serde_json::Value| {
        let text = |key: &str| step.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let organisation = text("organisation");
        let name = OrganisationId::parse(&organisation).map_or(organisation, |id| name_of(people, id));
        let rule = Rule::parse(&text("rule")).map(|rule| rule.word().replace('你', "申请人"));
        let passed = Passed::parse(&text("passed")).map_or("由它受理", Passed::word);
        match rule {
            Some(rule) => format!("{name}（{rule}）：{passed}"),
            None => format!("{name}：{passed}"),
        }
    };
    steps.iter().map(words).collect()
}

fn happened(people: &People, kind: &str, at: Option<OrganisationId>) -> String {
    let at = at.map(|id| name_of(people, id)).unwrap_or_default();
    match kind {
        "submitted" => format!("提交，{at}受理"),
        "escalated" => format!("转到上级：{at}"),
        "reassigned" => format!("转给{at}"),
        "overdue" => format!("到期没办，上级没有开通，重新计期：{at}"),
        "ran_out" => "30 天没有补充材料，自动收回".to_owned(),
        "asked" => format!("{at}请补充材料"),
        "answered" => "本人补充了材料".to_owned(),
        "approved" => format!("{at}通过"),
        "rejected" => format!("{at}没有通过"),
        "withdrawn" => "本人撤回".to_owned(),
        "merged" => format!("{at}认定是同一个人，合并"),
        "unmerged" => format!("{at}取消合并，接着办"),
        _ => "有变动".to_owned(),
    }
}
