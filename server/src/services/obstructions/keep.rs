//! Reports that waited for a union that is open now, and those that are overdue: they go up.

use crate::services::{
    founding::climb::{above, due, name_of, taker},
    notices::{NoticeWords, tell},
    people::{Failed, People},
};
use domain::time::Millis;

/// Moves what is to move; says how many.
///
/// # Errors
/// The database or the vault does not answer: the rest moves next time.
pub async fn settle(people: &People, now: Millis) -> Result<u32, Failed> {
    let mut moved = 0;
    let tree = people.organisations.tree();
    for one in people.store.obstructions_to_move(now).await? {
        let next = match one.owner {
            Some(owner) => above(&tree, owner, now),
            None => taker(&tree, one.adcode, now),
        };
        // At the top it stays where it is, with a new date: somebody has to look at it again.
        let still = one.owner.filter(|owner| tree.get(*owner).is_some()).or_else(|| taker(&tree, one.adcode, now));
        let Some(next) = next.or(still) else { continue };
        let mut edit = people.store.edit().await?;
        if !edit.move_obstruction(&one, next, due(people, now), now).await? {
            continue;
        }
        let kind = if one.owner.is_some() { "escalated" } else { "sent" };
        edit.put_obstruction_event(one.id, kind, Some(next), None, now).await?;
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
