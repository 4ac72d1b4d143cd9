//! Any sequence of deeds and silences: what must hold after each of them.

use super::{Deed, MembershipState, Side, Transfer, TransferState, transfer};
use crate::{
    account::OrganisationId,
    organisation::{Kind, Level, Organisation, OrganisationTree},
    time::{DAY_MS, Millis},
};
use proptest::prelude::*;

const ORGANISATIONS: u8 = 8;

fn id(number: u8) -> OrganisationId {
    OrganisationId([number; 16])
}

/// A small tree: number n stands under n / 2; some have an officer who is there every day, some are gone later.
fn tree(open: u8, gone: u8, now: Millis) -> OrganisationTree {
    OrganisationTree::new((1..=ORGANISATIONS).map(|number| Organisation {
        id: id(number),
        code: None,
        name: format!("第 {number} 工会"),
        kind: Kind::Grassroots,
        level: Level::Unit,
        adcode: None,
        parent: (number > 1).then(|| id(number / 2)),
        industry: None,
        dues: None,
        phone: None,
        source: "test".into(),
        seeded: false,
        officer_active_at: (open >> (number - 1) & 1 == 1).then_some(now),
        dissolved_at: (gone >> (number - 1) & 1 == 1).then_some(1),
    }))
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Days(u8),
    Join(u8),
    Ask(u8),
    Decide(bool, bool),
    Withdraw,
    ObjectToTransfer,
    Retain,
    Resume,
    Resign,
    Lapse,
    Expel,
    Restore(u8),
}

fn any_step() -> impl Strategy<Value = Step> {
    let organisation = || 1..=ORGANISATIONS;
    prop_oneof![
        6 => (1..9_u8).prop_map(Step::Days),
        2 => organisation().prop_map(Step::Join),
        4 => organisation().prop_map(Step::Ask),
        3 => (any::<bool>(), any::<bool>()).prop_map(|(side, agreed)| Step::Decide(side, agreed)),
        1 => Just(Step::Withdraw),
        2 => Just(Step::ObjectToTransfer),
        1 => Just(Step::Retain),
        1 => Just(Step::Resume),
        1 => Just(Step::Resign),
        1 => Just(Step::Lapse),
        1 => Just(Step::Expel),
        1 => (0..4_u8).prop_map(Step::Restore),
    ]
}

struct Member {
    state: MembershipState,
    organisation: OrganisationId,
    transfer: Option<Transfer>,
    opened_at: Millis,
}

impl Member {
    /// What came of the transfer comes to the membership.
    fn follow(&mut self) {
        let Some(transfer) = self.transfer.filter(|transfer| transfer.state != TransferState::Open) else { return };
        let deed = if transfer.state == TransferState::Done { Deed::Arrive } else { Deed::Stay };
        if let Some(next) = deed.after(self.state) {
            self.state = next;
            if deed == Deed::Arrive {
                self.organisation = transfer.to;
            }
        }
    }

    fn over(&mut self, deed: Deed, now: Millis) {
        if let Some(next) = deed.after(self.state) {
            self.state = next;
            if let Some(transfer) = &mut self.transfer {
                let _ = transfer.withdraw(now);
            }
        }
    }
}

proptest! {
    #[test]
    fn nobody_is_trapped_lost_or_a_member_twice(
        steps in proptest::collection::vec(any_step(), 1..60),
        open in any::<u8>(),
        gone in any::<u8>(),
        gone_on in 0..200_i64,
    ) {
        let mut now: Millis = 0;
        let mut members: Vec<Member> = Vec::new();
        let is_member = |members: &[Member]| members.iter().any(|one| one.state.is_member());
        for step in steps {
            let tree = tree(open, if now > gone_on * DAY_MS { gone } else { 0 }, now);
            let current = members.iter().position(|one| one.state.is_member());
            match (step, current) {
                (Step::Days(days), _) => {
                    // The program looks every day.
                    for _ in 0..days {
                        now += DAY_MS;
                        let tree = self::tree(open, if now > gone_on * DAY_MS { gone } else { 0 }, now);
                        for member in &mut members {
                            if let Some(transfer) = &mut member.transfer {
                                transfer.pass(&tree, now);
                            }
                            member.follow();
                        }
                    }
                }
                (Step::Join(to), None) => members.push(Member {
                    state: MembershipState::Active, organisation: id(to), transfer: None, opened_at: now,
                }),
                (Step::Ask(to), Some(at)) => {
                    let member = &mut members[at];
                    if let Some(next) = Deed::AskTransfer.after(member.state)
                        && let Ok(transfer) = Transfer::ask(&tree, member.organisation, id(to), now)
                    {
                        (member.state, member.transfer, member.opened_at) = (next, Some(transfer), now);
                    }
                }
                (Step::Decide(out, agreed), Some(at)) => {
                    if let Some(transfer) = &mut members[at].transfer {
                        let _ = transfer.decide(if out { Side::Out } else { Side::In }, agreed, now);
                    }
                    members[at].follow();
                }
                (Step::Withdraw, Some(at)) => {
                    if let Some(transfer) = &mut members[at].transfer {
                        let _ = transfer.withdraw(now);
                    }
                    members[at].follow();
                }
                (Step::ObjectToTransfer, Some(at)) => {
                    let member = &mut members[at];
                    if let (Some(next), Some(mut transfer)) = (Deed::AskTransfer.after(member.state), member.transfer)
                        && transfer.from == member.organisation
                        && transfer.object(&tree, now).is_ok()
                    {
                        (member.state, member.transfer, member.opened_at) = (next, Some(transfer), now);
                    }
                    member.follow();
                }
                (Step::Retain, Some(at)) => members[at].over(Deed::Retain, now),
                (Step::Resume, Some(at)) => members[at].over(Deed::Resume, now),
                (Step::Resign, Some(at)) => members[at].over(Deed::Resign, now),
                (Step::Lapse, Some(at)) => members[at].over(Deed::Lapse, now),
                (Step::Expel, Some(at)) => members[at].over(Deed::Expel, now),
                (Step::Restore(which), _) => {
                    let has_another = is_member(&members);
                    if let Some(member) = members.get_mut(usize::from(which)) {
                        member.over(Deed::Restore { has_another }, now);
                    }
                }
                _ => {}
            }
            prop_assert!(members.iter().filter(|one| one.state.is_member()).count() <= 1, "two memberships");
            for member in &members {
                let open = member.transfer.is_some_and(|transfer| transfer.state == TransferState::Open);
                prop_assert_eq!(open, member.state == MembershipState::Transferring);
                // The program looks once a day: a day late each time.
                let longest = i64::from(transfer::SILENCES) * (transfer::ANSWER_MS + DAY_MS);
                prop_assert!(!open || now - member.opened_at <= longest, "trapped");
                if let Some(transfer) = member.transfer.filter(|_| open) {
                    prop_assert!([transfer.from, transfer.to].contains(&member.organisation));
                    prop_assert_eq!(transfer.from, member.organisation, "still a member of the old one");
                }
            }
        }
    }
}

#[test]
fn silence_of_both_sides_climbs_and_ends_as_agreed_by_rule() {
    let tree = |now| tree(0b0000_1111, 0, now);
    let mut transfer = Transfer::ask(&tree(0), id(8), id(5), 0).expect("both have somebody above");
    // Neither is 已开通: those above decide.
    assert_eq!((transfer.out.owner, transfer.into.owner), (id(4), id(2)));
    let mut at = 0;
    for (out, into) in [(id(2), id(1)), (id(1), id(1))] {
        at += transfer::ANSWER_MS;
        transfer.pass(&tree(at), at);
        assert_eq!(transfer.out.owner, out);
        assert_eq!(transfer.into.owner, into);
    }
    at += transfer::ANSWER_MS;
    transfer.pass(&tree(at), at);
    assert_eq!(transfer.state, TransferState::Done);
    assert!(transfer.out.decision.is_some_and(|decision| decision.by_rule && decision.is_agreed));
}

#[test]
fn a_refusal_to_let_go_is_looked_at_by_the_one_above_and_at_the_top_it_falls() {
    let tree = tree(0b0000_1011, 0, 0);
    let mut transfer = Transfer::ask(&tree, id(4), id(1), 0).expect("open");
    transfer.decide(Side::In, true, 1).expect("waits");
    for above in [id(2), id(1)] {
        transfer.decide(Side::Out, false, 2).expect("waits");
        assert_eq!(transfer.state, TransferState::Refused);
        transfer.object(&tree, 3).expect("somebody is above");
        assert_eq!((transfer.state, transfer.out.owner), (TransferState::Open, above));
    }
    transfer.decide(Side::Out, false, 4).expect("waits");
    transfer.object(&tree, 5).expect("nobody is above: by rule");
    assert_eq!(transfer.state, TransferState::Done);
}

#[test]
fn nobody_is_made_to_take_a_member_in() {
    let tree = tree(0b0000_0011, 0, 0);
    let mut transfer = Transfer::ask(&tree, id(2), id(1), 0).expect("open");
    transfer.decide(Side::In, false, 1).expect("waits");
    assert_eq!(transfer.object(&tree, 2), Err(transfer::NotDecided::NobodyAbove));
    assert_eq!(transfer.state, TransferState::Refused);
}
