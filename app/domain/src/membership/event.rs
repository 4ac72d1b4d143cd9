//! What happened to a membership, as its member reads it.

codes! {
    /// A line of the history.
    pub enum MembershipEvent {
        /// There is a membership.
        Joined = "joined" "入会",
        /// It came from a list that an organisation had.
        Imported = "imported" "会员名单导入",
        /// The person whose it is signed in: from now on under their account.
        Claimed = "claimed" "归到本人账号",
        /// A transfer was asked for.
        TransferAsked = "transfer_asked" "申请转会",
        /// Nobody answered in time: to the organisation above.
        TransferWentUp = "transfer_went_up" "没有按时答复，交给上级",
        /// The old organisation agreed.
        Left = "left" "同意转出",
        /// The new one agreed too: a member there.
        Arrived = "arrived" "转会办好",
        /// The new one agreed; the old one has not yet.
        Accepted = "accepted" "同意接收",
        /// The organisation was dissolved: the one above goes on.
        TakenOver = "taken_over" "原工会撤销，上级接着管",
        /// One of them said no.
        TransferRefused = "transfer_refused" "转会没有通过",
        /// 逾期未答复: agreed by rule.
        TransferExpired = "transfer_expired" "逾期未答复，按规则算同意",
        /// The member took it back, or ended the membership.
        TransferWithdrawn = "transfer_withdrawn" "撤回转会",
        /// The membership ended on the way, and the transfer with it.
        TransferEnded = "transfer_ended" "会籍结束，转会不办了",
        /// The member said that a refusal was wrong: to the organisation above.
        TransferObjected = "transfer_objected" "对不同意转会提出异议",
        /// 保留会籍.
        Retained = "retained" "保留会籍",
        /// Back from it.
        Resumed = "resumed" "恢复会籍",
        /// Dues were paid, or the member took part.
        TookPart = "took_part" "记录交会费或参加活动",
        /// The organisation says that the member is one still: the card counts longer.
        Extended = "extended" "延长有效期",
        /// A warning before an automatic end.
        Warned = "warned" "提醒会籍可能自动终止",
        /// The member answered the warning: it does not end.
        Kept = "kept" "本人说还要会籍，不终止",
        /// 退会.
        Resigned = "resigned" "退会",
        /// 自动终止.
        Lapsed = "lapsed" "会籍自动终止",
        /// 开除会籍.
        Expelled = "expelled" "开除会籍",
        /// The member objected to one of the two.
        Objected = "objected" "提出异议",
        /// Nobody looked at it in time: to the organisation above.
        ObjectionWentUp = "objection_went_up" "异议没有按时复核，交给上级",
        /// The objection was right.
        Restored = "restored" "异议成立，会籍恢复",
        /// It was not.
        Upheld = "upheld" "异议不成立，维持原决定",
        /// Two records of one person became one.
        Merged = "merged" "合并重复的记录",
        /// That was taken back.
        Unmerged = "unmerged" "取消合并",
        /// A number of the province's system came back.
        Number = "number" "登记了会员编号",
    }
}
