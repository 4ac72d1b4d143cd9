//! What is wanted, made ready to be asked of the columns: gives what [`Wanted::judge`] gives.

use super::{
    block::{Block, Traits},
    doors::Now,
};
use domain::{
    ports::Unsaid,
    station::{AmenitySet, Kind, Verdict, Wanted},
    time::Millis,
};

/// The wishes of one question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sieve {
    need: AmenitySet,
    /// One bit per kind that will do.
    kinds: u8,
    everyone: bool,
    all_day: bool,
    open_now: bool,
    now: Now,
    /// The verdicts that count, from this one up.
    least: Verdict,
    /// The verdicts that count, up to this one.
    most: Verdict,
}

impl Sieve {
    fn new(wanted: &Wanted, now: Millis, least: Verdict, most: Verdict) -> Self {
        let fits = |kind: Kind| wanted.kinds.is_empty() || wanted.kinds.contains(kind);
        let kinds = Kind::ALL.iter().filter(|kind| fits(**kind)).fold(0, |bits, kind| bits | 1 << *kind as u8);
        let Wanted { amenities: need, everyone, all_day, open_now, .. } = *wanted;
        Self { need, kinds, everyone, all_day, open_now, now: Now::of(now), least, most }
    }

    /// Lets exactly one verdict through.
    pub(super) fn only(wanted: &Wanted, verdict: Verdict, now: Millis) -> Self {
        Self::new(wanted, now, verdict, verdict)
    }

    /// Lets through what the public API counts.
    pub(super) fn accepting(wanted: &Wanted, unsaid: Unsaid, now: Millis) -> Self {
        let least = match unsaid {
            Unsaid::Include => Verdict::Unsaid,
            Unsaid::Exclude => Verdict::Yes,
        };
        Self::new(wanted, now, least, Verdict::Yes)
    }

    /// What a station answers.
    pub(super) fn verdict(&self, block: &Block, slot: u32) -> Verdict {
        let at = slot as usize;
        let traits = block.traits[at];
        if traits.any(Traits::GONE) || self.kinds & traits.kind_bit() == 0 {
            return Verdict::No;
        }
        let mut verdict = Verdict::Yes;
        if !self.need.is_empty() && !block.usable[at].contains_all(self.need) {
            if block.missing[at].contains_any(self.need) {
                return Verdict::No;
            }
            verdict = Verdict::Unsaid;
        }
        if self.everyone {
            verdict = verdict.min(traits.everyone());
        }
        if self.all_day {
            verdict = verdict.min(traits.always());
        }
        if self.open_now && verdict >= self.least {
            verdict = verdict.min(self.door(block, at, traits));
        }
        verdict
    }

    /// Whether a station counts.
    pub(super) fn lets(&self, block: &Block, slot: u32) -> bool {
        let verdict = self.verdict(block, slot);
        self.least <= verdict && verdict <= self.most
    }

    fn door(&self, block: &Block, at: usize, traits: Traits) -> Verdict {
        let closed = || block.stations[at].closure.as_deref().is_some_and(|closure| closure.holds(self.now.moment));
        if traits.any(Traits::CLOSURE) && closed() { Verdict::No } else { block.doors.verdict(at, self.now) }
    }

    /// Whether any station of the block can count; `true` promises nothing.
    pub(super) fn may_let(&self, block: &Block) -> bool {
        let sum = &block.summary;
        if self.kinds & sum.kinds == 0 {
            return false;
        }
        let yes = sum.usable.contains_all(self.need)
            && (!self.everyone || sum.everyone.0)
            && (!self.all_day || sum.always.0)
            && (!self.open_now || sum.hours);
        let unsaid = sum.silent.contains_any(self.need)
            || (self.everyone && sum.everyone.1)
            || ((self.all_day || self.open_now) && sum.always.1);
        (self.most == Verdict::Yes && yes) || (self.least <= Verdict::Unsaid && unsaid)
    }
}
