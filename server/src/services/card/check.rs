//! Somebody's code, checked with all that the server knows.

use crate::services::people::{People, Trouble as _};
use domain::{
    account::Actor,
    membership::card::{Card, Signature, Token, judge, token_in},
    policy::{Action, Refused},
    ports::{Checked, CheckedCard},
    time::Millis,
};

pub(super) async fn check(
    people: &People,
    actor: &Actor,
    code: &str,
    now: Millis,
) -> Result<(Checked, Option<Token>), Refused> {
    people.policy.check(actor, Action::CheckCard, &[])?;
    let token = Token::read(token_in(code));
    let signature = token.as_ref().map_or(Signature::Bad, |token| people.vault.card_keys().check(token));
    let is_revoked = match &token {
        Some(token) if signature == Signature::Good => {
            !people.store.card_is_good(token.card.id).await.or_unavailable("look at a card")?
        }
        _ => false,
    };
    let verdict = judge(token.as_ref(), signature, is_revoked, now);
    let card = token.as_ref().filter(|_| verdict.shows_card()).map(|token| shown(&token.card));
    Ok((Checked { verdict, card }, token))
}

fn shown(card: &Card) -> CheckedCard {
    CheckedCard {
        name: card.name.clone(),
        organisation: card.organisation.clone(),
        occupation: card.occupation.clone(),
        valid_until: card.valid_until,
    }
}
