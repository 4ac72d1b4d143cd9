//! A worker reports an employer.

use super::words::seal;
use crate::{
    services::{
        founding::{climb, county, text},
        people::{Failed, People, Trouble as _},
    },
    store::{ObstructionKept, StoreError},
    vault::{Lookup, random},
};
use data_encoding::HEXUPPER;
use domain::{
    account::{Actor, ObstructionId, OrganisationId, SubjectId},
    founding::{ObstructionStage, is_same_unit, is_union_of, unit_key},
    policy::{Action, Refused, Relation, Role},
    ports::{NotDone, TypedObstruction},
    time::{LocalTime, Millis},
};

const UNIT_AT_MOST: usize = 60;
const WHAT_AT_MOST: usize = 2000;
/// So many reports somebody may have open.
const OPEN_AT_MOST: usize = 10;

pub(super) async fn report(
    people: &People,
    actor: &Actor,
    typed: &TypedObstruction,
    now: Millis,
) -> Result<String, NotDone> {
    people.policy.check(actor, Action::ReportObstruction, &[(Role::Worker, Relation::Own)])?;
    let Some(subject) = actor.subject() else { return Err(Refused::SignIn.into()) };
    let unit = text::name("unit", &typed.unit, UNIT_AT_MOST, "写哪个单位：营业执照上的名字，或者大家叫的名字。");
    let what = text::words("what", &typed.what, WHAT_AT_MOST)
        .and_then(|what| what.ok_or_else(|| NotDone::at("what", "写写发生了什么：谁、什么时候、说了什么、做了什么。")));
    let ((unit, what), adcode) = text::all(text::all(unit, what), county(people, typed.adcode))?;
    let earlier = people.store.obstructions_of(subject).await.or_unavailable("read own reports")?;
    if earlier.iter().filter(|one| one.stage != ObstructionStage::Done).count() >= OPEN_AT_MOST {
        return Err(NotDone::at("", "你反映的已经有十件还在办，先等有了结果。急的打工会热线 12351。"));
    }
    let own = unions(people, &unit, adcode).await?;
    let tree = people.organisations.tree();
    let above = own.known.and_then(|unit| climb::above_unit(&tree, unit, now));
    let owner = above.or_else(|| climb::taker(&tree, adcode, now));
    let one = ObstructionKept {
        id: the_same_is_one(people, subject, (&unit, &what), now),
        subject,
        number: format!("Z{}", HEXUPPER.encode(&random::<5>())),
        adcode,
        contact: typed.contact,
        stage: ObstructionStage::Registered,
        owner,
        due_at: owner.map(|_| climb::due(people, now)),
        created_at: now,
        version: 0,
    };
    let sealed = async {
        Ok::<_, Failed>([
            seal(people, subject, "unit", &unit, now).await?,
            seal(people, subject, "what", &what, now).await?,
        ])
    };
    let sealed = sealed.await.or_unavailable("seal a report")?;
    let written = async {
        let mut edit = people.store.edit().await?;
        if !edit.put_obstruction(&one, &own.kept_from).await? {
            return Ok::<(), StoreError>(());
        }
        for words in &sealed {
            edit.put_obstruction_words(one.id, subject, words, None).await?;
        }
        edit.put_event_of(one.id, "registered", None, None, now).await?;
        if owner.is_some() {
            edit.put_event_of(one.id, "sent", owner, None, now).await?;
        }
        edit.finish().await
    };
    written.await.or_unavailable("keep a report")?;
    Ok(one.id.to_string())
}

/// The id of a report: the same words of the same person on one day have the same, so that a second tap at the same
/// moment is the first. It is a keyed hash and says nothing of them.
fn the_same_is_one(people: &People, subject: SubjectId, (unit, what): (&str, &str), now: Millis) -> ObstructionId {
    let day = LocalTime::of(now).day;
    let hash = people.vault.hash(Lookup::Token, &format!("obstruction\n{subject}\n{day}\n{unit}\n{what}"));
    ObstructionId(std::array::from_fn(|at| hash[at]))
}

/// The own unions of an employer.
struct Unions {
    /// The one that the list of enterprises names.
    known: Option<OrganisationId>,
    /// All that look like one: rather too many, none of their officers reads it.
    kept_from: Vec<OrganisationId>,
}

async fn unions(people: &People, unit: &str, adcode: u32) -> Result<Unions, Refused> {
    let named = people.store.enterprises_named(unit).await.or_unavailable("look for an employer")?;
    let here = |at: Option<u32>| at.is_none_or(|at| crate::services::founding::covers(at, adcode));
    let known: Vec<OrganisationId> =
        named.into_iter().filter(|one| here(one.adcode)).filter_map(|one| one.organisation).collect();
    let key = unit_key(unit);
    let tree = people.organisations.tree();
    let mut kept_from: Vec<_> = tree.all().filter(|one| is_union_of(one, &key)).map(|one| one.id).collect();
    // People write 顺丰, the list says 顺丰速运: what looks like it is kept from it too, whatever its union is called.
    let listed = people.store.enterprises_with_union().await.or_unavailable("look for an employer")?;
    kept_from.extend(listed.into_iter().filter(|(name, _)| is_same_unit(&unit_key(name), &key)).map(|(_, id)| id));
    kept_from.extend(&known);
    kept_from.sort_unstable();
    kept_from.dedup();
    Ok(Unions { known: known.first().copied(), kept_from })
}
