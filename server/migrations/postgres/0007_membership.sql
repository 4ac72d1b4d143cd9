-- 入会 and 会籍: applications, memberships, transfers, and what they are chosen from.
--
-- Sealed columns (name, id_number, unit, answer, reason, words) hold ciphertexts under the key of the row's subject, bound to table,
-- column and row. *_hash columns hold keyed hashes. Times are unix ms.

-- 职业: a code list that an administrator edits.
CREATE TABLE occupation (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- 八大群体 (2018), 四类重点群体 (2021).
    eight BOOLEAN NOT NULL,
    four BOOLEAN NOT NULL,
    -- The trade, as an industry federation names it.
    industry TEXT,
    position INTEGER NOT NULL,
    retired_at BIGINT,
    changed_at BIGINT NOT NULL
);

-- Platforms, head enterprises and their affiliates: what a worker names, and what an officer works through.
CREATE TABLE enterprise (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('platform', 'head', 'branch', 'franchise', 'agent', 'dispatch', 'unit')),
    -- Whose affiliate it is.
    parent UUID REFERENCES enterprise (id),
    industry TEXT,
    -- GB/T 2260, of where it works; none is everywhere.
    adcode INTEGER,
    -- 统一社会信用代码.
    code TEXT UNIQUE,
    union_state TEXT NOT NULL DEFAULT 'unknown' CHECK (union_state IN ('unknown', 'none', 'preparing', 'has_union')),
    -- Its own union, where there is one.
    organisation UUID REFERENCES organisation (id),
    source TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    retired_at BIGINT
);
CREATE INDEX enterprise_by_parent ON enterprise (parent);
CREATE INDEX enterprise_by_region ON enterprise (adcode);
CREATE INDEX enterprise_by_organisation ON enterprise (organisation);

-- A link, QR code or poster with which people join: counted, and one thing is chosen already.
CREATE TABLE entry_link (
    -- As it stands in the address.
    code TEXT PRIMARY KEY,
    organisation UUID REFERENCES organisation (id),
    station TEXT REFERENCES station (code) ON DELETE CASCADE,
    enterprise UUID REFERENCES enterprise (id),
    created_by UUID,
    created_at BIGINT NOT NULL,
    retired_at BIGINT
);
CREATE INDEX entry_link_by_organisation ON entry_link (organisation);
CREATE INDEX entry_link_by_station ON entry_link (station);
CREATE INDEX entry_link_by_enterprise ON entry_link (enterprise);

-- An application. A person has at most one that is open.
CREATE TABLE application (
    id UUID PRIMARY KEY,
    -- Gone once the account is: what is left counts, and says nothing of anybody.
    subject UUID REFERENCES subject (id) ON DELETE SET NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'needs_info', 'approved', 'rejected', 'withdrawn')),
    kind TEXT CHECK (kind IN ('join', 'transfer')),
    lane TEXT CHECK (lane IN ('unit', 'region')),
    -- As typed, also while it is wrong; opened for the applicant and, once sent, for the officers of the owner.
    name BYTEA,
    id_type TEXT CHECK (id_type IN ('resident', 'hmt_residence', 'hmt_pass', 'foreign_residence', 'passport')),
    id_number BYTEA,
    -- Set when it is sent. Duplicates: the service's person, else the ID number, else name and mobile.
    person_hash BYTEA,
    id_hash BYTEA,
    name_mobile_hash BYTEA,
    occupation TEXT REFERENCES occupation (code),
    enterprise UUID REFERENCES enterprise (id),
    -- What was typed where nothing of the list fits.
    unit BYTEA,
    -- The union that was chosen: of the unit, or of a link.
    chosen UUID REFERENCES organisation (id),
    adcode INTEGER,
    -- The union of the street or town, where one was chosen.
    town UUID REFERENCES organisation (id),
    entry TEXT REFERENCES entry_link (code),
    -- The furthest screen that was saved.
    screen TEXT,
    -- 登记号, told once it is sent: 已登记.
    number TEXT UNIQUE,
    -- Who decides, and by when; from the first minute.
    owner UUID REFERENCES organisation (id),
    due_at BIGINT,
    -- How it came there: JSON, a list of {organisation, rule, passed}.
    route TEXT,
    -- How often it went up because nobody decided in time.
    escalations INTEGER NOT NULL DEFAULT 0,
    submitted_at BIGINT,
    decided_at BIGINT,
    -- The officer who entered the decision, and the 批准机关 that took it.
    decided_by UUID,
    authority TEXT,
    -- Why it was refused, or what is missing; and what the applicant answered.
    reason BYTEA,
    answer BYTEA,
    -- Who filled it in for the applicant.
    helper UUID REFERENCES subject (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- Counts changes: a decision names the one it was taken on.
    version INTEGER NOT NULL DEFAULT 0
);
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
    id UUID PRIMARY KEY,
    application UUID NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    -- submitted, escalated, reassigned, asked, answered, approved, rejected, withdrawn, merged, unmerged
    kind TEXT NOT NULL,
    organisation UUID REFERENCES organisation (id),
    -- The officer; none is the applicant, or the program itself.
    actor UUID,
    at BIGINT NOT NULL
);
CREATE INDEX application_event_by_application ON application_event (application, at);

-- Filled in by a helper, until the worker's own phone confirms it. Sealed under the helper's key.
CREATE TABLE prepared_application (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    helper UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    mobile_hash BYTEA NOT NULL,
    -- JSON of all that was filled in.
    words BYTEA NOT NULL,
    -- `138****5678`.
    mobile_masked TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT
);
CREATE INDEX prepared_application_by_helper ON prepared_application (helper);
CREATE INDEX prepared_application_by_mobile ON prepared_application (mobile_hash);
CREATE INDEX prepared_application_by_end ON prepared_application (expires_at);

-- Two records that an officer looked at: the same person or not.
CREATE TABLE duplicate_ruling (
    id UUID PRIMARY KEY,
    application UUID NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    -- What it was compared with: another application or a membership.
    other UUID NOT NULL,
    ruling TEXT NOT NULL CHECK (ruling IN ('different', 'merged')),
    -- For a merge: the membership that stays.
    kept UUID,
    ruled_by UUID,
    ruled_at BIGINT NOT NULL,
    undone_by UUID,
    undone_at BIGINT
);
CREATE INDEX duplicate_ruling_by_application ON duplicate_ruling (application);

CREATE TABLE membership (
    id UUID PRIMARY KEY,
    subject UUID REFERENCES subject (id) ON DELETE SET NULL,
    organisation UUID NOT NULL REFERENCES organisation (id),
    -- 会员编号, given here: never used twice.
    number TEXT NOT NULL UNIQUE,
    -- The number of the province's own system, once it came back.
    external_number TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'transferring', 'retained', 'resigned', 'lapsed', 'expelled')),
    person_hash BYTEA,
    id_hash BYTEA,
    name_mobile_hash BYTEA,
    occupation TEXT REFERENCES occupation (code),
    enterprise UUID REFERENCES enterprise (id),
    adcode INTEGER,
    -- 批准机关, and the officer who entered it.
    authority TEXT NOT NULL,
    entered_by UUID,
    application UUID REFERENCES application (id),
    source TEXT NOT NULL CHECK (source IN ('application', 'import')),
    joined_at BIGINT NOT NULL,
    valid_until BIGINT NOT NULL,
    -- When dues were last paid or the member last took part, as far as anybody told.
    took_part_at BIGINT,
    -- A warning before an automatic end, and when it would end.
    warned_at BIGINT,
    ends_at BIGINT,
    ended_at BIGINT,
    -- Why it ended or is retained, as the member reads it; and the member's objection.
    reason BYTEA,
    objection BYTEA,
    objected_at BIGINT,
    changed_at BIGINT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0
);
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
    id UUID PRIMARY KEY,
    membership UUID NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    -- A code of MembershipEvent.
    kind TEXT NOT NULL,
    organisation UUID REFERENCES organisation (id),
    -- The officer; none is the member, or the program itself.
    actor UUID,
    at BIGINT NOT NULL
);
CREATE INDEX membership_event_by_membership ON membership_event (membership, at);

-- 会籍接转: an out-decision and an in-decision, each with who and when; silence goes up to the parent.
CREATE TABLE membership_transfer (
    id UUID PRIMARY KEY,
    membership UUID NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused', 'withdrawn')),
    from_organisation UUID NOT NULL REFERENCES organisation (id),
    to_organisation UUID NOT NULL REFERENCES organisation (id),
    -- The application with which it was asked for, where there was one.
    application UUID REFERENCES application (id),
    asked_at BIGINT NOT NULL,
    -- Who has to decide now, and until when it may be silent: at the end it goes up.
    out_owner UUID NOT NULL REFERENCES organisation (id),
    out_due_at BIGINT NOT NULL,
    -- How often it went up.
    out_silences INTEGER NOT NULL DEFAULT 0,
    out_at BIGINT,
    out_by UUID,
    out_agreed BOOLEAN,
    in_owner UUID NOT NULL REFERENCES organisation (id),
    in_due_at BIGINT NOT NULL,
    in_silences INTEGER NOT NULL DEFAULT 0,
    in_at BIGINT,
    in_by UUID,
    in_agreed BOOLEAN,
    -- Why it was refused, as the member reads it; sealed under the member's key.
    subject UUID REFERENCES subject (id) ON DELETE SET NULL,
    reason BYTEA,
    ended_at BIGINT,
    version INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX membership_transfer_open ON membership_transfer (membership) WHERE state = 'open';
CREATE INDEX membership_transfer_by_membership ON membership_transfer (membership);
CREATE INDEX membership_transfer_by_subject ON membership_transfer (subject);
CREATE INDEX membership_transfer_out ON membership_transfer (out_owner, out_due_at) WHERE state = 'open' AND out_at IS NULL;
CREATE INDEX membership_transfer_in ON membership_transfer (in_owner, in_due_at) WHERE state = 'open' AND in_at IS NULL;
