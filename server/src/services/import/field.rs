//! What a column can say of a station, and the headings it goes by.

use domain::station::Amenity;

/// A fact of a station that a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Identity in the source.
    Id,
    /// As its sign says.
    Name,
    /// In words.
    Address,
    /// Degrees.
    Lng,
    /// Degrees.
    Lat,
    /// County, in words.
    District,
    /// County, GB/T 2260.
    Adcode,
    /// Opening hours, as text.
    Hours,
    /// 放假安排.
    HoursPolicy,
    /// 无人值守 hours, as text.
    HoursUnattended,
    /// To call.
    Phone,
    /// Who runs the room.
    Host,
    /// What it is.
    Kind,
    /// How one gets in.
    Door,
    /// Who may.
    Audience,
    /// Parking spaces for trucks.
    Spaces,
    /// 限高, metres.
    MaxHeight,
    /// Longest vehicle, metres.
    MaxLength,
    /// Whether dangerous goods may stay.
    Hazardous,
    /// `G40`.
    RoadRef,
    /// 桩号.
    Stake,
    /// Which carriageway.
    Side,
    /// `往合肥方向`.
    Direction,
    /// The exit to leave by.
    Exit,
    /// Metres from it.
    ExitDistance,
    /// The service area it is in.
    ServiceArea,
    /// The date somebody looked.
    VerifiedAt,
    /// Days before the load that somebody looked (示范 only).
    VerifiedDaysAgo,
    /// Who looked.
    VerifiedBy,
    /// The date until which it is closed.
    ClosedUntil,
    /// Days after the load until which it is closed (示范 only).
    ClosedUntilDays,
    /// Why it is closed.
    ClosedReason,
    /// 已撤销.
    ClosedForGood,
    /// The motorway nearby, to tell unnamed places apart.
    HintRoad,
    /// Metres to it.
    HintDistance,
    /// Made by `generate-stations`.
    Synthetic,
    /// A facility.
    Amenity(Amenity),
}

/// Field, the name `--columns` takes, the word in messages, other headings (see [`plain`]).
const FIELDS: &[(Field, &str, &str, &[&str])] = &[
    (Field::Id, "id", "编号", &["sourceid", "osmid", "序号编码", "站点编号", "编码", "站点编码"]),
    (
        Field::Name,
        "name",
        "名称",
        &[
            "站点名称",
            "工会站点名称",
            "驿站名称",
            "工会驿站名称",
            "服务站名称",
            "服务区名称",
            "单位名称",
            "站名",
            "stationname",
        ],
    ),
    (Field::Address, "address", "地址", &["addr", "详细地址", "站点地址", "具体地址", "所在地址", "位置"]),
    (Field::Lng, "lng", "经度", &["lon", "long", "longitude", "x", "东经", "坐标经度"]),
    (Field::Lat, "lat", "纬度", &["latitude", "y", "北纬", "坐标纬度"]),
    (
        Field::District,
        "district",
        "区县",
        &["county", "区", "县", "所在区", "所属区", "所属区县", "所在区县", "行政区", "县区", "县市区", "区市县"],
    ),
    (Field::Adcode, "adcode", "行政区划代码", &["区划代码", "县级代码"]),
    (
        Field::Hours,
        "hours",
        "开放时间",
        &["openinghours", "openhours", "营业时间", "服务时间", "开放时段", "工作时间", "opentime"],
    ),
    (Field::HoursPolicy, "hours_policy", "放假安排", &["节假日安排", "holidaypolicy"]),
    (Field::HoursUnattended, "hours_unattended", "无人值守时间", &["无人值守", "无人值守时段", "自助时间"]),
    (Field::Phone, "phone", "电话", &["tel", "telephone", "联系电话", "服务电话", "电话号码", "咨询电话"]),
    (
        Field::Host,
        "host",
        "承建单位",
        &["operator", "建设单位", "管理单位", "依托单位", "承办单位", "运营单位", "主办单位"],
    ),
    (Field::Kind, "kind", "类别", &["类型", "站点类型", "站点类别"]),
    (Field::Door, "door", "进入方式", &["开门方式", "access"]),
    (Field::Audience, "audience", "服务对象", &["开放对象", "面向对象"]),
    (Field::Spaces, "spaces", "车位数", &["停车位", "停车位数", "货车车位", "货车车位数", "truckspaces"]),
    (Field::MaxHeight, "max_height", "限高", &["限高米", "最大高度", "限高m"]),
    (Field::MaxLength, "max_length", "限长", &["限长米", "最大长度", "最大车长", "限长m"]),
    (Field::Hazardous, "hazardous", "危货", &["危货车", "危险品车", "危险品车辆", "危化品车", "可停危货车", "hazmat"]),
    (Field::RoadRef, "road_ref", "公路编号", &["road", "路线编号", "高速编号", "公路"]),
    (Field::Stake, "stake", "桩号", &[]),
    (Field::Side, "side", "行车方向一侧", &["方位"]),
    (Field::Direction, "direction", "方向", &["行驶方向"]),
    (Field::Exit, "exit", "出口", &["高速出口", "收费站出口"]),
    (Field::ExitDistance, "exit_distance_m", "离出口米数", &["离出口距离"]),
    (Field::ServiceArea, "service_area", "所在服务区", &["所属服务区"]),
    (Field::VerifiedAt, "verified_at", "核实日期", &["核查日期", "确认日期"]),
    (Field::VerifiedDaysAgo, "verified_days_ago", "几天前核实", &[]),
    (Field::VerifiedBy, "verified_by", "核实人", &[]),
    (Field::ClosedUntil, "closed_until", "临时关闭到", &["关闭至", "暂停至"]),
    (Field::ClosedUntilDays, "closed_until_days", "还关闭几天", &[]),
    (Field::ClosedReason, "closed_reason", "关闭原因", &["暂停原因"]),
    (Field::ClosedForGood, "permanently_closed", "已撤销", &["撤销", "永久关闭"]),
    (Field::HintRoad, "hint_motorway_ref", "附近高速", &["hintroad"]),
    (Field::HintDistance, "hint_bridge_distance_m", "离高速米数", &["hintdistancem", "hintmotorwaydistancem"]),
    (Field::Synthetic, "synthetic", "造出来的", &[]),
];

/// Other headings of amenities, beside their code and their word.
const AMENITY_HEADINGS: &[(Amenity, &[&str])] = &[
    (Amenity::Water, &["饮水机", "饮用水", "直饮水", "drinkingwater"]),
    (Amenity::HotWater, &["开水", "热水供应"]),
    (Amenity::MealHeating, &["饭菜加热", "加热饭菜", "热饭服务"]),
    (Amenity::Fridge, &["refrigerator"]),
    (Amenity::PhoneCharging, &["充电", "手机充电器", "充电插座"]),
    (Amenity::EbikeCharging, &["电瓶车充电"]),
    (Amenity::Rest, &["休息区", "休息室"]),
    (Amenity::AcHeating, &["空调", "冷暖空调", "空调暖气", "空调/取暖"]),
    (Amenity::RainGear, &["雨伞", "爱心雨伞"]),
    (Amenity::Toilet, &["toilets", "厕所", "如厕", "洗手间", "公厕"]),
    (Amenity::WomensToilet, &["女卫生间"]),
    (Amenity::Wheelchair, &["无障碍设施"]),
    (Amenity::NursingRoom, &["妈咪小屋"]),
    (Amenity::FirstAid, &["急救箱", "医药箱", "急救药箱", "医药包"]),
    (Amenity::Aed, &["除颤仪", "除颤器"]),
    (Amenity::Wifi, &["无线网", "无线网络", "免费wifi"]),
    (Amenity::Reading, &["图书", "书报", "阅读", "书报架"]),
    (Amenity::LegalDesk, &["法律援助"]),
    (Amenity::TruckParking, &["货车停车", "停车休息", "停车场"]),
    (Amenity::Laundry, &["洗衣机", "洗衣服务"]),
    (Amenity::Meals, &["餐厅", "就餐", "restaurant"]),
    (Amenity::Fuel, &["加油站"]),
    (Amenity::EvCharging, &["新能源充电", "汽车充电"]),
    (Amenity::Repair, &["汽修", "车辆维修"]),
];

/// Slots of [`Field::slot`].
pub const SLOTS: usize = FIELDS.len() + Amenity::ALL.len();

impl Field {
    /// Its place in a row of values.
    #[must_use]
    pub fn slot(self) -> usize {
        match self {
            Self::Amenity(amenity) => FIELDS.len() + amenity as usize,
            other => FIELDS.iter().position(|row| row.0 == other).unwrap_or(0),
        }
    }

    /// What `--columns` calls it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Amenity(amenity) => amenity.code(),
            other => FIELDS.iter().find(|row| row.0 == other).map_or("", |row| row.1),
        }
    }

    /// What a person calls it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Amenity(amenity) => amenity.word(),
            other => FIELDS.iter().find(|row| row.0 == other).map_or("", |row| row.2),
        }
    }

    /// The field a heading names: its key, its word, or what offices and `OpenStreetMap` call it.
    #[must_use]
    pub fn of_heading(heading: &str) -> Option<Self> {
        let mut heading = plain(heading);
        let is = |name: &str, heading: &str| plain(name) == heading;
        // lon_gcj02, 经度(WGS84): a datum may stand behind coordinates.
        if let Some(bare) = DATUMS.iter().find_map(|datum| heading.strip_suffix(datum)) {
            let coordinate = |row: &&(Self, &str, &str, &[&str])| matches!(row.0, Self::Lng | Self::Lat);
            let known =
                FIELDS.iter().filter(coordinate).any(|row| is(row.1, bare) || is(row.2, bare) || row.3.contains(&bare));
            if known {
                heading.truncate(bare.len());
            }
        }
        let heading = heading.as_str();
        let field = FIELDS.iter().find(|row| is(row.1, heading) || is(row.2, heading) || row.3.contains(&heading));
        if let Some(row) = field {
            return Some(row.0);
        }
        let amenity = |amenity: &&Amenity| is(amenity.code(), heading) || is(amenity.word(), heading);
        if let Some(amenity) = Amenity::ALL.iter().find(amenity) {
            return Some(Self::Amenity(*amenity));
        }
        AMENITY_HEADINGS.iter().find(|row| row.1.contains(&heading)).map(|row| Self::Amenity(row.0))
    }
}

const DATUMS: [&str; 3] = ["wgs84", "gcj02", "bd09"];

/// The datum a heading names, when it does: `lon_gcj02`.
#[must_use]
pub fn datum_of_heading(heading: &str) -> Option<&'static str> {
    let heading = plain(heading);
    DATUMS.into_iter().find(|datum| heading.ends_with(datum))
}

/// A heading without what differs for no reason: case, full width, blanks, joiners, brackets.
#[must_use]
pub fn plain(heading: &str) -> String {
    heading
        .chars()
        .map(half_width)
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '_' | '-' | '(' | ')' | '*' | ':' | '\u{feff}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Full-width ASCII as plain ASCII.
#[must_use]
pub fn half_width(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(letter as u32 - '！' as u32 + '!' as u32).unwrap_or(letter),
        '　' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_key_and_its_word_and_no_heading_means_two() {
        let mut seen = std::collections::BTreeMap::new();
        for (at, (field, key, word, others)) in FIELDS.iter().enumerate() {
            assert_eq!(field.slot(), at);
            for heading in [key, word].into_iter().chain(*others) {
                assert_eq!(Field::of_heading(heading), Some(*field), "{heading}");
                let before = seen.insert(plain(heading), *field);
                assert!(before.is_none_or(|before| before == *field), "{heading} means {before:?} too");
            }
            for other in *others {
                assert_eq!(plain(other), **other, "headings of the table are plain");
            }
        }
        for amenity in Amenity::ALL {
            let field = Field::Amenity(*amenity);
            let others = AMENITY_HEADINGS.iter().filter(|row| row.0 == *amenity).flat_map(|row| row.1);
            for heading in [amenity.code(), amenity.word()].iter().chain(others) {
                assert_eq!(Field::of_heading(heading), Some(field), "{heading}");
                let before = seen.insert(plain(heading), field);
                assert!(before.is_none_or(|before| before == field), "{heading} means {before:?} too");
            }
        }
    }

    #[test]
    fn headings_of_real_files_are_recognised() {
        for (heading, field) in [
            ("工会站点名称", Field::Name),
            ("Lon_GCJ02", Field::Lng),
            ("纬度（WGS84）", Field::Lat),
            (" 联系电话 ", Field::Phone),
            ("opening_hours", Field::Hours),
            ("osm_id", Field::Id),
            ("Wi-Fi", Field::Amenity(Amenity::Wifi)),
            ("toilets", Field::Amenity(Amenity::Toilet)),
        ] {
            assert_eq!(Field::of_heading(heading), Some(field), "{heading}");
        }
        for heading in ["name_en", "coord_source", "polygon_district", "district_as_given", "", "备注"] {
            assert_eq!(Field::of_heading(heading), None, "{heading}");
        }
        assert_eq!(datum_of_heading("lon_gcj02"), Some("gcj02"));
        assert_eq!(datum_of_heading("lon"), None);
    }
}
