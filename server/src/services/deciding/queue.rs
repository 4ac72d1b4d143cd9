//! The applications that wait, by due date.

use super::{find::name_of, opened, own::Own, page::likely_of};
use crate::{
    services::people::{People, Trouble as _},
    store::{DecidingRow, QueueOf, Roots},
};
use domain::{
    account::{Actor, ApplicationId, OrganisationId, Reach, SubjectId},
    membership::{ApplicationKind, ApplicationState},
    policy::{Action, Refused, Relation, Role},
    ports::{QUEUE_ROWS, Queue, QueueCounts, QueueFilter, QueueRow, Waiting},
    time::Millis,
};
use std::collections::HashMap;

/// So many organisations are offered to choose from.
const CHOICES: usize = 50;

/// The ground of an actor's roles that may do this, each role where it reaches.
#[must_use]
pub fn ground(actor: &Actor) -> Vec<(Role, Relation)> {
    actor.grants().iter().map(|grant| (grant.role, Relation::Within)).collect()
}

/// Where an actor's queue begins, and who the actor is.
fn roots(people: &People, actor: &Actor) -> Result<(Roots, SubjectId), Refused> {
    people.policy.check(actor, Action::ListApplications, &ground(actor))?;
    let subject = actor.subject().ok_or(Refused::SignIn)?;
    let reaches = actor
        .grants()
        .iter()
        .filter(|grant| {
            let may = |relation| people.policy.allows(grant.role, Action::ListApplications, relation);
            may(Relation::Within) || may(Relation::Any)
        })
        .map(|grant| &grant.reach);
    let mut below = Vec::new();
    for reach in reaches {
        match reach {
            Reach::Everywhere => return Ok((Roots::Everywhere, subject)),
            Reach::Tree(id) => below.push(*id),
            Reach::Station(_) => {}
        }
    }
    // A role that reaches no organisation lists nothing; a statement needs one to begin with.
    if below.is_empty() {
        below.push(OrganisationId([0; 16]));
    }
    Ok((Roots::Below(below), subject))
}

pub(super) async fn queue(people: &People, actor: &Actor, filter: &QueueFilter, now: Millis) -> Result<Queue, Refused> {
    let (mine, subject) = roots(people, actor)?;
    let tree = people.organisations.tree();
    let waiting = people.store.waiting(&mine, now).await.or_unavailable("count applications")?;
    let chosen = OrganisationId::parse(&filter.organisation)
        .filter(|id| people.policy.check(actor, Action::ListApplications, &tree.relations(actor, *id)).is_ok());
    let part = Waiting::parse(&filter.waiting).unwrap_or(Waiting::Submitted);
    let occupations = people.store.occupation_words().await.or_unavailable("read occupations")?;
    let occupation = occupations.iter().find(|(code, _)| *code == filter.occupation).map(|(code, _)| code.clone());

    let mut by_owner: HashMap<OrganisationId, u64> = HashMap::new();
    let mut counts = QueueCounts::default();
    for at in waiting {
        by_owner.insert(at.owner, at.submitted + at.needs_info);
        if chosen.is_none_or(|chosen| at.owner == chosen || tree.reaches(&Reach::Tree(chosen), at.owner)) {
            counts.submitted += at.submitted;
            counts.overdue += at.overdue;
            counts.needs_info += at.needs_info;
        }
    }
    let of = QueueOf {
        roots: chosen.map_or(mine, |chosen| Roots::Below(vec![chosen])),
        state: if part == Waiting::NeedsInfo { ApplicationState::NeedsInfo } else { ApplicationState::Submitted },
        due_before: (part == Waiting::Overdue).then_some(now),
        occupation: occupation.clone(),
        but: subject,
        after: cursor(&filter.after),
    };
    let mut found = people.store.queue(&of).await.or_unavailable("read the queue")?;
    let next = (found.len() > QUEUE_ROWS).then(|| {
        found.truncate(QUEUE_ROWS);
        found.last().map(|row| format!("{}-{}", row.due_at.unwrap_or_default(), row.id))
    });
    // Made-up accounts leave rows of nobody behind: nobody could open them. What the actor sent from a second phone is
    // decided by colleagues.
    let own = Own::of(people, actor).await?;
    found.retain(|row| row.subject.is_some() && !own.has(row));
    let likely = likely_of(people, actor, &found).await?;
    let mut rows = Vec::with_capacity(found.len());
    for row in &found {
        let is_alone = likely.get(&row.id).is_none_or(|others| others.iter().all(|other| other.is_dismissed));
        rows.push(shown(people, row, is_alone, now).await?);
    }
    let mut organisations: Vec<(String, String, u64)> =
        by_owner.into_iter().map(|(id, all)| (id.to_string(), name_of(people, id), all)).collect();
    organisations.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.1.cmp(&other.1)));
    organisations.truncate(CHOICES);
    Ok(Queue {
        rows,
        counts,
        organisations,
        occupations,
        next: next.flatten(),
        filter: QueueFilter {
            organisation: chosen.map(|id| id.to_string()).unwrap_or_default(),
            occupation: occupation.unwrap_or_default(),
            waiting: part.code().to_owned(),
            after: String::new(),
        },
    })
}

async fn shown(people: &People, row: &DecidingRow, is_alone: bool, now: Millis) -> Result<QueueRow, Refused> {
    Ok(QueueRow {
        id: row.id.to_string(),
        version: row.version,
        name: opened::masked_name(people, row).await?,
        number: row.number.clone().unwrap_or_default(),
        kind: row.kind,
        occupation: row.occupation_name.clone(),
        owner: row.owner.map(|id| name_of(people, id)).unwrap_or_default(),
        submitted_at: row.submitted_at.unwrap_or_default(),
        due_at: row.due_at,
        is_overdue: row.state == ApplicationState::Submitted && row.due_at.is_some_and(|due_at| due_at < now),
        is_clean: is_alone && row.kind == ApplicationKind::Join && row.state == ApplicationState::Submitted,
    })
}

/// `1795399200000-0f…`: where the page before ended.
fn cursor(text: &str) -> Option<(Millis, ApplicationId)> {
    let (due_at, id) = text.split_once('-')?;
    Some((due_at.parse().ok()?, ApplicationId::parse(id)?))
}
