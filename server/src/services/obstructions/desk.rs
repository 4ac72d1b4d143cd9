//! Reports at the desk of the organisation that has them, and of those above it.
//!
//! Whoever holds a role in the employer's own union, or in something below it, is kept from the report whatever other
//! role they hold: an officer of the county who is also one of the company's does not read what is said of the company.
//! Neither does anybody handle a report of their own. Both are told what somebody is told of whom there is no report.

use super::{
    own::{row, step},
    words::{Said, opened, seal},
};
use crate::{
    services::{
        founding::{
            climb::{is_of_unit, name_of},
            contact, text,
        },
        notices::{NoticeWords, tell},
        owned::{Walk, history, note, note_look},
        people::{Failed, People, Trouble as _},
        staff::reason::reason,
    },
    store::ObstructionKept,
};
use domain::{
    account::{Actor, ObstructionId},
    founding::{ObstructionStage, unit_key},
    policy::{Action, Refused, Relation, Role},
    ports::{Listed, NotDone, ObstructionDesk, ObstructionRow},
    time::Millis,
};

const DONE_AT_MOST: usize = 1000;

/// How an actor's roles stand to a report; what it says is opened only to see who is kept from it.
async fn relations(
    people: &People,
    actor: &Actor,
    one: &ObstructionKept,
) -> Result<(Vec<(Role, Relation)>, Said), Refused> {
    let tree = people.organisations.tree();
    let held = one.owner.map(|owner| tree.relations(actor, owner)).unwrap_or_default();
    let reaches = held.iter().any(|(_, relation)| *relation == Relation::Within);
    if !reaches || actor.subject() == Some(one.subject) {
        return Ok((Vec::new(), Said::default()));
    }
    let kept_from = people.store.obstruction_kept_from(one.id).await.or_unavailable("read whom it is kept from")?;
    let said = opened(people, one).await.or_unavailable("open a report")?;
    // Also a union that came after the report.
    if is_of_unit(&tree, actor, &unit_key(&said.unit), &kept_from) {
        return Ok((Vec::new(), Said::default()));
    }
    Ok((held, said))
}

async fn find(
    people: &People,
    actor: &Actor,
    id: &str,
) -> Result<(ObstructionKept, Said, Vec<(Role, Relation)>), Refused> {
    let one = match ObstructionId::parse(id) {
        Some(id) => people.store.obstruction(id).await.or_unavailable("find a report")?,
        None => None,
    };
    let (held, said) = match &one {
        Some(one) => relations(people, actor, one).await?,
        None => (Vec::new(), Said::default()),
    };
    people.policy.check(actor, Action::HandleObstruction, &held)?;
    Ok((one.ok_or(Refused::NotFound)?, said, held))
}

pub(super) async fn list(
    people: &People,
    actor: &Actor,
    after: Option<&str>,
) -> Result<Listed<ObstructionRow>, Refused> {
    let mut walk = Walk::<ObstructionId, _>::begin(people, actor, Action::HandleObstruction, after)?;
    while let Some(at) = walk.next().await? {
        let found = people.store.obstruction(at.id).await.or_unavailable("read reports")?;
        let Some(one) = found else { continue };
        let (held, _) = relations(people, actor, &one).await?;
        if people.policy.check(actor, Action::HandleObstruction, &held).is_ok() && !walk.put(at, row(people, &one)) {
            break;
        }
    }
    Ok(walk.page())
}

async fn shown(
    people: &People,
    one: &ObstructionKept,
    said: Said,
    is_revealed: bool,
) -> Result<ObstructionDesk, Refused> {
    let tree = people.organisations.tree();
    let events = people.store.events_of(one.id).await.or_unavailable("read the way of a report")?;
    let worker = if one.contact {
        let worker = contact(people, one.subject, is_revealed).await?;
        Some((worker.name, worker.mobile))
    } else {
        None
    };
    Ok(ObstructionDesk {
        row: row(people, one),
        unit: said.unit,
        what: said.what,
        owner: one.owner.map(|id| name_of(&tree, id)).unwrap_or_default(),
        worker,
        is_revealed,
        done: said.done,
        history: history(&tree, events, step),
    })
}

pub(super) async fn one(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<ObstructionDesk, Refused> {
    let (one, said, held) = find(people, actor, id).await?;
    // Whoever reads somebody's words is written down before they are shown.
    note_look(people, actor, (one.id, &held), (Action::HandleObstruction, "看了内容"), now).await?;
    shown(people, &one, said, false).await
}

pub(super) async fn reveal(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    now: Millis,
) -> Result<ObstructionDesk, NotDone> {
    let (one, said, held) = find(people, actor, id).await?;
    people.policy.check(actor, Action::RevealMember, &held)?;
    // Once it is over there is nobody to call.
    if one.stage == ObstructionStage::Done {
        return Err(Refused::NotFound.into());
    }
    let why = reason(typed)?;
    note_look(people, actor, (one.id, &held), (Action::RevealMember, &why), now).await?;
    Ok(shown(people, &one, said, true).await?)
}

pub(super) async fn act(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    finished: bool,
    now: Millis,
) -> Result<(), NotDone> {
    let (one, _, held) = find(people, actor, id).await?;
    let Some(officer) = actor.subject() else { return Err(Refused::SignIn.into()) };
    let Some(words) = text::words("words", typed, DONE_AT_MOST)? else {
        return Err(NotDone::at(
            "words",
            "写做了什么，反映的人会看到，例：11 月 25 日约谈了单位负责人，答应不再阻拦。",
        ));
    };
    let stage = if finished { ObstructionStage::Done } else { ObstructionStage::Working };
    let sealed = seal(people, one.subject, "done", &words, now).await.or_unavailable("seal words")?;
    let mut edit = people.store.edit().await.or_unavailable("handle a report")?;
    if !edit.stage_obstruction(one.id, stage, officer, now).await.or_unavailable("handle a report")? {
        return Err(NotDone::at("", "这件事刚才已经办结了，刷新看看。"));
    }
    // Neither the employer nor what happened stands in a notice: somebody else may look over the shoulder.
    let told = NoticeWords {
        kind: "obstruction",
        title: format!("你反映的事{}", if finished { "办结了" } else { "有进展" }),
        text: format!("登记号 {}，打开看工会做了什么。", one.number),
        link: Some(format!("/me/obstructions/{}", one.id)),
    };
    let written = async {
        edit.put_obstruction_words(one.id, one.subject, &sealed, Some(officer)).await?;
        edit.put_event_of(one.id, stage.code(), one.owner, Some(officer), now).await?;
        tell(people, &mut edit, one.subject, &told, false, now).await?;
        note(people, &mut edit, actor, (one.id, &held), (Action::HandleObstruction, stage.word()), now).await?;
        Ok::<(), Failed>(edit.finish().await?)
    };
    written.await.or_unavailable("handle a report")?;
    Ok(())
}
