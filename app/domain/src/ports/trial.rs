//! One-use links of a 试用安装, so that every desk can be tried.

use super::{Browser, Later, SignedIn};
use crate::{
    policy::{Refused, Role},
    time::Millis,
};

/// Links of a trial. Where an installation is no trial there is none.
pub trait TrialLinks: Send + Sync {
    /// As whom a link signs in; [`Refused::NotFound`] when it was used, ran out or never was.
    fn look<'a>(&'a self, token: &'a str, now: Millis) -> Later<'a, Result<Role, Refused>>;
    /// Takes a link up, once.
    fn take_up<'a>(&'a self, token: &'a str, browser: &'a Browser, now: Millis)
    -> Later<'a, Result<SignedIn, Refused>>;
}
