//! The own card: with a code of this minute, or with one for no network.

use super::{
    code::{code, masked, organisation},
    holder::{Holder, holder, name},
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::Actor,
    membership::card::CardKind,
    ports::{KeptCard, MyCard, NoCard},
    time::{DAY_MS, Millis},
};

pub(super) async fn show(people: &People, actor: &Actor, now: Millis) -> Result<MyCard, NoCard> {
    let holder = holder(people, actor, now).await?;
    let name = name(people, &holder).await.or_unavailable("open a name")?;
    let name = name.as_ref().map(crate::vault::Secret::reveal);
    let code = code(people, &holder, CardKind::Online, name, now)?;
    let organisation = organisation(people, &holder);
    let Holder { member, .. } = holder;
    Ok(MyCard {
        name: name.map_or_else(|| masked(None), str::to_owned),
        organisation,
        number: member.number,
        occupation: member.occupation,
        state: member.state,
        valid_until: member.valid_until,
        code,
    })
}

pub(super) async fn keep(people: &People, actor: &Actor, now: Millis) -> Result<KeptCard, NoCard> {
    let holder = holder(people, actor, now).await?;
    let issued_at = issued_at(people, &holder, now).await.or_unavailable("issue a code for no network")?;
    let name = name(people, &holder).await.or_unavailable("open a name")?;
    let name = name.as_ref().map(crate::vault::Secret::reveal);
    let code = code(people, &holder, CardKind::Offline, name, issued_at)?;
    let organisation = organisation(people, &holder);
    let Holder { member, .. } = holder;
    Ok(KeptCard {
        name: masked(name),
        organisation,
        occupation: member.occupation,
        valid_until: member.valid_until,
        code,
    })
}

/// When the code for no network was signed: at most once a day another one.
async fn issued_at(people: &People, holder: &Holder, now: Millis) -> Result<Millis, Failed> {
    let is_of_today = |at: &Millis| *at > now - DAY_MS;
    if let Some(at) = holder.card.offline_at.filter(is_of_today) {
        return Ok(at);
    }
    let mut edit = people.store.edit().await?;
    edit.put_offline(holder.card.id, now - DAY_MS, now).await?;
    // Another server may have been first: what is in the database is what counts.
    let card = edit.card(holder.member.id, holder.member.organisation, holder.card.id, now).await?;
    edit.finish().await?;
    Ok(card.and_then(|card| card.offline_at).unwrap_or(now))
}
