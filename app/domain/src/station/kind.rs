//! What a place is.

codes! {
    /// The kind of a place. A motorway service area (高速服务区) is a kind of its own: it is never
    /// called 司机之家 unless its data says so (交办运函〔2025〕1059号).
    pub enum Kind {
        /// 工会驿站, also 户外劳动者服务站点, 爱心驿站, 暖心驿站.
        UnionStation = "union_station" "工会驿站",
        /// 司机之家: trucks, at service areas and logistics parks.
        DriverHome = "driver_home" "司机之家",
        /// 司机驿站: ride-hailing drivers.
        DriverStation = "driver_station" "司机驿站",
        /// 高速服务区.
        ServiceArea = "service_area" "高速服务区",
        /// 职工之家, 共享职工之家.
        StaffHome = "staff_home" "职工之家",
    }
}
