//! One row: a station, or the reasons why not.

use super::{
    Options, Unnamed,
    field::{Field, SLOTS},
    identity::{code_of, identity_of, is_invisible},
    position, values,
};
use crate::regions::{DistrictCheck, Region, Regions};
use domain::{
    geo::Point,
    station::{
        Amenities, Amenity, Closure, Code, Confirmation, Hours, Kind, RoadPosition, SYNTHETIC_SOURCE, Source, Station,
        Vehicle, Verification, Witness, days_before,
    },
    time::{Date, LocalTime, Millis},
};
use std::sync::Arc;

/// What holds for all rows.
pub struct Context {
    /// What the person asked for.
    pub options: Options,
    /// Shared by all rows.
    pub source: Arc<Source>,
    /// Regions, for the county of a point.
    pub regions: Arc<Regions>,
    /// The moment of the import.
    pub now: Millis,
}

/// The cells of a row by [`Field::slot`]; blank where there is no column.
pub type Values<'a> = [&'a str; SLOTS];

/// Where a row of `GeoJSON` is, or why nobody can say: latitude and longitude in degrees.
pub type Geometry = Result<(f64, f64), String>;

/// What is odd about a row that is taken all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// The point lies in another district than the one stated.
    DistrictDiffers,
    /// The district cannot be checked (功能区).
    DistrictUnknown,
    /// Another station within 30 m.
    Near,
    /// A word was not understood and counts as not known.
    Unclear,
}

impl Oddity {
    /// All, in the order they are counted.
    pub const ALL: [Self; 4] = [Self::DistrictDiffers, Self::DistrictUnknown, Self::Near, Self::Unclear];

    /// What the count is called.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::DistrictDiffers => "位置不在所写的区县",
            Self::DistrictUnknown => "区县无法核对（功能区）",
            Self::Near => "30 米内有另一个站点",
            Self::Unclear => "有的写法没看懂，当作没有写明",
        }
    }
}

/// A row that is a station.
pub struct Checked {
    /// The station.
    pub station: Station,
    /// What is odd: of what kind, in which column, in words.
    pub oddities: Vec<(Oddity, Field, String)>,
}

/// A row that is none.
pub struct Refused {
    /// In which column, or `None` for the row as a whole, and why.
    pub problems: Vec<(Option<Field>, String)>,
    /// Whose row it is, when that much can be told.
    pub code: Option<Code>,
}

/// Longest texts, in characters.
const fn longest(field: Field) -> usize {
    match field {
        Field::Address | Field::Hours | Field::HoursUnattended | Field::ClosedReason => 300,
        Field::Name | Field::Host | Field::Id => 120,
        _ => 60,
    }
}

/// Names that say what a place is and not which one.
const NO_NAMES: [&str; 7] = ["服务区", "停车区", "驿站", "爱心驿站", "无", "无名", "未命名"];

/// Understands a row.
///
/// # Errors
/// Every reason why it is no station.
pub fn check(context: &Context, values: &Values<'_>, geometry: Option<&Geometry>) -> Result<Checked, Refused> {
    let mut row = Row { context, values, problems: Vec::new(), oddities: Vec::new() };
    let source_id = row.source_id();
    let code = source_id.as_ref().map(|source_id| code_of(&context.source.name, source_id));
    match (row.station(source_id, code, geometry), row.problems.is_empty()) {
        (Some(station), true) => Ok(Checked { station, oddities: row.oddities }),
        _ => Err(Refused { problems: row.problems, code }),
    }
}

struct Row<'a> {
    context: &'a Context,
    values: &'a Values<'a>,
    problems: Vec<(Option<Field>, String)>,
    oddities: Vec<(Oddity, Field, String)>,
}

impl<'a> Row<'a> {
    fn cell(&self, field: Field) -> &'a str {
        self.values[field.slot()].trim()
    }

    fn refuse(&mut self, field: Field, reason: impl Into<String>) {
        self.problems.push((Some(field), reason.into()));
    }

    /// A text as it is kept: on one line, without invisible letters; `None` when blank.
    fn text(&mut self, field: Field) -> Option<Box<str>> {
        let cell = self.cell(field);
        if cell.is_empty() {
            return None;
        }
        let length = cell.chars().count();
        if length > longest(field) {
            self.refuse(field, format!("太长（{length} 个字），最多 {} 个字", longest(field)));
            return None;
        }
        if !cell.chars().any(is_invisible) {
            return Some(cell.into());
        }
        let line: String = cell
            .chars()
            .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
            .filter(|letter| !is_invisible(*letter))
            .collect();
        let line = line.trim();
        (!line.is_empty()).then(|| line.into())
    }

    /// A word of a closed list; one that is not understood is odd and not known.
    fn word<T>(&mut self, field: Field, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.cell(field);
        if cell.is_empty() {
            return None;
        }
        let understood = parse(cell);
        if understood.is_none() {
            self.oddities.push((Oddity::Unclear, field, format!("“{}”没看懂，当作没有写明", shortened(cell))));
        }
        understood
    }

    fn source_id(&mut self) -> Option<Box<str>> {
        if !self.cell(Field::Id).is_empty() {
            return self.text(Field::Id);
        }
        let identity = identity_of(self.cell(Field::Name), self.cell(Field::Address));
        if identity.is_none() {
            self.refuse(Field::Name, "编号、名称和地址都没有，认不出是哪一个站点");
        }
        identity.map(Into::into)
    }

    fn station(
        &mut self,
        source_id: Option<Box<str>>,
        code: Option<Code>,
        geometry: Option<&Geometry>,
    ) -> Option<Station> {
        let context = self.context;
        self.check_synthetic();
        let kind = self.kind();
        let point = self.point(geometry);
        let county = point.and_then(|point| context.regions.county_of(point));
        if let Some(point) = point {
            self.check_district(point, county);
        }
        let name = kind.and_then(|kind| self.name(kind, county));
        let hours = self.hours();
        let (host, phone, address) = (self.text(Field::Host), self.text(Field::Phone), self.text(Field::Address));
        let closure = self.closure();
        let (road, vehicle) = (self.road(), self.vehicle());
        Some(Station {
            code: code?,
            kind: kind?,
            name: name?,
            host,
            phone,
            address,
            adcode: county.map(|county| county.adcode),
            point: point?,
            datum: context.options.datum,
            door: self.word(Field::Door, values::door),
            audience: self.word(Field::Audience, values::audience),
            amenities: self.amenities(),
            hours,
            truck_spaces: self.word(Field::Spaces, values::whole),
            vehicle: (vehicle != Vehicle::default()).then(|| Box::new(vehicle)),
            road: (road != RoadPosition::default()).then(|| Box::new(road)),
            closure: closure.map(Box::new),
            closed_for_good: self.word(Field::ClosedForGood, values::yes_no).unwrap_or_default(),
            verification: Verification::Unverified,
            confirmation: self.confirmation(),
            checked: domain::station::Checked::default(),
            voices: None,
            source: Arc::clone(&context.source),
            source_id: source_id?,
            version: 1,
            updated_at: context.now,
        })
    }

    fn check_synthetic(&mut self) {
        let marked = values::yes_no(self.cell(Field::Synthetic)) == Some(true);
        let own = &*self.context.source.name == SYNTHETIC_SOURCE;
        match (marked, own) {
            (true, false) => self.refuse(Field::Synthetic, "造出来的站点只能用 --source synthetic 导入"),
            (false, true) => {
                self.refuse(Field::Synthetic, "来源 synthetic 只收 generate-stations 造出来的站点，请换一个 --source");
            }
            _ => {}
        }
    }

    fn kind(&mut self) -> Option<Kind> {
        if let Some(kind) = self.context.options.kind {
            return Some(kind);
        }
        let cell = self.cell(Field::Kind);
        let kind = values::kind(cell);
        if kind.is_none() {
            let codes: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
            self.refuse(
                Field::Kind,
                format!(
                    "类别“{}”没看懂，认得的是：{}。也可以用 --kind 写明都是什么",
                    shortened(cell),
                    codes.join("、")
                ),
            );
        }
        kind
    }

    fn point(&mut self, geometry: Option<&Geometry>) -> Option<Point> {
        let (lat, lng) = match geometry {
            Some(Ok(degrees)) => *degrees,
            Some(Err(reason)) => {
                self.refuse(Field::Lng, reason.clone());
                return None;
            }
            None => {
                let mut degrees = |field: Field| {
                    let cell = self.cell(field);
                    let degrees = values::degrees(cell);
                    if degrees.is_none() {
                        let reason = match cell {
                            "" => format!("没有{}", field.word()),
                            cell => format!("{}不是数字：“{}”", field.word(), shortened(cell)),
                        };
                        self.refuse(field, reason);
                    }
                    degrees
                };
                let (lat, lng) = (degrees(Field::Lat), degrees(Field::Lng));
                (lat?, lng?)
            }
        };
        match position::point(self.context.options.datum, lat, lng) {
            Ok(point) => Some(point),
            Err(error) => {
                self.refuse(Field::Lng, format!("{error}（纬度 {lat}，经度 {lng}）"));
                None
            }
        }
    }

    fn check_district(&mut self, point: Point, county: Option<&Region>) {
        let field = if self.cell(Field::District).is_empty() { Field::Adcode } else { Field::District };
        let stated = self.cell(field);
        // The usual case, without looking the point up again.
        if stated.is_empty() || county.is_some_and(|county| county.is_listed && county.name == stated) {
            return;
        }
        match self.context.regions.check_district(point, stated) {
            DistrictCheck::Same | DistrictCheck::NotStated => {}
            DistrictCheck::Different { actual } => self.oddities.push((
                Oddity::DistrictDiffers,
                field,
                format!("写的是“{}”，位置在{}，请核对坐标", shortened(stated), actual.name),
            )),
            DistrictCheck::CannotCheck => self.oddities.push((
                Oddity::DistrictUnknown,
                field,
                format!("“{}”没有边界可比，无法核对", shortened(stated)),
            )),
        }
    }

    /// The name on the sign, or for a place without one what tells it from others.
    fn name(&mut self, kind: Kind, county: Option<&Region>) -> Option<Box<str>> {
        let name = self.text(Field::Name);
        let named = |name: &str| !NO_NAMES.contains(&name) && name != kind.word();
        if let Some(name) = name.filter(|name| named(name)) {
            return Some(name);
        }
        if self.problems.iter().any(|(field, _)| *field == Some(Field::Name)) {
            return None;
        }
        if self.context.options.unnamed == Unnamed::Refuse {
            self.refuse(Field::Name, "没有名称。要留下它，用 --unnamed keep，会写成“未命名…”");
            return None;
        }
        let word = if kind == Kind::ServiceArea { "服务区" } else { kind.word() };
        let road = self.road_nearby().map(|road| format!("{road} 附近"));
        let where_it_is: Vec<&str> =
            county.map(|county| county.name.as_str()).into_iter().chain(road.as_deref()).collect();
        Some(match where_it_is.as_slice() {
            [] => format!("未命名{word}").into(),
            parts => format!("未命名{word}（{}）", parts.join("，")).into(),
        })
    }

    /// The motorway of the hint, when it is near enough to say so. The hint does not tell which
    /// carriageway, or whether it is this motorway at all: it goes into the name, never into the
    /// position along the road.
    fn road_nearby(&self) -> Option<String> {
        const NEAR_ENOUGH_M: u32 = 2000;
        values::whole(self.cell(Field::HintDistance)).filter(|metres| *metres <= NEAR_ENOUGH_M)?;
        let roads: Vec<&str> = self
            .cell(Field::HintRoad)
            .split([';', '；', ',', '、'])
            .map(str::trim)
            .filter(|road| !road.is_empty() && road.chars().count() <= 12 && !road.chars().any(char::is_control))
            .take(2)
            .collect();
        (!roads.is_empty()).then(|| roads.join("、"))
    }

    fn hours(&mut self) -> Hours {
        let hours = self.text(Field::Hours).map(|text| Hours::read(&text)).unwrap_or_default();
        let hours = hours.with_policy(self.word(Field::HoursPolicy, values::policy).unwrap_or_default());
        match self.text(Field::HoursUnattended) {
            Some(text) => hours.with_unattended(&text),
            None => hours,
        }
    }

    fn vehicle(&mut self) -> Vehicle {
        Vehicle {
            max_height_cm: self.word(Field::MaxHeight, values::centimetres),
            max_length_cm: self.word(Field::MaxLength, values::centimetres),
            hazardous: self.word(Field::Hazardous, values::allowed),
        }
    }

    fn amenities(&mut self) -> Amenities {
        let mut offers = Vec::new();
        for amenity in Amenity::ALL {
            if let Some(offer) = self.word(Field::Amenity(*amenity), values::offer) {
                offers.push((*amenity, offer));
            }
        }
        offers.into_iter().collect()
    }

    fn road(&mut self) -> RoadPosition {
        RoadPosition {
            road: self.text(Field::RoadRef),
            stake: self.text(Field::Stake),
            side: self.word(Field::Side, values::side).map(|side| side.code().into()),
            direction: self.text(Field::Direction),
            exit: self.text(Field::Exit),
            exit_distance_m: self.word(Field::ExitDistance, values::whole),
            service_area: self.text(Field::ServiceArea),
        }
    }

    fn confirmation(&mut self) -> Option<Confirmation> {
        let by = self.word(Field::VerifiedBy, values::witness);
        let days = self.word(Field::VerifiedDaysAgo, values::whole);
        let date = self.word(Field::VerifiedAt, values::date).and_then(Date::begins);
        let at = days.map(|days| days_before(self.today(), days.into())).or(date.filter(|at| *at <= self.context.now));
        let file = || self.context.options.as_of.and_then(Date::begins).map(|at| (at, Witness::Import));
        at.map(|at| (at, by.unwrap_or(Witness::Import))).or_else(file).map(|(at, by)| Confirmation { at, by })
    }

    fn closure(&mut self) -> Option<Closure> {
        let days = self.word(Field::ClosedUntilDays, values::whole);
        let date = self.word(Field::ClosedUntil, values::date).and_then(Date::begins);
        let until = days.map(|days| days_before(self.today(), -i64::from(days))).or(date)?;
        // The source does not say since when. Not the moment of the import: the same file a second
        // time would look different.
        let from = self.context.options.as_of.and_then(Date::begins).unwrap_or_default().min(until);
        Some(Closure { from, until: Some(until), reason: self.text(Field::ClosedReason), by: None, hours: None })
    }

    /// The first moment of the day of the import.
    fn today(&self) -> Millis {
        LocalTime { minute: 0, ..LocalTime::of(self.context.now) }.moment()
    }
}

/// A cell as it stands in a message.
fn shortened(cell: &str) -> String {
    const SHOWN: usize = 30;
    let shown: String = cell.chars().filter(|letter| !letter.is_control()).take(SHOWN).collect();
    if cell.chars().count() > SHOWN { format!("{shown}…") } else { shown }
}
