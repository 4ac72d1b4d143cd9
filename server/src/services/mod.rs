//! What the program does, by deed: each folder or file one.

pub mod accounts;
pub mod audit;
pub mod card;
pub mod deciding;
pub mod demo;
pub mod enterprises;
pub mod founding;
pub mod generate;
pub mod generate_members;
pub mod import;
pub mod joining;
pub mod lists;
pub mod matters;
pub mod membership;
pub mod notices;
pub mod obstructions;
pub mod occupations;
mod owned;
pub mod people;
pub mod proofs;
pub mod reports;
pub mod roads;
pub mod rotate;
pub mod staff;
pub mod trial;
