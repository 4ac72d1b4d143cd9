//! The turns of a transfer, as both the member and the desk see them.

use super::super::told::{name_of, phone_of};
use crate::services::people::People;
use domain::{
    membership::{Side, Transfer},
    ports::TurnView,
};

pub(in super::super) fn turns(people: &People, transfer: &Transfer) -> [TurnView; 2] {
    [Side::Out, Side::In].map(|side| {
        let turn = transfer.side(side);
        TurnView {
            side,
            owner: name_of(people, turn.owner),
            phone: phone_of(people, turn.owner),
            due_at: turn.due_at,
            went_up: turn.silences > 0,
            decision: turn.decision,
        }
    })
}
