//! What a report says, under its worker's key.

use crate::{
    services::people::{Failed, People},
    store::{ObstructionKept, ObstructionWords},
    vault::{Owner, Place, VaultError},
};
use domain::{account::SubjectId, time::Millis};
use uuid::Uuid;

const fn place(row: [u8; 16]) -> Place {
    Place { table: "obstruction_words", column: "words", row }
}

/// Everything that is said; blank once the key is destroyed.
#[derive(Default)]
pub struct Said {
    /// Which employer.
    pub unit: String,
    /// What happened.
    pub what: String,
    /// What was done about it.
    pub done: Vec<(Millis, String)>,
}

/// Words ready to be kept.
pub async fn seal(
    people: &People,
    subject: SubjectId,
    part: &str,
    words: &str,
    now: Millis,
) -> Result<ObstructionWords, VaultError> {
    let id = Uuid::now_v7().into_bytes();
    let sealed = people.vault.seal(Owner::Subject(subject), place(id), words, now).await?;
    Ok(ObstructionWords { id, part: part.to_owned(), words: sealed.0, at: now })
}

/// All of it.
pub async fn opened(people: &People, one: &ObstructionKept) -> Result<Said, Failed> {
    let mut said = Said::default();
    for kept in people.store.obstruction_words(one.id).await? {
        let words = match people.vault.open(Owner::Subject(one.subject), place(kept.id), &kept.words).await {
            Ok(words) => words.reveal().to_owned(),
            Err(VaultError::NoKey) => continue,
            Err(error) => return Err(error.into()),
        };
        match kept.part.as_str() {
            "unit" => said.unit = words,
            "what" => said.what = words,
            _ => said.done.push((kept.at, words)),
        }
    }
    Ok(said)
}
