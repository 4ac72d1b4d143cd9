//! What is wanted, made ready to be asked of the columns: gives what [`Wanted::judge`] gives.

use super::{
    block::{Bits, Block, Traits, bits},
    doors::Now,
};
use domain::{
    ports::Unsaid,
    station::{Kind, Verdict, Wanted},
    time::Millis,
};

/// The wishes of one question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sieve {
    need: Bits,
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
    /// Bits of [`Self::unmet`], above those of the amenities.
    pub(super) const KIND: Bits = 1 << 60;
    pub(super) const EVERYONE: Bits = 1 << 61;
    pub(super) const ALL_DAY: Bits = 1 << 62;
    pub(super) const OPEN_NOW: Bits = 1 << 63;
    /// No wish dropped makes up for a place that is gone: two bits.
    const GONE: Bits = Self::KIND | Self::EVERYONE;

    fn new(wanted: &Wanted, now: Millis, least: Verdict, most: Verdict) -> Self {
        let fits = |kind: Kind| wanted.kinds.is_empty() || wanted.kinds.contains(kind);
        let kinds = Kind::ALL.iter().filter(|kind| fits(**kind)).fold(0, |bits, kind| bits | 1 << *kind as u8);
        let Wanted { everyone, all_day, open_now, .. } = *wanted;
        let need = bits(wanted.amenities);
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
        if self.need & !block.usable[at] != 0 {
            if self.need & block.missing[at] != 0 {
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

    /// The bits of the wishes that a station does not clearly meet. Of one that does not meet two or
    /// more of the others, the door is not asked.
    pub(super) fn unmet(&self, block: &Block, slot: u32) -> Bits {
        let at = slot as usize;
        let traits = block.traits[at];
        let flag = |unmet: bool, bit: Bits| if unmet { bit } else { 0 };
        let mut unmet = self.need & !block.usable[at]
            | flag(self.kinds & traits.kind_bit() == 0, Self::KIND)
            | flag(self.everyone && traits.everyone() != Verdict::Yes, Self::EVERYONE)
            | flag(self.all_day && traits.always() != Verdict::Yes, Self::ALL_DAY)
            | flag(traits.any(Traits::GONE), Self::GONE);
        if self.open_now && unmet.count_ones() <= 1 {
            unmet |= flag(self.door(block, at, traits) != Verdict::Yes, Self::OPEN_NOW);
        }
        unmet
    }

    fn door(&self, block: &Block, at: usize, traits: Traits) -> Verdict {
        if !traits.any(Traits::ASK) {
            return block.doors.verdict(at, self.now);
        }
        // Few stations have more to say than their hours.
        match block.stations[at].open_state(block.doors.calendar(), self.now.moment).is_open() {
            Some(true) => Verdict::Yes,
            Some(false) => Verdict::No,
            None => Verdict::Unsaid,
        }
    }

    /// Whether any station of the block can count; `true` promises nothing.
    pub(super) fn may_let(&self, block: &Block) -> bool {
        let sum = &block.summary;
        if self.kinds & sum.kinds == 0 {
            return false;
        }
        let yes = self.need & !sum.usable == 0
            && (!self.everyone || sum.everyone.0)
            && (!self.all_day || sum.always.0)
            && (!self.open_now || sum.hours);
        let unsaid = self.need & sum.silent != 0
            || (self.everyone && sum.everyone.1)
            || (self.all_day && sum.always.1)
            // Known hours too leave days unsaid, and doors are doubted.
            || self.open_now;
        (self.most == Verdict::Yes && yes) || (self.least <= Verdict::Unsaid && unsaid)
    }
}
