//! Who holds a card, and which.

use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{CardMember, CardRow, RevokedFor},
    vault::{Owner, Place, Secret, VaultError, random},
};
use domain::{
    account::{Actor, SubjectId},
    membership::card::CardId,
    policy::{Action, Refused, Relation, Role},
    ports::NoCard,
    time::Millis,
};

/// Somebody with a card.
pub(super) struct Holder {
    pub subject: SubjectId,
    pub member: CardMember,
    pub card: CardRow,
}

/// The actor as the holder of a card; the card is made where there is none yet.
pub(super) async fn holder(people: &People, actor: &Actor, now: Millis) -> Result<Holder, NoCard> {
    people.policy.check(actor, Action::ShowCard, &[(Role::Worker, Relation::Own)])?;
    let subject = actor.subject().ok_or(Refused::SignIn)?;
    let member = people.store.card_member(subject).await.or_unavailable("find a membership")?;
    let Some(member) = member.filter(|member| member.state.has_card()) else {
        let standing = people.store.without_card(subject).await.or_unavailable("see how somebody stands")?;
        return Err(match standing {
            (Some(number), _) => NoCard::Pending(number),
            (None, true) => NoCard::Former,
            (None, false) => NoCard::Never,
        });
    };
    let card = card(people, &member, now).await.or_unavailable("find a card")?.ok_or(Refused::Unavailable)?;
    Ok(Holder { subject, member, card })
}

async fn card(people: &People, member: &CardMember, now: Millis) -> Result<Option<CardRow>, Failed> {
    let known = people.store.card_of(member.id).await?;
    if let Some(card) = known.filter(|card| card.organisation == member.organisation) {
        return Ok(Some(card));
    }
    let mut edit = people.store.edit().await?;
    if known.is_some() {
        edit.revoke_card(member.id, RevokedFor::Moved, now).await?;
    }
    let card = edit.card(member.id, member.organisation, CardId(random()), now).await?;
    edit.finish().await?;
    Ok(card)
}

/// 姓名: of the account, else of the application.
pub(super) async fn name(people: &People, holder: &Holder) -> Result<Option<Secret>, Failed> {
    let contact = people.store.contact_of(holder.subject).await?;
    let place = Place { table: "subject", column: "name", row: holder.subject.0 };
    let sealed = contact.name.map(|sealed| (place, sealed)).or_else(|| {
        let (application, sealed) = holder.member.applied.clone()?;
        Some((Place { table: "application", column: "name", row: application.0 }, sealed))
    });
    let Some((place, sealed)) = sealed else { return Ok(None) };
    match people.vault.open(Owner::Subject(holder.subject), place, &sealed).await {
        Ok(name) => Ok(Some(name)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
