//! 手机丢了，换新码.

use super::holder::holder;
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People, Trouble as _},
    },
    store::{Entry, RevokedFor},
    vault::{Lookup, random},
};
use domain::{
    account::{Actor, limit::Limit},
    membership::card::CardId,
    policy::{Action, Role},
    ports::NotRenewed,
    time::Millis,
};

/// So often a day: each leaves a row that lists have to name for a month.
const A_DAY: u32 = 5;

pub(super) async fn renew(people: &People, actor: &Actor, now: Millis) -> Result<(), NotRenewed> {
    let holder = holder(people, actor, now).await.map_err(NotRenewed::NoCard)?;
    let key = people.vault.hash(Lookup::Rate, &format!("card.renew:{}", holder.member.id));
    let done = async {
        let mut edit = people.store.edit().await?;
        if edit.take(&[(key, Limit::of_day(A_DAY))], now).await?.is_err() {
            return Ok(false);
        }
        edit.revoke_card(holder.member.id, RevokedFor::Lost, now).await?;
        edit.card(holder.member.id, holder.member.organisation, CardId(random()), now).await?;
        let object = format!("membership {}", holder.member.id);
        let entry = Entry {
            actor: Some(holder.subject),
            role: Role::Worker,
            action: Action::ShowCard,
            object: &object,
            reason: "本人换了会员证的码，以前的作废",
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        let words = NoticeWords {
            kind: "card_renewed",
            title: "会员证换了新码".to_owned(),
            text: "以前截图、打印和存在手机上的会员证都不能用了。不是你换的，马上在“登录的设备”里让别的设备退出。"
                .to_owned(),
            link: Some("/me/card".to_owned()),
        };
        tell(people, &mut edit, holder.subject, &words, false, now).await?;
        edit.finish().await?;
        Ok::<_, Failed>(true)
    };
    let done = done.await.or_unavailable("renew a card").map_err(|why| NotRenewed::NoCard(why.into()))?;
    if done { Ok(()) } else { Err(NotRenewed::TooMany) }
}
