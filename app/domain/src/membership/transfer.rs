//! 会籍接转: the old organisation lets go, the new one takes in. Each has its turn with an owner and a day; silence goes
//! up, and in the end it is agreed by rule: an old unit must not trap a member (工会会员会籍管理办法 第三条).

use crate::{
    account::OrganisationId,
    organisation::OrganisationTree,
    time::{DAY_MS, Millis},
};

/// So long an organisation may be silent before its turn goes up.
pub const ANSWER_MS: Millis = 7 * DAY_MS;

/// After so many silences of one side it is agreed by rule: 逾期未答复.
pub const SILENCES: u8 = 3;

/// So long after a decision the member may object to it.
pub const OBJECT_MS: Millis = 60 * DAY_MS;

codes! {
    /// How a transfer stands.
    pub enum TransferState {
        /// Somebody has to decide.
        Open = "open" "办理中",
        /// The member is where they wanted to go.
        Done = "done" "已转好",
        /// The member stays.
        Refused = "refused" "没有通过",
        /// By the member.
        Withdrawn = "withdrawn" "已撤回",
    }
}

codes! {
    /// The two decisions.
    pub enum Side {
        /// Of the old organisation.
        Out = "out" "转出",
        /// Of the new one.
        In = "in" "接收",
    }
}

codes! {
    /// For what an old organisation may refuse. There is no other reason: 人往哪儿走, 会籍跟到哪儿.
    pub enum WhyKept {
        /// Not on their list.
        Unknown = "unknown" "不是我们的会员，名单里没有",
        /// The person says so.
        NotAsked = "not_asked" "本人说没有申请过转会",
        /// It is in another place already.
        Duplicate = "duplicate" "会籍重复，已经在别的工会",
        /// 开除会籍 is being decided.
        Discipline = "discipline" "正在处理开除会籍",
    }
}

/// A decision. Who took it is kept beside; the rule is nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// When.
    pub at: Millis,
    /// Yes or no.
    pub is_agreed: bool,
    /// 逾期未答复: by rule.
    pub by_rule: bool,
}

/// The turn of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who has to decide.
    pub owner: OrganisationId,
    /// By when, before it goes up.
    pub due_at: Millis,
    /// How often it went up or ran out.
    pub silences: u8,
    /// What was decided.
    pub decision: Option<Decision>,
}

/// A transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Its state.
    pub state: TransferState,
    /// The old organisation.
    pub from: OrganisationId,
    /// The new one.
    pub to: OrganisationId,
    /// Letting go.
    pub out: Turn,
    /// Taking in.
    pub into: Turn,
    /// When it was over.
    pub ended_at: Option<Millis>,
}

/// What time did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// The turn of a side went up.
    WentUp(Side),
    /// A side was silent for the last time: agreed by rule.
    ByRule(Side),
    /// The new organisation is no more: the member stays, and chooses another.
    TargetGone,
}

/// Why it could not be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAsked {
    /// It is where the member is.
    Same,
    /// Neither it nor anybody above it is 已开通.
    NotOpen,
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDecided {
    /// It is decided already, or over.
    Over,
    /// Too late, or nobody is above who could look at it again.
    NobodyAbove,
}

/// The first that is 已开通, from an organisation upwards.
#[must_use]
pub fn open_from(tree: &OrganisationTree, id: OrganisationId, now: Millis) -> Option<OrganisationId> {
    tree.lineage(id).into_iter().find(|one| one.is_open(now)).map(|one| one.id)
}

/// The first above it that is 已开通.
#[must_use]
pub fn open_above(tree: &OrganisationTree, id: OrganisationId, now: Millis) -> Option<OrganisationId> {
    tree.lineage(id).into_iter().skip(1).find(|one| one.is_open(now)).map(|one| one.id)
}

const fn turn(owner: OrganisationId, now: Millis) -> Turn {
    Turn { owner, due_at: now + ANSWER_MS, silences: 0, decision: None }
}

impl Transfer {
    /// Asks for it. Where the old organisation is silent as a whole, it still has its first turn.
    ///
    /// # Errors
    /// [`NotAsked`].
    pub fn ask(
        tree: &OrganisationTree,
        from: OrganisationId,
        to: OrganisationId,
        now: Millis,
    ) -> Result<Self, NotAsked> {
        if from == to {
            return Err(NotAsked::Same);
        }
        let takes = open_from(tree, to, now).ok_or(NotAsked::NotOpen)?;
        Ok(Self {
            state: TransferState::Open,
            from,
            to,
            out: turn(open_from(tree, from, now).unwrap_or(from), now),
            into: turn(takes, now),
            ended_at: None,
        })
    }

    /// The turn of a side.
    #[must_use]
    pub const fn side(&self, side: Side) -> &Turn {
        match side {
            Side::Out => &self.out,
            Side::In => &self.into,
        }
    }

    const fn side_mut(&mut self, side: Side) -> &mut Turn {
        match side {
            Side::Out => &mut self.out,
            Side::In => &mut self.into,
        }
    }

    /// Whether a side has to decide.
    #[must_use]
    pub fn waits_for(&self, side: Side) -> bool {
        self.state == TransferState::Open && self.side(side).decision.is_none()
    }

    /// The side that refused.
    #[must_use]
    pub fn refused_by(&self) -> Option<Side> {
        let refused = |side: &Side| self.side(*side).decision.is_some_and(|decision| !decision.is_agreed);
        (self.state == TransferState::Refused).then(|| Side::ALL.iter().copied().find(refused)).flatten()
    }

    /// An officer decides for a side.
    ///
    /// # Errors
    /// [`NotDecided::Over`].
    pub fn decide(&mut self, side: Side, is_agreed: bool, now: Millis) -> Result<(), NotDecided> {
        if !self.waits_for(side) {
            return Err(NotDecided::Over);
        }
        self.put(side, Decision { at: now, is_agreed, by_rule: false }, now);
        Ok(())
    }

    fn put(&mut self, side: Side, decision: Decision, now: Millis) {
        self.side_mut(side).decision = Some(decision);
        let of = |side: Side| self.side(side).decision.map(|decision| decision.is_agreed);
        match (of(Side::Out), of(Side::In)) {
            (Some(true), Some(true)) => self.end(TransferState::Done, now),
            (Some(false), _) | (_, Some(false)) => self.end(TransferState::Refused, now),
            _ => {}
        }
    }

    const fn end(&mut self, state: TransferState, now: Millis) {
        self.state = state;
        self.ended_at = Some(now);
    }

    /// The member takes it back.
    ///
    /// # Errors
    /// [`NotDecided::Over`].
    pub fn withdraw(&mut self, now: Millis) -> Result<(), NotDecided> {
        if self.state != TransferState::Open {
            return Err(NotDecided::Over);
        }
        self.end(TransferState::Withdrawn, now);
        Ok(())
    }

    /// What time does to it. Asked at every due moment, it is never open longer than [`SILENCES`] answers.
    pub fn pass(&mut self, tree: &OrganisationTree, now: Millis) -> Vec<Passed> {
        let mut passed = Vec::new();
        if self.state != TransferState::Open {
            return passed;
        }
        if tree.get(self.to).is_none() {
            self.end(TransferState::Refused, now);
            return vec![Passed::TargetGone];
        }
        for side in [Side::Out, Side::In] {
            let is_gone = tree.get(self.side(side).owner).is_none();
            if !self.waits_for(side) || !(is_gone || self.side(side).due_at <= now) {
                continue;
            }
            let base = if side == Side::Out { self.from } else { self.to };
            let turn = self.side_mut(side);
            turn.silences += 1;
            // Whoever took over from an owner that is no more is looked for from the beginning.
            let above = if is_gone { open_from(tree, base, now) } else { open_above(tree, turn.owner, now) };
            match above {
                Some(above) if turn.silences < SILENCES => {
                    turn.owner = above;
                    turn.due_at = now + ANSWER_MS;
                    passed.push(Passed::WentUp(side));
                }
                _ => {
                    self.put(side, Decision { at: now, is_agreed: true, by_rule: true }, now);
                    passed.push(Passed::ByRule(side));
                }
            }
        }
        passed
    }

    /// The member says that a refusal is wrong: the side that refused goes up. An old organisation that nobody is
    /// above loses its no; nobody is made to take a member in.
    ///
    /// # Errors
    /// [`NotDecided`].
    pub fn object(&mut self, tree: &OrganisationTree, now: Millis) -> Result<Passed, NotDecided> {
        let side = self.refused_by().ok_or(NotDecided::Over)?;
        if tree.get(self.to).is_none() || self.ended_at.is_some_and(|at| now - at > OBJECT_MS) {
            return Err(NotDecided::NobodyAbove);
        }
        let above = open_above(tree, self.side(side).owner, now);
        if above.is_none() && side == Side::In {
            return Err(NotDecided::NobodyAbove);
        }
        let mut again = *self;
        (again.state, again.ended_at) = (TransferState::Open, None);
        for waiting in [Side::Out, Side::In] {
            if waiting != side && again.waits_for(waiting) {
                // Its turn did not run while the transfer was over.
                again.side_mut(waiting).due_at = now + ANSWER_MS;
            }
        }
        let passed = if let Some(above) = above {
            *again.side_mut(side) = turn(above, now);
            Passed::WentUp(side)
        } else {
            again.put(side, Decision { at: now, is_agreed: true, by_rule: true }, now);
            Passed::ByRule(side)
        };
        *self = again;
        Ok(passed)
    }
}
