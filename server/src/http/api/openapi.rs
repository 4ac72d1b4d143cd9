//! `GET /api/v1/openapi.json`: the description of the API, `OpenAPI` 3.1.

use super::{
    CALENDAR, CARD_KEYS, CORRIDOR, GEO_JSON, NEARBY, OPENAPI, REVOKED_CARDS, STATIONS, bounds, calendar, cards,
    corridor, etag,
    etag::Terms,
    nearby,
    parameters::{
        NEARBY_LIMIT, NEARBY_ROWS, Name, PAGE_LIMIT, PAGE_ROWS, Query, RADIUS_LIMIT_M, SPEED_LIMIT_KMH, WIDTH_LIMIT_M,
        WIDTH_M, ZOOM_LIMIT,
    },
    problem::{Kind, PROBLEM_JSON, Problem},
    schemas, station,
};
use crate::http::AppState;
use axum::{
    body::{Body, Bytes},
    extract::Request,
    response::Response,
};
use domain::{
    ports::LIST_RADIUS_M,
    station::{Amenity, Audience, Kind as StationKind, Wish},
};
use serde_json::json;
use std::sync::LazyLock;
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HeaderBuilder, HttpMethod, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi,
    OpenApiBuilder, PathItem, PathsBuilder, Ref, RefOr, Required, ResponseBuilder, Schema, ServerBuilder, Type,
    path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn, ParameterStyle},
    request_body::RequestBodyBuilder,
    schema::ArrayBuilder,
    tag::TagBuilder,
};

const TERMS: Terms = Terms { media_type: "application/json", cache: "public, max-age=3600", open: true };

static DESCRIPTION: LazyLock<(Bytes, String)> = LazyLock::new(|| {
    let json = serde_json::to_vec(&description()).unwrap_or_default();
    let tag = etag::of_bytes(&json);
    (Bytes::from(json), tag)
});

/// The description, written once.
pub fn answer(_: &AppState, request: &Request) -> Result<Response, Problem> {
    Query::read(request.uri().query(), &[])?;
    let (json, tag) = &*DESCRIPTION;
    Ok(etag::reply(request.headers(), tag, TERMS, || Body::from(json.clone())))
}

const ABOUT: &str = "\
工会驿站、司机之家等站点的公开接口：只读、不用注册、任何网站都能用。\n\n\
- Coordinates are WGS-84 degrees, in and out. GeoJSON order is longitude, latitude.\n\
- **Cut a person's position to 0.01 degree before you send it** and rank the reply on the phone; ask for more rows \
than you show. This server forgets coordinates at once and keeps none in logs, metrics or limits, but the way here may not.\n\
- A member that is absent is not known. Nothing is ever null, and silence is neither yes nor no.\n\
- Parameters are read strictly: unknown, repeated or wrong ones are 400 with the parameter's name.\n\
- `ETag` and `If-None-Match` work everywhere; states change with the minute.\n\
- 60 requests a minute per address, 120 at once (a corridor counts as 10); beyond it 429 with `Retry-After`.\n\
- New members, codes and parameters may be added; nothing is removed or changed within /api/v1.\n\
- Each station names its source, licence and attribution; show the attribution with the station. Never show stations \
marked `demo` or `synthetic` to workers.";

fn description() -> OpenApi {
    let licence = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build();
    let info = InfoBuilder::new()
        .title("会站家公开接口")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(licence))
        .build();
    let paths = PathsBuilder::new()
        .path(NEARBY, PathItem::new(HttpMethod::Get, nearby_operation()))
        .path(STATIONS, PathItem::new(HttpMethod::Get, bounds_operation()))
        .path(format!("{STATIONS}/{{code}}"), PathItem::new(HttpMethod::Get, station_operation()))
        .path(CORRIDOR, PathItem::new(HttpMethod::Post, corridor_operation()))
        .path(CALENDAR, PathItem::new(HttpMethod::Get, calendar_operation()))
        .path(CARD_KEYS, PathItem::new(HttpMethod::Get, card_keys_operation()))
        .path(REVOKED_CARDS, PathItem::new(HttpMethod::Get, revoked_cards_operation()))
        .path(OPENAPI, PathItem::new(HttpMethod::Get, own_operation()));
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .tags(Some([
            TagBuilder::new().name("stations").description(Some("站点")).build(),
            TagBuilder::new().name("cards").description(Some("电子会员证")).build(),
        ]))
        .paths(paths)
        .components(Some(components().build()))
        .build()
}

fn nearby_operation() -> OperationBuilder {
    let about = "The nearest stations by great-circle distance, exact, nearest first. Stations that say no to a filter are \
        left out; what happens to those that say nothing is `unknown`.";
    operation("nearbyStations", "最近的站点", about, nearby::TAKES, "NearbyCollection", "The nearest stations.")
        .response("400", problem_reference(Kind::BadParameter))
        .response("429", problem_reference(Kind::TooManyRequests))
}

fn bounds_operation() -> OperationBuilder {
    let about = "All stations of a box in the order of their codes, page by page: follow `next` (or the link of rel=next) to \
        the end. A box whose west is greater than its east crosses the antimeridian.";
    operation("stationsInBox", "一片区域里的站点", about, bounds::TAKES, "PageCollection", "A page of stations.")
        .response("400", problem_reference(Kind::BadParameter))
        .response("429", problem_reference(Kind::TooManyRequests))
}

fn corridor_operation() -> OperationBuilder {
    let about = "The stations within `width_m` of a line, in the order along it: each once, at its nearest place. Distances \
        are great-circle metres from the shorter great circles between the vertices. At most 4 MB. Filters and states are \
        told for `as_of`; `state_at_arrival` for the moment of getting there. The line is used and forgotten.";
    let json = || ContentBuilder::new().schema(Some(schemas::shape("LinePosted"))).build();
    let gpx =
        string().description(Some("GPX 1.1: the points of all tracks, or of all routes where there is no track."));
    let body = RequestBodyBuilder::new()
        .description(Some("The line."))
        .required(Some(Required::True))
        .content(GEO_JSON, json())
        .content("application/json", json())
        .content(corridor::GPX, ContentBuilder::new().schema(Some(gpx)).build())
        .build();
    let reply = ContentBuilder::new().schema(Some(schemas::shape("CorridorCollection"))).build();
    corridor::TAKES
        .iter()
        .map(|name| parameter(*name, corridor::TAKES))
        .fold(OperationBuilder::new(), OperationBuilder::parameter)
        .operation_id(Some("stationsAlongLine"))
        .tag("stations")
        .summary(Some("沿路的站点"))
        .description(Some(about))
        .request_body(Some(body))
        .response("200", ResponseBuilder::new().description("The stations along the line.").content(GEO_JSON, reply))
        .response("400", problem_reference(Kind::BadLine))
        .response("413", problem_reference(Kind::TooLarge))
        .response("415", problem_reference(Kind::UnknownMedia))
        .response("422", problem_reference(Kind::LineTooHard))
        .response("429", problem_reference(Kind::TooManyRequests))
}

fn station_operation() -> OperationBuilder {
    let code = ParameterBuilder::new()
        .name("code")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The code of a station, as people type it: any case, O for 0, I and L for 1."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).min_length(Some(10)).max_length(Some(10))));
    let about = "One station. A code is never reused: after 410 it will never name another place.";
    operation("station", "一个站点", about, station::TAKES, "StationFeature", "The station.")
        .parameter(code)
        .response("400", problem_reference(Kind::BadParameter))
        .response("404", problem_reference(Kind::StationMissing))
        .response("410", problem_reference(Kind::StationRetired))
        .response("429", problem_reference(Kind::TooManyRequests))
}

fn calendar_operation() -> OperationBuilder {
    let content = ContentBuilder::new().schema(Some(schemas::shape("Calendar"))).build();
    let about = "What the State Council's notice rules for a year, as the states of stations are told by. Without a \
        notice the days near its holidays are unknown.";
    OperationBuilder::new()
        .operation_id(Some("calendar"))
        .tag("stations")
        .summary(Some("放假和调休"))
        .description(Some(about))
        .parameter(parameter(Name::Year, calendar::TAKES))
        .parameter(if_none_match())
        .response("200", tagged("The days.").content(calendar::TERMS.media_type, content))
        .response("304", Ref::from_response_name("not-modified"))
        .response("400", problem_reference(Kind::BadParameter))
        .response("429", problem_reference(Kind::TooManyRequests))
}

fn card_keys_operation() -> OperationBuilder {
    let about = "The public keys that verify 电子会员证, oldest first. Keep them: with the list of revoked cards they \
        check a card without network. The layout of a code is documented in app/domain/src/membership/card.";
    plain_operation("cardKeys", "会员证的公钥", about, "CardKeys", "The keys.")
}

fn revoked_cards_operation() -> OperationBuilder {
    let about = "Cards that were revoked and have codes that did not expire yet. Ask again whenever there is network; \
        a list older than seven days should be told so to whoever checks.";
    plain_operation("revokedCards", "已作废的会员证", about, "RevokedCards", "The cards.")
}

/// An operation about cards without parameters.
fn plain_operation(id: &str, summary: &str, about: &str, shape: &str, answer: &str) -> OperationBuilder {
    let content = ContentBuilder::new().schema(Some(schemas::shape(shape))).build();
    OperationBuilder::new()
        .operation_id(Some(id))
        .tag("cards")
        .summary(Some(summary))
        .description(Some(about))
        .parameter(if_none_match())
        .response("200", tagged(answer).content(cards::TERMS.media_type, content))
        .response("304", Ref::from_response_name("not-modified"))
        .response("400", problem_reference(Kind::BadParameter))
        .response("429", problem_reference(Kind::TooManyRequests))
}

fn own_operation() -> OperationBuilder {
    let content = ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::Object))).build();
    OperationBuilder::new()
        .operation_id(Some("description"))
        .tag("stations")
        .summary(Some("接口说明"))
        .description(Some("This description."))
        .parameter(if_none_match())
        .response("200", tagged("This description.").content(TERMS.media_type, content))
        .response("304", Ref::from_response_name("not-modified"))
        .response("400", problem_reference(Kind::BadParameter))
        .response("429", problem_reference(Kind::TooManyRequests))
}

fn operation(id: &str, summary: &str, about: &str, takes: &[Name], shape: &str, answer: &str) -> OperationBuilder {
    let content = ContentBuilder::new().schema(Some(schemas::shape(shape))).build();
    let mut reply = tagged(answer).content(GEO_JSON, content);
    if takes.contains(&Name::Cursor) || takes.contains(&Name::Width) {
        let link = HeaderBuilder::new()
            .schema(Some(string()))
            .description(Some("The next page, rel=next; absent on the last."));
        reply = reply.header("Link", link.build());
    }
    takes
        .iter()
        .map(|name| parameter(*name, takes))
        .chain([if_none_match()])
        .fold(OperationBuilder::new(), OperationBuilder::parameter)
        .operation_id(Some(id))
        .tag("stations")
        .summary(Some(summary))
        .description(Some(about))
        .response("200", reply)
        .response("304", Ref::from_response_name("not-modified"))
}

fn if_none_match() -> Parameter {
    ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The ETag of the answer you have."))
        .schema(Some(string()))
        .build()
}

/// A parameter of an operation; the limits of `limit` depend on which.
fn parameter(name: Name, takes: &[Name]) -> Parameter {
    let required = matches!(name, Name::Lat | Name::Lng | Name::Bbox | Name::Zoom | Name::Year);
    let (about, schema): (&str, RefOr<Schema>) = match name {
        Name::Lat => ("Latitude, WGS-84 degrees.", number(-90, 90).examples([json!(34.75)]).into()),
        Name::Lng => ("Longitude, WGS-84 degrees.", number(-180, 180).examples([json!(113.66)]).into()),
        Name::Limit => {
            let (rows, most) =
                if takes.contains(&Name::Cursor) { (PAGE_ROWS, PAGE_LIMIT) } else { (NEARBY_ROWS, NEARBY_LIMIT) };
            ("Most stations of the reply.", whole(1, most).default(Some(json!(rows))).into())
        }
        Name::Radius => {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number of metres")]
            let default = LIST_RADIUS_M as i64;
            ("Farthest distance in metres.", whole(1, RADIUS_LIMIT_M).default(Some(json!(default))).into())
        }
        Name::Width => {
            ("Metres to either side of the line.", whole(1, WIDTH_LIMIT_M).default(Some(json!(WIDTH_M))).into())
        }
        Name::Speed => {
            let about =
                "How fast one travels: each station then says when one gets there, and its state at that moment.";
            (about, whole(1, SPEED_LIMIT_KMH).into())
        }
        Name::Want => {
            let wishes = [Wish::OpenNow, Wish::AllDay, Wish::Everyone]
                .into_iter()
                .chain(StationKind::ALL.iter().copied().map(Wish::Kind))
                .chain(Amenity::ALL.iter().copied().map(Wish::Amenity));
            let about = "Filters in one list, as in the addresses of our own pages: `open` now, `24h`, `everyone`, kinds \
                (any of them), amenities (all of them). Adds up with the other filters.";
            (about, list(string().enum_values(Some(wishes.map(Wish::code))).into()))
        }
        Name::Kind => ("Kinds of place, any of them.", list(schemas::shape("Kind").into())),
        Name::Amenities => ("Amenities, all of them, there and working.", list(schemas::shape("Amenity").into())),
        Name::Audience => {
            ("Only places that let everyone in.", string().enum_values(Some([Audience::Everyone.code()])).into())
        }
        Name::OpenAt => {
            let at = string()
                .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)));
            (
                "Open at this moment (RFC 3339, years 2000 to 2100); states are told for it. Escape the plus as %2B.",
                at.into(),
            )
        }
        Name::ArriveAt => {
            let at = string()
                .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)));
            (
                "States are told for this moment (RFC 3339), and nothing is left out by it. Not beside `open_at`.",
                at.into(),
            )
        }
        Name::Year => ("The year.", whole(2000, 2100_u32).into()),
        Name::Unknown => {
            let about = "What to do with stations that do not say whether they meet the filters: `include` keeps them in their \
                place by distance, marked `meets: unknown`; `exclude` leaves them out.";
            (about, string().enum_values(Some(["include", "exclude"])).default(Some(json!("include"))).into())
        }
        Name::Bbox => {
            let corners = ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::Number));
            let corners = corners.min_items(Some(4)).max_items(Some(4)).examples([json!([113.5, 34.6, 113.8, 34.9])]);
            ("The box: west, south, east, north in WGS-84 degrees (the order of GeoJSON).", corners.into())
        }
        Name::Cursor => ("Where the page begins: only from `next` of an earlier page, opaque.", string().into()),
        Name::Zoom => ("Zoom of a Web Mercator map.", whole(0, ZOOM_LIMIT).into()),
    };
    let is_list = matches!(name, Name::Want | Name::Kind | Name::Amenities | Name::Bbox);
    ParameterBuilder::new()
        .name(name.as_str())
        .parameter_in(ParameterIn::Query)
        .required(if required { Required::True } else { Required::False })
        .description(Some(about))
        .style(is_list.then_some(ParameterStyle::Form))
        .explode(is_list.then_some(false))
        .schema(Some(schema))
        .build()
}

fn components() -> ComponentsBuilder {
    let mut components = schemas::add_to(ComponentsBuilder::new())
        .response("not-modified", tagged("The answer you have is the current one.").build());
    for kind in Kind::ALL {
        let content = ContentBuilder::new().schema(Some(schemas::shape("Problem"))).build();
        let mut response =
            ResponseBuilder::new().description(schemas::problem_words(kind)).content(PROBLEM_JSON, content);
        if matches!(kind, Kind::TooManyRequests | Kind::Unavailable) {
            let seconds = HeaderBuilder::new().schema(Some(whole(1, u32::MAX))).description(Some("Seconds to wait."));
            response = response.header("Retry-After", seconds.build());
        }
        components = components.response(kind.slug(), response.build());
    }
    components
}

fn problem_reference(kind: Kind) -> Ref {
    Ref::from_response_name(kind.slug())
}

/// A reply with an `ETag`.
fn tagged(about: &str) -> ResponseBuilder {
    let etag = HeaderBuilder::new().schema(Some(string())).description(Some("Names this answer; weak.")).build();
    ResponseBuilder::new().description(about).header("ETag", etag)
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn number(least: i32, most: i32) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(least)).maximum(Some(most))
}

fn whole<N: TryInto<u64>>(least: u32, most: N) -> ObjectBuilder {
    let most = most.try_into().unwrap_or(u64::MAX);
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(usize::try_from(most).ok())
}

fn list(codes: RefOr<Schema>) -> RefOr<Schema> {
    schemas::list_of(codes).into()
}
