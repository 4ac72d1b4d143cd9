//! The shapes of replies, for the description of the API. Codes come from the domain's own lists; a
//! test holds every reply against these shapes.

use super::{
    PROBLEM_TYPES,
    problem::{Fault, Kind as ProblemKind},
};
use domain::{
    calendar::{Holiday, Ruling},
    station::{Amenity, Audience, Door, HolidayPolicy, Kind, OpenState, Side, Verification, Why, Witness},
};
use utoipa::openapi::{
    Array, ComponentsBuilder, KnownFormat, Object, ObjectBuilder, Ref, RefOr, Schema, SchemaFormat, Type,
    schema::{AdditionalProperties, ArrayBuilder},
};

type Shape = RefOr<Schema>;

/// All named shapes.
pub fn add_to(components: ComponentsBuilder) -> ComponentsBuilder {
    components
        .schema("Kind", codes("What a place is.", Kind::ALL.iter().map(|kind| (kind.code(), kind.word()))))
        .schema("Amenity", codes("A facility or service.", Amenity::ALL.iter().map(|one| (one.code(), one.word()))))
        .schema("Door", codes("How one gets in.", Door::ALL.iter().map(|door| (door.code(), door.word()))))
        .schema("Audience", codes("Who is let in.", Audience::ALL.iter().map(|one| (one.code(), one.word()))))
        .schema("State", state())
        .schema("Offer", offer())
        .schema("Hours", hours())
        .schema("RoadPosition", road())
        .schema("Source", source())
        .schema("StationProperties", properties())
        .schema("StationFeature", feature())
        .schema("NearbyCollection", collection("The nearest stations, nearest first.", false))
        .schema("CorridorCollection", collection("The stations along a line, in its order.", false))
        .schema("LinePosted", posted())
        .schema("PageCollection", collection("A page of the stations of a box, by code.", true))
        .schema("Confidence", trust())
        .schema("Holiday", codes("What a day off is for.", Holiday::ALL.iter().map(|one| (one.code(), one.word()))))
        .schema("Calendar", calendar())
        .schema("CardKeys", card_keys())
        .schema("RevokedCards", revoked_cards())
        .schema("Problem", problem())
}

fn trust() -> Object {
    let fact = || {
        object("When this fact alone was last looked at.")
            .property("verified_at", moment("When."))
            .property("by", codes("By whom.", Witness::ALL.iter().map(|one| (one.code(), one.word()))))
            .required("verified_at")
            .required("by")
            .build()
    };
    object("How far the facts may be trusted, from their age, their source and what people at the door say. It changes the look, never the order.")
        .property("level", one_of("fresh: within a week. aging: within half a year. stale: older, never confirmed, or disputed.", ["fresh", "aging", "stale"]))
        .property("words", text("The same in Chinese."))
        .property("disputed", flag("Some say locked, some say open."))
        .property("amenities_said_gone", list_of(shape("Amenity").into()))
        .property("hours", fact())
        .property("door", fact())
        .property("spaces", fact())
        .required("level")
        .required("words")
        .required("disputed")
        .build()
}

fn card_keys() -> Object {
    let key = object("A public key, Ed25519 (RFC 8032).")
        .property("id", pattern("As codes name it: the first 4 bytes of SHA-256 of the key.", "^[0-9a-f]{8}$"))
        .property("public", pattern("The key, base64url.", "^[A-Za-z0-9_-]{43}$"))
        .required("id")
        .required("public");
    object("The keys that verify cards.")
        .property("keys", ArrayBuilder::new().items(key).build())
        .required("keys")
        .build()
}

fn revoked_cards() -> Object {
    object("Cards that are revoked.")
        .property(
            "cards",
            pattern("Ids of 8 bytes in their order, one after the other, base64url.", "^[A-Za-z0-9_-]*$"),
        )
        .required("cards")
        .build()
}

fn calendar() -> Object {
    let date = || pattern("A date in Asia/Shanghai.", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    let notice = object("The State Council's notice.")
        .property("number", text("文号."))
        .property("published", date())
        .property("source", text("Where its days were taken from."))
        .required("source");
    let rulings = Ruling::ALL.iter().map(|ruling| (ruling.code(), ruling.word()));
    let day = object("A date that is not what its weekday says.")
        .property("date", date())
        .property("ruling", codes("What the notice says of it.", rulings))
        .property("holiday", shape("Holiday"))
        .required("date")
        .required("ruling")
        .required("holiday");
    object("The days off and make-up working days of a year.")
        .property("year", whole("The year.", 2000))
        .property("notice", notice.description(Some("Absent: 放假安排还没公布, or not known here.")))
        .property("days", ArrayBuilder::new().items(day).build())
        .required("year")
        .required("days")
        .build()
}

/// A reference to a named shape.
pub fn shape(name: &str) -> Ref {
    Ref::from_schema_name(name)
}

fn state() -> Object {
    let states = [
        (OpenState::Open { closes: None, unattended: false }, "开放中"),
        (OpenState::ClosingSoon { closes: 0, minutes: 0, unattended: false }, "快关门: closes within 60 minutes"),
        (OpenState::ClosedNow { opens: None }, "现在关门"),
        (OpenState::TemporarilyClosed { until: None, reason: None }, "临时关闭"),
        (OpenState::Unknown { why: Why::NotGiven, until: None }, "时间未知: neither open nor closed"),
        (OpenState::PermanentlyClosed, "已撤销"),
    ];
    codes(
        "The look of the door at `as_of` (of one station: at the minute of the request).",
        states.iter().map(|(state, word)| (state.code(), *word)),
    )
}

fn offer() -> Object {
    object("What is known of one amenity of a station.")
        .property("present", flag("It is there."))
        .property("free", flag("It costs nothing."))
        .property("working", flag("It works."))
        .property("verified_at", moment("When somebody last looked."))
        .build()
}

fn hours() -> Object {
    object(
        "Opening hours. With a text but without `opening_hours` the text is not understood, and the state is unknown.",
    )
    .property("text", text("As the source wrote it."))
    .property(
        "opening_hours",
        text("As understood, in the syntax of OpenStreetMap's `opening_hours`, on the clock of Asia/Shanghai."),
    )
    .property(
        "unattended",
        text("The hours at which the door works without staff (无人值守), as the source wrote them."),
    )
    .property(
        "policy",
        codes(
            "What holds on days off and make-up days of which the hours do not speak.",
            HolidayPolicy::ALL.iter().map(|policy| (policy.code(), policy.word())),
        ),
    )
    .property(
        "holidays",
        one_of(
            "`may_differ`: the hours say nothing of holidays. `included`: they hold on holidays too.",
            ["may_differ", "included"],
        ),
    )
    .build()
}

fn road() -> Object {
    let sides = Side::ALL.iter().map(|side| (side.code(), side.word()));
    object("A position along a road.")
        .property("ref", text("The road, such as G60."))
        .property("stake", text("The stake (桩号), such as K123+400."))
        .property("side", codes("Which carriageway reaches it. Unknown: never offer it as the next stop.", sides))
        .property("direction", text("The direction in words (往合肥方向)."))
        .property("exit", text("The exit to leave by."))
        .property("exit_distance_m", whole("Metres from that exit.", 0))
        .property("service_area", text("The service area it belongs to."))
        .required("side")
        .build()
}

fn source() -> Object {
    let datum =
        one_of("What the source's own coordinates were in. Replies are always WGS-84.", ["wgs84", "gcj02", "bd09"]);
    object("Where the facts are from. The attribution must be shown wherever the station is shown.")
        .property("name", text("The source."))
        .property("id", text("Its own name for this station."))
        .property("datum", datum)
        .property("licence", text("The licence of the data, such as ODbL-1.0."))
        .property("attribution", text("What must be shown beside the data."))
        .required("name")
        .required("id")
        .required("datum")
        .build()
}

fn properties() -> Object {
    let amenities = object("What is known of amenities, by their code. One that is absent is not known.")
        .property_names(Some(Schema::Object(plain_codes(Amenity::ALL.iter().map(|amenity| amenity.code())))))
        .additional_properties(Some(AdditionalProperties::RefOr(shape("Offer").into())));
    let verification = Verification::ALL.iter().map(|one| (one.code(), one.word()));
    let witness = Witness::ALL.iter().map(|one| (one.code(), one.word()));
    let properties = object("What is known of a station. A member that is absent is not known: neither yes nor no.")
        .property("code", code())
        .property("name", text("As its sign says."))
        .property("kind", shape("Kind"))
        .property("distance_m", whole("Great-circle metres from the point asked about; only in replies of nearby.", 0))
        .property("along_m", whole("Metres along the line to the place nearest to it; only in replies of corridor.", 0))
        .property("away_m", whole("Great-circle metres from that place.", 0))
        .property("side_of_line", one_of("On which side of the line it lies, seen in its direction. Not which carriageway reaches it: that is `road.side`.", ["left", "right"]))
        .property("arrive_at", moment("When one gets there, setting out at `as_of` at `speed_kmh`, without rests."))
        .property("state_at_arrival", shape("State"))
        .property(
            "meets",
            one_of("Whether it meets the filters, or does not say (没有写明: call before going). Only where there were filters.", ["yes", "unknown"]),
        )
        .property("state", shape("State"))
        .property("open_until", moment("When it closes, while open. Absent while open: it does not close."))
        .property("unattended", flag("It is open without staff; only while open."))
        .property("state_reason", text("Why the state is unknown: not_given, unclear, holiday, make_up_day, no_notice (放假安排还没公布), school_holiday, sun, open_end, comment, reported (workers say otherwise). More may come."))
        .property("holiday", shape("Holiday"))
        .property("state_comment", text("The source's own words, where the reason is a comment."))
        .property("opens_at", moment("When it opens next, while closed and known."))
        .property("closed_until", moment("When a temporary closure ends, where that is known."))
        .property("closed_reason", text("Why it is temporarily closed."))
        .property("hours", shape("Hours"))
        .property("door", shape("Door"))
        .property("audience", shape("Audience"))
        .property("amenities", amenities)
        .property("truck_spaces", whole("Parking spaces for trucks.", 0))
        .property("host", text("Who runs the room."))
        .property("phone", text("To call before going."))
        .property("address", text("As the source wrote it."))
        .property("adcode", pattern("The county by the point (GB/T 2260).", "^[0-9]{6}$"))
        .property("road", shape("RoadPosition"))
        .property("verification", codes("Whether somebody answerable has checked it.", verification))
        .property("confirmed_at", moment("When somebody last confirmed the facts."))
        .property("confirmed_by", codes("Who did.", witness))
        .property("confidence", shape("Confidence"))
        .property("demo", flag("Made up to try the program out. Never show it to a worker."))
        .property("synthetic", flag("Generated for benchmarks. Never show it to a worker."))
        .property("source", shape("Source"))
        .property("version", whole("Counts up by one with every change.", 0))
        .property("updated_at", moment("When it was last written."));
    let always = [
        "code",
        "name",
        "kind",
        "state",
        "amenities",
        "verification",
        "confidence",
        "demo",
        "synthetic",
        "source",
        "version",
        "updated_at",
    ];
    always.into_iter().fold(properties, ObjectBuilder::required).build()
}

fn feature() -> Object {
    let number = ObjectBuilder::new().schema_type(Type::Number);
    let position = ArrayBuilder::new()
        .items(number)
        .min_items(Some(2))
        .max_items(Some(2))
        .description(Some("Longitude, latitude; WGS-84 degrees."))
        .build();
    let geometry = object("Where it is.")
        .property("type", plain_codes(["Point"]))
        .property("coordinates", position)
        .required("type")
        .required("coordinates");
    object("A station as a GeoJSON feature (RFC 7946).")
        .property("type", plain_codes(["Feature"]))
        .property("id", code())
        .property("geometry", geometry)
        .property("properties", shape("StationProperties"))
        .required("type")
        .required("id")
        .required("geometry")
        .required("properties")
        .build()
}

fn collection(words: &str, paged: bool) -> Object {
    let features: Array = ArrayBuilder::new().items(shape("StationFeature")).build();
    let collection = object(words)
        .property("type", plain_codes(["FeatureCollection"]))
        .property("as_of", moment("The minute the states are told for: `open_at`, else the minute of the request."))
        .property("features", features)
        .required("type")
        .required("as_of")
        .required("features");
    if !paged {
        return collection.build();
    }
    let next = "The next page, as a path of this server; absent on the last. The same as the link of rel=next.";
    collection.property("next", text(next)).build()
}

fn posted() -> Object {
    let anything = ArrayBuilder::new().items(Object::default()).build();
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some(
            "A GeoJSON LineString, a MultiLineString whose pieces meet end to end, a Feature or a FeatureCollection of \
             one such; or an encoded polyline. Vertices 2 to 200,000, no step above 1,000 km or over the antimeridian.",
        ))
        .property("type", plain_codes(["LineString", "MultiLineString", "Feature", "FeatureCollection"]))
        .property("coordinates", anything)
        .property("geometry", ObjectBuilder::new().schema_type(Type::Object))
        .property("features", ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::Object)))
        .property("polyline", text("In the encoded polyline algorithm format."))
        .property("precision", whole("Decimals of the polyline: 5 (unless said otherwise) or 6.", 5))
        .build()
}

fn problem() -> Object {
    object("A problem (RFC 9457). Decide by `type`; `title` and `detail` are for people.")
        .property("type", text(PROBLEM_TYPES))
        .property("title", text("What happened and what to do, in Chinese."))
        .property("status", whole("The HTTP status.", 400))
        .property("detail", text("This occurrence, in English. It never repeats a value that was sent."))
        .property("parameter", text("The query parameter that is wrong."))
        .property("fault", one_of("What is wrong with it.", Fault::ALL.map(Fault::code)))
        .property("request_id", text("Under which name the log knows the request; also in X-Request-Id."))
        .required("type")
        .required("title")
        .required("status")
        .required("detail")
        .required("request_id")
        .build()
}

/// The `type` of each problem, for the words of the description.
pub fn problem_words(kind: ProblemKind) -> String {
    format!("{} The `type` is `{}`.", kind.title(), kind.reference())
}

fn object(words: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some(words))
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
}

fn text(words: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).description(Some(words)).build()
}

fn pattern(words: &str, pattern: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).description(Some(words)).pattern(Some(pattern)).build()
}

/// A station's code.
pub fn code() -> Object {
    pattern("Ten characters of Crockford's base 32; stable, never reused.", "^[0-9A-HJKMNP-TV-Z]{10}$")
}

fn flag(words: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::Boolean).description(Some(words)).build()
}

fn whole(words: &str, least: i32) -> Object {
    ObjectBuilder::new().schema_type(Type::Integer).description(Some(words)).minimum(Some(least)).build()
}

fn moment(words: &str) -> Object {
    let date_time = SchemaFormat::KnownFormat(KnownFormat::DateTime);
    ObjectBuilder::new().schema_type(Type::String).format(Some(date_time)).description(Some(words)).build()
}

fn one_of<const N: usize>(words: &str, codes: [&str; N]) -> Object {
    ObjectBuilder::new().schema_type(Type::String).description(Some(words)).enum_values(Some(codes)).build()
}

fn plain_codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).build()
}

/// Codes with their words, the words in the description.
fn codes<'a>(words: &str, codes: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Object {
    let list: Vec<_> = codes.clone().map(|(code, word)| format!("`{code}` {word}")).collect();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(format!("{words} {}.", list.join(", "))))
        .enum_values(Some(codes.map(|(code, _)| code)))
        .build()
}

/// A list of codes in one parameter, separated by commas.
pub fn list_of(codes: Shape) -> Array {
    ArrayBuilder::new().items(codes).build()
}
