//! Where a membership can go.

use super::super::{own::own, told::name_of};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::{Actor, OrganisationId},
    membership::{Deed, transfer},
    organisation::{Organisation, OrganisationTree},
    policy::{Action, Refused},
    ports::{Target, TransferForm},
    time::Millis,
};

/// So many are shown.
const SHOWN: usize = 8;

/// Who would take a member in who wants to go to an organisation: the first that is 已开通, from it upwards.
pub(super) fn target(people: &People, wanted: OrganisationId, now: Millis) -> Option<OrganisationId> {
    transfer::open_from(&people.organisations.tree(), wanted, now)
}

/// Who takes in, and the name of the nearest that nobody takes in for: it is there and not 已开通.
fn found(tree: &OrganisationTree, text: &str, from: OrganisationId, now: Millis) -> (Vec<Target>, Option<String>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return (Vec::new(), None);
    }
    // A word may stand in the name of one, and another in the name of what it stands under: `郑州 二七`.
    let fits = |one: &&Organisation| {
        words.iter().any(|word| one.name.contains(word))
            && words.iter().all(|word| tree.lineage(one.id).iter().any(|above| above.name.contains(word)))
    };
    let mut fitting: Vec<&Organisation> = tree.all().filter(fits).collect();
    fitting.sort_by_key(|one| (!one.is_open(now), one.level, one.name.chars().count(), one.name.as_str(), one.id));
    let mut targets: Vec<Target> = Vec::new();
    let mut closed = None;
    for one in fitting {
        let Some(takes) = transfer::open_from(tree, one.id, now).and_then(|id| tree.get(id)) else {
            closed = closed.or_else(|| Some(one.name.clone()));
            continue;
        };
        let id = takes.id.to_string();
        if takes.id == from || targets.iter().any(|target| target.id == id) {
            continue;
        }
        let above = takes.parent.and_then(|parent| tree.get(parent)).map(|above| format!(" · {}", above.name));
        targets.push(Target {
            id,
            name: takes.name.clone(),
            what: format!("{} · {}{}", takes.kind.word(), takes.level.word(), above.unwrap_or_default()),
            instead_of: (takes.id != one.id).then(|| one.name.clone()),
        });
        if targets.len() == SHOWN {
            break;
        }
    }
    (targets, closed)
}

pub(in super::super) async fn form(
    people: &People,
    actor: &Actor,
    text: &str,
    now: Millis,
) -> Result<Option<TransferForm>, Refused> {
    let subject = own(people, actor, Action::ReadMembership)?;
    let row = async { Ok::<_, Failed>(people.store.membership_of(subject).await?) };
    let row = row.await.or_unavailable("read a membership")?;
    let Some(row) = row.filter(|row| Deed::AskTransfer.after(row.state).is_some()) else { return Ok(None) };
    let tree = people.organisations.tree();
    let decides = transfer::open_from(&tree, row.organisation, now).unwrap_or(row.organisation);
    let (targets, closed) = found(&tree, text, row.organisation, now);
    Ok(Some(TransferForm {
        from: name_of(people, row.organisation),
        decides: name_of(people, decides),
        due_at: now + transfer::ANSWER_MS,
        targets,
        closed,
    }))
}
