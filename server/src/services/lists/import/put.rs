//! A batch of rows becomes members, in one transaction.

use super::{ImportWrong, Imported, refuse, row::Draft};
use crate::{
    services::{
        accounts::mobile_of,
        import::Report,
        membership::begin,
        notices::{NoticeWords, tell},
        people::People,
    },
    store::{Edit, ImportedMember, ImportedSubject},
    vault::{Lookup, Place, Sealed},
};
use domain::{
    account::{MembershipId, SubjectId},
    membership::{MembershipEvent, MembershipState},
    organisation::Organisation,
    time::Millis,
};
use uuid::Uuid;

/// So often a number is drawn: a list may take a good part of the ten million that a region and year has.
const DRAWS: u32 = 32;

/// What a row leads to.
enum Way {
    /// Nothing: it was told already.
    Done,
    /// A member, with the account that is there.
    Linked(SubjectId),
    /// A member with a new account; with the number's hash where the number is taken.
    New(SubjectId, Option<[u8; 32]>),
}

pub(super) async fn batch(
    people: &People,
    organisation: &Organisation,
    drafts: &[Draft],
    dry_run: bool,
    report: &mut Report,
    imported: &mut Imported,
    now: Millis,
) -> Result<(), ImportWrong> {
    let mut edit = people.store.edit().await?;
    let mut counts = *imported;
    let mut members: Vec<(&Draft, Way)> = Vec::new();
    // Numbers that this batch gives to somebody: the database does not know them yet.
    let mut given: Vec<[u8; 32]> = Vec::new();
    for draft in drafts {
        let way = way(people, &mut edit, organisation, draft, &mut given, report, &mut counts, now).await?;
        if !matches!(way, Way::Done) {
            members.push((draft, way));
        }
    }
    if dry_run {
        for (_, way) in &members {
            counts.new += 1;
            counts.linked += u64::from(matches!(way, Way::Linked(_)));
        }
        *imported = counts;
        return Ok(());
    }
    let texts = members.iter().filter_map(|(draft, way)| match way {
        Way::New(subject, mobile) => Some((*subject, texts(draft, *subject, mobile.is_some()))),
        Way::Done | Way::Linked(_) => None,
    });
    let texts: Vec<(SubjectId, Vec<(Place, &str)>)> = texts.collect();
    let mut sealed = people.vault.seal_for_new(&texts, now).await?.into_iter();
    for (draft, way) in &members {
        let subject = match way {
            Way::Done => continue,
            Way::Linked(subject) => *subject,
            Way::New(subject, mobile) => {
                let sealed = sealed.next().unwrap_or_default();
                put_subject(&mut edit, organisation, draft, *subject, mobile.as_ref(), &sealed, now).await?;
                *subject
            }
        };
        if put_member(&mut edit, organisation, draft, subject, now).await? {
            counts.new += 1;
            counts.linked += u64::from(matches!(way, Way::Linked(_)));
        } else {
            // Somebody approved an application of the same person at this moment.
            if matches!(way, Way::New(..)) {
                edit.drop_imported_subject(subject).await?;
            }
            refuse(report, &mut counts, draft.line, "证件号码", "刚刚成了会员，再导入一次看看")?;
        }
    }
    edit.finish().await?;
    *imported = counts;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "a row is looked at with all that the batch has gathered")]
async fn way(
    people: &People,
    edit: &mut Edit,
    organisation: &Organisation,
    draft: &Draft,
    given: &mut Vec<[u8; 32]>,
    report: &mut Report,
    counts: &mut Imported,
    now: Millis,
) -> Result<Way, ImportWrong> {
    let known = edit.memberships_of_id(&draft.member_hash).await?;
    let is_here = |other: Uuid| other.into_bytes() == organisation.id.0;
    if let Some(live) = known.iter().find(|one| is_member(&one.state)) {
        if is_here(live.organisation) {
            let id = MembershipId(live.id.into_bytes());
            // On the list still: the card counts as that of somebody who is entered now.
            let mut is_news = edit.extend_membership(id, begin::valid_until(now), now).await?;
            if is_news {
                edit.put_membership_event(id, MembershipEvent::Extended, Some(organisation.id), None, now).await?;
            }
            if let Some(number) = draft.external.as_deref().filter(|_| draft.external != live.external_number) {
                edit.put_external_number_of(id, organisation.id, number, now).await?;
                is_news = true;
            }
            if is_news { counts.updated += 1 } else { counts.unchanged += 1 }
        } else {
            refuse(report, counts, draft.line, "证件号码", "已经是别的组织的会员，请本人办转会")?;
        }
        return Ok(Way::Done);
    }
    // Who left this organisation does not come back because an old list is imported again.
    if known.iter().any(|one| is_here(one.organisation)) {
        refuse(report, counts, draft.line, "证件号码", "以前是这里的会员，会籍已经结束；要回来请本人申请")?;
        return Ok(Way::Done);
    }
    if edit.is_applied_for(&draft.member_hash).await? {
        refuse(report, counts, draft.line, "证件号码", "本人有一份入会申请正在审核，请先办那一份")?;
        return Ok(Way::Done);
    }
    let new = SubjectId(Uuid::now_v7().into_bytes());
    let Some(mobile) = &draft.mobile else { return Ok(Way::New(new, None)) };
    let hash = people.vault.hash(Lookup::Mobile, mobile.as_str());
    let without = |report: &mut Report, counts: &mut Imported| {
        counts.without_mobile += 1;
        report.note(draft.line, "手机号", "这个号码已经有别人的账号，没有登记号码；会员照样导入了")
    };
    match edit.holder_of_mobile(&hash).await? {
        Some(holder) if holder.id_hash.as_deref() == Some(&draft.id_hash[..]) => {
            if holder.is_member {
                refuse(report, counts, draft.line, "手机号", "这个账号已经是会员")?;
                return Ok(Way::Done);
            }
            Ok(Way::Linked(holder.subject))
        }
        // A number is resold sooner than a list is corrected: whose it is shows when they say who they are.
        Some(holder) if holder.id_hash.is_none() && !holder.is_member => {
            counts.without_mobile += 1;
            report.note(draft.line, "手机号", "这个号码已经有账号，还没填实名；本人填好，会籍就归到那个账号")?;
            let words = NoticeWords {
                kind: "membership",
                title: "你可能已经是会员了".to_owned(),
                text: "有工会的会员名单上写着你的手机号。填好实名信息，对得上，会籍就归到你的账号。不是你，不用理。"
                    .to_owned(),
                link: Some("/me/identity".to_owned()),
            };
            tell(people, edit, holder.subject, &words, false, now).await?;
            Ok(Way::New(new, None))
        }
        None if !given.contains(&hash) => {
            given.push(hash);
            Ok(Way::New(new, Some(hash)))
        }
        _ => {
            without(report, counts)?;
            Ok(Way::New(new, None))
        }
    }
}

fn texts(draft: &Draft, subject: SubjectId, with_mobile: bool) -> Vec<(Place, &str)> {
    let place = |column| Place { table: "subject", column, row: subject.0 };
    let mut texts = vec![(place("name"), draft.name.as_str()), (place("id_number"), draft.id.as_str())];
    if let Some(mobile) = draft.mobile.as_ref().filter(|_| with_mobile) {
        texts.push((mobile_of(subject), mobile.as_str()));
    }
    texts
}

async fn put_subject(
    edit: &mut Edit,
    organisation: &Organisation,
    draft: &Draft,
    subject: SubjectId,
    mobile: Option<&[u8; 32]>,
    sealed: &[Sealed],
    now: Millis,
) -> Result<(), ImportWrong> {
    let text = |at: usize| sealed.get(at).map(|sealed| sealed.0.as_slice());
    let one = ImportedSubject {
        id: subject,
        mobile: mobile.zip(text(2)),
        name: text(0).unwrap_or_default(),
        id_type: draft.id.id_type().code(),
        id_number: text(1).unwrap_or_default(),
        id_hash: &draft.id_hash,
        home: organisation.id,
    };
    Ok(edit.put_imported_subject(&one, now).await?)
}

async fn put_member(
    edit: &mut Edit,
    organisation: &Organisation,
    draft: &Draft,
    subject: SubjectId,
    now: Millis,
) -> Result<bool, ImportWrong> {
    for _ in 0..DRAWS {
        let number = begin::draw_number(organisation.adcode, now);
        let one = ImportedMember {
            id: MembershipId(Uuid::now_v7().into_bytes()),
            subject,
            organisation: organisation.id,
            number: number.as_str(),
            external_number: draft.external.as_deref(),
            id_hash: &draft.member_hash,
            name_mobile_hash: draft.name_mobile_hash.as_ref(),
            occupation: draft.occupation.as_deref(),
            enterprise: draft.enterprise,
            adcode: draft.adcode.or(organisation.adcode),
            authority: &organisation.name,
            joined_at: draft.joined_at,
            valid_until: begin::valid_until(now),
        };
        if edit.put_imported_member(&one, now).await? {
            return Ok(true);
        }
        // Either the number is somebody's, or the person has become a member.
        if edit.memberships_of_id(&draft.member_hash).await?.iter().any(|one| is_member(&one.state)) {
            return Ok(false);
        }
    }
    Ok(false)
}

fn is_member(state: &str) -> bool {
    MembershipState::parse(state).is_some_and(MembershipState::is_member)
}
