//! The inbox, and a text message beside it for what is important.

use crate::{
    databases::on_each_engine,
    world::{HOUR_MS, NOW, World, browser, number},
};
use domain::{
    account::NoticeId,
    policy::Refused,
    ports::{Accounts as _, ConsentFor},
};
use server::{
    outside::sms::{Gateways, Heard},
    services::{
        notices::{NoticeWords, tell},
        people::People,
    },
};
use std::{sync::PoisonError, time::Duration};

fn words(title: &str) -> NoticeWords {
    NoticeWords { kind: "test", title: title.to_owned(), text: "内容".to_owned(), link: Some("/me".to_owned()) }
}

#[tokio::test]
async fn a_notice_is_read_by_its_owner_only() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let (other, _) = world.person(2, NOW).await;
        let mut edit = store.edit().await.expect("an edit");
        let subject = actor.subject().expect("somebody");
        let first = tell(&world.people, &mut edit, subject, &words("一"), false, NOW).await.expect("told");
        tell(&world.people, &mut edit, subject, &words("二"), false, NOW + 1).await.expect("told");
        edit.finish().await.expect("kept");
        assert_eq!(world.accounts.me(&actor, NOW).await.expect("me").unread, 2);
        let inbox = world.accounts.inbox(&actor).await.expect("an inbox");
        assert_eq!(inbox.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["二", "一"]);
        assert_eq!(world.accounts.notice(&other, first, NOW).await, Err(Refused::NotFound));
        assert_eq!(world.accounts.notice(&actor, NoticeId([7; 16]), NOW).await, Err(Refused::NotFound));
        let notice = world.accounts.notice(&actor, first, NOW).await.expect("read");
        assert_eq!((notice.title.as_str(), notice.link.as_deref()), ("一", Some("/me")));
        assert_eq!(world.accounts.me(&actor, NOW).await.expect("me").unread, 1);
        // What was undone is not told.
        let mut edit = store.edit().await.expect("an edit");
        tell(&world.people, &mut edit, subject, &words("三"), true, NOW + 2).await.expect("told");
        drop(edit);
        assert_eq!(world.accounts.inbox(&actor).await.expect("an inbox").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_account_is_told_of_a_new_browser() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        world.sign_in(&number(1), &browser(1), NOW + HOUR_MS).await;
        assert_eq!(world.accounts.inbox(&actor).await.expect("an inbox").len(), 0, "the same browser");
        world.sign_in(&number(1), &browser(2), NOW + 2 * HOUR_MS).await;
        let inbox = world.accounts.inbox(&actor).await.expect("an inbox");
        assert_eq!(inbox.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["账号在新的设备上登录了"]);
    })
    .await;
}

#[tokio::test]
async fn a_message_goes_out_for_what_is_important_to_whoever_agreed() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (agreed, _) = world.person(1, NOW).await;
        let (silent, _) = world.person(2, NOW).await;
        world.accounts.set_consent(&agreed, ConsentFor::Sms, Some(1), NOW).await.expect("given");
        let heard = Heard::default();
        let people = People { sms: Gateways::heard(heard.clone()), ..world.people.clone() };
        let mut edit = store.edit().await.expect("an edit");
        for (actor, important) in [(&agreed, true), (&agreed, false), (&silent, true)] {
            let subject = actor.subject().expect("somebody");
            tell(&people, &mut edit, subject, &words("题"), important, NOW).await.expect("told");
        }
        edit.finish().await.expect("kept");
        let count = || heard.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // It goes out beside the request: waited for, not timed.
        for _ in 0..100 {
            if !count().is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(count(), [(number(1), String::new())]);
    })
    .await;
}
