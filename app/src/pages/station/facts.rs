//! What is there, how one gets in, where the data is from. What is not known is said to be unknown.

use crate::{
    components::Icon,
    text::{moment, station as words},
};
use domain::{
    ports::RoadPlace,
    station::{Amenity, Audience, DRIVER_HOME_BASICS, Door, Kind, Side, Station, Witness},
    time::LocalTime,
};
use leptos::prelude::*;

/// What somebody would ask for at a place of a kind: those are named even when nothing is known.
fn usual(kind: Kind) -> Vec<Amenity> {
    match kind {
        Kind::DriverHome | Kind::ServiceArea => {
            let mut usual = DRIVER_HOME_BASICS.to_vec();
            usual.extend([Amenity::Toilet, Amenity::Meals, Amenity::Fuel, Amenity::EvCharging]);
            usual
        }
        Kind::UnionStation | Kind::DriverStation | Kind::StaffHome => vec![
            Amenity::HotWater,
            Amenity::Microwave,
            Amenity::PhoneCharging,
            Amenity::Toilet,
            Amenity::AcHeating,
            Amenity::Rest,
            Amenity::FirstAid,
        ],
    }
}

fn names(amenities: impl Iterator<Item = Amenity>) -> Option<String> {
    let names: Vec<_> = amenities.map(Amenity::word).collect();
    (!names.is_empty()).then(|| names.join("、"))
}

/// 有 / 没有 / 不知道.
pub fn amenities(station: &Station) -> impl IntoView + use<> {
    let known = &station.amenities;
    let there: Vec<_> = known.iter().filter(|(_, offer)| offer.present == Some(true)).collect();
    let missing = names(known.iter().filter(|(_, offer)| offer.present == Some(false)).map(|(amenity, _)| amenity));
    let unsaid = names(usual(station.kind).into_iter().filter(|amenity| known.get(*amenity).present.is_none()));
    let spaces = station.truck_spaces.map(|spaces| format!("{spaces} 个货车位"));
    let item = |(amenity, offer): &(Amenity, domain::station::Offer)| {
        let broken = offer.working == Some(false);
        let (icon, class) = if broken { ("warning", "bad") } else { ("check", "there") };
        let more = match (amenity, &spaces) {
            (Amenity::TruckParking, Some(spaces)) => spaces.clone(),
            _ => words::offer(*offer).to_owned(),
        };
        view! {
            <li class=class>
                <Icon name=icon/>
                <p><b>{amenity.word()}</b>{(!more.is_empty()).then(|| view! { " "<small>{more}</small> })}</p>
            </li>
        }
    };
    let list = (!there.is_empty()).then(|| view! { <ul class="has">{there.iter().map(item).collect_view()}</ul> });
    let ask_first = words::ask_first(station);
    view! {
        <h2>"这里有"</h2>
        {list.is_none().then(|| view! { <p class="meta">"没有登记设施，"{ask_first}</p> })}
        {list}
        {(missing.is_some() || unsaid.is_some()).then(|| view! {
            <dl class="lack">
                {missing.map(|names| view! { <dt>"没有"</dt><dd>{names}</dd> })}
                {unsaid.map(|names| view! { <dt>"不知道"</dt><dd>{names}</dd> })}
            </dl>
        })}
    }
}

/// The door as a sentence.
pub const fn door_sentence(door: Door) -> &'static str {
    match door {
        Door::WalkIn => "直接推门进，不用扫码。",
        Door::Scan => "要扫码才能进。",
        Door::Face => "要刷脸才能进。",
        Door::Staff => "找里面的人开门。",
        Door::Code => "要输密码才能进。",
    }
}

/// Who may, through whom.
pub fn entrance(station: &Station) -> impl IntoView + use<> {
    let audience = match station.audience {
        Some(Audience::Everyone) => "谁都能进。",
        Some(Audience::OutdoorWorkers) => "给户外劳动者用：送餐、送件、开车、环卫都算。",
        Some(Audience::Members) => "给工会会员用。",
        None => "给谁用没有登记。",
    };
    let host = station.host.as_deref().map(|host| format!("在{host}里，开门时间跟着它走。"));
    view! { <h2>"谁能进"</h2><p>{audience}{host}</p> }
}

/// Where along a road, for the kinds that lie along one: what its file says, and where that leaves the
/// side open, what was derived, marked 推定.
pub fn road(station: &Station, places: &[RoadPlace]) -> Option<impl IntoView + use<>> {
    let mut lines = said(station);
    let is_open = station.road.as_deref().is_none_or(|road| road.direction.is_none() && road.side() == Side::Unknown);
    if is_open {
        lines.extend(places.iter().map(derived));
    }
    (!lines.is_empty()).then(|| view! { <h2>"在路的哪边"</h2><p>{lines.join(" · ")}"。"</p> })
}

/// `G36：只有往南京方向的车能进（推定）`.
fn derived(place: &RoadPlace) -> String {
    let (road, side) = (&place.road.road, place.stop.side);
    match road.direction_of(side) {
        Some(direction) => {
            let mark = if place.stop.derived { "（推定）" } else { "" };
            format!("{}：只有{direction}的车能进{mark}", road.code)
        }
        None => format!("{}：{}", road.code, side.word()),
    }
}

/// What the station's own file says.
fn said(station: &Station) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(road) = station.road.as_deref() else { return lines };
    let side = road.side();
    if let Some(name) = road.road.as_deref() {
        let stake = road.stake.as_deref().map_or_else(String::new, |stake| format!(" {stake}"));
        lines.push(format!("{name}{stake}"));
    }
    match (road.direction.as_deref(), side) {
        (Some(direction), Side::StakeUp | Side::StakeDown) => lines.push(format!("只有{direction}的车能进")),
        (_, side) => lines.push(side.word().to_owned()),
    }
    if let Some(exit) = road.exit.as_deref() {
        let far = road.exit_distance_m.map_or_else(String::new, |metres| {
            let (number, unit) = crate::text::distance::words(f64::from(metres));
            format!("，出口往外约 {number} {unit}")
        });
        lines.push(format!("从{exit}出口下{far}"));
    }
    if let Some(area) = road.service_area.as_deref() {
        lines.push(format!("在{area}"));
    }
    lines
}

/// Where the data is from, and how far it was checked.
pub fn origin(station: &Station) -> impl IntoView + use<> {
    let source = &station.source;
    let from = if station.is_demo() {
        "本项目编的示范数据".to_owned()
    } else {
        source.attribution.as_deref().map_or_else(|| source.name.to_string(), str::to_owned)
    };
    let licence = source.licence.as_deref().map(|licence| format!("，许可 {licence}"));
    let seen = station.confirmation.map(|seen| {
        let date = LocalTime::of(seen.at).date();
        match seen.by {
            Witness::Import => format!("资料日期 {date}。"),
            Witness::Manager => format!("管理员 {}确认。", moment::day(seen.at)),
            Witness::Worker => format!("工友 {}在门口确认。", moment::day(seen.at)),
        }
    });
    let updated = LocalTime::of(station.updated_at).date();
    view! {
        <h2>"数据从哪来"</h2>
        <p class="meta small">{from}{licence}"。"{seen}{format!("{}，{updated} 更新，第 {} 版，编号 {}。", station.verification.word(), station.version, station.code)}</p>
    }
}
