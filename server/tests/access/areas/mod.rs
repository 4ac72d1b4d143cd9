//! What each area of the program adds to the matrix: a file an area, so that an address and what is expected of it
//! stand together.

mod card;
mod deciding;
pub mod founding;
mod joining;
mod lists;
mod membership;

use super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::Access,
};
use domain::policy::{Relation, Role};
use server::http::deeds::Deed;

pub fn objects(deed: &Deed) -> Option<&'static [Object]> {
    card::objects(deed)
        .or_else(|| deciding::objects(deed))
        .or_else(|| founding::objects(deed))
        .or_else(|| joining::objects(deed))
        .or_else(|| lists::objects(deed))
        .or_else(|| membership::objects(deed))
}

pub fn relations(who: Who, case: &Case) -> Option<Vec<(Role, Relation)>> {
    card::relations(who, case)
        .or_else(|| deciding::relations(who, case))
        .or_else(|| founding::relations(who, case))
        .or_else(|| joining::relations(who, case))
        .or_else(|| lists::relations(who, case))
        .or_else(|| membership::relations(who, case))
}

pub async fn request(access: &Access, case: &Case, who: &Person) -> Option<(String, String)> {
    if let Some(request) = card::request(access, case, who).await {
        return Some(request);
    }
    if let Some(request) = deciding::request(access, case, who).await {
        return Some(request);
    }
    if let Some(request) = founding::request(access, case, who).await {
        return Some(request);
    }
    if let Some(request) = joining::request(access, case, who).await {
        return Some(request);
    }
    if let Some(request) = lists::request(access, case, who).await {
        return Some(request);
    }
    if let Some(request) = membership::request(access, case, who).await {
        return Some(request);
    }
    None
}
