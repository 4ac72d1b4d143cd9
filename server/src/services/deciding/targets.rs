//! To whom an application may be handed on.

use super::find::find;
use crate::services::people::{People, Trouble as _};
use domain::{
    account::{Actor, ApplicationId, OrganisationId},
    organisation::{Kind, Organisation, OrganisationTree},
    policy::{Action, Refused},
    ports::HandOnTarget,
    time::Millis,
};

/// From whom the applicant kept an application: 不想让单位知道.
pub(super) struct KeptFrom(Option<Vec<OrganisationId>>);

impl KeptFrom {
    /// Of one application.
    ///
    /// # Errors
    /// [`Refused::Unavailable`].
    pub(super) async fn of(people: &People, id: ApplicationId) -> Result<Self, Refused> {
        Ok(Self(people.store.kept_from(id).await.or_unavailable("read from whom an application is kept")?))
    }

    /// Whether from anybody at all.
    pub(super) const fn is_any(&self) -> bool {
        self.0.is_some()
    }

    /// Whether from this one: the unions of the unit that was named and all below them. Whose union another 基层工会
    /// is nobody can tell here: perhaps the same employer's under another name, so none of them gets it.
    pub(super) fn covers(&self, tree: &OrganisationTree, one: &Organisation) -> bool {
        let Some(unions) = &self.0 else { return false };
        let is_units = |one: &Organisation| {
            matches!(one.kind, Kind::Grassroots | Kind::JointGrassroots)
                || (one.kind != Kind::General && unions.contains(&one.id))
        };
        is_units(one) || tree.lineage(one.id).iter().any(|above| is_units(above))
    }
}

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
    let kept = KeptFrom::of(people, found.row.id).await?;
    let takes = |one: &&Organisation| one.id != found.owner && one.is_open(now) && !kept.covers(&tree, one);
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
