//! 你在门口吗？ One tap says whether the door is open. No account; the position stays on the phone.

use crate::{
    ask::{Ask, Fields},
    components::Icon,
    form::{Form, Later},
    page::Answer,
    text::voices as words,
};
use domain::{
    policy::Action,
    ports::Tap,
    station::{Amenity, Near, Said, Station, may_ask},
    time::Millis,
};
use leptos::prelude::*;

/// What people care most about, and a tap can say is gone.
const ASKED: [Amenity; 5] =
    [Amenity::HotWater, Amenity::Toilet, Amenity::PhoneCharging, Amenity::Microwave, Amenity::Shower];
/// How many of them have a button.
const ASKED_AT_MOST: usize = 2;

/// The section of the station page; `outcome` is the code of what became of a tap just now.
pub fn section(station: &Station, outcome: Option<&str>, now: Millis) -> impl IntoView + use<> {
    let heard = outcome.and_then(words::outcome).map(|sentence| {
        view! { <p class="note" role="status" id="heard"><Icon name="check"/><span>{sentence}</span></p> }
    });
    if station.closed_for_good {
        return view! { {heard} }.into_any();
    }
    if !may_ask(station.confirmation, station.closed_for_good, now) {
        return view! { <h2>"你在门口吗？"</h2>{heard}<p class="meta small">"管理员今天刚改过，不用再报。"</p> }
            .into_any();
    }
    let known = station.amenities.iter().filter(|(_, offer)| offer.usable() == Some(true)).map(|(amenity, _)| amenity);
    let known: Vec<_> = known.collect();
    let amenities = ASKED.iter().filter(|amenity| known.contains(amenity)).take(ASKED_AT_MOST).map(|amenity| {
        let gone = words::is_gone(station, *amenity);
        let (said, word) = if gone { (Said::AmenityBack, "又有了") } else { (Said::AmenityGone, "没了") };
        let value = format!("{}:{}", said.code(), amenity.code());
        view! { <button class="btn" name="said" value=value>{amenity.word()}{word}</button> }
    });
    let amenities = amenities.collect_view();
    let path = format!("/stations/{}", station.code);
    view! {
        <h2>"你在门口吗？"</h2>
        {heard}
        <form class="say" id="say" method="post" action=path.clone() data-y=station.point.lat_e7() data-x=station.point.lng_e7()>
            <input type="hidden" name="near" value="said"/>
            <div class="pair">
                <button class="btn big" name="said" value="open"><Icon name="check"/>"开着"</button>
                <button class="btn big" name="said" value="locked"><Icon name="warning"/>"锁着"</button>
            </div>
            <div class="pair"><button class="btn" name="said" value="moved">"搬走了"</button>{amenities}</div>
            <p class="meta small" id="tapped" role="status">"到了门口点一下，不用注册。位置只在手机里比，不会发出去。"</p>
        </form>
        <p><a class="btn" href=format!("{path}/fix")>"别的地方写错了"</a></p>
    }
    .into_any()
}

/// One tap.
pub struct Say;

/// `open`, `amenity_gone:hot_water`.
fn read(text: &str) -> Option<(Said, Option<Amenity>)> {
    let (said, amenity) = match text.split_once(':') {
        Some((said, amenity)) => (said, Some(Amenity::parse(amenity)?)),
        None => (text, None),
    };
    let said = Said::parse(said)?;
    let needs_amenity = matches!(said, Said::AmenityGone | Said::AmenityBack);
    (needs_amenity == amenity.is_some()).then_some((said, amenity))
}

impl Form for Say {
    const PATH: &'static str = "/stations/{code}";
    const ACTION: Action = Action::Report;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let station = match super::station_of(&ask) {
                Ok(station) => station.code,
                Err(page) => return page.into(),
            };
            let Some((said, amenity)) = fields.get("said").and_then(read) else {
                // Nothing that any button sends.
                return crate::pages::error::failure(400, &ask.request_id).into();
            };
            let near = fields.get("near").and_then(Near::parse).unwrap_or(Near::Said);
            let (sender, cookie) = ask.sender();
            let heard = ask.ports.reports.say(Tap { station, said, amenity, near }, &sender, ask.now).await;
            // A phone that was not heard needs no token.
            let cookies = cookie.filter(|_| heard.is_ok()).into_iter().collect();
            let to = format!("/stations/{station}?heard={}#heard", words::code(heard));
            Answer::Redirect { to, cookies, forget: false }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_one_thing_and_anything_else_is_refused() {
        assert_eq!(read("open"), Some((Said::Open, None)));
        assert_eq!(read("amenity_gone:hot_water"), Some((Said::AmenityGone, Some(Amenity::HotWater))));
        for nonsense in ["", "x", "open:hot_water", "amenity_gone", "amenity_gone:sauna", "amenity_gone:", ":"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
