//! Lists of members, figures and targets, on both databases and over HTTP.

#[expect(dead_code, reason = "applicants of the desk do more than is asked here")]
#[path = "../deciding/applicants.rs"]
mod applicants;
#[path = "../stations/databases.rs"]
mod databases;
mod export;
mod figures;
mod http;
mod import;
mod load;
mod made;
#[path = "../deciding/plan.rs"]
mod plan;
mod world;
