//! Reports that waited for a union that is open now, and those that are overdue: they go up.

use crate::services::{
    founding::climb::{due, name_of},
    notices::{NoticeWords, tell},
    people::{Failed, People},
};
use domain::{membership::routing::owner_of_place, time::Millis};

/// Moves what is to move; says how many.
///
/// # Errors
/// The database or the vault does not answer: the rest moves next time.
pub async fn settle(people: &People, now: Millis) -> Result<u32, Failed> {
    let mut moved = 0;
    let tree = people.organisations.tree();
    for one in people.store.obstructions_to_move(now).await? {
        let Some(next) = owner_of_place(&tree, one.adcode, one.owner, now) else { continue };
        let mut edit = people.store.edit().await?;
        if !edit.move_on((one.id, one.version), next, due(people, now), now).await? {
            continue;
        }
        let kind = if one.owner.is_some() { "escalated" } else { "sent" };
        edit.put_event_of(one.id, kind, Some(next), None, now).await?;
        let union = name_of(&tree, next);
        let words = NoticeWords {
            kind: "obstruction",
            title: "你反映的事有进展".to_owned(),
            text: format!("登记号 {}，现在由{union}办。", one.number),
            link: Some(format!("/me/obstructions/{}", one.id)),
        };
        tell(people, &mut edit, one.subject, &words, false, now).await?;
        edit.finish().await?;
        moved += 1;
    }
    Ok(moved)
}
