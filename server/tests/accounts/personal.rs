//! What is held about somebody: shown masked, told, taken away, erased.

use crate::{
    databases::on_each_engine,
    world::{DAY_MS, HOUR_MS, NOW, World, browser, number},
};
use domain::{
    account::{Actor, IdType},
    policy::{Action as A, Policy, Refused, Relation, Role},
    ports::{Accounts as _, CodeFor, ConsentFor, IdentityWrong, NotSent, TypedIdentity},
};
use server::{
    services::{
        accounts::AccountService,
        notices::{NoticeWords, tell},
        people::People,
    },
    vault::{Owner, Place, VaultError},
};
use std::sync::Arc;

const NAME: &str = "李𬭚";
const ID: &str = "11010519491231002X";

/// What is told at a field.
type Field = fn(&IdentityWrong) -> &Option<String>;

#[tokio::test]
async fn an_identity_is_kept_sealed_and_shown_masked() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let subject = actor.subject().expect("somebody");
        world.identify(&actor, " 李 𬭚 ", "１１０１０５ 19491231 002x", NOW).await;
        let me = world.accounts.me(&actor, NOW).await.expect("me");
        assert_eq!(me.mobile, "139****0001");
        assert_eq!(me.name.as_deref(), Some("李*"));
        assert_eq!(me.id, Some((IdType::Resident, "110***********002X".to_owned())));
        let kept = store.subject(subject).await.expect("an answer").expect("there");
        let sealed = [kept.mobile, kept.name, kept.id_number].map(|sealed| sealed.expect("kept"));
        for words in [NAME, ID, "李", "13900000001"] {
            for bytes in &sealed {
                assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words} in the open");
            }
        }
        // Shown whole only with a reason, which is written down without numbers.
        assert_eq!(world.accounts.reveal_identity(&actor, "  ", NOW).await.map(drop), Err(Refused::NotFound));
        let shown = world.accounts.reveal_identity(&actor, "核对 11010519491231002X", NOW).await;
        let shown = shown.expect("an answer").expect("kept");
        assert_eq!((shown.name.as_str(), shown.number.as_str(), shown.checked), (NAME, ID, "只核对了格式"));
        let export = world.accounts.export(&actor, NOW).await.expect("an export");
        assert!(export.json.contains("看完整的身份信息") && export.json.contains("核对 110*"), "{}", export.json);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_an_identity_is_told_at_its_field_and_nothing_is_kept() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let right = TypedIdentity {
            name: NAME.to_owned(),
            id_type: "resident".to_owned(),
            number: ID.to_owned(),
            consents: true,
            last4: String::new(),
        };
        let (name, id_type, number, consents): (Field, Field, Field, Field) =
            (|wrong| &wrong.name, |wrong| &wrong.id_type, |wrong| &wrong.number, |wrong| &wrong.consents);
        let long = "长".repeat(10_000);
        for (typed, field) in [
            (TypedIdentity { name: String::new(), ..right.clone() }, name),
            (TypedIdentity { name: "张\u{202E}三".to_owned(), ..right.clone() }, name),
            (TypedIdentity { name: "张\u{200B}三".to_owned(), ..right.clone() }, name),
            (TypedIdentity { name: long, ..right.clone() }, name),
            (TypedIdentity { id_type: "nonsense".to_owned(), ..right.clone() }, id_type),
            (TypedIdentity { number: "110105194912310021".to_owned(), ..right.clone() }, number),
            (TypedIdentity { consents: false, ..right.clone() }, consents),
        ] {
            let wrong = world.accounts.save_identity(&actor, &typed, NOW).await.expect_err("wrong");
            assert!(field(&wrong).as_ref().is_some_and(|words| words.ends_with('。')), "{wrong:?}");
            assert_eq!(wrong.refused, None);
        }
        assert_eq!(world.accounts.me(&actor, NOW).await.expect("me").name, None);
        let refused = world.accounts.save_identity(&Actor::Anonymous, &right, NOW).await.expect_err("nobody");
        assert_eq!(refused.refused, Some(Refused::SignIn));
    })
    .await;
}

#[tokio::test]
async fn a_consent_that_is_withdrawn_takes_with_it_what_it_allowed() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let given = async || {
            let consents = world.accounts.consents(&actor).await.expect("consents");
            consents.into_iter().map(|consent| consent.given_at.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(given().await, [false, false, false]);
        world.identify(&actor, NAME, ID, NOW).await;
        world.accounts.set_consent(&actor, ConsentFor::Sms, Some(1), NOW).await.expect("given");
        assert_eq!(given().await, [true, true, false]);
        // A page from before the text changed.
        let old = world.accounts.set_consent(&actor, ConsentFor::Sms, Some(0), NOW).await;
        assert_eq!(old, Err(Refused::NotFound));
        world.accounts.set_consent(&actor, ConsentFor::Identity, None, NOW).await.expect("withdrawn");
        assert_eq!(given().await, [false, true, false]);
        let me = world.accounts.me(&actor, NOW).await.expect("me");
        assert_eq!((me.name, me.id), (None, None));
        let subject = actor.subject().expect("somebody");
        let kept = store.subject(subject).await.expect("an answer").expect("there");
        assert_eq!((kept.name, kept.id_number, kept.id_type), (None, None, None));
    })
    .await;
}

#[tokio::test]
async fn an_export_has_everything_and_a_document_nothing_that_runs() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        world.identify(&actor, NAME, ID, NOW).await;
        let words = NoticeWords {
            kind: "test",
            title: "<script>alert(1)</script>".to_owned(),
            text: "独一无二的通知内容".to_owned(),
            link: None,
        };
        let mut edit = store.edit().await.expect("an edit");
        let subject = actor.subject().expect("somebody");
        tell(&world.people, &mut edit, subject, &words, false, NOW).await.expect("told");
        edit.finish().await.expect("kept");
        let export = world.accounts.export(&actor, NOW).await.expect("an export");
        let json: serde_json::Value = serde_json::from_str(&export.json).expect("JSON");
        assert!(json["held"].as_array().is_some_and(|held| held.len() >= 5), "{json}");
        for word in [
            NAME,
            ID,
            "13900000001",
            "独一无二的通知内容",
            "安卓手机 · 微信",
            "居民身份证",
            "2026-11-23 10:00",
            "下载了自己的全部资料",
        ] {
            assert!(export.json.contains(word), "{word} is missing in the JSON");
            assert!(export.html.contains(word), "{word} is missing in the document");
        }
        assert!(!export.html.contains("<script"), "{}", export.html);
        let held = world.accounts.held(&actor).await.expect("held");
        assert_eq!(held.first().map(|held| (held.what, held.count)), Some(("账号", 1)));
    })
    .await;
}

#[tokio::test]
async fn an_erased_account_is_gone_and_its_ciphertexts_are_noise() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, signed_in) = world.person(1, NOW).await;
        world.identify(&actor, NAME, ID, NOW).await;
        let subject = actor.subject().expect("somebody");
        let backup = store.subject(subject).await.expect("an answer").expect("there");
        let (other, _) = world.person(2, NOW).await;
        world.accounts.erase(&actor, NOW + HOUR_MS).await.expect("erased");
        assert_eq!(world.actor(&signed_in.session, NOW + HOUR_MS).await, Actor::Anonymous);
        assert_eq!(store.subject(subject).await.expect("an answer"), None);
        // What a backup still has cannot be opened with today's keys.
        for (column, sealed) in [("mobile", backup.mobile), ("name", backup.name), ("id_number", backup.id_number)] {
            let place = Place { table: "subject", column, row: subject.0 };
            let opened = world.people.vault.open(Owner::Subject(subject), place, &sealed.expect("kept")).await;
            assert!(matches!(opened, Err(VaultError::NoKey)), "{column}");
        }
        // Whoever signs in with the number again begins empty; others are not meant.
        let again = world.sign_in(&number(1), &browser(1), NOW + 2 * HOUR_MS).await;
        assert!(again.is_new);
        assert!(world.accounts.me(&other, NOW).await.is_ok());
        // A tab that was open is answered as if nobody had signed in.
        assert_eq!(world.accounts.me(&actor, NOW + HOUR_MS).await.map(drop), Err(Refused::SignIn));
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_only() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, first) = world.person(1, NOW).await;
        let (other, _) = world.person(2, NOW).await;
        let second = world.sign_in(&number(1), &browser(7), NOW + HOUR_MS).await;
        let rows = world.accounts.sessions(&actor, NOW + HOUR_MS).await.expect("sessions");
        assert_eq!(rows.iter().map(|row| row.is_this).collect::<Vec<_>>(), [true, false]);
        // Somebody else's and one that never was are the same answer.
        let theirs = rows[1].id;
        assert_eq!(world.accounts.end_session(&other, theirs, NOW).await, Err(Refused::NotFound));
        assert_eq!(
            world.accounts.end_session(&actor, domain::account::SessionId([9; 16]), NOW).await,
            Err(Refused::NotFound)
        );
        world.accounts.end_session(&actor, theirs, NOW).await.expect("ended");
        assert_eq!(world.actor(&second.session, NOW + HOUR_MS).await, Actor::Anonymous);
        // Everywhere.
        world.sign_in(&number(1), &browser(8), NOW + 2 * HOUR_MS).await;
        world.accounts.end_all_sessions(&actor, NOW + 2 * HOUR_MS).await.expect("ended");
        assert_eq!(world.actor(&first.session, NOW + 2 * HOUR_MS).await, Actor::Anonymous);
        // Without use a session ends by itself.
        let late = world.sign_in(&number(1), &browser(1), NOW + DAY_MS).await;
        assert_eq!(world.actor(&late.session, NOW + 92 * DAY_MS).await, Actor::Anonymous);
        assert_eq!(world.actor("no such token", NOW).await, Actor::Anonymous);
    })
    .await;
}

#[tokio::test]
async fn what_the_policy_takes_away_no_service_gives() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let without = |action| {
            let policy = Policy::default().with_flipped((Role::Worker, action, Relation::Own));
            AccountService::new(People { policy: Arc::new(policy), ..world.people.clone() })
        };
        let none = Err(Refused::NotFound);
        assert_eq!(without(A::ReadAccount).me(&actor, NOW).await.map(drop), none);
        assert_eq!(without(A::ReadAccount).export(&actor, NOW).await.map(drop), none);
        assert_eq!(without(A::RevealIdentity).export(&actor, NOW).await.map(drop), none);
        assert_eq!(without(A::ChangeAccount).erase(&actor, NOW).await, none);
        assert_eq!(without(A::ReadNotice).inbox(&actor).await.map(drop), none);
        assert_eq!(without(A::EndSession).end_all_sessions(&actor, NOW).await, none);
        assert_eq!(without(A::RevealIdentity).reveal_identity(&actor, "看看", NOW).await.map(drop), none);
        for answer in [
            world.accounts.me(&Actor::Anonymous, NOW).await.map(drop),
            world.accounts.held(&Actor::Anonymous).await.map(drop),
            world.accounts.erase(&Actor::Anonymous, NOW).await,
            world.accounts.consents(&Actor::Anonymous).await.map(drop),
        ] {
            assert_eq!(answer, Err(Refused::SignIn));
        }
    })
    .await;
}

#[tokio::test]
async fn an_identity_is_checked_five_times_a_day() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        world.identify(&actor, NAME, ID, NOW).await;
        let typed = TypedIdentity {
            name: NAME.to_owned(),
            id_type: IdType::Resident.code().to_owned(),
            number: ID.to_owned(),
            consents: true,
            last4: ID[14..].to_owned(),
        };
        for _ in 1..5 {
            world.accounts.save_identity(&actor, &typed, NOW).await.expect("kept");
        }
        let refused = world.accounts.save_identity(&actor, &typed, NOW).await.expect_err("the sixth");
        assert!(refused.number.is_some() && refused.refused.is_none(), "{refused:?}");
        world.accounts.save_identity(&actor, &typed, NOW + DAY_MS).await.expect("tomorrow is another day");
    })
    .await;
}

#[tokio::test]
async fn an_identity_and_a_number_change_only_with_the_last_four_of_the_id_that_is_held() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        world.identify(&actor, NAME, ID, NOW).await;
        let typed = |last4: &str| TypedIdentity {
            name: NAME.to_owned(),
            id_type: IdType::Resident.code().to_owned(),
            number: ID.to_owned(),
            consents: true,
            last4: last4.to_owned(),
        };
        let change = async |last4: &str, at| {
            let to = CodeFor::ChangeMobile { actor: actor.clone(), last4: last4.to_owned() };
            world.accounts.send_code(&number(50), to, &browser(1), at).await.map(drop)
        };
        // Nothing typed is no guess; what is wrong counts for both.
        assert_eq!(change("", NOW).await, Err(NotSent::Last4 { tries_left: 3 }));
        assert_eq!(change("0000", NOW).await, Err(NotSent::Last4 { tries_left: 2 }));
        let wrong = world.accounts.save_identity(&actor, &typed("0000"), NOW).await.expect_err("wrong");
        assert!(wrong.last4.is_some_and(|told| told.contains("1 次")));
        // A right one takes them back.
        assert_eq!(change(&ID[14..], NOW).await, Ok(()));
        assert_eq!(world.accounts.save_identity(&actor, &typed("００２x"), NOW).await, Ok(()));
        assert_eq!(world.accounts.inbox(&actor).await.expect("an inbox")[0].title, "实名信息改过了");
        for tries_left in [2, 1] {
            assert_eq!(change("0000", NOW).await, Err(NotSent::Last4 { tries_left }));
        }
        assert!(matches!(change("0000", NOW).await, Err(NotSent::Locked { .. })));
        assert!(matches!(change(&ID[14..], NOW + 6 * DAY_MS).await, Err(NotSent::Locked { .. })), "locked is locked");
        assert_eq!(change(&ID[14..], NOW + 8 * DAY_MS).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn an_erasure_that_stopped_half_way_can_be_asked_for_again() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        world.identify(&actor, NAME, ID, NOW).await;
        // The key went, and the transaction with the rows did not.
        world.people.vault.destroy(actor.subject().expect("somebody")).await.expect("destroyed");
        let me = world.accounts.me(&actor, NOW).await.expect("shown");
        assert_eq!((me.mobile.as_str(), me.name, me.id), ("没有手机号", None, None));
        world.accounts.erase(&actor, NOW).await.expect("erased");
        assert_eq!(store.subject(actor.subject().expect("somebody")).await.expect("an answer"), None);
    })
    .await;
}
