//! Does it get better with every tap at a door? A month of a city, and single attacks.

mod parameters;
mod rules;
mod world;

use parameters::{SEEDS, STILL_OPEN_AT_LEAST, TAP_RATES, WRONG_OPEN_AT_MOST};
use world::Hours;

fn month(rate: f64) -> Hours {
    let mut sum = Hours::default();
    for seed in SEEDS {
        let hours = world::live(seed, rate);
        sum.open += hours.open;
        sum.posted_wrong += hours.posted_wrong;
        sum.shown_wrong += hours.shown_wrong;
        sum.shown_right += hours.shown_right;
        sum.honest += hours.honest;
        sum.lies += hours.lies;
        for (all, one) in sum.by_kind.iter_mut().zip(hours.by_kind) {
            *all = (all.0 + one.0, all.1 + one.1);
        }
    }
    sum
}

#[test]
fn taps_at_the_door_take_two_thirds_of_the_wrong_open_hours_away_and_keep_the_right_ones() {
    println!("taps%  honest  lies  wrong: posted  shown  ratio   gone  habit   days   right shown open");
    for rate in TAP_RATES {
        let hours = month(rate);
        let wrong = hours.shown_wrong / hours.posted_wrong;
        let right = hours.shown_right / hours.open;
        let [gone, habit, days] = hours.by_kind.map(|(posted, shown)| shown / posted);
        println!(
            "{:4.0}  {:6}  {:5}  {:12.0}  {:6.0}  {wrong:.3}  {gone:.3}  {habit:.3}  {days:.3}   {right:.3}",
            rate * 100.0,
            hours.honest,
            hours.lies,
            hours.posted_wrong,
            hours.shown_wrong,
        );
        assert!(wrong <= WRONG_OPEN_AT_MOST, "at {rate}: {wrong:.3} of the wrong open hours are still shown");
        assert!(right >= STILL_OPEN_AT_LEAST, "at {rate}: only {right:.3} of the open hours are shown open");
    }
}
