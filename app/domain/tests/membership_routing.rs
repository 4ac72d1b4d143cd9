//! The table of routing: where an application goes, case by case, and that it never ends nowhere.

use domain::{
    account::OrganisationId,
    membership::routing::{Applicant, Passed, Route, Rule, above, above_employers, owner_of_place, route, to_call},
    organisation::{Kind, Level, Organisation, OrganisationTree},
    time::{DAY_MS, Millis},
};
use proptest::prelude::*;

const NOW: Millis = 1_795_399_200_000;

/// Key, kind, level, region, parent, trade.
type Row = (&'static str, Kind, Level, u32, &'static str, &'static str);

/// A piece of the country.
const ALL: &[Row] = {
    use Kind::{General, Grassroots, IndustryFederation, JointGrassroots, NationalIndustry, RegionalFederation};
    use Level::{City, County, Nation, Province, Town, Unit};
    &[
        ("全国", General, Nation, 100_000, "", ""),
        ("河南", General, Province, 410_000, "全国", ""),
        ("郑州", General, City, 410_100, "河南", ""),
        ("金水", General, County, 410_105, "郑州", ""),
        ("花园路", RegionalFederation, Town, 410_105, "金水", ""),
        ("洛阳", General, City, 410_300, "河南", ""),
        ("西工", General, County, 410_303, "洛阳", ""),
        ("济源", General, County, 419_001, "河南", ""),
        ("北京", General, Province, 110_000, "全国", ""),
        ("东城", General, County, 110_101, "北京", ""),
        ("广东", General, Province, 440_000, "全国", ""),
        ("东莞", General, City, 441_900, "广东", ""),
        ("东莞厂", Grassroots, Unit, 441_900, "东莞", ""),
        ("金水外卖", IndustryFederation, County, 410_105, "金水", "外卖"),
        ("郑州外卖", IndustryFederation, City, 410_100, "郑州", "外卖配送"),
        ("河南货运", IndustryFederation, Province, 410_000, "河南", "货运"),
        ("洛阳快递", IndustryFederation, City, 410_300, "洛阳", "快递"),
        ("快运公司", Grassroots, Unit, 410_105, "金水", ""),
        ("网点联合", JointGrassroots, Unit, 410_105, "花园路", ""),
        ("外地公司", Grassroots, Unit, 440_000, "东莞", ""),
        ("全国产业", NationalIndustry, Nation, 100_000, "全国", "快递"),
        // 甘肃 has no row of the city and none of the county.
        ("甘肃", General, Province, 620_000, "全国", ""),
    ]
};

fn id(key: &str) -> OrganisationId {
    let at = ALL.iter().position(|row| row.0 == key).unwrap_or_else(|| panic!("no {key}"));
    OrganisationId([u8::try_from(at + 1).expect("few"); 16])
}

fn name(of: OrganisationId) -> &'static str {
    ALL.iter().map(|row| row.0).find(|key| id(key) == of).expect("one of the table")
}

fn tree(open: &[&str], gone: &[&str]) -> OrganisationTree {
    OrganisationTree::new(ALL.iter().map(|&(key, kind, level, adcode, parent, trade)| Organisation {
        id: id(key),
        code: None,
        name: format!("{key}总工会"),
        kind,
        level,
        adcode: Some(adcode),
        parent: (!parent.is_empty()).then(|| id(parent)),
        industry: (!trade.is_empty()).then(|| trade.to_owned()),
        dues: None,
        phone: Some("12351".into()),
        source: "test".into(),
        seeded: false,
        // Half of the others were open once.
        officer_active_at: if open.contains(&key) {
            Some(NOW - DAY_MS)
        } else {
            (adcode % 2 == 0).then_some(NOW - 14 * DAY_MS)
        },
        dissolved_at: gone.contains(&key).then_some(1),
    }))
}

/// Who applies.
#[derive(Clone, Copy, Default)]
struct Who {
    chosen: &'static str,
    unit: &'static str,
    trade: &'static str,
    adcode: u32,
    town: &'static str,
}

const NOBODY: Who = Who { chosen: "", unit: "", trade: "", adcode: 0, town: "" };
/// 金水区, no employer.
const JINSHUI: Who = Who { adcode: 410_105, ..NOBODY };
const RIDER: Who = Who { trade: "外卖", ..JINSHUI };
const COURIER: Who = Who { trade: "快递", ..JINSHUI };
const TRUCKER: Who = Who { trade: "货运", ..JINSHUI };

impl Who {
    fn applicant(self) -> Applicant {
        let some = |key: &str| (!key.is_empty()).then(|| id(key));
        Applicant {
            chosen: some(self.chosen),
            unit: some(self.unit),
            industries: self.trade.split(' ').filter(|trade| !trade.is_empty()).map(str::to_owned).collect(),
            adcode: (self.adcode != 0).then_some(self.adcode),
            town: some(self.town),
        }
    }
}

/// Who takes it by which rule, or whom to call.
enum To {
    Owner(&'static str, Rule),
    Call(&'static str),
    /// 12351.
    Nobody,
}

struct Case {
    what: &'static str,
    who: Who,
    open: &'static [&'static str],
    gone: &'static [&'static str],
    to: To,
}

const fn case(
    what: &'static str,
    who: Who,
    open: &'static [&'static str],
    gone: &'static [&'static str],
    to: To,
) -> Case {
    Case { what, who, open, gone, to }
}

use To::{Call, Nobody, Owner};

const EVERYBODY: &[&str] = &[
    "河南",
    "郑州",
    "金水",
    "花园路",
    "洛阳",
    "西工",
    "济源",
    "北京",
    "东城",
    "广东",
    "东莞",
    "东莞厂",
    "金水外卖",
    "郑州外卖",
    "河南货运",
    "洛阳快递",
    "快运公司",
    "网点联合",
    "外地公司",
    "全国产业",
    "甘肃",
    "全国",
];

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("no employer: the county", JINSHUI, EVERYBODY, &[], Owner("金水", Rule::County)),
    case("no employer, the county without an officer: the city", JINSHUI, &["郑州", "河南"], &[], Owner("郑州", Rule::City)),
    case("county and city without an officer: the province", JINSHUI, &["河南"], &[], Owner("河南", Rule::Province)),
    case("a province without any: the county is called", JINSHUI, &[], &[], Call("金水")),
    case("only the nation is open: it takes none", JINSHUI, &["全国"], &[], Call("金水")),
    case("only another province is open", JINSHUI, &["广东", "北京", "甘肃"], &[], Call("金水")),
    case("only the neighbouring city is open", JINSHUI, &["洛阳", "西工"], &[], Call("金水")),
    case("a platform alone, whose trade has a federation in the county", RIDER, EVERYBODY, &[], Owner("金水外卖", Rule::Industry)),
    case("the federation of the county is asleep: that of the city", RIDER, &["郑州外卖", "金水"], &[], Owner("郑州外卖", Rule::Industry)),
    case("both federations are asleep: the county", RIDER, &["金水"], &[], Owner("金水", Rule::County)),
    case("the federation of the county is dissolved: that of the city", RIDER, EVERYBODY, &["金水外卖"], Owner("郑州外卖", Rule::Industry)),
    case("a trade without a federation here: the county", COURIER, EVERYBODY, &[], Owner("金水", Rule::County)),
    case("a federation of the whole province", TRUCKER, EVERYBODY, &[], Owner("河南货运", Rule::Industry)),
    case("the federation of the province is asleep", TRUCKER, &["金水"], &[], Owner("金水", Rule::County)),
    case("two trades: the nearest federation", Who { trade: "货运 外卖", ..JINSHUI }, EVERYBODY, &[], Owner("金水外卖", Rule::Industry)),
    case("two trades, the nearest asleep", Who { trade: "货运 外卖", ..JINSHUI }, &["河南货运"], &[], Owner("河南货运", Rule::Industry)),
    case("a federation of another city does not cover this one", Who { trade: "快递", adcode: 410_105, ..NOBODY }, &["洛阳快递", "郑州"], &[], Owner("郑州", Rule::City)),
    case("it covers the counties of its own", Who { trade: "快递", adcode: 410_303, ..NOBODY }, EVERYBODY, &[], Owner("洛阳快递", Rule::Industry)),
    case("a national industry union is no federation of a region", COURIER, &["全国产业"], &[], Call("金水")),
    case("a trade of one letter is no trade", Who { trade: "外", ..JINSHUI }, EVERYBODY, &[], Owner("金水", Rule::County)),
    case("a street that was chosen comes before the county", Who { town: "花园路", ..JINSHUI }, EVERYBODY, &[], Owner("花园路", Rule::Town)),
    case("an unknown street: the county", JINSHUI, &["花园路", "金水"], &[], Owner("金水", Rule::County)),
    case("the street is asleep: the county", Who { town: "花园路", ..JINSHUI }, &["金水"], &[], Owner("金水", Rule::County)),
    case("the street was dissolved: the county", Who { town: "花园路", ..JINSHUI }, EVERYBODY, &["花园路"], Owner("金水", Rule::County)),
    case("street and county asleep: the city", Who { town: "花园路", ..JINSHUI }, &["郑州"], &[], Owner("郑州", Rule::City)),
    case("a federation comes before the street", Who { town: "花园路", ..RIDER }, EVERYBODY, &[], Owner("金水外卖", Rule::Industry)),
    case("the unit has a union", Who { unit: "快运公司", ..JINSHUI }, EVERYBODY, &[], Owner("快运公司", Rule::Unit)),
    case("the unit's union comes before the federation", Who { unit: "快运公司", ..RIDER }, EVERYBODY, &[], Owner("快运公司", Rule::Unit)),
    case("the unit's union is asleep: the federation", Who { unit: "快运公司", ..RIDER }, &["金水外卖", "金水"], &[], Owner("金水外卖", Rule::Industry)),
    case("the unit's union is asleep, no trade: the county", Who { unit: "快运公司", ..JINSHUI }, &["金水"], &[], Owner("金水", Rule::County)),
    case("the unit's union was dissolved: the county", Who { unit: "快运公司", ..JINSHUI }, EVERYBODY, &["快运公司"], Owner("金水", Rule::County)),
    case("the unit's union and everybody of the region is asleep", Who { unit: "快运公司", ..JINSHUI }, &[], &[], Call("金水")),
    case("a union that was chosen comes before that of the unit", Who { chosen: "网点联合", unit: "快运公司", ..JINSHUI }, EVERYBODY, &[], Owner("网点联合", Rule::Chosen)),
    case("the chosen one is asleep: that of the unit", Who { chosen: "网点联合", unit: "快运公司", ..JINSHUI }, &["快运公司"], &[], Owner("快运公司", Rule::Unit)),
    case("the chosen one was dissolved", Who { chosen: "网点联合", ..JINSHUI }, EVERYBODY, &["网点联合"], Owner("金水", Rule::County)),
    case("a link of a county chose it, for somebody of elsewhere", Who { chosen: "西工", ..JINSHUI }, EVERYBODY, &[], Owner("西工", Rule::Chosen)),
    case("the link's county is asleep: the place of the person", Who { chosen: "西工", ..JINSHUI }, &["金水", "洛阳"], &[], Owner("金水", Rule::County)),
    case("a link of a federation", Who { chosen: "洛阳快递", ..JINSHUI }, EVERYBODY, &[], Owner("洛阳快递", Rule::Chosen)),
    case("two cities: works for a unit in one, lives in the other", Who { unit: "外地公司", ..JINSHUI }, EVERYBODY, &[], Owner("外地公司", Rule::Unit)),
    case("two cities, the unit's union asleep: where one lives", Who { unit: "外地公司", ..JINSHUI }, &["东莞", "金水"], &[], Owner("金水", Rule::County)),
    case("two cities, nobody where one lives: what stands above the unit's union", Who { unit: "外地公司", ..JINSHUI }, &["东莞"], &[], Owner("东莞", Rule::Above)),
    case("the same, further up", Who { unit: "外地公司", ..JINSHUI }, &["广东"], &[], Owner("广东", Rule::Above)),
    case("above the chosen one", Who { chosen: "西工", adcode: 620_100, ..NOBODY }, &["洛阳"], &[], Owner("洛阳", Rule::Above)),
    case("北京 has no cities: the county", Who { adcode: 110_101, ..NOBODY }, EVERYBODY, &[], Owner("东城", Rule::County)),
    case("北京, the county asleep: 北京", Who { adcode: 110_101, ..NOBODY }, &["北京"], &[], Owner("北京", Rule::Province)),
    case("北京, a county without a union", Who { adcode: 110_102, ..NOBODY }, &["北京", "东城"], &[], Owner("北京", Rule::Province)),
    case("北京, nobody", Who { adcode: 110_102, ..NOBODY }, &["东城"], &[], Call("北京")),
    case("济源 belongs to the province", Who { adcode: 419_001, ..NOBODY }, EVERYBODY, &[], Owner("济源", Rule::County)),
    case("济源 asleep: the province, not 郑州", Who { adcode: 419_001, ..NOBODY }, &["郑州", "洛阳", "河南"], &[], Owner("河南", Rule::Province)),
    case("济源, a federation of the province", Who { adcode: 419_001, trade: "货运", ..NOBODY }, EVERYBODY, &[], Owner("河南货运", Rule::Industry)),
    case("东莞 has no counties: the city", Who { adcode: 441_900, ..NOBODY }, EVERYBODY, &[], Owner("东莞", Rule::City)),
    case("东莞 asleep: the province", Who { adcode: 441_900, ..NOBODY }, &["广东"], &[], Owner("广东", Rule::Province)),
    case("a county whose union was dissolved: the city", JINSHUI, EVERYBODY, &["金水"], Owner("郑州", Rule::City)),
    case("a county and its city were dissolved: the province", JINSHUI, EVERYBODY, &["金水", "郑州"], Owner("河南", Rule::Province)),
    case("the whole line was dissolved", JINSHUI, EVERYBODY, &["金水", "郑州", "河南"], Nobody),
    case("a province without cities in the tree", Who { adcode: 620_102, ..NOBODY }, &["甘肃"], &[], Owner("甘肃", Rule::Province)),
    case("the same, asleep", Who { adcode: 620_102, ..NOBODY }, &[], &[], Call("甘肃")),
    case("a place of no union at all", Who { adcode: 810_001, ..NOBODY }, EVERYBODY, &[], Nobody),
    case("no place, but a unit", Who { unit: "快运公司", ..NOBODY }, EVERYBODY, &[], Owner("快运公司", Rule::Unit)),
    case("no place, the unit's union asleep: what stands above it", Who { unit: "快运公司", ..NOBODY }, &["河南"], &[], Owner("河南", Rule::Above)),
    case("nothing known", NOBODY, EVERYBODY, &[], Nobody),
];

/// What holds for every way.
fn check(tree: &OrganisationTree, route: &Route, what: &str) {
    let mut seen = Vec::new();
    for (at, step) in route.steps.iter().enumerate() {
        assert!(!seen.contains(&step.organisation), "{what}: {} twice", name(step.organisation));
        seen.push(step.organisation);
        let is_last = at + 1 == route.steps.len();
        assert!(is_last || step.passed.is_some(), "{what}: goes on after somebody took it");
        match (tree.get(step.organisation), step.passed) {
            (Some(one), None) => assert!(one.is_open(NOW) && one.level != Level::Nation, "{what}"),
            (Some(one), Some(why)) => assert!(why == Passed::NotOpen && !one.is_open(NOW), "{what}"),
            (None, why) => assert_eq!(why, Some(Passed::Dissolved), "{what}"),
        }
    }
    assert_eq!(route.why(tree).is_some(), route.owner().is_some(), "{what}");
}

#[test]
fn every_case_of_the_table_ends_with_an_owner_or_somebody_to_call() {
    assert!(CASES.len() >= 40);
    for Case { what, who, open, gone, to } in CASES {
        let tree = tree(open, gone);
        let applicant = who.applicant();
        let found = route(&tree, &applicant, NOW);
        check(&tree, &found, what);
        let taken = found.taken().map(|step| (name(step.organisation), step.rule));
        let called = to_call(&tree, applicant.adcode).map(|one| name(one.id));
        match *to {
            Owner(owner, rule) => assert_eq!(taken, Some((owner, rule)), "{what}: {:?}", found.steps),
            Call(union) => assert_eq!((taken, called), (None, Some(union)), "{what}"),
            Nobody => assert_eq!((taken, called), (None, None), "{what}"),
        }
    }
}

#[test]
fn the_region_instead_keeps_it_from_the_unit() {
    for who in [Who { unit: "快运公司", ..JINSHUI }, Who { chosen: "网点联合", ..JINSHUI }] {
        let found = route(&tree(EVERYBODY, &[]), &who.applicant().of_region(), NOW);
        assert_eq!(found.owner(), Some(id("金水")), "{:?}", found.steps);
        let asleep = route(&tree(&["快运公司", "网点联合"], &[]), &who.applicant().of_region(), NOW);
        assert_eq!(asleep.owner(), None, "never back to the unit");
    }
}

#[test]
fn the_way_remembers_whom_it_passed_and_says_why() {
    let gone = tree(&["郑州"], &["花园路"]);
    let who = Who { unit: "快运公司", town: "花园路", ..RIDER };
    let found = route(&gone, &who.applicant(), NOW);
    let steps: Vec<_> = found.steps.iter().map(|step| (name(step.organisation), step.rule, step.passed)).collect();
    assert_eq!(
        steps,
        [
            ("快运公司", Rule::Unit, Some(Passed::NotOpen)),
            ("金水外卖", Rule::Industry, Some(Passed::NotOpen)),
            ("郑州外卖", Rule::Industry, Some(Passed::NotOpen)),
            ("花园路", Rule::Town, Some(Passed::Dissolved)),
            ("金水", Rule::County, Some(Passed::NotOpen)),
            ("郑州", Rule::City, None),
        ]
    );
    let why = found.why(&gone).expect("somebody takes it");
    assert_eq!(why, "快运公司总工会还没有开通网上入会，先由你常在的城市的总工会受理。");
    let straight = route(&tree(EVERYBODY, &[]), &JINSHUI.applicant(), NOW);
    assert_eq!(straight.why(&tree(EVERYBODY, &[])).as_deref(), Some("这是你常在的区县的总工会。"));
}

#[test]
fn what_is_overdue_goes_to_the_nearest_open_parent_and_not_to_the_nation() {
    let up = |from, open: &[&str]| {
        let tree = tree(open, &[]);
        above(&tree, tree.get(id(from)).and_then(|one| one.parent), NOW).owner().map(name)
    };
    assert_eq!(up("金水", EVERYBODY), Some("郑州"));
    assert_eq!(up("金水", &["河南", "金水"]), Some("河南"));
    assert_eq!(up("网点联合", &["金水"]), Some("金水"));
    assert_eq!(up("河南", EVERYBODY), None);
    assert_eq!(up("金水", &["金水", "全国"]), None);
}

#[test]
fn what_is_said_of_an_employer_goes_past_the_unions_of_employers() {
    let up = |parent, open: &[&str]| above_employers(&tree(open, &[]), Some(id(parent)), NOW).owner().map(name);
    assert_eq!(up("快运公司", EVERYBODY), Some("金水"));
    assert_eq!(up("网点联合", EVERYBODY), Some("花园路"));
    assert_eq!(up("网点联合", &["网点联合", "郑州"]), Some("郑州"));
    assert_eq!(up("外地公司", &["东莞厂", "外地公司"]), None);
}

/// Place, who was late with it, who is open, who is gone, who has it now.
type Place = (&'static str, u32, &'static str, &'static [&'static str], &'static [&'static str], Option<&'static str>);

#[rustfmt::skip]
const PLACES: &[Place] = &[
    ("the county", 410_105, "", EVERYBODY, &[], Some("金水")),
    ("never a federation, a street or a unit", 410_105, "", &["金水外卖", "花园路", "快运公司", "河南"], &[], Some("河南")),
    ("the county is asleep: the city", 410_105, "", &["郑州"], &[], Some("郑州")),
    ("the county was dissolved: the city", 410_105, "", EVERYBODY, &["金水"], Some("郑州")),
    ("nobody up to the province", 410_105, "", &["全国", "北京"], &[], None),
    ("济源 belongs to the province", 419_001, "", &["郑州", "河南"], &[], Some("河南")),
    ("a place of no union at all", 810_001, "", EVERYBODY, &[], None),
    ("the county was late: the city", 410_105, "金水", EVERYBODY, &[], Some("郑州")),
    ("the county was late, the city is asleep: the province", 410_105, "金水", &["金水", "河南"], &[], Some("河南")),
    ("the street was late: the county", 410_105, "花园路", EVERYBODY, &[], Some("金水")),
    ("late, and nobody above: the same again", 410_105, "金水", &["金水"], &[], Some("金水")),
    ("the province was late: never the nation", 410_105, "河南", EVERYBODY, &[], Some("河南")),
    ("late, asleep and nobody above: the same, not nobody", 410_105, "郑州", &[], &[], Some("郑州")),
    ("the late one is no more: the place's", 410_105, "郑州", EVERYBODY, &["郑州"], Some("金水")),
    ("no more, and the place is asleep", 410_105, "金水", &["河南"], &["金水"], Some("河南")),
    ("no more, and nobody is open", 410_105, "金水", &[], &["金水"], None),
];

#[test]
fn what_is_no_application_goes_the_same_way_and_whoever_has_it_keeps_it_when_nobody_is_above() {
    for &(what, adcode, late, open, gone, owner) in PLACES {
        let late = (!late.is_empty()).then(|| id(late));
        assert_eq!(owner_of_place(&tree(open, gone), adcode, late, NOW).map(name), owner, "{what}");
    }
}

#[test]
fn fourteen_days_without_an_officer_close_it() {
    let at = |now| route(&tree(&["金水"], &[]), &JINSHUI.applicant(), now).owner();
    assert!(at(NOW + 13 * DAY_MS - 1).is_some());
    assert!(at(NOW + 13 * DAY_MS).is_none());
}

proptest! {
    #[test]
    fn whoever_is_open_and_whoever_is_gone_it_goes_to_somebody_open_or_to_nobody(
        open in proptest::collection::vec(any::<bool>(), ALL.len()),
        gone in proptest::collection::vec(proptest::bool::weighted(0.2), ALL.len()),
        picks in proptest::collection::vec(proptest::option::of(0..ALL.len()), 3),
        trade in proptest::sample::select(vec!["", "外卖", "货运", "快递", "外卖 货运"]),
        adcode in proptest::sample::select(vec![0, 410_105, 410_303, 419_001, 110_101, 441_900, 620_102, 810_001, 7]),
    ) {
        let of = |flags: &[bool]| -> Vec<&str> {
            ALL.iter().zip(flags).filter(|(_, flag)| **flag).map(|(row, _)| row.0).collect()
        };
        let tree = tree(&of(&open), &of(&gone));
        let key = |at: usize| picks[at].map_or("", |at| ALL[at].0);
        let not_nation = |key: &'static str| if key.starts_with("全国") { "" } else { key };
        let who = Who { chosen: not_nation(key(0)), unit: not_nation(key(1)), trade, adcode, town: not_nation(key(2)) };
        let applicant = who.applicant();
        let found = route(&tree, &applicant, NOW);
        check(&tree, &found, "any");
        // The general union of the place is never missed.
        let general = [adcode, adcode / 100 * 100, adcode / 10_000 * 10_000];
        let is_there = general.iter().filter_map(|code| tree.general_union(*code)).any(|one| one.is_open(NOW));
        prop_assert!(!is_there || found.owner().is_some());
    }
}
