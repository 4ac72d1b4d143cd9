//! What is said of a membership on several pages.

use super::{account::past, moment};
use domain::{
    membership::{MembershipState, Side, Standing, TransferState},
    ports::TurnView,
    time::{LocalTime, Millis},
};

/// How somebody stands, in one line.
#[must_use]
pub fn standing(standing: Standing, union: Option<&str>) -> String {
    match (standing, union) {
        (Standing::Member, Some(union)) => format!("会员 · {union}"),
        (Standing::Pending, Some(union)) => format!("受理中（临时凭证）· {union}在审"),
        (Standing::None, _) => "还没入会，一分钟办好".to_owned(),
        (standing, _) => standing.word().to_owned(),
    }
}

/// `2026 年 11 月 23 日`: a day that may be years away.
#[must_use]
pub fn day(at: Millis) -> String {
    format!("{} 年 {}", LocalTime::of(at).date().year, moment::day(at))
}

/// What a state means, in a sentence.
#[must_use]
pub const fn state(state: MembershipState) -> &'static str {
    match state {
        MembershipState::Active => "你是会员，会员证能用。",
        MembershipState::Transferring => "正在转会。转好以前还是老工会的会员，会员证照样用。",
        MembershipState::Retained => "会籍给你留着：不用交会费，会员证照样用。",
        MembershipState::Resigned => "你退会了。想回来，随时重新入会。",
        MembershipState::Lapsed => "会籍自动终止了。",
        MembershipState::Expelled => "会籍被开除了。",
    }
}

/// What a side decided, or who has to, by when.
#[must_use]
pub fn turn(turn: &TurnView, state: TransferState, now: Millis) -> String {
    let what = if turn.side == Side::Out { "转出" } else { "接收" };
    match turn.decision {
        Some(decision) if decision.by_rule => format!("逾期未答复，{} 按规则算同意{what}", past(decision.at, now)),
        Some(decision) if decision.is_agreed => format!("{} 同意{what}", past(decision.at, now)),
        Some(decision) => format!("{} 不同意{what}", past(decision.at, now)),
        None if state != TransferState::Open => "不用再答复".to_owned(),
        None if turn.due_at <= now => "过了期限，马上交给上级".to_owned(),
        None if turn.went_up => format!("{} 以前答复；是从下级交上来的", moment::clock(turn.due_at, now)),
        None => format!("{} 以前答复", moment::clock(turn.due_at, now)),
    }
}

/// What was done just before, as the address tells it.
#[must_use]
pub fn done(what: Option<&str>) -> Option<&'static str> {
    Some(match what? {
        "asked" => "转会申请登记了。",
        "withdrawn" => "转会撤回了，你还在原来的工会。",
        "objected" => "异议登记了，由上级工会看。",
        "retained" => "会籍保留了。",
        "resumed" => "会籍恢复了。",
        "kept" => "知道了，会籍留着。",
        "resigned" => "已经退会。",
        "decided" => "决定登记了，本人会收到通知。",
        "done" => "办好了，本人会收到通知。",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_somebody_stands_names_the_union_where_there_is_one() {
        assert_eq!(standing(Standing::Member, Some("金水区总工会")), "会员 · 金水区总工会");
        assert_eq!(standing(Standing::Former, Some("金水区总工会")), "曾是会员");
        assert_eq!(standing(Standing::None, None), "还没入会，一分钟办好");
        assert_eq!(standing(Standing::Member, None), "会员");
    }

    #[test]
    fn a_turn_without_an_answer_says_by_when() {
        let now = 1_795_399_200_000;
        let waits = TurnView {
            side: Side::Out,
            owner: String::new(),
            phone: None,
            due_at: now + 7 * 86_400_000,
            went_up: false,
            decision: None,
        };
        assert_eq!(turn(&waits, TransferState::Open, now), "11 月 30 日 10:00 以前答复");
        assert_eq!(turn(&waits, TransferState::Withdrawn, now), "不用再答复");
    }
}
