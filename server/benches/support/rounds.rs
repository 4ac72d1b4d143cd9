//! Two ways to do one thing, measured in turn.

/// Rounds of each comparison: the least that says anything on a machine that others use too.
pub const ROUNDS: usize = 15;

/// What the rounds of one comparison cost, in seconds, ascending.
pub struct Rounds {
    pub ours: Vec<f64>,
    pub theirs: Vec<f64>,
    /// Theirs by ours: how many times as fast we are.
    ratios: Vec<f64>,
}

impl Rounds {
    /// Measures ours, theirs, theirs, ours, round after round, so that a machine that slows down or
    /// wakes up does so for both. Each gets the number of its turn and returns its cost.
    pub fn abba(mut ours: impl FnMut(usize) -> f64, mut theirs: impl FnMut(usize) -> f64) -> Self {
        let mut rounds = Self { ours: Vec::new(), theirs: Vec::new(), ratios: Vec::new() };
        // The first turn of each fills the caches and is not counted.
        ours(0);
        theirs(0);
        for round in 0..ROUNDS {
            let turn = 2 * round;
            let our_first = ours(turn);
            let (their_first, their_second) = (theirs(turn), theirs(turn + 1));
            let our_second = ours(turn + 1);
            rounds.ours.extend([our_first, our_second]);
            rounds.theirs.extend([their_first, their_second]);
            rounds.ratios.push((their_first + their_second) / (our_first + our_second));
        }
        for row in [&mut rounds.ours, &mut rounds.theirs, &mut rounds.ratios] {
            row.sort_by(f64::total_cmp);
        }
        rounds
    }

    /// The ratio that three quarters of the rounds reach.
    pub fn lower_quartile(&self) -> f64 {
        self.ratios[self.ratios.len() / 4]
    }

    /// `12.3x (least 11.0, median 12.9)`.
    pub fn told(&self) -> String {
        let (least, median) = (self.ratios[0], self.ratios[self.ratios.len() / 2]);
        format!(
            "{:.2}x in the lower quartile of {ROUNDS} rounds (least {least:.2}, median {median:.2})",
            self.lower_quartile()
        )
    }
}

/// The value that `share` of an ascending row does not exceed.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place")]
    let at = (sorted.len() as f64 * share) as usize;
    sorted[at.min(sorted.len() - 1)]
}

/// `met` or `NOT MET`, for a line of the report.
pub fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "NOT MET" }
}
