//! Every key of the configuration: the one table that reading, checking and `server config` use.

/// A key an operator may set.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The name, in the environment and in the file (there also in lower case).
    pub name: &'static str,
    /// What holds when nobody sets it; `None` is empty.
    pub default: Option<&'static str>,
    /// What is allowed, in words: stands in the message when a value is wrong.
    pub allowed: &'static str,
    /// What it does, in words.
    pub about: &'static str,
}

const fn key(name: &'static str, default: Option<&'static str>, allowed: &'static str, about: &'static str) -> Key {
    Key { name, default, allowed, about }
}

/// All keys, in the order they are shown.
pub const KEYS: &[Key] = &[
    key(
        LISTEN,
        Some("127.0.0.1:3000"),
        "地址:端口，例如 127.0.0.1:3000、localhost:3000、[::1]:3000",
        "网页和公开接口在哪里接受连接。试用（TRIAL=loopback）只能用本机地址。",
    ),
    key(
        DATABASE_URL,
        Some("sqlite:var/huizhanjia.db"),
        "sqlite:文件路径，或者 postgres://用户:密码@主机/库名",
        "数据放在哪里。显示时密码会遮住。",
    ),
    key(
        SECRET_FILE,
        Some("var/secret"),
        "一个 32 字节的文件；没有就在第一次启动时生成，只有本用户能读",
        "把设备和网段变成认不出来的编号用的密钥。几台机器用同一个数据库时，要放同一份。",
    ),
    key(
        VAULT_KEY_FILE,
        Some("var/vault.key"),
        "一个密钥文件；没有就在第一次启动时生成，只有本用户能读",
        "个人信息的加密密钥。和数据库的备份分开放；几台机器用同一个数据库时，要放同一份。",
    ),
    key(
        KEYS_URL,
        Some("sqlite:var/keys.db"),
        "sqlite:文件路径，或者 postgres://用户:密码@主机/库名；不能和 DATABASE_URL 是同一个库",
        "每个人的钥匙放在哪里。和数据分开备份，备份最多留 7 天：销户就是销毁钥匙。",
    ),
    key(
        KEYD_KEY_FILE,
        Some("var/keyd.key"),
        "一个密钥文件；试用时自动生成，正式运行用 server keyd --make-key 生成",
        "钥匙进程（server keyd）自己的密钥，案件的内容靠它。网站进程不读这个文件；最好属于另一个系统用户。",
    ),
    key(KEYD_SOCKET, Some("var/keyd.sock"), "一个文件路径，不超过 100 个字符", "网站进程在哪里找钥匙进程。"),
    key(KEYD_LOG, Some("var/keyd.log"), "一个文件路径", "钥匙进程把每一次开锁记在哪里，只追加。"),
    key(
        PUBLIC_URL,
        None,
        "http:// 或 https:// 开头，只到主机和端口，例如 https://hz.example.cn",
        "大家用什么网址打开本站。通行密钥和邀请链接认这个网址；试用时不写就是 http://localhost 加端口。",
    ),
    key(
        SMS_GATEWAYS,
        Some("log"),
        "log、aliyun、tencent，几个之间用逗号，排在前面的先用",
        "短信从哪里发。log 只显示在启动程序的窗口里，只能试用；一个不通就换下一个。",
    ),
    key(
        SMS_DAILY_BUDGET,
        Some("5000"),
        "1 到 10000000 的数",
        "一天最多发多少条短信，防止被人刷光。到了就停，第二天 0 点恢复。",
    ),
    key(ALIYUN_SMS_KEY_ID, None, SHORT_TEXT, "阿里云短信：AccessKeyId。"),
    key(ALIYUN_SMS_KEY_SECRET, None, SHORT_TEXT, "阿里云短信：AccessKeySecret，显示时遮住。"),
    key(ALIYUN_SMS_SIGN, None, SHORT_TEXT, "阿里云短信：审核通过的短信签名。"),
    key(ALIYUN_SMS_TEMPLATE, None, SHORT_TEXT, "阿里云短信：验证码的模板，变量叫 code。"),
    key(ALIYUN_SMS_NOTICE_TEMPLATE, None, SHORT_TEXT, "阿里云短信：通知的模板，没有变量；不写就不发通知短信。"),
    key(
        ALIYUN_SMS_URL,
        None,
        "https:// 开头的网址，或者本机的 http://127.0.0.1:端口",
        "阿里云短信：接口地址，不写就用官方的。",
    ),
    key(TENCENT_SMS_SECRET_ID, None, SHORT_TEXT, "腾讯云短信：SecretId。"),
    key(TENCENT_SMS_SECRET_KEY, None, SHORT_TEXT, "腾讯云短信：SecretKey，显示时遮住。"),
    key(TENCENT_SMS_APP, None, SHORT_TEXT, "腾讯云短信：短信应用的 SdkAppId。"),
    key(TENCENT_SMS_SIGN, None, SHORT_TEXT, "腾讯云短信：审核通过的短信签名。"),
    key(TENCENT_SMS_TEMPLATE, None, SHORT_TEXT, "腾讯云短信：验证码的模板，只有一个变量。"),
    key(TENCENT_SMS_NOTICE_TEMPLATE, None, SHORT_TEXT, "腾讯云短信：通知的模板，没有变量；不写就不发通知短信。"),
    key(
        TENCENT_SMS_URL,
        None,
        "https:// 开头的网址，或者本机的 http://127.0.0.1:端口",
        "腾讯云短信：接口地址，不写就用官方的。",
    ),
    key(
        IDENTITY_URL,
        None,
        "https:// 开头的网址；本机可以是 http://127.0.0.1:端口",
        "核对姓名和证件号码的服务。不写就只核对格式，记录里也这样写。",
    ),
    key(IDENTITY_TOKEN, None, SHORT_TEXT, "身份核验服务的口令，写了 IDENTITY_URL 就要写，显示时遮住。"),
    key(
        METRICS_LISTEN,
        Some("127.0.0.1:3001"),
        "off，或者本机、内网的 地址:端口；不能和 LISTEN 相同",
        "Prometheus 指标在哪里取（/metrics），和网页分开监听。",
    ),
    key(
        TRIAL,
        Some("loopback"),
        "loopback、lan 或 off；off 要先写好 OPERATOR、PRIVACY_URL、CONTACT、PUBLIC_URL",
        "试用安装能让谁访问：loopback 只有本机，lan 本机和局域网，off 是正式运行。",
    ),
    key(OPERATOR, None, SHORT_TEXT, "谁在运行这个网站，写在每页底部。不写就显示「非官方试用」。"),
    key(PRIVACY_URL, None, "http:// 或 https:// 开头的网址，500 字符以内", "运行者自己的隐私政策的网址。"),
    key(CONTACT, None, SHORT_TEXT, "怎么联系运行者：电话、邮箱或地址。"),
    key(ICP, None, SHORT_TEXT, "ICP 备案号，写在每页底部。"),
    key(POLICE, None, SHORT_TEXT, "公安备案号，写在每页底部。"),
    key(MAP_APPROVAL, None, SHORT_TEXT, "本站自己的地图的审图号，写在地图上。"),
    key(
        TILES,
        None,
        "https:// 开头、带 {z}、{x}、{y} 的网址；{s} 只能是主机名的第一段",
        "地图瓦片从哪里取。不写就只用自带的轮廓图，不连任何别的网站。",
    ),
    key(TILES_NAME, None, SHORT_TEXT, "瓦片是谁家的，第一次加载前这样问用户。不写就用 TILES 的主机名。"),
    key(
        TRUSTED_PROXIES,
        None,
        "用逗号隔开的网段，例如 127.0.0.1/32,10.0.0.0/8；不能是 /0",
        "前面的反向代理。只有从这些地址来的连接，才相信它写的 X-Forwarded-For 或 Forwarded。",
    ),
    key(LIMITS, Some("on"), "on 或 off", "公开接口的访问频率限制。off 只用来测速，启动时会警告。"),
    key(LOG, Some("text"), "text 或 json", "日志写成人读的一行，还是一行一个 JSON。写到标准错误。"),
    key(LOG_LEVEL, Some("info"), "error、warn、info、debug 或 trace", "日志写多细。任何一级都不写查询内容和位置。"),
    key(
        ASSETS,
        None,
        "一个文件夹，里面有 pkg/manifest.json",
        "make build 生成的网页文件在哪里。不写就找程序旁边的 site、上一级的 site、当前目录的 target/site。",
    ),
    key(DEMO, Some("auto"), "auto 或 off", "数据库里一个站点也没有时，auto 装入示范站点，off 不装。"),
];

const SHORT_TEXT: &str = "一行文字，200 字以内";

macro_rules! names {
    ($($name:ident),+ $(,)?) => { $( pub(super) const $name: &str = stringify!($name); )+ };
}
names!(
    LISTEN,
    DATABASE_URL,
    SECRET_FILE,
    VAULT_KEY_FILE,
    KEYS_URL,
    KEYD_KEY_FILE,
    KEYD_SOCKET,
    KEYD_LOG,
    PUBLIC_URL,
    SMS_GATEWAYS,
    SMS_DAILY_BUDGET,
    IDENTITY_URL,
    IDENTITY_TOKEN,
    ALIYUN_SMS_KEY_ID,
    ALIYUN_SMS_KEY_SECRET,
    ALIYUN_SMS_SIGN,
    ALIYUN_SMS_TEMPLATE,
    ALIYUN_SMS_NOTICE_TEMPLATE,
    ALIYUN_SMS_URL,
    TENCENT_SMS_SECRET_ID,
    TENCENT_SMS_SECRET_KEY,
    TENCENT_SMS_APP,
    TENCENT_SMS_SIGN,
    TENCENT_SMS_TEMPLATE,
    TENCENT_SMS_NOTICE_TEMPLATE,
    TENCENT_SMS_URL,
    METRICS_LISTEN,
    TRIAL,
    OPERATOR,
    PRIVACY_URL,
    CONTACT,
    ICP,
    POLICE,
    MAP_APPROVAL,
    TILES,
    TILES_NAME,
    TRUSTED_PROXIES,
    LIMITS,
    LOG,
    LOG_LEVEL,
    ASSETS,
    DEMO,
);

/// The key of a name, in either case.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

/// Whether the value of a key is shown masked.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    [ALIYUN_SMS_KEY_SECRET, TENCENT_SMS_SECRET_KEY, IDENTITY_TOKEN].contains(&name)
}
