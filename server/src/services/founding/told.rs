//! What those who joined are told of each step, and how the steps read.

use super::climb::name_of;
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People},
    },
    store::{Edit, FoundingKept, Happened},
};
use domain::{account::SubjectId, organisation::OrganisationTree, time::Millis};

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

/// The way so far, in sentences.
pub fn history(tree: &OrganisationTree, events: Vec<Happened>) -> Vec<(Millis, String)> {
    let sentence = |kind: &str, organisation: Option<domain::account::OrganisationId>| {
        let union = organisation.map(|id| name_of(tree, id)).unwrap_or_default();
        match kind {
            "started" => "有工友发起".to_owned(),
            "sent" => format!("送到{union}"),
            "escalated" => format!("到期没联系，转给{union}"),
            "contacted" => format!("{union}开始办了"),
            "done" => "已办结".to_owned(),
            _ => String::new(),
        }
    };
    let told = events.into_iter().map(|(kind, organisation, at)| (at, sentence(&kind, organisation)));
    told.filter(|(_, sentence)| !sentence.is_empty()).collect()
}
