//! To whom an application may be handed on.

use super::find::find;
use crate::services::people::People;
use domain::{
    account::Actor,
    organisation::Organisation,
    policy::{Action, Refused},
    ports::HandOnTarget,
    time::Millis,
};

/// So many are listed.
const LISTED: usize = 20;

pub(super) async fn targets(
    people: &People,
    actor: &Actor,
    id: &str,
    text: &str,
    now: Millis,
) -> Result<Vec<HandOnTarget>, Refused> {
    let found = find(people, actor, Action::DecideApplication, id, now).await?;
    let tree = people.organisations.tree();
    let text: String = text.split_whitespace().collect();
    let takes = |one: &&Organisation| one.id != found.owner && one.is_open(now);
    let mut rows: Vec<&Organisation> = if text.is_empty() {
        let above = tree.lineage(found.owner);
        let beside = above.get(1).into_iter().flat_map(|parent| tree.children(parent.id));
        let below = tree.children(found.owner);
        above.iter().copied().chain(beside).chain(below).filter(takes).collect()
    } else {
        tree.all().filter(|one| one.name.contains(&text)).filter(takes).collect()
    };
    if !text.is_empty() {
        rows.sort_by_key(|one| (one.name.chars().count(), one.name.as_str(), one.id));
    }
    rows.dedup_by_key(|one| one.id);
    rows.truncate(LISTED);
    let target = |one: &Organisation| HandOnTarget {
        id: one.id.to_string(),
        name: one.name.clone(),
        what: match one.adcode {
            Some(adcode) => format!("{} · {}", one.kind.word(), people.regions.path(adcode)),
            None => one.kind.word().to_owned(),
        },
    };
    Ok(rows.into_iter().map(target).collect())
}
