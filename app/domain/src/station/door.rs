//! How one gets in, and who may.

codes! {
    /// 进入方式: what it takes to open the door.
    pub enum Door {
        /// Push it.
        WalkIn = "walk_in" "直接进入",
        /// Scan a code with the phone.
        Scan = "scan" "扫码进入",
        /// A camera looks at the face.
        Face = "face" "刷脸进入",
        /// Somebody on duty opens.
        Staff = "staff" "有人开门",
        /// A number to type.
        Code = "code" "密码开门",
    }
}

codes! {
    /// Who is let in.
    pub enum Audience {
        /// Anybody.
        Everyone = "everyone" "谁都能进",
        /// Outdoor workers: couriers, riders, drivers, cleaners.
        OutdoorWorkers = "outdoor_workers" "户外劳动者",
        /// Union members only.
        Members = "members" "工会会员",
    }
}
