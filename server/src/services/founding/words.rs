//! Words under a person's key.

use crate::{
    services::people::{Failed, People},
    store::{FoundingKept, FoundingWords},
    vault::{Owner, Place, VaultError},
};
use domain::{account::SubjectId, ports::Written, time::Millis};
use uuid::Uuid;

const fn place(row: [u8; 16]) -> Place {
    Place { table: "founding_words", column: "words", row }
}

/// Words of the starter, or to the starter, ready to be kept.
pub async fn seal(
    people: &People,
    subject: SubjectId,
    words: &str,
    is_officer: bool,
    now: Millis,
) -> Result<FoundingWords, VaultError> {
    let id = Uuid::now_v7().into_bytes();
    let sealed = people.vault.seal(Owner::Subject(subject), place(id), words, now).await?;
    Ok(FoundingWords { id, subject, is_officer, words: sealed.0, at: now })
}

/// All words of a request; those whose key is destroyed are gone.
pub async fn opened(people: &People, one: &FoundingKept) -> Result<Vec<Written>, Failed> {
    let mut written = Vec::new();
    for kept in people.store.founding_words(one.id).await? {
        match people.vault.open(Owner::Subject(kept.subject), place(kept.id), &kept.words).await {
            Ok(words) => {
                written.push(Written { is_officer: kept.is_officer, words: words.reveal().to_owned(), at: kept.at });
            }
            Err(VaultError::NoKey) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(written)
}
