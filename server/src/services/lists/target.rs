//! 责任清单: what an organisation is to reach, set by an officer of one above it.

use crate::{
    services::{
        people::{People, Trouble as _},
        staff::scope::{Scope, acting_as, relations},
    },
    store::{Entry, Target},
};
use domain::{
    account::Actor,
    membership::Month,
    policy::{Action, Refused},
    ports::{NotDone, TypedTarget},
    time::Millis,
};

/// More people than any organisation has to win.
const AT_MOST: i32 = 10_000_000;

pub(super) async fn set(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &TypedTarget,
    now: Millis,
) -> Result<(), NotDone> {
    let tree = people.organisations.tree();
    let one = domain::account::OrganisationId::parse(id).and_then(|id| tree.get(id));
    // Who is asked about is the organisation above: nobody sets their own target.
    let above = one.map(|one| one.parent.map_or(Scope::Everywhere, Scope::Organisation));
    let held = above.map(|above| relations(&tree, actor, above)).unwrap_or_default();
    people.policy.check(actor, Action::SetTarget, &held)?;
    let one = one.ok_or(Refused::NotFound)?;
    let target = read(typed, now)?;
    let mut edit = people.store.edit().await.or_unavailable("set a target")?;
    edit.put_target(one.id, target, actor.subject(), now).await.or_unavailable("set a target")?;
    let entry = Entry {
        actor: actor.subject(),
        role: acting_as(people, Action::SetTarget, &held),
        action: Action::SetTarget,
        object: &format!("organisation {}", one.id),
        reason: &format!("{} 年 {} 人", target.year, target.goal),
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")?;
    edit.finish().await.or_unavailable("set a target")?;
    Ok(())
}

fn read(typed: &TypedTarget, now: Millis) -> Result<Target, NotDone> {
    let this = Month::of(now).year();
    let mut not = NotDone::default();
    let year = typed.year.trim().parse().ok().filter(|year| (this..=this + 1).contains(year));
    if year.is_none() {
        not.wrong.push(("year", format!("写 {this} 或 {}。", this + 1)));
    }
    let goal = typed.goal.trim().parse().ok().filter(|goal| (1..=AT_MOST).contains(goal));
    if goal.is_none() {
        not.wrong.push(("goal", "写一个整数，例：500。".to_owned()));
    }
    year.zip(goal).map(|(year, goal)| Target { year, goal }).ok_or(not)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_number_of_people_in_this_year_or_the_next() {
        let now = 1_795_399_200_000;
        let typed = |year: &str, goal: &str| TypedTarget { year: year.to_owned(), goal: goal.to_owned() };
        assert_eq!(read(&typed("2026", " 500 "), now), Ok(Target { year: 2026, goal: 500 }));
        for (year, goal, wrong) in
            [("2025", "5", 1), ("2026", "0", 1), ("", "", 2), ("2026", "五百", 1), ("2026", "-3", 1)]
        {
            assert_eq!(read(&typed(year, goal), now).expect_err("wrong").wrong.len(), wrong, "{year} {goal}");
        }
    }
}
