//! Consents: a text with a version for each purpose, given and withdrawn one by one (个人信息保护法 第十四条、第十五条).

use super::own::own;
use crate::{
    services::people::{People, Trouble as _},
    store::{Entry, StoreError},
};
use domain::{
    account::{Actor, SubjectId},
    policy::{Action, Refused, Role},
    ports::{Consent, ConsentFor},
    time::Millis,
};

/// The text in force. Whoever changes its meaning raises the number: then it is asked for again.
pub(in crate::services) const fn text_of(purpose: ConsentFor) -> (i32, &'static str) {
    match purpose {
        ConsentFor::Identity => (
            1,
            "我同意会站家保存我的姓名、证件类型和证件号码（敏感个人信息），只用来确认我是同一个人：入会、维权、保障时不用再填，\
             换了手机时证明是我本人。加密保存，列表里只显示一部分，每次完整查看都有记录。不同意不影响找站点、看通知。\
             随时可以撤回，撤回后这些信息马上删除，备份里最迟 7 天后也读不出。",
        ),
        ConsentFor::Sms => (
            1,
            "我同意会站家在有重要的事时，除了站内通知，再给我的手机号发一条短信。短信里不写具体内容。不同意就只有站内通知。\
             随时可以撤回。",
        ),
        ConsentFor::Joining => (
            1,
            "我自愿申请加入工会，同意会站家把我填的姓名、证件、手机号、职业、单位和常在的地方交给受理的工会，只用来审核入会、\
             查有没有重复入会、办会籍；没按时办，会转给它的上级工会。姓名和证件号码也存进我的账号，下次不用再填。\
             加密保存，工会的人每次看完整号码都要写原因、留记录。撤回同意就是撤回还没办完的申请。",
        ),
    }
}

pub(super) async fn consents(people: &People, actor: &Actor) -> Result<Vec<Consent>, Refused> {
    let (subject, _) = own(people, actor, Action::ReadAccount)?;
    let given = people.store.consents_of(subject).await.or_unavailable("read consents")?;
    Ok(ConsentFor::ALL
        .iter()
        .map(|&purpose| {
            let (version, text) = text_of(purpose);
            // Consent to an older text is none to this one.
            let given = given.iter().find(|kept| kept.purpose == purpose && kept.version == version);
            Consent { purpose, version, text, given_at: given.map(|kept| kept.given_at) }
        })
        .collect())
}

pub(super) async fn set(
    people: &People,
    actor: &Actor,
    purpose: ConsentFor,
    given: Option<i32>,
    now: Millis,
) -> Result<(), Refused> {
    let (subject, _) = own(people, actor, Action::ChangeAccount)?;
    // A page that was open since before the text changed consents to nothing.
    if given.is_some_and(|version| version != text_of(purpose).0) {
        return Err(Refused::NotFound);
    }
    write(people, subject, purpose, given, now).await.or_unavailable("keep a consent")
}

async fn write(
    people: &People,
    subject: SubjectId,
    purpose: ConsentFor,
    given: Option<i32>,
    now: Millis,
) -> Result<(), StoreError> {
    let mut edit = people.store.edit().await?;
    edit.put_consent(subject, purpose, given, now).await?;
    if given.is_none() && purpose == ConsentFor::Identity {
        // Without the consent there is no ground to keep it.
        edit.clear_identity(subject).await?;
    }
    if given.is_none() && purpose == ConsentFor::Joining {
        // Nobody decides any more on what nobody may read.
        edit.withdraw_applications_of(subject, now).await?;
    }
    let object = format!("subject {subject}");
    let reason = match (purpose, given.is_some()) {
        (ConsentFor::Identity, true) => "同意保存实名信息",
        (ConsentFor::Identity, false) => "撤回同意，删除实名信息",
        (ConsentFor::Joining, true) => "同意把入会申请交给工会审核",
        (ConsentFor::Joining, false) => "撤回同意，撤回还没办完的入会申请",
        (ConsentFor::Sms, true) => "同意重要的事发短信",
        (ConsentFor::Sms, false) => "撤回同意，不再发短信",
    };
    let entry =
        Entry { actor: Some(subject), role: Role::Worker, action: Action::ChangeAccount, object: &object, reason };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await
}
