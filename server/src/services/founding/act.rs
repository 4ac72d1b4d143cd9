//! What an officer does about a request: writing, and saying what became of it.

use super::{
    climb::name_of,
    desk::{find, same_unit},
    start::WORDS_AT_MOST,
    text, told,
    words::seal,
};
use crate::services::{
    owned::note,
    people::{Failed, People, Trouble as _},
    staff::reason::reason,
};
use domain::{
    account::{Actor, OrganisationId, SubjectId},
    founding::{FoundingOutcome, UnionState, WORKED_ON_WITHIN_DAYS},
    membership::due_after,
    organisation::OrganisationTree,
    policy::{Action, Refused},
    ports::{NotDone, Stations as _, TypedOutcome},
    time::Millis,
};

const HANDLE: Action = Action::HandleFounding;

pub(super) async fn message(people: &People, actor: &Actor, id: &str, typed: &str, now: Millis) -> Result<(), NotDone> {
    let (one, members, held) = find(people, actor, id).await?;
    let Some(officer) = actor.subject() else { return Err(Refused::SignIn.into()) };
    if !one.stage.is_open() {
        return Err(NotDone::at("", "这件事已经办结，不能再写了。"));
    }
    let Some(words) = text::words("words", typed, WORDS_AT_MOST)? else {
        return Err(NotDone::at("words", "写一句话，例：周三下午三点我们到站里来，方便吗？"));
    };
    let starter = one.starter;
    let to: Vec<(SubjectId, bool)> =
        members.iter().copied().filter(|(member, contact)| *contact || Some(*member) == starter).collect();
    if to.is_empty() {
        return Err(NotDone::at("", "发起人退出了，也没有人愿意被联系。没人能收到，请直接写办理结果。"));
    }
    let sealed = match starter {
        Some(starter) => Some(seal(people, starter, &words, true, now).await.or_unavailable("seal words")?),
        None => None,
    };
    let due_again = due_after(&people.finder.calendar(), now, WORKED_ON_WITHIN_DAYS);
    let written = async {
        let mut edit = people.store.edit().await?;
        if let Some(sealed) = &sealed {
            edit.put_founding_words(one.id, sealed, Some(officer)).await?;
        }
        told::everybody(people, &mut edit, &one, &to, ("工会给你来信：建会", words.clone()), now).await?;
        if edit.contact_founding(one.id, due_again, now).await? {
            edit.put_event_of(one.id, "contacted", one.owner, Some(officer), now).await?;
            edit.set_union_by_founding(one.id, UnionState::Preparing, now).await?;
            let others: Vec<_> = members.iter().copied().filter(|member| !to.contains(member)).collect();
            let union = one.owner.map(|id| name_of(&people.organisations.tree(), id)).unwrap_or_default();
            let text = format!("{union}开始办“{}”的建会了，已经联系了愿意被联系的工友。", one.unit.0);
            told::everybody(people, &mut edit, &one, &others, ("建会有进展", text), now).await?;
        }
        note(people, &mut edit, actor, (one.id, &held), (HANDLE, "给发起人写信"), now).await?;
        Ok::<(), Failed>(edit.finish().await?)
    };
    written.await.or_unavailable("write to a starter")?;
    Ok(())
}

/// The organisation of a whole name or a code.
pub fn organisation(tree: &OrganisationTree, typed: &str) -> Result<Option<OrganisationId>, NotDone> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if let Some(one) = tree.by_code(typed) {
        return Ok(Some(one.id));
    }
    let mut named = tree.all().filter(|one| one.name == typed);
    match (named.next(), named.next()) {
        (Some(one), None) => Ok(Some(one.id)),
        (Some(_), Some(_)) => Err(NotDone::at("organisation", "叫这个名字的不止一个，请写统一社会信用代码。")),
        (None, _) => {
            Err(NotDone::at("organisation", "没有叫这个名字的工会。写全称或者统一社会信用代码；还没登记的可以先空着。"))
        }
    }
}

pub(super) async fn conclude(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &TypedOutcome,
    now: Millis,
) -> Result<(), NotDone> {
    let (one, members, held) = find(people, actor, id).await?;
    let Some(officer) = actor.subject() else { return Err(Refused::SignIn.into()) };
    let outcome = FoundingOutcome::parse(&typed.outcome).ok_or_else(|| NotDone::at("outcome", "选一个结果。"));
    let tree = people.organisations.tree();
    let (outcome, organisation) = text::all(outcome, organisation(&tree, &typed.organisation))?;
    let why = match outcome {
        FoundingOutcome::None => Some(reason(&typed.reason)?),
        FoundingOutcome::Placed if organisation.is_none() => {
            return Err(NotDone::at("organisation", "编入哪个工会？写全称或者统一社会信用代码。"));
        }
        _ => None,
    };
    let organisation = organisation.filter(|_| outcome != FoundingOutcome::None);
    // A union that is there is there for all who asked; whose request comes to nothing is said to each.
    let others = match outcome {
        FoundingOutcome::None => Vec::new(),
        _ => same_unit(people, actor, &one).await?,
    };
    let name = organisation.map(|id| format!("：{}", name_of(&tree, id))).unwrap_or_default();
    let because = why.as_deref().map(|why| format!("原因：{why}。")).unwrap_or_default();
    let text = format!("“{}”的建会办结了，{}{name}。{because}", one.unit.0, outcome.word());
    let mut edit = people.store.edit().await.or_unavailable("end a request")?;
    let result = (outcome, organisation, why.as_deref());
    if !edit.conclude_founding(one.id, result, officer, now).await.or_unavailable("end a request")? {
        return Err(NotDone::at("", "这件事刚才已经有人办结了，刷新看看结果。"));
    }
    let written = async {
        for (at, (one, members, held)) in std::iter::once((one, members, held)).chain(others).enumerate() {
            if at > 0 && !edit.conclude_founding(one.id, result, officer, now).await? {
                continue;
            }
            edit.put_event_of(one.id, "done", organisation, Some(officer), now).await?;
            edit.set_union_by_founding(one.id, outcome.union(), now).await?;
            told::everybody(people, &mut edit, &one, &members, ("建会有结果了", text.clone()), now).await?;
            note(people, &mut edit, actor, (one.id, &held), (HANDLE, outcome.word()), now).await?;
        }
        Ok::<(), Failed>(edit.finish().await?)
    };
    written.await.or_unavailable("end a request")?;
    Ok(())
}
