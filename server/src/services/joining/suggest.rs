//! What may be meant by some characters: platforms, units, unions; and the streets of a county.

use crate::{
    services::people::{People, Trouble as _},
    store::NamedEnterprise,
};
use domain::{
    account::OrganisationId,
    membership::Lane,
    organisation::{Kind, Level, Organisation, OrganisationTree},
    policy::Refused,
    ports::Suggestion,
    time::Millis,
};

/// So many fit on a phone.
const MOST: usize = 8;
/// Nobody types more of a name before choosing.
const TEXT_AT_MOST: usize = 40;

pub(super) async fn suggest(
    people: &People,
    lane: Lane,
    text: &str,
    adcode: Option<u32>,
    now: Millis,
) -> Result<Vec<Suggestion>, Refused> {
    let text: String = text.trim().chars().filter(|letter| !letter.is_control()).take(TEXT_AT_MOST).collect();
    let doing = "suggest a platform or unit";
    if text.is_empty() {
        let platforms = people.store.platforms(i32::try_from(MOST).unwrap_or(i32::MAX)).await.or_unavailable(doing)?;
        return Ok(platforms.iter().map(|one| of_enterprise(people, one, now)).collect());
    }
    let enterprises = people.store.enterprises_like(&text).await.or_unavailable(doing)?;
    let tree = people.organisations.tree();
    let mut ranked: Vec<((bool, bool, bool, usize), Suggestion)> = Vec::new();
    let in_region = |of: Option<u32>| of.is_some_and(|of| adcode.is_some_and(|adcode| is_near(of, adcode)));
    for one in &enterprises {
        // In the lane of the unit its union is what is looked for.
        let rank = (lane == Lane::Unit && one.organisation.is_none(), !in_region(one.adcode) && one.adcode.is_some());
        ranked.push((
            (rank.1, rank.0, !one.name.starts_with(&text), one.name.chars().count()),
            of_enterprise(people, one, now),
        ));
    }
    for one in tree.all().filter(|one| is_joined(one) && one.name.contains(&text)) {
        let key =
            (!in_region(one.adcode), lane == Lane::Region, !one.name.starts_with(&text), one.name.chars().count());
        if ranked.len() >= 1000 {
            break;
        }
        ranked.push((key, of_organisation(people, one, now)));
    }
    ranked.sort_by(|(left, one), (right, other)| left.cmp(right).then_with(|| one.name.cmp(&other.name)));
    Ok(ranked.into_iter().take(MOST).map(|(_, suggestion)| suggestion).collect())
}

/// Whether somebody is a member of it by working somewhere: general unions take people in by their place.
fn is_joined(one: &Organisation) -> bool {
    !matches!(one.kind, Kind::General | Kind::NationalIndustry)
}

/// The union that is called exactly so.
pub(super) fn organisation_called(tree: &OrganisationTree, name: &str) -> Option<OrganisationId> {
    let mut called = tree.all().filter(|one| is_joined(one) && one.name == name);
    // Two of one name: nobody guesses which.
    called.next().filter(|_| called.next().is_none()).map(|one| one.id)
}

/// In the same county, city or province, as far as one of them says.
const fn is_near(of: u32, adcode: u32) -> bool {
    of == adcode || of / 100 == adcode / 100 || of / 10_000 == adcode / 10_000
}

fn of_enterprise(people: &People, one: &NamedEnterprise, now: Millis) -> Suggestion {
    let tree = people.organisations.tree();
    let what = match one.kind.as_str() {
        "platform" => "平台",
        "head" => "企业总部",
        "branch" => "分公司",
        "franchise" => "加盟网点",
        "agent" => "代理商",
        "dispatch" => "劳务派遣公司",
        _ => "单位",
    };
    let what = one.adcode.map_or_else(|| what.to_owned(), |adcode| format!("{what} · {}", people.regions.path(adcode)));
    let union = one.organisation.and_then(|id| tree.get(id));
    Suggestion {
        pick: format!("enterprise:{}", one.id),
        name: one.name.clone(),
        what,
        is_open: union.is_some_and(|union| union.is_open(now)),
    }
}

fn of_organisation(people: &People, one: &Organisation, now: Millis) -> Suggestion {
    let what = one.kind.word();
    let what = match one.adcode.and_then(|adcode| people.regions.by_adcode(adcode)) {
        Some(region) => format!("{what} · {}", region.name),
        None => what.to_owned(),
    };
    Suggestion { pick: format!("organisation:{}", one.id), name: one.name.clone(), what, is_open: one.is_open(now) }
}

/// Unions of streets and towns below the union of a county, in order.
pub(super) fn towns(people: &People, adcode: u32) -> Vec<Organisation> {
    let tree = people.organisations.tree();
    let county = tree.general_union(adcode);
    let below = county.into_iter().flat_map(|county| tree.children(county.id));
    below.filter(|one| one.level == Level::Town).cloned().collect()
}
