//! What those who joined are told of each step, and how the steps read.

use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People},
    },
    store::{Edit, FoundingKept},
};
use domain::{account::SubjectId, time::Millis};

/// Tells everybody who joined.
pub async fn everybody(
    people: &People,
    edit: &mut Edit,
    one: &FoundingKept,
    members: &[(SubjectId, bool)],
    (title, text): (&str, String),
    now: Millis,
) -> Result<(), Failed> {
    let words = NoticeWords {
        kind: "founding",
        title: title.to_owned(),
        text,
        link: Some(format!("/join/union/{}", one.token)),
    };
    for (subject, _) in members {
        tell(people, edit, *subject, &words, false, now).await?;
    }
    Ok(())
}

/// A step of the way, in a sentence.
pub fn step(kind: &str, union: &str) -> Option<String> {
    Some(match kind {
        "started" => "有工友发起".to_owned(),
        "sent" => format!("送到{union}"),
        "escalated" => format!("到期没有进展，转给{union}"),
        "contacted" => format!("{union}开始办了"),
        "done" => "已办结".to_owned(),
        "left" => "大家都退出了，不再办".to_owned(),
        _ => return None,
    })
}
