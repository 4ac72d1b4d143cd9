//! Who runs this installation: configuration that a reader may see.

codes! {
    /// 试用安装: how far an installation that is no real service may be reached.
    pub enum Trial {
        /// Only this machine may reach it. The default.
        Loopback = "loopback" "只在这台机器上试用",
        /// The local network may reach it.
        Lan = "lan" "在局域网里试用",
        /// A real service, with an operator, a privacy notice and a contact.
        Off = "off" "正式运行",
    }
}

/// What the footer says.
#[derive(Clone, Debug)]
pub struct Site {
    /// Whether this is a 试用安装.
    pub trial: Trial,
    /// Whether codes are printed on the operator's console instead of being sent: the screen then says so.
    pub sms_is_printed: bool,
    /// Scheme, host and port under which people reach it: `https://zhan.example.cn`. Links in QR codes begin so.
    pub url: String,
    /// Who runs the site; without one: 非官方试用.
    pub operator: Option<String>,
    /// Address of the operator's own 隐私政策; without one, the built-in page of a trial.
    pub privacy_url: Option<String>,
    /// How to reach the operator.
    pub contact: Option<String>,
    /// ICP 备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police: Option<String>,
    /// 审图号 of this site's own map; never the one of the source's map.
    pub map_approval: Option<String>,
    /// URL template of a tile host, with `{z}`, `{x}`, `{y}`; the one third party allowed.
    pub tiles: Option<String>,
    /// The host of `tiles` in words, for the question before the first tile.
    pub tiles_name: Option<String>,
}
