//! SMS gateways against a peer on this machine that checks what it is sent, as the real one documents it.

mod peer;

use peer::{Peer, Says};
use server::outside::sms::{Aliyun, Failed, Gateway, Gateways, Message, Tencent};

/// 2026-11-24T08:00:00Z.
const NOW: i64 = 1_795_507_200_000;
const MOBILE: &str = "13800001234";
const CODE: Message<'static> = Message::Code("042137");

fn aliyun(peer: &Peer) -> Gateway {
    Gateway::Aliyun(Aliyun {
        url: peer.url(),
        key_id: "LTAI-id".into(),
        key_secret: "LTAI-secret".into(),
        sign: "会站家&工会".into(),
        template: "SMS_1".into(),
        notice_template: Some("SMS_2".into()),
    })
}

fn tencent(peer: &Peer) -> Gateway {
    Gateway::Tencent(Tencent {
        url: peer.url(),
        secret_id: "AKID-id".into(),
        secret_key: "AKID-key".into(),
        app: "1400006666".into(),
        sign: "会站家".into(),
        template: "1234".into(),
        notice_template: None,
    })
}

#[tokio::test]
async fn aliyun_is_sent_a_signed_code() {
    let peer = Peer::aliyun(&[Says::Ok]).await;
    let gateways = Gateways::new(vec![aliyun(&peer)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Ok(()));
    let sent = peer.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].mobile, MOBILE);
    assert_eq!(sent[0].sign, "会站家&工会");
    assert_eq!((sent[0].template.as_str(), sent[0].values.as_str()), ("SMS_1", "{\"code\":\"042137\"}"));
}

#[tokio::test]
async fn tencent_is_sent_a_signed_code() {
    let peer = Peer::tencent(&[Says::Ok]).await;
    let gateways = Gateways::new(vec![tencent(&peer)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Ok(()));
    let sent = peer.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].mobile, "+8613800001234");
    assert_eq!((sent[0].template.as_str(), sent[0].values.as_str()), ("1234", "[\"042137\"]"));
}

#[tokio::test]
async fn a_wrong_secret_is_noticed_by_the_peer() {
    let peer = Peer::aliyun(&[Says::Ok]).await;
    let Gateway::Aliyun(mut account) = aliyun(&peer) else { unreachable!("made above") };
    account.key_secret = "another".into();
    let gateways = Gateways::new(vec![Gateway::Aliyun(account)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Err(Failed));
    let peer = Peer::tencent(&[Says::Ok]).await;
    let Gateway::Tencent(mut account) = tencent(&peer) else { unreachable!("made above") };
    account.secret_key = "another".into();
    let gateways = Gateways::new(vec![Gateway::Tencent(account)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Err(Failed));
}

#[tokio::test]
async fn a_gateway_that_is_not_well_is_asked_twice_and_then_the_next_one() {
    let first = Peer::aliyun(&[Says::Status(503), Says::Status(500)]).await;
    let second = Peer::tencent(&[Says::Ok]).await;
    let gateways = Gateways::new(vec![aliyun(&first), tencent(&second)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Ok(()));
    assert_eq!((first.sent().len(), second.sent().len()), (2, 1));
}

#[tokio::test]
async fn a_gateway_that_recovers_sends_once() {
    let first = Peer::aliyun(&[Says::Status(503), Says::Ok]).await;
    let second = Peer::tencent(&[Says::Ok]).await;
    let gateways = Gateways::new(vec![aliyun(&first), tencent(&second)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Ok(()));
    assert_eq!((first.sent().len(), second.sent().len()), (2, 0));
}

#[tokio::test]
async fn a_refusal_is_not_repeated_but_the_next_one_is_asked() {
    let first = Peer::aliyun(&[Says::Code("isv.BUSINESS_LIMIT_CONTROL")]).await;
    let second = Peer::tencent(&[Says::Code("LimitExceeded.PhoneNumberDailyLimit")]).await;
    let gateways = Gateways::new(vec![aliyun(&first), tencent(&second)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Err(Failed));
    assert_eq!((first.sent().len(), second.sent().len()), (1, 1));
}

#[tokio::test]
async fn one_that_cannot_be_reached_or_says_nothing_or_nonsense_is_left_for_the_next() {
    let gone = Peer::gone().await;
    let mute = Peer::aliyun(&[Says::Nothing]).await;
    let babbling = Peer::tencent(&[Says::Nonsense]).await;
    let well = Peer::tencent(&[Says::Ok]).await;
    let gateways = Gateways::new(vec![aliyun(&gone), aliyun(&mute), tencent(&babbling), tencent(&well)]);
    assert_eq!(gateways.send(MOBILE, CODE, NOW).await, Ok(()));
    assert_eq!((mute.sent().len(), babbling.sent().len(), well.sent().len()), (1, 1, 1), "the mute one is asked once");
}

#[tokio::test]
async fn a_notice_says_nothing_of_what_it_is_about() {
    let peer = Peer::aliyun(&[Says::Ok]).await;
    let gateways = Gateways::new(vec![aliyun(&peer)]);
    assert_eq!(gateways.send(MOBILE, Message::Notice, NOW).await, Ok(()));
    let sent = peer.sent();
    assert_eq!((sent[0].template.as_str(), sent[0].values.as_str()), ("SMS_2", ""));
    // Without a template for notices none is sent.
    let peer = Peer::tencent(&[Says::Ok]).await;
    assert_eq!(Gateways::new(vec![tencent(&peer)]).send(MOBILE, Message::Notice, NOW).await, Err(Failed));
    assert_eq!(peer.sent().len(), 0);
}
