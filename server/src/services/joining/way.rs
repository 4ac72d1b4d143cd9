//! Who would get an application.

use super::{
    draft::{Stopped, begun, told},
    own,
    seen::Seen,
};
use crate::services::people::{Failed, People};
use domain::{
    account::{Actor, OrganisationId, SubjectId},
    membership::{
        DECIDED_WITHIN_DAYS, Screen, due_after,
        routing::{Applicant, Route, Rule, route, to_call},
    },
    organisation::{Kind, OrganisationTree},
    policy::Action,
    ports::{NotOpen, NotSaved, Preview, Stations as _},
    time::{LocalTime, Millis},
};
use serde::{Deserialize, Serialize};

/// What routing asks of an applicant.
pub(super) async fn applicant(people: &People, seen: &Seen) -> Result<Applicant, Failed> {
    let occupations = people.store.occupations().await?;
    let own = occupations.into_iter().find(|one| Some(&one.code) == seen.kept.occupation.as_ref());
    let enterprise = seen.enterprise(people).await?;
    let trades = [own.and_then(|one| one.industry), enterprise.as_ref().and_then(|one| one.industry.clone())];
    let mut industries: Vec<String> = trades.into_iter().flatten().collect();
    industries.dedup();
    Ok(Applicant {
        chosen: seen.kept.chosen,
        unit: enterprise.and_then(|one| one.organisation),
        industries,
        adcode: seen.kept.adcode,
        town: seen.kept.town,
    })
}

/// A step as `application.route` keeps it.
#[derive(Serialize, Deserialize)]
struct KeptStep {
    organisation: String,
    rule: String,
    passed: Option<String>,
}

/// The way as `application.route` keeps it: after what is kept already.
pub(super) fn json(before: Option<&str>, way: &Route) -> String {
    let mut steps: Vec<KeptStep> = before.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    steps.extend(way.steps.iter().map(|step| KeptStep {
        organisation: step.organisation.to_string(),
        rule: step.rule.code().to_owned(),
        passed: step.passed.map(|passed| passed.code().to_owned()),
    }));
    serde_json::to_string(&steps).unwrap_or_else(|_| "[]".to_owned())
}

/// By when somebody decides what comes in now.
pub(super) fn due(people: &People, now: Millis) -> Millis {
    due_after(&people.finder.calendar(), now, DECIDED_WITHIN_DAYS)
}

/// Whom to call where nobody takes it.
pub(super) fn not_open(tree: &OrganisationTree, adcode: Option<u32>) -> NotOpen {
    let local = to_call(tree, adcode);
    NotOpen { union: local.map(|one| one.name.clone()), phone: local.and_then(|one| one.phone.clone()) }
}

/// Whether an organisation is of the unit itself: then colleagues, and perhaps the employer's people, read it.
pub(super) fn is_of_unit(tree: &OrganisationTree, owner: OrganisationId, rule: Rule) -> bool {
    let kind = tree.get(owner).map(|one| one.kind);
    rule == Rule::Unit || matches!(kind, Some(Kind::Grassroots | Kind::JointGrassroots))
}

pub(super) async fn preview(people: &People, actor: &Actor, now: Millis) -> Result<Preview, NotSaved> {
    let subject = own(people, actor, Action::Apply).map_err(NotSaved::Refused)?;
    told(previewed(people, subject, now).await, "look who would take it")
}

async fn previewed(people: &People, subject: SubjectId, now: Millis) -> Result<Preview, Stopped> {
    let mut edit = people.store.edit().await?;
    let mut seen = begun(people, &mut edit, subject, now).await?;
    edit.finish().await?;
    let next = seen.next(LocalTime::of(now).date());
    if next != Screen::Check {
        return Ok(Preview::Missing(next));
    }
    let tree = people.organisations.tree();
    let wanted = applicant(people, &seen).await?;
    let way = route(&tree, &wanted, now);
    let Some(taken) = way.taken() else {
        waits(people, &mut seen, &way, now).await?;
        return Ok(Preview::NotOpen(not_open(&tree, wanted.adcode)));
    };
    let owner = tree.get(taken.organisation);
    let is_of_unit = is_of_unit(&tree, taken.organisation, taken.rule);
    let region = is_of_unit.then(|| route(&tree, &wanted.of_region(), now).owner()).flatten();
    let instead = region.filter(|id| *id != taken.organisation).and_then(|id| tree.get(id));
    Ok(Preview::To {
        owner: owner.map(|one| one.name.clone()).unwrap_or_default(),
        due_at: due(people, now),
        why: way.why(&tree).unwrap_or_default(),
        is_of_unit,
        instead: instead.map(|one| one.name.clone()),
        dues: owner.and_then(|one| one.dues.clone()),
    })
}

/// Kept as asked for: the person is told when somebody would take it.
async fn waits(people: &People, seen: &mut Seen, way: &Route, now: Millis) -> Result<(), Stopped> {
    let mut edit = people.store.edit().await?;
    // Another tab may have changed it meanwhile: then it is looked at there.
    if let Some(kept) = seen.kept.subject
        && let Some(locked) = edit.open_application(kept).await?
        && locked.version == seen.kept.version
    {
        seen.kept.route = Some(json(None, way));
        edit.put_draft(&seen.kept, now).await?;
    }
    edit.finish().await?;
    Ok(())
}
