-- 入会 and 会籍: applications, memberships, transfers, and what they are chosen from.
--
-- Sealed columns (name, id_number, unit, answer, reason, words) hold ciphertexts under the key of the row's subject, bound to table,
-- column and row. *_hash columns hold keyed hashes. Times are unix ms.

-- 职业: a code list that an administrator edits.
CREATE TABLE occupation (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- 八大群体 (2018), 四类重点群体 (2021).
    eight INTEGER NOT NULL CHECK (eight IN (0, 1)),
    four INTEGER NOT NULL CHECK (four IN (0, 1)),
    -- The trade, as an industry federation names it.
    industry TEXT,
    position INTEGER NOT NULL,
    retired_at INTEGER,
    changed_at INTEGER NOT NULL
) STRICT;

-- Platforms, head enterprises and their affiliates: what a worker names, and what an officer works through.
CREATE TABLE enterprise (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('platform', 'head', 'branch', 'franchise', 'agent', 'dispatch', 'unit')),
    -- Whose affiliate it is.
    parent BLOB REFERENCES enterprise (id),
    industry TEXT,
    -- GB/T 2260, of where it works; none is everywhere.
    adcode INTEGER,
    -- 统一社会信用代码.
    code TEXT UNIQUE,
    union_state TEXT NOT NULL DEFAULT 'unknown' CHECK (union_state IN ('unknown', 'none', 'preparing', 'has_union')),
    -- Its own union, where there is one.
    organisation BLOB REFERENCES organisation (id),
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE INDEX enterprise_by_parent ON enterprise (parent);
CREATE INDEX enterprise_by_region ON enterprise (adcode);
CREATE INDEX enterprise_by_organisation ON enterprise (organisation);

-- A link, QR code or poster with which people join: counted, and one thing is chosen already.
CREATE TABLE entry_link (
    -- As it stands in the address.
    code TEXT PRIMARY KEY,
    organisation BLOB REFERENCES organisation (id),
    station TEXT REFERENCES station (code) ON DELETE CASCADE,
    enterprise BLOB REFERENCES enterprise (id),
    created_by BLOB,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE INDEX entry_link_by_organisation ON entry_link (organisation);
CREATE INDEX entry_link_by_station ON entry_link (station);
CREATE INDEX entry_link_by_enterprise ON entry_link (enterprise);

-- An application. A person has at most one that is open.
CREATE TABLE application (
    id BLOB PRIMARY KEY,
    -- Gone once the account is: what is left counts, and says nothing of anybody.
    subject BLOB REFERENCES subject (id) ON DELETE SET NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'needs_info', 'approved', 'rejected', 'withdrawn')),
    kind TEXT CHECK (kind IN ('join', 'transfer')),
    lane TEXT CHECK (lane IN ('unit', 'region')),
    -- As typed, also while it is wrong; opened for the applicant and, once sent, for the officers of the owner.
    name BLOB,
    id_type TEXT CHECK (id_type IN ('resident', 'hmt_residence', 'hmt_pass', 'foreign_residence', 'passport')),
    id_number BLOB,
    -- Set when it is sent. Duplicates: the service's person, else the ID number, else name and mobile.
    person_hash BLOB,
    id_hash BLOB,
    name_mobile_hash BLOB,
    occupation TEXT REFERENCES occupation (code),
    enterprise BLOB REFERENCES enterprise (id),
    -- What was typed where nothing of the list fits.
    unit BLOB,
    -- The union that was chosen: of the unit, or of a link.
    chosen BLOB REFERENCES organisation (id),
    adcode INTEGER,
    -- The union of the street or town, where one was chosen.
    town BLOB REFERENCES organisation (id),
    entry TEXT REFERENCES entry_link (code),
    -- The furthest screen that was saved.
    screen TEXT,
    -- 登记号, told once it is sent: 已登记.
    number TEXT UNIQUE,
    -- Who decides, and by when; from the first minute.
    owner BLOB REFERENCES organisation (id),
    due_at INTEGER,
    -- How it came there: JSON, a list of {organisation, rule, passed}.
    route TEXT,
    -- How often it went up because nobody decided in time.
    escalations INTEGER NOT NULL DEFAULT 0,
    submitted_at INTEGER,
    decided_at INTEGER,
    -- The officer who entered the decision, and the 批准机关 that took it.
    decided_by BLOB,
    authority TEXT,
    -- Why it was refused, or what is missing; and what the applicant answered.
    reason BLOB,
    answer BLOB,
    -- Who filled it in for the applicant.
    helper BLOB REFERENCES subject (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    -- Counts changes: a decision names the one it was taken on.
    version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX application_open ON application (subject) WHERE state IN ('draft', 'submitted', 'needs_info');
CREATE INDEX application_by_subject ON application (subject, created_at);
-- Counts and pages of a queue are read from it alone.
CREATE INDEX application_queue ON application (owner, state, due_at, id) WHERE state IN ('submitted', 'needs_info');
CREATE INDEX application_due ON application (due_at) WHERE state = 'submitted';
CREATE INDEX application_by_id ON application (id_hash) WHERE id_hash IS NOT NULL;
CREATE INDEX application_by_person ON application (person_hash) WHERE person_hash IS NOT NULL;
CREATE INDEX application_by_name ON application (name_mobile_hash) WHERE name_mobile_hash IS NOT NULL;
CREATE INDEX application_by_helper ON application (helper);
CREATE INDEX application_drafts ON application (changed_at) WHERE state = 'draft';
-- A draft with a route is one that nobody took: it is asked again when somebody would.
CREATE INDEX application_waiting ON application (id) WHERE state = 'draft' AND route IS NOT NULL;

-- What happened to it, in order.
CREATE TABLE application_event (
    id BLOB PRIMARY KEY,
    application BLOB NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    -- submitted, escalated, reassigned, asked, answered, approved, rejected, withdrawn, merged, unmerged
    kind TEXT NOT NULL,
    organisation BLOB REFERENCES organisation (id),
    -- The officer; none is the applicant, or the program itself.
    actor BLOB,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX application_event_by_application ON application_event (application, at);

-- Filled in by a helper, until the worker's own phone confirms it. Sealed under the helper's key.
CREATE TABLE prepared_application (
    id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    helper BLOB NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    mobile_hash BLOB NOT NULL,
    -- JSON of all that was filled in.
    words BLOB NOT NULL,
    -- `138****5678`.
    mobile_masked TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    confirmed_at INTEGER
) STRICT;
CREATE INDEX prepared_application_by_helper ON prepared_application (helper);
CREATE INDEX prepared_application_by_mobile ON prepared_application (mobile_hash);
CREATE INDEX prepared_application_by_end ON prepared_application (expires_at);

-- Two records that an officer looked at: the same person or not.
CREATE TABLE duplicate_ruling (
    id BLOB PRIMARY KEY,
    application BLOB NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    -- What it was compared with: another application or a membership.
    other BLOB NOT NULL,
    ruling TEXT NOT NULL CHECK (ruling IN ('different', 'merged')),
    -- For a merge: the membership that stays.
    kept BLOB,
    ruled_by BLOB,
    ruled_at INTEGER NOT NULL,
    undone_by BLOB,
    undone_at INTEGER
) STRICT;
CREATE INDEX duplicate_ruling_by_application ON duplicate_ruling (application);

CREATE TABLE membership (
    id BLOB PRIMARY KEY,
    subject BLOB REFERENCES subject (id) ON DELETE SET NULL,
    organisation BLOB NOT NULL REFERENCES organisation (id),
    -- 会员编号, given here: never used twice.
    number TEXT NOT NULL UNIQUE,
    -- The number of the province's own system, once it came back.
    external_number TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'transferring', 'retained', 'resigned', 'lapsed', 'expelled')),
    person_hash BLOB,
    id_hash BLOB,
    name_mobile_hash BLOB,
    occupation TEXT REFERENCES occupation (code),
    enterprise BLOB REFERENCES enterprise (id),
    adcode INTEGER,
    -- 批准机关, and the officer who entered it.
    authority TEXT NOT NULL,
    entered_by BLOB,
    application BLOB REFERENCES application (id),
    source TEXT NOT NULL CHECK (source IN ('application', 'import')),
    joined_at INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    -- When dues were last paid or the member last took part, as far as anybody told.
    took_part_at INTEGER,
    -- A warning before an automatic end, and when it would end.
    warned_at INTEGER,
    ends_at INTEGER,
    ended_at INTEGER,
    -- Why it ended or is retained, as the member reads it; and the member's objection.
    reason BLOB,
    objection BLOB,
    objected_at INTEGER,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Exactly one membership of a person, whoever approves what at the same moment.
CREATE UNIQUE INDEX membership_of_subject ON membership (subject) WHERE state IN ('active', 'transferring', 'retained');
CREATE UNIQUE INDEX membership_of_id ON membership (id_hash) WHERE id_hash IS NOT NULL AND state IN ('active', 'transferring', 'retained');
CREATE UNIQUE INDEX membership_of_person ON membership (person_hash) WHERE person_hash IS NOT NULL AND state IN ('active', 'transferring', 'retained');
CREATE INDEX membership_by_subject ON membership (subject, joined_at);
CREATE INDEX membership_by_id ON membership (id_hash) WHERE id_hash IS NOT NULL;
CREATE INDEX membership_by_person ON membership (person_hash) WHERE person_hash IS NOT NULL;
CREATE INDEX membership_by_name ON membership (name_mobile_hash) WHERE name_mobile_hash IS NOT NULL;
CREATE INDEX membership_by_organisation ON membership (organisation, state, id);
CREATE INDEX membership_by_external ON membership (organisation, external_number) WHERE external_number IS NOT NULL;
CREATE INDEX membership_by_end ON membership (ends_at) WHERE ends_at IS NOT NULL;
CREATE INDEX membership_by_application ON membership (application);
CREATE INDEX membership_by_enterprise ON membership (enterprise);

-- The history that the member sees.
CREATE TABLE membership_event (
    id BLOB PRIMARY KEY,
    membership BLOB NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    -- A code of MembershipEvent.
    kind TEXT NOT NULL,
    organisation BLOB REFERENCES organisation (id),
    -- The officer; none is the member, or the program itself.
    actor BLOB,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX membership_event_by_membership ON membership_event (membership, at);

-- 会籍接转: an out-decision and an in-decision, each with who and when; silence goes up to the parent.
CREATE TABLE membership_transfer (
    id BLOB PRIMARY KEY,
    membership BLOB NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused', 'withdrawn')),
    from_organisation BLOB NOT NULL REFERENCES organisation (id),
    to_organisation BLOB NOT NULL REFERENCES organisation (id),
    -- The application with which it was asked for, where there was one.
    application BLOB REFERENCES application (id),
    asked_at INTEGER NOT NULL,
    -- Who has to decide now, and until when it may be silent: at the end it goes up.
    out_owner BLOB NOT NULL REFERENCES organisation (id),
    out_due_at INTEGER NOT NULL,
    -- How often it went up.
    out_silences INTEGER NOT NULL DEFAULT 0,
    out_at INTEGER,
    out_by BLOB,
    out_agreed INTEGER CHECK (out_agreed IN (0, 1)),
    in_owner BLOB NOT NULL REFERENCES organisation (id),
    in_due_at INTEGER NOT NULL,
    in_silences INTEGER NOT NULL DEFAULT 0,
    in_at INTEGER,
    in_by BLOB,
    in_agreed INTEGER CHECK (in_agreed IN (0, 1)),
    -- Why it was refused, as the member reads it; sealed under the member's key.
    subject BLOB REFERENCES subject (id) ON DELETE SET NULL,
    reason BLOB,
    ended_at INTEGER,
    version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX membership_transfer_open ON membership_transfer (membership) WHERE state = 'open';
CREATE INDEX membership_transfer_by_membership ON membership_transfer (membership);
CREATE INDEX membership_transfer_by_subject ON membership_transfer (subject);
CREATE INDEX membership_transfer_out ON membership_transfer (out_owner, out_due_at) WHERE state = 'open' AND out_at IS NULL;
CREATE INDEX membership_transfer_in ON membership_transfer (in_owner, in_due_at) WHERE state = 'open' AND in_at IS NULL;
