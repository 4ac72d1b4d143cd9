//! What the holder of a code for no network said, compared.

use super::{check::check, code::answer};
use crate::{
    services::people::{People, Trouble as _},
    store::StoreError,
    vault::Lookup,
};
use domain::{
    account::{Actor, limit::Limit},
    membership::card::{Verdict, said_four},
    ports::{Checked, NotCompared, Sender},
    time::Millis,
};

/// Wrong answers about one card: of 10,000 that there are.
const OF_CARD: u32 = 10;
/// Wrong answers from one network: a carrier puts thousands behind one address.
const OF_NETWORK: Limit = Limit { interval_ms: 2000, burst: 30, a_day: 200 };

pub(super) async fn compare(
    people: &People,
    actor: &Actor,
    code: &str,
    said: &str,
    sender: &Sender,
    now: Millis,
) -> Result<Checked, NotCompared> {
    let (checked, token) = check(people, actor, code, now).await.map_err(NotCompared::Refused)?;
    let Some(token) = token.filter(|_| checked.verdict == Verdict::AskHolder) else { return Ok(checked) };
    let Some(four) = said_four(said) else { return Err(NotCompared::NotFour(checked)) };
    let key = |of: &str, which: &str| people.vault.hash(Lookup::Rate, &format!("{of}:{which}"));
    let mut limits = vec![(key("card.answer", &token.card.id.to_string()), Limit::of_day(OF_CARD))];
    if !sender.network.is_empty() {
        limits.push((key("card.answer.network", &sender.network), OF_NETWORK));
    }
    let is_right = answer(token.card.id, four) == token.card.answer;
    let is_allowed = async {
        let mut edit = people.store.edit().await?;
        let allowed = edit.take(&limits, now).await?.is_ok();
        if allowed && is_right {
            edit.give_back(&limits, 1, now).await?;
        }
        edit.finish().await?;
        Ok::<_, StoreError>(allowed)
    };
    if !is_allowed.await.or_unavailable("count an answer").map_err(NotCompared::Refused)? {
        return Err(NotCompared::TooMany(checked));
    }
    let verdict = if is_right { Verdict::Valid } else { Verdict::WrongAnswer };
    Ok(Checked { verdict, ..checked })
}
