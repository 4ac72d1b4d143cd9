//! Any stations, any wishes, any history of edits.

use super::{HOUR, NOW, naive::Naive};
use crate::finder::{Change, Finder};
use domain::{
    geo::Point,
    ports::{Stations, Unsaid},
    station::{
        Amenities, Amenity, Audience, Closure, Code, DEMO_SOURCE, Hours, Kind, Offer, SYNTHETIC_SOURCE, Source,
        Station, Wanted, Wish,
    },
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::sync::Arc;

/// Stations have numbers below this; a few more stand for codes never heard of.
pub(super) const NUMBERS: u64 = 90;

pub(super) fn code(number: u64) -> Code {
    Code::of_hash((number.wrapping_mul(0x9E37_79B9_7F4A_7C15)).to_be_bytes())
}

pub(super) fn plain(number: u64, point: Point) -> Station {
    let source = Source { name: "zhengzhou".into(), licence: None, attribution: None };
    Station::new(code(number), Kind::UnionStation, "工会驿站", point, source.into(), number.to_string())
}

/// Around one corner of a cell, with many equal points; some far away, some over the antimeridian.
pub(super) fn any_point() -> impl Strategy<Value = Point> {
    let near = (-2i32..2, -2i32..2).prop_map(|(lat, lng)| (347_500_000 + lat * 120_000, 1_136_600_000 + lng * 120_000));
    let around = (-4_000_000i32..4_000_000, -4_000_000i32..4_000_000)
        .prop_map(|(lat, lng)| (347_500_000 + lat, 1_136_600_000 + lng));
    let far = (-900_000_000i32..=900_000_000, -1_800_000_000i32..=1_800_000_000);
    prop_oneof![4 => near, 3 => around, 1 => far].prop_map(|(lat, lng)| Point::from_e7(lat, lng).expect("on the globe"))
}

pub(super) fn any_station() -> impl Strategy<Value = Station> {
    let offer = (any::<bool>(), prop::option::weighted(0.3, any::<bool>())).prop_map(|(present, working)| Offer {
        present: Some(present),
        working,
        ..Offer::default()
    });
    let amenities = vec((select(&Amenity::ALL[..4]), offer), 0..5).prop_map(Amenities::from_iter);
    let hours = select(vec!["", "24小时", "08:00-12:00", "周一至周五 09:00-17:00", "22:00-06:00", "问门卫"]);
    let source = select(vec!["zhengzhou", "zhengzhou", DEMO_SOURCE, SYNTHETIC_SOURCE]);
    let closure = prop::option::weighted(0.2, (-3i64..3, prop::option::of(0i64..4)));
    let names = select(vec!["杜岭爱心驿站", "杜岭 G40 服务区", "Ｇ４０服务区", "驿站"]);
    let address = prop::option::of(select(vec!["杜岭街 1 号", "g40 高速", "人民路"]));
    let audience = prop::option::of(select(Audience::ALL));
    let gone = prop::bool::weighted(0.1);
    (
        (0u64..NUMBERS, any_point(), select(Kind::ALL), audience),
        (amenities, hours, source),
        (closure, gone, names, address),
    )
        .prop_map(
            |((number, point, kind, audience), (amenities, hours, source), (closure, gone, name, address))| {
                let closure = closure.map(|(from, hours)| {
                    let from = NOW + from * HOUR;
                    Box::new(Closure {
                        from,
                        until: hours.map(|hours| from + hours * HOUR),
                        reason: None,
                        by: None,
                        hours: None,
                    })
                });
                Station {
                    kind,
                    audience,
                    amenities,
                    hours: Hours::read(hours),
                    closure,
                    closed_for_good: gone,
                    name: name.into(),
                    address: address.map(Into::into),
                    source: Arc::new(Source { name: source.into(), licence: None, attribution: None }),
                    ..plain(number, point)
                }
            },
        )
}

pub(super) fn any_wanted() -> impl Strategy<Value = Wanted> {
    let wish = prop_oneof![
        Just(Wish::OpenNow),
        Just(Wish::AllDay),
        Just(Wish::Everyone),
        select(Kind::ALL).prop_map(Wish::Kind),
        select(&Amenity::ALL[..5]).prop_map(Wish::Amenity),
    ];
    vec(wish, 0..7).prop_map(|wishes| wishes.into_iter().fold(Wanted::default(), Wanted::toggled))
}

pub(super) fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => any_station().prop_map(|station| Change::Put(Arc::new(station))),
        1 => (0..NUMBERS + 5).prop_map(|number| Change::Gone(code(number))),
    ]
}

/// Some stations, then edits, made visible in one of the three ways there are.
pub(super) fn any_history() -> impl Strategy<Value = (Finder, Naive)> {
    let batch = (vec(any_change(), 0..25), 0u8..3);
    (vec(any_station(), 0..150), vec((0..NUMBERS + 5).prop_map(code), 0..4), vec(batch, 0..4)).prop_map(
        |(stations, retired, batches)| {
            let stations: Vec<_> = stations.into_iter().map(Arc::new).collect();
            let mut naive = Naive { retired: retired.iter().copied().collect(), ..Naive::default() };
            naive.apply(&stations.iter().cloned().map(Change::Put).collect::<Vec<_>>());
            let finder = Finder::empty();
            finder.replace(stations, retired, 1);
            for (revision, (changes, way)) in (2..).zip(batches) {
                naive.apply(&changes);
                match way {
                    0 => finder.apply(changes, revision),
                    1 => finder.state.store(Arc::new(finder.state.load().compacted(changes, revision))),
                    _ => {
                        finder.apply(changes, revision);
                        finder.state.store(Arc::new(finder.state.load().compacted(Vec::new(), revision)));
                    }
                }
            }
            (finder, naive)
        },
    )
}

pub(super) fn any_unsaid() -> impl Strategy<Value = Unsaid> {
    select(vec![Unsaid::Include, Unsaid::Exclude])
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Finder of {} at revision {}", self.count(), self.revision())
    }
}
