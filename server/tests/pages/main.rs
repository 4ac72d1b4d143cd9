//! Journeys over HTTP, as a phone without scripts makes them.

mod account;
mod account_states;
mod drive;
mod fake;
mod fake_joining;
mod finding;
mod join;
mod membership;
mod place;
mod say;
mod station;
mod trial;
mod world;
