//! Who takes an application: rules in an order, and a way that goes past whoever takes none.
//!
//! 重点建、行业建、兜底建: the unit's own union, else the federation of the trade, else the union of the street or town,
//! else the general union of the county and what stands above it, up to the province.

use crate::{
    account::OrganisationId,
    organisation::{Kind, Level, Organisation, OrganisationTree},
    time::Millis,
};

codes! {
    /// By which rule an organisation comes into question.
    pub enum Rule {
        /// It was chosen: on the screen of the unit, or by a link.
        Chosen = "chosen" "你选的工会",
        /// It is the union of the platform or unit that was named.
        Unit = "unit" "你单位的工会",
        /// The federation of the trade in the region.
        Industry = "industry" "你这一行的工会联合会",
        /// The union of the street or town.
        Town = "town" "你选的街道（乡镇）工会",
        /// The general union of the county: 区域兜底.
        County = "county" "你常在的区县的总工会",
        /// Of the city.
        City = "city" "你常在的城市的总工会",
        /// Of the province.
        Province = "province" "你常在的省的总工会",
        /// What stands above the unit's union, where the region has nobody.
        Above = "above" "你单位工会的上级工会",
        /// What stands above an organisation that did not decide in time.
        Overdue = "overdue" "上级工会",
        /// An officer handed it on.
        Reassigned = "reassigned" "工会转交的工会",
    }
}

codes! {
    /// Why the way went past.
    pub enum Passed {
        /// No officer was there in the last fourteen days.
        NotOpen = "not_open" "还没有开通网上入会",
        /// It is no more.
        Dissolved = "dissolved" "已经撤销",
    }
}

/// The rules in the order in which they are asked. Whoever changes the order changes where everybody goes.
pub const RULES: [Rule; 8] =
    [Rule::Chosen, Rule::Unit, Rule::Industry, Rule::Town, Rule::County, Rule::City, Rule::Province, Rule::Above];

/// What is known of an applicant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applicant {
    /// The union that was chosen.
    pub chosen: Option<OrganisationId>,
    /// The union of the platform or unit that was named.
    pub unit: Option<OrganisationId>,
    /// The trades of the occupation and of the enterprise, as federations name them.
    pub industries: Vec<String>,
    /// GB/T 2260 of the usual place.
    pub adcode: Option<u32>,
    /// The union of the street or town.
    pub town: Option<OrganisationId>,
}

impl Applicant {
    /// The same, to the union of the region: whoever does not want the unit to see it.
    #[must_use]
    pub fn of_region(&self) -> Self {
        Self { chosen: None, unit: None, ..self.clone() }
    }
}

/// One organisation on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub organisation: OrganisationId,
    /// By which rule.
    pub rule: Rule,
    /// Why not this one; `None`: this one.
    pub passed: Option<Passed>,
}

/// The way: the last step has the owner, where anybody takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// In order, no organisation twice.
    pub steps: Vec<Step>,
}

impl Route {
    /// The step that takes it.
    #[must_use]
    pub fn taken(&self) -> Option<&Step> {
        self.steps.last().filter(|step| step.passed.is_none())
    }

    /// Who takes it; `None`: nobody up to the province is 已开通.
    #[must_use]
    pub fn owner(&self) -> Option<OrganisationId> {
        self.taken().map(|step| step.organisation)
    }

    /// Why this one, in a sentence for the applicant; `None` where nobody takes it.
    #[must_use]
    pub fn why(&self, tree: &OrganisationTree) -> Option<String> {
        let taken = self.taken()?;
        let first = self.steps.first().filter(|step| step.passed.is_some());
        let passed = first.and_then(|step| Some((tree.get(step.organisation), step.rule, step.passed?)));
        Some(match passed {
            None => format!("这是{}。", taken.rule.word()),
            Some((Some(gone_past), _, why)) => {
                format!("{}{}，先由{}受理。", gone_past.name, why.word(), taken.rule.word())
            }
            Some((None, rule, why)) => format!("{}{}，先由{}受理。", rule.word(), why.word(), taken.rule.word()),
        })
    }
}

/// The way of an application through the tree.
#[must_use]
pub fn route(tree: &OrganisationTree, applicant: &Applicant, now: Millis) -> Route {
    let candidates =
        RULES.iter().flat_map(|&rule| candidates(tree, applicant, rule).into_iter().map(move |id| (id, rule)));
    walk(tree, candidates, now)
}

/// The way up from an organisation that did not decide: what it stands under, nearest first. `parent` is told, since
/// an organisation that is dissolved is in no tree.
#[must_use]
pub fn above(tree: &OrganisationTree, parent: Option<OrganisationId>, now: Millis) -> Route {
    up(tree, parent, |_| true, now)
}

/// The same way, past the unions of employers: none of them reads what is said of an employer, not even of another one.
#[must_use]
pub fn above_employers(tree: &OrganisationTree, parent: Option<OrganisationId>, now: Millis) -> Route {
    up(tree, parent, |one| !matches!(one.kind, Kind::Grassroots | Kind::JointGrassroots), now)
}

fn up(
    tree: &OrganisationTree,
    parent: Option<OrganisationId>,
    takes: impl Fn(&Organisation) -> bool,
    now: Millis,
) -> Route {
    let parents = parent.map(|parent| tree.lineage(parent)).unwrap_or_default();
    let parents = parents.into_iter().filter(|one| one.level != Level::Nation && takes(one));
    walk(tree, parents.map(|one| (one.id, Rule::Overdue)), now)
}

/// Who has something of a place that is no application (a request for a union, a report of an employer): the general
/// union of the place by [`route`]. When its owner did not act in time, what stands above it; at the top the same one
/// again; where the owner is no more, the place's. `None`: nobody up to the province is 已开通, and nobody has it yet.
#[must_use]
pub fn owner_of_place(
    tree: &OrganisationTree,
    adcode: u32,
    late: Option<OrganisationId>,
    now: Millis,
) -> Option<OrganisationId> {
    let late = late.and_then(|late| tree.get(late));
    let above = late.and_then(|late| above_employers(tree, late.parent, now).owner());
    above.or_else(|| late.map(|late| late.id)).or_else(|| {
        let of_place = Applicant { adcode: Some(adcode), ..Applicant::default() };
        route(tree, &of_place, now).owner()
    })
}

fn walk(tree: &OrganisationTree, candidates: impl Iterator<Item = (OrganisationId, Rule)>, now: Millis) -> Route {
    let mut route = Route::default();
    for (organisation, rule) in candidates {
        if route.steps.iter().any(|step| step.organisation == organisation) {
            continue;
        }
        let passed = match tree.get(organisation) {
            None => Some(Passed::Dissolved),
            Some(one) if one.is_open(now) => None,
            Some(_) => Some(Passed::NotOpen),
        };
        route.steps.push(Step { organisation, rule, passed });
        if passed.is_none() {
            break;
        }
    }
    route
}

/// Who comes into question by a rule, the best first.
fn candidates(tree: &OrganisationTree, applicant: &Applicant, rule: Rule) -> Vec<OrganisationId> {
    let one = |id: Option<OrganisationId>| id.into_iter().collect();
    match rule {
        Rule::Chosen => one(applicant.chosen),
        Rule::Unit => one(applicant.unit),
        Rule::Industry => federations(tree, applicant),
        Rule::Town => one(applicant.town),
        Rule::County => general(tree, applicant, |level| matches!(level, Level::County | Level::Town)),
        Rule::City => general(tree, applicant, |level| level == Level::City),
        Rule::Province => general(tree, applicant, |level| level == Level::Province),
        Rule::Above => {
            let own = [applicant.chosen, applicant.unit].into_iter().flatten();
            let above = own.flat_map(|own| tree.lineage(own).into_iter().skip(1));
            above.filter(|one| one.level != Level::Nation).map(|one| one.id).collect()
        }
        // Not rules of a first way.
        Rule::Overdue | Rule::Reassigned => Vec::new(),
    }
}

/// General unions of the place on one level: by the codes of GB/T 2260, and by what stands above the nearest of them,
/// which need not follow from its code (a city that another looks after).
fn general(tree: &OrganisationTree, applicant: &Applicant, is_level: impl Fn(Level) -> bool) -> Vec<OrganisationId> {
    let Some(adcode) = applicant.adcode else { return Vec::new() };
    let lineage = tree.answering_for(adcode).map(|nearest| tree.lineage(nearest.id)).unwrap_or_default();
    let by_code = reaches(adcode).into_iter().filter_map(|code| tree.general_union(code));
    let all = lineage.into_iter().chain(by_code).filter(|one| one.kind == Kind::General && is_level(one.level));
    all.map(|one| one.id).collect()
}

/// Federations of one of the trades that answer for the place, those of the county before those of the city.
fn federations(tree: &OrganisationTree, applicant: &Applicant) -> Vec<OrganisationId> {
    let Some(adcode) = applicant.adcode else { return Vec::new() };
    let reaches = reaches(adcode);
    let near = |one: &Organisation| one.adcode.and_then(|of| reaches.iter().position(|&code| code == of));
    let is_of_trade = |one: &Organisation| {
        one.industry.as_deref().is_some_and(|trade| applicant.industries.iter().any(|own| is_same_trade(own, trade)))
    };
    let mut found: Vec<(usize, &Organisation)> =
        tree.industry_federations().filter(|one| is_of_trade(one)).filter_map(|one| Some((near(one)?, one))).collect();
    found.sort_by_key(|(distance, one)| (*distance, one.name.as_str(), one.id));
    found.into_iter().map(|(_, one)| one.id).collect()
}

/// The codes of a place, of its city and of its province.
const fn reaches(adcode: u32) -> [u32; 3] {
    [adcode, adcode / 100 * 100, adcode / 10_000 * 10_000]
}

/// 快递 and 快递行业 are one trade: federations are called in their own words.
fn is_same_trade(one: &str, other: &str) -> bool {
    let is_word = |text: &str| text.chars().count() >= 2;
    one == other || (is_word(one) && is_word(other) && (one.contains(other) || other.contains(one)))
}

/// Whom somebody calls where nobody takes it: the general union of the place, as near as there is one. Where there is
/// none either, 12351 is everybody's.
#[must_use]
pub fn to_call(tree: &OrganisationTree, adcode: Option<u32>) -> Option<&Organisation> {
    adcode.and_then(|adcode| tree.answering_for(adcode))
}
