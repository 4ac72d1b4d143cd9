//! What is said around joining.

use super::moment;
use domain::{
    account::IdType,
    membership::{ApplicationKind, ApplicationState, Screen},
    ports::{Draft, Taker},
    time::Millis,
};

/// Before the decision there is no membership.
pub const PENDING: &str = "受理中（临时凭证）。审核通过以前，还不是会籍。";
/// What stands above a form that came back after a sign-in.
pub const RETURNED: &str = "登录好了，刚才填的还在。";
/// The same, where it was more than a browser keeps.
pub const RETURNED_CUT: &str = "登录好了。刚才写得太长，只留住了前面的，请把后面的补上。";
/// The service does not answer.
pub const DOWN: &str = "服务正在维护，没存成。填的还在，过一会儿再试。";

/// The screens that count as steps. Whether somebody is a member already is answered by the first tap.
pub const STEPS: [Screen; 7] =
    [Screen::Lane, Screen::Occupation, Screen::Unit, Screen::Place, Screen::Name, Screen::Id, Screen::Check];

/// `第 3 步，共 7 步`; nothing for what is no step.
#[must_use]
pub fn step(screen: Screen) -> Option<String> {
    let at = STEPS.iter().position(|one| *one == screen)?;
    Some(format!("第 {} 步，共 {} 步", at + 1, STEPS.len()))
}

/// What it costs.
#[must_use]
pub fn costs(taker: Option<&Taker>) -> String {
    let dues = taker.and_then(|taker| taker.dues.clone());
    dues.map_or_else(|| "申请不要钱。会费由你的工会告诉你。".into(), |dues| format!("申请不要钱。会费：{dues}"))
}

/// What one gets.
#[must_use]
pub fn gets(region: Option<&str>, taker: Option<&Taker>) -> String {
    let place = region.and_then(|region| region.rsplit(' ').next()).unwrap_or("你所在的地方");
    match taker {
        Some(taker) => format!("在{place}：被欠薪、受了伤、遇到困难，有{}管。", taker.name),
        None => format!("在{place}：被欠薪、受了伤、遇到困难，有工会管。"),
    }
}

/// `12 月 1 日（周二）前`.
#[must_use]
pub fn by(due_at: Millis) -> String {
    let weekday = moment::WEEKDAYS[usize::from(domain::time::LocalTime::of(due_at).weekday())];
    format!("{}（{weekday}）前", moment::day(due_at))
}

/// Who decides and by when, or what came of it: the sentence of an application.
#[must_use]
pub fn whose(state: ApplicationState, owner: &str, due_at: Option<Millis>, now: Millis) -> String {
    match (state, due_at) {
        (ApplicationState::Submitted, Some(due)) if due < now => {
            format!("{owner}没按时答复，会转给上一级，你不用再交。")
        }
        (ApplicationState::Submitted, Some(due)) => format!("{owner}在审，{}有结果。", by(due)),
        (ApplicationState::Submitted, None) => format!("{owner}在审。"),
        (ApplicationState::NeedsInfo, _) => {
            format!("{owner}要你补一点材料，补了接着审。30 天没补会先收回，随时能再申请。")
        }
        (ApplicationState::Approved, _) => format!("{owner}通过了你的申请。"),
        (ApplicationState::Rejected, _) => format!("{owner}没有通过这份申请，原因在下面。"),
        (ApplicationState::Withdrawn, _) => "你自己撤回的。想好了随时再申请。".into(),
        (ApplicationState::Draft, _) => "还没发出去。".into(),
    }
}

/// A number in groups that are read one by one: `410105 1990 0101 1234`.
#[must_use]
pub fn grouped(id_type: IdType, number: &str) -> String {
    if !matches!(id_type, IdType::Resident | IdType::HmtResidence) || number.len() != 18 || !number.is_ascii() {
        return number.to_owned();
    }
    [&number[..6], &number[6..10], &number[10..14], &number[14..]].join(" ")
}

/// The `*` of a telephone's keys for an X at the end, blanks left out.
#[must_use]
pub fn id_number(typed: &str) -> String {
    let mut number: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    if number.chars().count() == 18 && number.ends_with('*') {
        number.pop();
        number.push('X');
    }
    number
}

/// What was answered on a screen, in words; `None`: nothing, or it was skipped.
#[must_use]
pub fn answer(draft: &Draft, screen: Screen, occupation: Option<&str>) -> Option<String> {
    match screen {
        Screen::Kind => draft.kind.map(|kind| kind.word().to_owned()),
        Screen::Lane => draft.lane.map(|lane| lane.word().to_owned()),
        Screen::Occupation => occupation.map(str::to_owned),
        Screen::Unit => draft.unit.clone(),
        Screen::Place => draft.place.as_ref().map(|(_, place)| match &draft.town {
            Some((_, town)) => format!("{place} · {town}"),
            None => place.clone(),
        }),
        Screen::Name => draft.name.clone(),
        Screen::Id => {
            let id_type = draft.id_type.unwrap_or(IdType::Resident);
            draft.id_number.as_ref().map(|number| grouped(id_type, number))
        }
        Screen::Check => None,
    }
}

/// The label of an answer.
#[must_use]
pub const fn label(screen: Screen) -> &'static str {
    match screen {
        Screen::Kind => "申请什么",
        Screen::Lane => "单位有没有工会",
        Screen::Occupation => "做什么工作",
        Screen::Unit => "给谁干活",
        Screen::Place => "常在哪里",
        Screen::Name => "姓名",
        Screen::Id => "证件号码",
        Screen::Check => "",
    }
}

/// What the list calls an application.
#[must_use]
pub const fn kind(kind: ApplicationKind) -> &'static str {
    match kind {
        ApplicationKind::Join => "入会申请",
        ApplicationKind::Transfer => "转会申请",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_x_is_typed_with_the_star_of_a_telephones_keys() {
        assert_eq!(id_number("110105 19491231 002*"), "11010519491231002X");
        assert_eq!(id_number("11010519491231002x"), "11010519491231002x");
        assert_eq!(id_number("E12*"), "E12*");
    }

    #[test]
    fn a_number_is_read_in_groups() {
        assert_eq!(grouped(IdType::Resident, "11010519491231002X"), "110105 1949 1231 002X");
        assert_eq!(grouped(IdType::Passport, "E12345678"), "E12345678");
        assert_eq!(grouped(IdType::Resident, "一一〇一〇五"), "一一〇一〇五");
    }

    #[test]
    fn every_state_says_what_is_so_for_whoever_waits() {
        /// Tuesday 2026-12-01 17:00 in Shanghai.
        const DUE: Millis = 1_796_115_600_000;
        let said = whose(ApplicationState::Submitted, "金水区总工会", Some(DUE), DUE - 1);
        assert_eq!(said, "金水区总工会在审，12 月 1 日（周二）前有结果。");
        assert!(whose(ApplicationState::Submitted, "金水区总工会", Some(DUE), DUE + 1).contains("上一级"));
        for state in ApplicationState::ALL {
            assert!(!whose(*state, "x", None, 0).is_empty());
        }
    }

    #[test]
    fn steps_are_counted_from_the_first_question() {
        assert_eq!(step(Screen::Kind), None);
        assert_eq!(step(Screen::Unit).as_deref(), Some("第 3 步，共 7 步"));
    }
}
