//! 钥匙进程: the second process of the program, which alone holds the key that wraps the keys of legal matters.
//!
//! It reads the database itself and decides itself: a request carries the token of a session, and the session, its
//! strength, the roles and the matter are read here and put to the same policy table. What it opens it writes into a
//! log of its own, whose rows are chained by a keyed hash, before it answers; a handler may open so many matters an
//! hour. `make run` starts it beside the web process; a deployment that has another OS user for it runs `server keyd`.
//!
//! # What it is good against, and what not
//!
//! *A stolen copy* — database, files, backups, the web process's configuration with its key file, in any combination
//! — opens no matter: the key is in none of them. Sessions are kept as hashes, so that a copy yields no token either.
//!
//! *A session* of anybody but the worker and the assigned handler opens nothing, through the pages or through the
//! socket: the decision is made here, not by whoever asks.
//!
//! *A write to the database* alone does not make somebody a handler of a matter: the assignment carries a keyed hash
//! by this process over matter, person and handler, made only for an officer whose role reaches the matter, and the
//! wrapping itself is bound to the matter and its person. It could, however, make up what this process reads of
//! *people*: whoever can write to the database **and** holds the web process's token key (or has taken over that
//! process) can put a session of the worker's or the handler's there, and officers' roles for assignments. Then the
//! promise is what remains here: one matter a request, the hourly limit, and a log that the web process cannot write.
//! A web process that has been taken over also sees every matter that is read through it while that lasts.
//!
//! *Whoever controls this process*, its key file or the machine's root reads everything.
//!
//! The log cannot show that its own end was cut off. The web process writes the number of the log's entry into its
//! audit log each time a handler reads; `server doctor` compares.

mod client;
mod decide;
mod keys;
mod log;
mod serve;
mod wire;

pub use client::{KeydClient, KeydError};
pub use decide::{Keyd, PER_HOUR};
pub use keys::KeydKeys;
pub use log::{Checked, Log, LogError, check};
pub use serve::{ServeError, serve};
pub use wire::{Hidden, Reply, Request, ask, read_frame, write_frame};
