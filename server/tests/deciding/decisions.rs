//! What is decided, what the applicant hears of it, and what is written down.

use crate::{
    applicants::{WANG, ZHANG, deciding},
    databases::on_each_engine,
    world::{NOW, World, union},
};
use domain::{
    account::{ApplicationId, SubjectId},
    membership::{ApplicationState, MemberNumber},
    policy::{Action, Refused},
    ports::{Approved, Deciding as _, Decision, NotDecided},
};
use server::vault::{Owner, Place};

#[tokio::test]
async fn an_approval_makes_a_member_and_names_the_organisation_and_who_entered_it() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (id, subject) = world.applies(&ZHANG, 410_105).await;
        let officer = world.officer(410_100).await;
        let page = deciding(&world).application(&officer.actor, &id, NOW).await.expect("a page");
        assert_eq!((page.name.as_str(), page.is_open(), page.likely.len()), ("张晓明", true, 0));
        assert!(page.facts.contains(&("居民身份证", "110***********002X".into())), "{:?}", page.facts);
        let Approved::Joined(number) =
            deciding(&world).approve(&officer.actor, &id, page.version, NOW).await.expect("approves")
        else {
            panic!("a membership")
        };
        assert!(MemberNumber::parse(&number).is_some_and(|number| number.as_str().starts_with("41010526")));
        let member = store.membership_of(subject).await.expect("reads").expect("a member");
        assert_eq!((member.number, member.authority.as_str()), (number.clone(), "金水区总工会"));
        assert_eq!((member.organisation, member.entered_by), (union(410_105), Some(officer.subject)));
        assert!(member.valid_until > NOW && member.joined_at == NOW);
        let page = deciding(&world).application(&officer.actor, &id, NOW).await.expect("a page");
        assert_eq!((page.state, page.membership), (ApplicationState::Approved, Some(number)));
        assert_eq!(page.decided, Some(("金水区总工会".into(), NOW)));
        assert!(page.likely.is_empty(), "what came of it is no duplicate of it");
        assert_eq!(world.history(&id).await, ["approved"]);
        assert_eq!(world.heard(subject).await, 1);
        let audited = world.audited(Action::DecideApplication).await;
        assert_eq!(audited, [(format!("application {id}"), "通过".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn of_two_officers_at_once_one_wins_and_the_other_is_told() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (one, other) = (world.officer(410_105).await, world.officer(410_100).await);
        let service = deciding(&world);
        for round in 0..10 {
            let number = format!("11010519491231{round:03}X");
            let of = crate::applicants::Applicant { id_number: &number, mobile: &number, ..ZHANG };
            let (id, subject) = world.applies(&of, 410_105).await;
            let refuse = Decision::Refuse("材料是别人的，请本人重新申请。".into());
            let (approved, refused) = tokio::join!(
                service.approve(&one.actor, &id, 1, NOW),
                service.decide(&other.actor, &id, 1, &refuse, NOW)
            );
            let told = |sentence: &str| sentence.contains("先办了") && !sentence.contains(&one.subject.to_string());
            let is_member = store.membership_of(subject).await.expect("reads").is_some();
            match (approved, refused) {
                (Ok(_), Err(NotDecided::Outdated(sentence))) => assert!(told(&sentence) && is_member, "{sentence}"),
                (Err(NotDecided::Outdated(sentence)), Ok(())) => assert!(told(&sentence) && !is_member, "{sentence}"),
                both => panic!("exactly one wins: {both:?}"),
            }
            assert_eq!(world.history(&id).await.len(), 1);
            assert_eq!(world.heard(subject).await, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_refusal_and_a_question_are_read_by_the_applicant_and_by_nobody_in_the_open() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let service = deciding(&world);
        let (id, subject) = world.applies(&ZHANG, 410_105).await;
        let ask = Decision::AskBack("站点名写得不全，请写清楚。".into());
        service.decide(&officer.actor, &id, 1, &ask, NOW).await.expect("asks");
        let page = service.application(&officer.actor, &id, NOW).await.expect("a page");
        assert_eq!((page.state, page.version), (ApplicationState::NeedsInfo, 2));
        assert_eq!(page.reason.as_deref(), Some("站点名写得不全，请写清楚。"));
        assert_eq!(page.decided, None, "nothing is decided by asking");
        let refuse = Decision::Refuse("等了很久没有回复，补好了再申请。".into());
        service.decide(&officer.actor, &id, 2, &refuse, NOW).await.expect("refuses");
        let row = store.application_to_decide(ApplicationId::parse(&id).expect("an id")).await;
        let row = row.expect("reads").expect("there");
        assert_eq!((row.state, row.authority.as_deref()), (ApplicationState::Rejected, Some("金水区总工会")));
        let sealed = row.reason.expect("a reason");
        assert!(!String::from_utf8_lossy(&sealed).contains("回复"));
        assert_eq!(
            (world.heard(subject).await, world.history(&id).await),
            (2, vec!["asked".into(), "rejected".into()])
        );
        for (_, reason) in world.audited(Action::DecideApplication).await {
            assert!(!reason.contains("站点") && !reason.contains("回复"), "{reason}");
        }
        // Who was refused is no member, and applies again.
        assert_eq!(store.membership_of(subject).await.expect("reads"), None);
        let again = world.applies_as(subject, &ZHANG, 410_105).await;
        assert!(service.approve(&officer.actor, &again, 1, NOW).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_application_is_handed_on_to_an_organisation_that_takes_it() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (here, there) = (world.officer(410_105).await, world.officer(410_103).await);
        let service = deciding(&world);
        let (id, subject) = world.applies(&ZHANG, 410_105).await;
        let to = |adcode, reason: &str| Decision::HandOn { to: union(adcode).to_string(), reason: reason.into() };
        let not = service.decide(&here.actor, &id, 1, &to(410_103, "他在那个区干活"), NOW).await;
        assert!(matches!(not, Err(NotDecided::Wrong("to", sentence)) if sentence.contains("没有开通")));
        world.opens(410_103).await;
        let found = service.targets(&here.actor, &id, "二七", NOW).await.expect("a list");
        assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["二七区总工会"]);
        assert!(service.targets(&here.actor, &id, "", NOW).await.expect("a list").len() == 1, "beside it");
        let not = service.decide(&here.actor, &id, 1, &to(410_103, "13812345678"), NOW).await;
        assert!(matches!(not, Err(NotDecided::Wrong("reason", _))));
        service.decide(&here.actor, &id, 1, &to(410_103, "他在那个区干活"), NOW).await.expect("hands on");
        assert_eq!(service.application(&here.actor, &id, NOW).await.err(), Some(Refused::NotFound));
        let page = service.application(&there.actor, &id, NOW).await.expect("a page");
        assert_eq!((page.owner.as_str(), page.version), ("二七区总工会", 2));
        assert!(page.due_at.is_some_and(|due_at| due_at > NOW));
        assert_eq!((world.heard(subject).await, world.history(&id).await), (1, vec!["reassigned".to_owned()]));
        assert!(matches!(service.approve(&there.actor, &id, 2, NOW).await, Ok(Approved::Joined(_))));
        let member = store.membership_of(subject).await.expect("reads").expect("a member");
        assert_eq!(member.authority, "二七区总工会");
    })
    .await;
}

#[tokio::test]
async fn many_are_approved_at_once_and_what_was_left_is_told_with_its_reason() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let service = deciding(&world);
        let (clean, _) = world.applies(&ZHANG, 410_105).await;
        let (twin, _) = world.applies(&WANG, 410_105).await;
        world.applies(&WANG, 440_305).await;
        let own = world
            .applies_as(
                officer.subject,
                &crate::applicants::Applicant { id_number: "1", mobile: "1", ..ZHANG },
                410_105,
            )
            .await;
        let (outdated, _) =
            world.applies(&crate::applicants::Applicant { id_number: "2", mobile: "2", ..ZHANG }, 410_105).await;
        let (foreign, _) =
            world.applies(&crate::applicants::Applicant { id_number: "3", mobile: "3", ..ZHANG }, 440_305).await;
        let picked: Vec<(String, i64)> =
            [(&clean, 1), (&clean, 1), (&twin, 1), (&own, 1), (&outdated, 7), (&foreign, 1)]
                .map(|(id, version)| (id.clone(), version))
                .to_vec();
        let bulk = service.approve_all(&officer.actor, &picked, NOW).await.expect("answers");
        assert_eq!((bulk.approved, bulk.merged, bulk.left.len()), (1, 0, 4));
        let why = |id: &str| bulk.left.iter().find(|(of, ..)| of.as_deref() == Some(id)).map(|(_, _, why)| why.clone());
        assert!(why(&twin).is_some_and(|why| why.contains("同一个人")));
        assert!(why(&outdated).is_some_and(|why| why.contains("变化")));
        assert_eq!((why(&own), why(&foreign)), (None, None), "neither is named");
        assert_eq!(bulk.left.iter().filter(|(id, ..)| id.is_none()).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn numbers_are_shown_whole_once_with_a_reason_that_is_written_down() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let _ = store;
        let officer = world.officer(410_105).await;
        let service = deciding(&world);
        let (id, _): (String, SubjectId) = world.applies(&ZHANG, 410_105).await;
        let not = service.reveal(&officer.actor, &id, " ", NOW).await.err().expect("no reason");
        assert_eq!(not.wrong[0].0, "reason");
        assert_eq!(world.audited(Action::RevealMember).await, []);
        let Ok(whole) = service.reveal(&officer.actor, &id, "和登记表核对", NOW).await else { panic!("shows") };
        assert!(whole.facts.contains(&("居民身份证", "11010519491231002X".into())));
        let audited = world.audited(Action::RevealMember).await;
        assert_eq!(audited, [(format!("application {id}"), "和登记表核对".to_owned())]);
        let page = service.application(&officer.actor, &id, NOW).await.expect("a page");
        assert!(page.facts.iter().all(|(_, value)| !value.contains("19491231")));
    })
    .await;
}

#[tokio::test]
async fn numbers_are_the_desks_business_while_it_waits_or_they_are_its_member() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let service = deciding(&world);
        let has_mobile = async |id: &str| {
            let page = service.application(&officer.actor, id, NOW).await.expect("a page");
            (page.facts.iter().any(|(label, _)| *label == "手机号"), page.may_reveal)
        };
        let with_mobile = async |number: u8| {
            let subject = world.person().await;
            let place = Place { table: "subject", column: "mobile", row: subject.0 };
            let mobile = format!("139000012{number:02}");
            let sealed = world.people.vault.seal(Owner::Subject(subject), place, &mobile, NOW).await.expect("seals");
            let mut edit = store.edit().await.expect("begins");
            assert!(edit.put_mobile(subject, &[number; 32], &sealed.0).await.expect("writes"));
            edit.finish().await.expect("lasts");
            subject
        };
        let refused = world.applies_as(with_mobile(1).await, &ZHANG, 410_105).await;
        let gone = world.applies_as(with_mobile(2).await, &ZHANG, 410_105).await;
        assert_eq!(has_mobile(&refused).await, (true, true));
        let no = Decision::Refuse("不是我们这里的，请重新选地方。".into());
        service.decide(&officer.actor, &refused, 1, &no, NOW).await.expect("refuses");
        let mut edit = store.edit().await.expect("begins");
        assert!(edit.withdraw_application(ApplicationId::parse(&gone).expect("an id"), NOW).await.expect("writes"));
        edit.finish().await.expect("lasts");
        for id in [&refused, &gone] {
            assert_eq!(has_mobile(id).await, (false, false));
            let not = service.reveal(&officer.actor, id, "和登记表核对", NOW).await.err().expect("over");
            assert_eq!((not.refused, not.wrong[0].0), (None, "reason"));
        }
        assert_eq!(world.audited(Action::RevealMember).await, []);

        // A member of theirs, until the membership is somebody else's business.
        let subject = with_mobile(3).await;
        let id = world.applies_as(subject, &ZHANG, 410_105).await;
        service.approve(&officer.actor, &id, 1, NOW).await.expect("approved");
        assert_eq!(has_mobile(&id).await, (true, true));
        assert!(service.reveal(&officer.actor, &id, "和登记表核对", NOW).await.is_ok());
        let mut edit = store.edit().await.expect("begins");
        let mut kept = edit.living_membership_of(subject).await.expect("reads").expect("there");
        kept.organisation = union(440_305);
        edit.save_membership(&kept, NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        assert_eq!(has_mobile(&id).await, (false, false));
        assert!(service.reveal(&officer.actor, &id, "和登记表核对", NOW).await.is_err());
    })
    .await;
}
