//! Adding, changing, taking out of use.

use super::list::{Rows, may_at_all, relations};
use crate::{
    services::{
        founding::{organisation_of, text},
        people::{Failed, People, Trouble as _},
        staff::scope::acting_as,
    },
    store::{EnterpriseKept, Entry},
};
use domain::{
    account::{Actor, EnterpriseId, OrganisationId},
    founding::{EnterpriseKind, UnionState},
    organisation::CreditCode,
    policy::{Action, Refused},
    ports::{EnterpriseDesk, NotDone, TypedEnterprise},
    time::Millis,
};
use uuid::Uuid;

const NAME_AT_MOST: usize = 80;
/// Affiliates of affiliates of affiliates are enough.
const DEEPEST: usize = 8;

async fn find(people: &People, actor: &Actor, id: &str) -> Result<EnterpriseKept, Refused> {
    let one = match EnterpriseId::parse(id) {
        Some(id) => people.store.enterprise_kept(id).await.or_unavailable("find an enterprise")?,
        None => None,
    };
    let tree = people.organisations.tree();
    let held = one.as_ref().map(|one| relations(&tree, actor, one.adcode)).unwrap_or_default();
    people.policy.check(actor, Action::EditEnterprises, &held)?;
    one.ok_or(Refused::NotFound)
}

/// The one that it belongs to, by its whole name.
async fn parent(people: &People, typed: &str, own: Option<EnterpriseId>) -> Result<Option<EnterpriseId>, NotDone> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let named = people.store.enterprises_named(typed).await.or_unavailable("look for an enterprise")?;
    let [found] = named.as_slice() else {
        return Err(NotDone::at(
            "parent",
            if named.is_empty() {
                "清单里没有叫这个名字的，先把它加进来，或者空着。"
            } else {
                "叫这个名字的不止一个，先把其中一个改成全称。"
            },
        ));
    };
    // No ring: the one above must not stand below.
    let mut at = Some(found.clone());
    for _ in 0..DEEPEST {
        let Some(now) = at else { return Ok(Some(found.id)) };
        if Some(now.id) == own {
            return Err(NotDone::at("parent", "它就在这一家下面，不能反过来。"));
        }
        at = match now.parent {
            Some(id) => people.store.enterprise_kept(id).await.or_unavailable("look for an enterprise")?,
            None => None,
        };
    }
    Err(NotDone::at("parent", "上下级太多层了，归到上面一家。"))
}

/// The facts that were typed, all sentences at once.
async fn read(
    people: &People,
    actor: &Actor,
    typed: &TypedEnterprise,
    known: Option<&EnterpriseKept>,
) -> Result<EnterpriseKept, NotDone> {
    let tree = people.organisations.tree();
    let name = text::name("name", &typed.name, NAME_AT_MOST, "写企业的名字，例：飞毛腿外卖。");
    let kind = EnterpriseKind::parse(&typed.kind).ok_or_else(|| NotDone::at("kind", "选一个类型。"));
    let union = UnionState::parse(&typed.union).ok_or_else(|| NotDone::at("union", "选一个，不知道就选不清楚。"));
    let code = match typed.code.trim() {
        "" => Ok(None),
        code => match CreditCode::parse(code) {
            Ok(code) => Ok(Some(code.as_str().to_owned())),
            Err(wrong) => Err(NotDone::at("code", wrong.to_string())),
        },
    };
    let industry = match typed.industry.trim() {
        "" => Ok(None),
        industry => text::name("industry", industry, 20, "行业至少写两个字，例：外卖。").map(Some),
    };
    let adcode = match typed.adcode {
        Some(adcode) if people.regions.by_adcode(adcode).is_none() => {
            Err(NotDone::at("place", "没有这个地方，写省、市或区县，例：郑州。"))
        }
        adcode => Ok(adcode),
    };
    let parent = parent(people, &typed.parent, known.map(|known| known.id)).await;
    let organisation = organisation_of(&tree, &typed.organisation);
    let first = text::all(text::all(name, kind), text::all(union, code));
    let second = text::all(text::all(industry, adcode), text::all(parent, organisation));
    let (((name, kind), (union, code)), ((industry, adcode), (parent, organisation))) = text::all(first, second)?;
    if kind.is_affiliate() && parent.is_none() {
        return Err(NotDone::at("parent", "分公司、加盟、代理、派遣要写属于哪一家。"));
    }
    let held = relations(&tree, actor, adcode);
    if people.policy.check(actor, Action::EditEnterprises, &held).is_err() {
        return Err(NotDone::at("place", "这个地方不归你管，写你管的省、市或区县。"));
    }
    let union = if organisation.is_some() { UnionState::Has } else { union };
    Ok(EnterpriseKept {
        id: known.map_or_else(|| EnterpriseId(Uuid::now_v7().into_bytes()), |known| known.id),
        name,
        kind,
        parent,
        industry,
        adcode,
        code,
        union,
        organisation,
        source: known.map_or_else(|| "desk".to_owned(), |known| known.source.clone()),
        retired_at: known.and_then(|known| known.retired_at),
    })
}

async fn keep(people: &People, actor: &Actor, one: &EnterpriseKept, what: &str, now: Millis) -> Result<bool, Refused> {
    let held = relations(&people.organisations.tree(), actor, one.adcode);
    let entry = Entry {
        actor: actor.subject(),
        role: acting_as(people, Action::EditEnterprises, &held),
        action: Action::EditEnterprises,
        object: &format!("enterprise {}", one.id),
        reason: what,
    };
    let written = async {
        let mut edit = people.store.edit().await?;
        if !edit.put_enterprise(one, now).await? {
            return Ok(false);
        }
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        edit.finish().await?;
        Ok::<bool, Failed>(true)
    };
    written.await.or_unavailable("keep an enterprise")
}

fn taken() -> NotDone {
    NotDone::at("code", "这个代码已经是另一家的，请核对哪一个对。")
}

pub(super) async fn add(
    people: &People,
    actor: &Actor,
    typed: &TypedEnterprise,
    now: Millis,
) -> Result<String, NotDone> {
    may_at_all(people, actor)?;
    let one = read(people, actor, typed, None).await?;
    let named = people.store.enterprises_named(&one.name).await.or_unavailable("look for an enterprise")?;
    if let Some(same) = named.iter().find(|same| (same.adcode, same.kind) == (one.adcode, one.kind)) {
        // A second tap is no second enterprise.
        return Ok(same.id.to_string());
    }
    if keep(people, actor, &one, "新增", now).await? { Ok(one.id.to_string()) } else { Err(taken()) }
}

pub(super) async fn change(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &TypedEnterprise,
    now: Millis,
) -> Result<(), NotDone> {
    let known = find(people, actor, id).await?;
    let one = read(people, actor, typed, Some(&known)).await?;
    if keep(people, actor, &one, "修改", now).await? { Ok(()) } else { Err(taken()) }
}

pub(super) async fn retire(
    people: &People,
    actor: &Actor,
    id: &str,
    retired: bool,
    now: Millis,
) -> Result<(), Refused> {
    let known = find(people, actor, id).await?;
    let one = EnterpriseKept { retired_at: retired.then_some(now), ..known };
    keep(people, actor, &one, if retired { "停用" } else { "恢复" }, now).await.map(drop)
}

pub(super) async fn one(people: &People, actor: &Actor, id: &str) -> Result<EnterpriseDesk, Refused> {
    let one = find(people, actor, id).await?;
    let rows = Rows::of(people, actor).await?;
    let all = people.store.enterprise_list().await.or_unavailable("read enterprises")?;
    let name_of = |id: EnterpriseId| all.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let union_of =
        |id: OrganisationId| rows.tree.get(id).map(|union| union.code.clone().unwrap_or_else(|| union.name.clone()));
    let below = all.iter().filter(|below| below.parent == Some(one.id) && rows.may_edit(below));
    Ok(EnterpriseDesk {
        row: rows.row(&one, 0),
        below: below.map(|below| (below.id.to_string(), below.name.clone(), below.kind)).collect(),
        typed: TypedEnterprise {
            name: one.name.clone(),
            kind: one.kind.code().to_owned(),
            parent: one.parent.and_then(name_of).unwrap_or_default(),
            industry: one.industry.clone().unwrap_or_default(),
            adcode: one.adcode,
            code: one.code.clone().unwrap_or_default(),
            union: one.union.code().to_owned(),
            organisation: one.organisation.and_then(union_of).unwrap_or_default(),
        },
    })
}
