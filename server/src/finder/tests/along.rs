//! Along any line the stations are those of the plain list, whatever was edited.

use super::{
    NOW,
    any::{any_history, any_point, any_unsaid, any_wanted},
    naive::Naive,
};
use domain::{geo::Line, ports::Stations};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn along_a_line_is_what_projecting_every_station_gives(
        history in any_history(),
        vertices in prop::collection::vec(any_point(), 2..12),
        width_m in 0.0..50_000.0,
        wanted in any_wanted(),
        unsaid in any_unsaid(),
        limit in 0..100_usize,
    ) {
        let (finder, naive) = history;
        let Ok(line) = Line::new(vertices) else { return Ok(()) };
        let accepted = Naive::accepted(&wanted, unsaid, NOW);
        let mut expected: Vec<_> = naive
            .shown()
            .into_iter()
            .filter(|row| accepted(row).is_some())
            .map(|row| (line.project(row.point), row.code))
            .filter(|(place, _)| place.away_m <= width_m)
            .collect();
        expected.sort_by(|a, b| a.0.along_m.total_cmp(&b.0.along_m).then(a.1.cmp(&b.1)));
        expected.truncate(limit);
        let found = finder.along(&line, width_m, &wanted, unsaid, NOW, limit).expect("no tangle");
        prop_assert_eq!(found.len(), expected.len());
        for (ours, (place, code)) in found.iter().zip(&expected) {
            prop_assert_eq!((ours.station.code, ours.along_m, ours.away_m, ours.right), (*code, place.along_m, place.away_m, place.right));
        }
    }
}
