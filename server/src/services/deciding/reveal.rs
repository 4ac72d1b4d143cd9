//! An applicant's numbers, whole, once, with a reason that is written down before they are shown.

use super::{
    find::{audit, find},
    opened,
};
use crate::services::{
    people::{People, Trouble as _},
    staff::reason::reason,
};
use domain::{
    account::Actor,
    policy::Action,
    ports::{NotDone, RevealedApplicant},
    time::Millis,
};

pub(super) async fn reveal(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    now: Millis,
) -> Result<RevealedApplicant, NotDone> {
    let found = find(people, actor, Action::RevealMember, id, now).await?;
    let why = reason(typed)?;
    let mut edit = people.store.edit().await.or_unavailable("note that numbers were shown")?;
    audit(people, &mut edit, actor, &found, (Action::RevealMember, &why), now).await?;
    edit.finish().await.or_unavailable("note that numbers were shown")?;
    let mut facts = Vec::new();
    facts.extend(opened::document(people, &found.row, true, now).await?);
    facts.extend(opened::mobile(people, found.subject, true).await?.map(|mobile| ("手机号", mobile)));
    let name = opened::name(people, &found.row).await?;
    Ok(RevealedApplicant { name: name.map(|name| name.reveal().to_owned()).unwrap_or_default(), facts })
}
