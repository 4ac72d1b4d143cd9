//! The list of occupations, as an administrator edits it. A code is never changed or deleted: what was filled in with
//! it keeps it.

use super::{
    founding::text::{all, name},
    people::{Failed, People, Trouble as _},
};
use crate::store::{Edit, Entry};
use domain::{
    account::Actor,
    membership::Occupation,
    policy::{Action, Refused, Role},
    ports::{Later, NotDone, OccupationList, TypedOccupation},
    time::Millis,
};

const NAME_AT_MOST: usize = 20;
const CODE_AT_MOST: usize = 40;

/// The list of occupations.
#[derive(Clone)]
pub struct OccupationService {
    people: People,
}

fn code(typed: &str) -> Result<String, NotDone> {
    let code = typed.trim();
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if code.starts_with(|letter: char| letter.is_ascii_lowercase())
        && code.len() <= CODE_AT_MOST
        && code.chars().all(fits)
    {
        Ok(code.to_owned())
    } else {
        Err(NotDone::at("code", "代码用小写字母开头，只用小写字母、数字和下划线，例：parcel_courier。"))
    }
}

fn read(code: String, typed: &TypedOccupation, is_retired: bool) -> Result<Occupation, NotDone> {
    let word = name("name", &typed.name, NAME_AT_MOST, "写职业的名字，例：快递员。");
    let position = match typed.position.trim() {
        "" => Ok(1000),
        number => match number.parse::<i32>() {
            Ok(position @ 0..=100_000) => Ok(position),
            _ => Err(NotDone::at("position", "写一个数，小的排前面，例：20。")),
        },
    };
    let industry = match typed.industry.trim() {
        "" => Ok(None),
        industry => name("industry", industry, NAME_AT_MOST, "行业至少写两个字，例：快递；没有就空着。").map(Some),
    };
    let ((word, position), industry) = all(all(word, position), industry)?;
    Ok(Occupation { code, name: word, eight: typed.eight, four: typed.four, industry, position, is_retired })
}

impl OccupationService {
    /// On a database.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }

    fn check(&self, actor: &Actor) -> Result<(), Refused> {
        self.people.policy.check(actor, Action::EditOccupations, &[])
    }

    async fn all(&self, actor: &Actor) -> Result<Vec<Occupation>, Refused> {
        self.check(actor)?;
        self.people.store.occupation_list().await.or_unavailable("read occupations")
    }

    async fn one(&self, actor: &Actor, code: &str) -> Result<Occupation, Refused> {
        self.all(actor).await?.into_iter().find(|one| one.code == code).ok_or(Refused::NotFound)
    }

    async fn note(
        &self,
        edit: &mut Edit,
        actor: &Actor,
        one: &Occupation,
        what: &str,
        now: Millis,
    ) -> Result<(), Failed> {
        let entry = Entry {
            actor: actor.subject(),
            role: Role::Administrator,
            action: Action::EditOccupations,
            object: &format!("occupation {}", one.code),
            reason: what,
        };
        Ok(edit.audit(&self.people.vault.audit_key(), &entry, now).await?)
    }

    async fn add(&self, actor: &Actor, typed: &TypedOccupation, now: Millis) -> Result<(), NotDone> {
        self.check(actor)?;
        let (code, one) = all(code(&typed.code), read(String::new(), typed, false))?;
        let one = Occupation { code, ..one };
        let mut edit = self.people.store.edit().await.or_unavailable("add an occupation")?;
        if !edit.add_occupation(&one, now).await.or_unavailable("add an occupation")? {
            return Err(NotDone::at("code", "这个代码已经有了，换一个；停用的也占着代码，可以恢复它。"));
        }
        self.note(&mut edit, actor, &one, "新增", now).await.or_unavailable("add an occupation")?;
        edit.finish().await.or_unavailable("add an occupation")?;
        Ok(())
    }

    async fn change(&self, actor: &Actor, code: &str, typed: &TypedOccupation, now: Millis) -> Result<(), NotDone> {
        let known = self.one(actor, code).await?;
        let one = read(known.code, typed, known.is_retired)?;
        Ok(self.keep(actor, &one, "修改", now).await?)
    }

    async fn retire(&self, actor: &Actor, code: &str, retired: bool, now: Millis) -> Result<(), Refused> {
        let one = Occupation { is_retired: retired, ..self.one(actor, code).await? };
        self.keep(actor, &one, if retired { "停用" } else { "恢复" }, now).await
    }

    async fn keep(&self, actor: &Actor, one: &Occupation, what: &str, now: Millis) -> Result<(), Refused> {
        let written = async {
            let mut edit = self.people.store.edit().await?;
            edit.change_occupation(one, now).await?;
            self.note(&mut edit, actor, one, what, now).await?;
            Ok::<(), Failed>(edit.finish().await?)
        };
        written.await.or_unavailable("change an occupation")
    }
}

impl OccupationList for OccupationService {
    fn all<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Occupation>, Refused>> {
        Box::pin(self.all(actor))
    }

    fn one<'a>(&'a self, actor: &'a Actor, code: &'a str) -> Later<'a, Result<Occupation, Refused>> {
        Box::pin(self.one(actor, code))
    }

    fn add<'a>(&'a self, actor: &'a Actor, typed: &'a TypedOccupation, now: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(self.add(actor, typed, now))
    }

    fn change<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        typed: &'a TypedOccupation,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(self.change(actor, code, typed, now))
    }

    fn retire<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        retired: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(self.retire(actor, code, retired, now))
    }
}
