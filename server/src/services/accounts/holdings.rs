//! The registry of what is held about a person: a row for each column of the database that says whose something is.
//!
//! A test reads the schema of both engines and fails where a column that refers to a person has no row here. Whoever
//! adds such a column decides in one place how it is shown, exported and erased.

/// How a column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As it is.
    Plain,
    /// A moment.
    Time,
    /// A ciphertext under the person's key.
    Sealed,
}

/// A column that is exported: its name, what it is called, how it is read.
pub type Column = (&'static str, &'static str, Kind);

/// What becomes of it when the account is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// The row goes.
    Row,
    /// The row stays without the person.
    Reference,
    /// The random id stays, and with the account gone it leads to nobody: why it has to.
    Kept(&'static str),
}

/// What is held.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// The table.
    pub table: &'static str,
    /// The column that says whose.
    pub column: &'static str,
    /// The column to whose value ciphertexts are bound.
    pub id: &'static str,
    /// In words.
    pub what: &'static str,
    /// What for, and how long.
    pub why: &'static str,
    /// What is exported.
    pub columns: &'static [Column],
    /// How it is erased.
    pub erasure: Erasure,
}

use Kind::{Plain, Sealed, Time};

const AN_ID: Erasure = Erasure::Kept("谁任命的要查得到；只是一个随机编号，账号删除后认不出人");

const A_DEED: Erasure = Erasure::Kept("会籍是谁办的要查得到；只是一个随机编号，账号删除后认不出人");

const fn row(table: &'static str, what: &'static str, why: &'static str, columns: &'static [Column]) -> Holding {
    Holding { table, column: "subject", id: "id", what, why, columns, erasure: Erasure::Row }
}

/// Everything, the account itself last: it is erased in this order.
pub const HOLDINGS: &[Holding] = &[
    row(
        "session",
        "登录的设备",
        "保持登录；退出或到期后删除",
        &[
            ("phone", "设备", Plain),
            ("strength", "登录方式", Plain),
            ("created_at", "登录时间", Time),
            ("seen_at", "最近使用", Time),
        ],
    ),
    Holding {
        id: "subject",
        ..row(
            "known_device",
            "用过的设备",
            "在用过的设备上登录不用再证明本人；保留 180 天",
            &[("seen_at", "最近登录", Time)],
        )
    },
    row(
        "sign_in_attempt",
        "登录验证",
        "核对验证码；1 天后删除",
        &[("purpose", "用途", Plain), ("sent_at", "发送时间", Time), ("used_at", "完成时间", Time)],
    ),
    row(
        "notice",
        "站内通知",
        "告诉你办理进展；删除账号时一起删除",
        &[("words", "内容", Sealed), ("created_at", "时间", Time), ("read_at", "读的时间", Time)],
    ),
    row(
        "consent",
        "同意记录",
        "证明你同意过什么；删除账号时一起删除",
        &[
            ("purpose", "用途", Plain),
            ("version", "文本版本", Plain),
            ("given_at", "同意时间", Time),
            ("withdrawn_at", "撤回时间", Time),
        ],
    ),
    row(
        "role_grant",
        "角色",
        "打开工作台；收回或删除账号后失效",
        &[
            ("role", "角色", Plain),
            ("station", "站点", Plain),
            ("granted_at", "开始", Time),
            ("revoked_at", "收回", Time),
        ],
    ),
    row(
        "passkey",
        "通行密钥",
        "工作人员登录；删除账号时一起删除",
        &[("name", "名字", Plain), ("created_at", "登记时间", Time), ("used_at", "最近使用", Time)],
    ),
    row("passkey_ceremony", "登记中的通行密钥", "登记要几分钟；过后删除", &[("expires_at", "到期", Time)]),
    Holding {
        id: "subject",
        ..row(
            "totp",
            "动态口令",
            "工作人员登录；密钥本身不导出",
            &[("created_at", "登记时间", Time), ("confirmed_at", "启用时间", Time)],
        )
    },
    row(
        "invitation",
        "收到的邀请",
        "领取角色；到期后失效",
        &[("role", "角色", Plain), ("created_at", "时间", Time), ("used_at", "领取时间", Time)],
    ),
    Holding {
        id: "subject",
        ..row("trial_link", "试用链接", "只有试用安装才有；1 天后失效", &[("expires_at", "到期", Time)])
    },
    row(
        "matter",
        "维权案件",
        "法律援助；内容只有你和承办人读得到，在案件页面里看",
        &[("created_at", "开始时间", Time)],
    ),
    Holding {
        column: "handler",
        erasure: Erasure::Reference,
        ..row("matter", "承办的案件", "案件是当事人的，只去掉承办人", &[("created_at", "开始时间", Time)])
    },
    Holding {
        erasure: Erasure::Reference,
        ..row(
            "membership",
            "会籍",
            "办会籍、出会员证；删除账号时会籍结束，只留编号、工会和时间，认不出是你",
            &[
                ("number", "会员编号", Plain),
                ("state", "状态", Plain),
                ("joined_at", "入会时间", Time),
                ("valid_until", "有效期到", Time),
                ("took_part_at", "最近交会费或参加活动", Time),
                ("reason", "原因", Sealed),
                ("objection", "你的异议", Sealed),
                ("ended_at", "结束时间", Time),
            ],
        )
    },
    Holding {
        erasure: Erasure::Reference,
        ..row(
            "membership_transfer",
            "转会申请",
            "会籍转到新的工会；删除账号时撤回，只留工会和时间，认不出是你",
            &[
                ("state", "状态", Plain),
                ("asked_at", "申请时间", Time),
                ("reason", "没有通过的原因", Sealed),
                ("ended_at", "结束时间", Time),
            ],
        )
    },
    Holding {
        column: "entered_by",
        erasure: A_DEED,
        ..row("membership", "录入的会籍", "谁录入的要查得到", &[("joined_at", "时间", Time)])
    },
    Holding {
        column: "actor",
        erasure: A_DEED,
        ..row("membership_event", "办过的会籍", "谁办的要查得到", &[("kind", "做了什么", Plain), ("at", "时间", Time)])
    },
    Holding {
        column: "out_by",
        erasure: A_DEED,
        ..row("membership_transfer", "审过的转出", "谁办的要查得到", &[("out_at", "时间", Time)])
    },
    Holding {
        column: "in_by",
        erasure: A_DEED,
        ..row("membership_transfer", "审过的接收", "谁办的要查得到", &[("in_at", "时间", Time)])
    },
    Holding {
        column: "granted_by",
        erasure: AN_ID,
        ..row("role_grant", "给过别人的角色", "任免要查得到", &[("role", "角色", Plain), ("granted_at", "时间", Time)])
    },
    Holding {
        column: "revoked_by",
        erasure: AN_ID,
        ..row("role_grant", "收回过的角色", "任免要查得到", &[("role", "角色", Plain), ("revoked_at", "时间", Time)])
    },
    Holding {
        column: "invited_by",
        erasure: AN_ID,
        ..row("invitation", "发出的邀请", "任免要查得到", &[("role", "角色", Plain), ("created_at", "时间", Time)])
    },
    Holding {
        column: "used_by",
        erasure: AN_ID,
        ..row("invitation", "领取的邀请", "任免要查得到", &[("role", "角色", Plain), ("used_at", "时间", Time)])
    },
    Holding {
        column: "issued_by",
        erasure: AN_ID,
        ..row(
            "manager_code",
            "发出的站点代码",
            "任免要查得到",
            &[("station", "站点", Plain), ("created_at", "时间", Time)],
        )
    },
    Holding {
        column: "used_by",
        erasure: AN_ID,
        ..row(
            "manager_code",
            "用过的站点代码",
            "任免要查得到",
            &[("station", "站点", Plain), ("used_at", "时间", Time)],
        )
    },
    // Asking for a union, and reports of obstruction: what one said goes, what an officer did for others stays theirs.
    row(
        "founding_words",
        "和工会写的话（建会）",
        "你发起建会时写给工会的、工会回你的；退出或删除账号时一起删除",
        &[("words", "内容", Sealed), ("at", "时间", Time)],
    ),
    row(
        "founding_member",
        "加入的建会请求",
        "办成以前要知道有多少人、告诉你进展；谁也看不到名单，退出或删除账号时删除",
        &[("contact", "愿意让工会联系", Plain), ("joined_at", "加入时间", Time)],
    ),
    Holding {
        column: "starter",
        erasure: Erasure::Reference,
        ..row(
            "founding",
            "发起的建会请求",
            "大家的请求，你走了还在，只去掉你",
            &[("unit", "单位", Plain), ("created_at", "时间", Time)],
        )
    },
    Holding {
        column: "decided_by",
        erasure: AN_ID,
        ..row(
            "founding",
            "办结的建会请求",
            "谁办的要查得到",
            &[("outcome", "结果", Plain), ("changed_at", "时间", Time)],
        )
    },
    Holding {
        column: "actor",
        erasure: AN_ID,
        ..row("founding_words", "办建会时写给发起人的话", "谁写的要查得到；内容是发起人的", &[("at", "时间", Time)])
    },
    Holding {
        column: "actor",
        erasure: AN_ID,
        ..row("founding_event", "办过的建会步骤", "谁办的要查得到", &[("kind", "步骤", Plain), ("at", "时间", Time)])
    },
    row(
        "obstruction_words",
        "反映阻挠入会的内容",
        "交给上级工会办理；删除账号时一起删除，谁也读不出",
        &[("part", "哪一部分", Plain), ("words", "内容", Sealed), ("at", "时间", Time)],
    ),
    row(
        "obstruction",
        "反映的阻挠入会",
        "办理和告诉你结果；不进统计，删除账号时一起删除",
        &[("number", "登记号", Plain), ("stage", "进展", Plain), ("created_at", "时间", Time)],
    ),
    Holding {
        column: "decided_by",
        erasure: AN_ID,
        ..row(
            "obstruction",
            "办过的阻挠入会反映",
            "谁办的要查得到",
            &[("stage", "进展", Plain), ("changed_at", "时间", Time)],
        )
    },
    Holding {
        column: "actor",
        erasure: AN_ID,
        ..row("obstruction_words", "办反映时写的话", "谁写的要查得到；内容是反映人的", &[("at", "时间", Time)])
    },
    Holding {
        column: "actor",
        erasure: AN_ID,
        ..row("obstruction_event", "办过的反映步骤", "谁办的要查得到", &[("kind", "步骤", Plain), ("at", "时间", Time)])
    },
    // Figures and targets.
    Holding {
        column: "set_by",
        id: "organisation",
        erasure: AN_ID,
        ..row(
            "join_target",
            "定过的责任目标",
            "目标是谁定的要查得到",
            &[("year", "年份", Plain), ("set_at", "时间", Time)],
        )
    },
    Holding {
        erasure: Erasure::Reference,
        ..row(
            "application",
            "入会申请",
            "审核入会；没发出的草稿 180 天不动就删除；删除账号时内容马上删除，只留下不认得人的一行，用来数数",
            &[
                ("state", "状态", Plain),
                ("kind", "申请什么", Plain),
                ("number", "登记号", Plain),
                ("name", "姓名", Sealed),
                ("id_type", "证件类型", Plain),
                ("id_number", "证件号码", Sealed),
                ("occupation", "职业", Plain),
                ("unit", "填的单位", Sealed),
                ("adcode", "常在的地方（行政区划代码）", Plain),
                ("submitted_at", "登记时间", Time),
                ("due_at", "答复期限", Time),
                ("decided_at", "办完的时间", Time),
                ("authority", "批准机关", Plain),
                ("reason", "原因", Sealed),
                ("answer", "补充的材料", Sealed),
                ("created_at", "开始填的时间", Time),
            ],
        )
    },
    Holding {
        column: "helper",
        erasure: Erasure::Reference,
        ..row("application", "替别人填过的入会申请", "申请是别人的，只去掉是谁帮的", &[("created_at", "时间", Time)])
    },
    Holding {
        column: "helper",
        ..row(
            "prepared_application",
            "替别人填、还等本人确认的",
            "等本人的手机确认；7 天后删除",
            &[
                ("mobile_masked", "对方手机号", Plain),
                ("words", "填的内容", Sealed),
                ("created_at", "时间", Time),
                ("expires_at", "到期", Time),
                ("confirmed_at", "本人确认", Time),
            ],
        )
    },
    Holding {
        column: "decided_by",
        erasure: A_DEED,
        ..row("application", "审核过的入会申请", "谁审核的要查得到", &[("decided_at", "时间", Time)])
    },
    Holding {
        column: "actor",
        erasure: A_DEED,
        ..row(
            "application_event",
            "办过的入会申请",
            "谁办的要查得到",
            &[("kind", "做了什么", Plain), ("at", "时间", Time)],
        )
    },
    Holding {
        column: "created_by",
        id: "created_by",
        erasure: A_DEED,
        ..row(
            "entry_link",
            "做过的入会链接",
            "谁做的要查得到",
            &[("code", "链接代码", Plain), ("created_at", "时间", Time)],
        )
    },
    Holding {
        column: "ruled_by",
        erasure: AN_ID,
        ..row(
            "duplicate_ruling",
            "看过的重复记录",
            "谁认定的要查得到",
            &[("ruling", "认定", Plain), ("ruled_at", "时间", Time)],
        )
    },
    Holding {
        column: "undone_by",
        erasure: AN_ID,
        ..row("duplicate_ruling", "取消过的合并", "谁取消的要查得到", &[("undone_at", "时间", Time)])
    },
    Holding {
        table: "audit",
        column: "actor",
        id: "actor",
        what: "操作记录",
        why: "谁在什么时候做了什么，防止滥用；保留 200 天，里面没有姓名、号码和内容",
        columns: &[("action", "做了什么", Plain), ("reason", "原因", Plain), ("at", "时间", Time)],
        erasure: Erasure::Kept("网络日志依法留存不少于六个月（网络安全法 第二十一条）；只是一个随机编号"),
    },
    Holding {
        table: "subject",
        column: "id",
        id: "id",
        what: "账号",
        why: "手机号用来登录，实名信息要你同意才保存；删除账号时马上删除，最迟 7 天后备份里也读不出",
        columns: &[
            ("mobile", "手机号", Sealed),
            ("name", "姓名", Sealed),
            ("id_type", "证件类型", Plain),
            ("id_number", "证件号码", Sealed),
            ("id_check", "谁核对的", Plain),
            ("created_at", "开户时间", Time),
            ("seen_at", "最近使用", Time),
            ("detached_at", "号码分开的时间", Time),
        ],
        erasure: Erasure::Row,
    },
];
