//! `/join/{screen}`: one question. A tap or a field answers it, and the next is there.

use super::{Flow, check, choice, not_saved, person, place, unit, welcome};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::{Answer, Page},
    pages::{error, refused::see},
    text::join as words,
};
use domain::{
    membership::{ApplicationKind, Screen},
    policy::{Action, Refused},
    ports::{NotSaved, TypedScreen},
};

fn asked(ask: &Ask) -> Option<Screen> {
    ask.parts.get("screen").and_then(Screen::parse)
}

fn read(fields: &Fields) -> TypedScreen {
    let text = |name| -> String {
        let seen = |letter: &char| !letter.is_control();
        fields.get(name).unwrap_or_default().chars().filter(seen).collect::<String>().trim().to_owned()
    };
    TypedScreen {
        kind: text("kind"),
        lane: text("lane"),
        occupation: text("occupation"),
        pick: text("pick"),
        unit: text("unit"),
        adcode: text("adcode"),
        town: text("town"),
        name: text("name"),
        id_type: text("id_type"),
        id_number: words::id_number(&text("id_number")),
    }
}

/// `/join/{screen}`.
pub async fn page(ask: &Ask) -> Answer {
    let Some(screen) = asked(ask) else { return error::failure(404, &ask.request_id).into() };
    let draft = match ask.ports.joining.draft(&ask.actor, welcome::entry(ask), ask.now).await {
        Ok(draft) => draft,
        Err(why) => return not_saved(ask, why),
    };
    if screen == Screen::Lane
        && let Some(answer) = welcome::to_first_open(ask, &draft.answered)
    {
        return answer;
    }
    let carried = ask.carried.as_ref();
    let known = |name| carried.and_then(|fields| fields.get(name)).or_else(|| ask.query.get(name));
    let flow = Flow {
        typed: carried.map(read),
        note: ask.returned().map(str::to_owned),
        kind: known("kind").and_then(ApplicationKind::parse).filter(|kind| draft.kind != Some(*kind)),
        edit: known("edit").is_some(),
        status: 200,
        draft,
        ..Flow::default()
    };
    show(ask, screen, flow).await
}

async fn show(ask: &Ask, screen: Screen, flow: Flow) -> Answer {
    let page: Result<Page, Answer> = match screen {
        Screen::Kind => Ok(choice::kind(flow)),
        Screen::Lane => Ok(choice::lane(flow)),
        Screen::Occupation => choice::occupation(ask, flow).await,
        Screen::Unit => unit::page(ask, flow).await,
        Screen::Place => Ok(place::page(ask, flow)),
        Screen::Name => Ok(person::name(flow)),
        Screen::Id => Ok(person::id(ask, flow)),
        Screen::Check => return check::page(ask, flow, check::Tried::default()).await,
    };
    match page {
        Ok(page) => page.into(),
        Err(answer) => answer,
    }
}

/// The form of every screen but the last.
pub struct Save;

impl Form for Save {
    const PATH: &'static str = "/join/{screen}";
    const ACTION: Action = Action::Apply;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let Some(screen) = asked(&ask).filter(|screen| *screen != Screen::Check) else {
                return error::failure(404, &ask.request_id).into();
            };
            let typed = read(&fields);
            let edit = fields.get("edit").is_some();
            match save(&ask, screen, &typed).await {
                Ok(_) if edit => see("/join/check"),
                Ok(next) => see(format!("/join/{}", next.code())),
                Err(why) => again(&ask, screen, typed, edit, why).await,
            }
        })
    }
}

/// Keeps what the first tap said, where it has not been kept yet, and the answer.
async fn save(ask: &Ask, screen: Screen, typed: &TypedScreen) -> Result<Screen, NotSaved> {
    let joining = &ask.ports.joining;
    if screen != Screen::Kind && ApplicationKind::parse(&typed.kind).is_some() {
        let kind = TypedScreen { kind: typed.kind.clone(), ..TypedScreen::default() };
        joining.save(&ask.actor, Screen::Kind, &kind, ask.now).await?;
    }
    joining.save(&ask.actor, screen, typed, ask.now).await
}

/// The screen again, with what was typed and what is wrong with it.
async fn again(ask: &Ask, screen: Screen, typed: TypedScreen, edit: bool, why: NotSaved) -> Answer {
    let (wrong, note, status) = match why {
        NotSaved::At { field, sentence } => (Some((field, sentence)), None, 422),
        NotSaved::Refused(Refused::Unavailable) => (None, Some(words::DOWN.to_owned()), 503),
        why => return not_saved(ask, why),
    };
    // Where the draft cannot be read either, what was typed is all there is to show.
    let draft = ask.ports.joining.draft(&ask.actor, None, ask.now).await.unwrap_or_default();
    let kind = ApplicationKind::parse(&typed.kind).filter(|kind| draft.kind != Some(*kind));
    show(ask, screen, Flow { draft, typed: Some(typed), wrong, note, kind, edit, status }).await
}
