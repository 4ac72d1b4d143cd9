//! Deciding applications, on both databases.

#[path = "../stations/databases.rs"]
mod databases;
mod decisions;
mod duplicates;
mod plan;
mod plans;
mod queue;
mod refusals;
mod router;
mod same_person;
mod second_phone;
#[expect(dead_code, reason = "the world of the desks has more than is asked here")]
#[path = "../staff/world.rs"]
mod world;

mod applicants;
