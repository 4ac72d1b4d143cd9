//! The vault from outside: keys and their store, rotation, erasure, the audit chain, the key process, and somebody
//! who has stolen everything but its key.

mod attack;
mod audit;
mod engines;
mod erasure;
mod keys;
mod limits;
mod matters;
mod pages;
mod process;
mod rotation;
mod world;
