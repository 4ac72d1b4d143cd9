-- People, organisations, roles, what proves who somebody is, and what is written down about it.
--
-- Personal columns (mobile, name, id_number, secret, words) hold ciphertexts of the vault: algorithm, key generation, nonce,
-- text; bound to table, column and row. A sign_in_attempt's mobile opens with the attempt's token alone. *_hash columns hold keyed hashes, of a key and a domain of their own.
-- Times are unix ms.

-- The union tree: seeded 总工会 of provinces, cities and counties, and what is imported.
CREATE TABLE organisation (
    id UUID PRIMARY KEY,
    -- 统一社会信用代码 (GB 32100); a seeded organisation has none yet.
    code TEXT UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('general', 'grassroots', 'joint_grassroots', 'regional_federation', 'industry_federation', 'national_industry')),
    level TEXT NOT NULL CHECK (level IN ('nation', 'province', 'city', 'county', 'town', 'community', 'unit')),
    -- GB/T 2260, of the region it answers for.
    adcode INTEGER,
    parent UUID REFERENCES organisation (id),
    industry TEXT,
    -- 会费 in the organisation's own words; unknown stays unknown.
    dues TEXT,
    phone TEXT,
    source TEXT NOT NULL,
    seeded BOOLEAN NOT NULL DEFAULT FALSE,
    -- 已开通 while an officer was active in the last 14 days.
    officer_active_at BIGINT,
    dissolved_at BIGINT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX organisation_by_parent ON organisation (parent);
CREATE INDEX organisation_by_region ON organisation (adcode);

-- A person with an account.
CREATE TABLE subject (
    id UUID PRIMARY KEY,
    mobile_hash BYTEA UNIQUE,
    mobile BYTEA,
    name BYTEA,
    id_type TEXT CHECK (id_type IN ('resident', 'hmt_residence', 'hmt_pass', 'foreign_residence', 'passport')),
    id_number BYTEA,
    id_hash BYTEA,
    -- Who checked the number: nobody but its own check digit, or a service.
    id_check TEXT CHECK (id_check IN ('form', 'service')),
    -- What the service calls the person, hashed.
    person_hash BYTEA,
    -- The organisation whose officers may look after this account; none until somebody belongs to one.
    home_organisation UUID REFERENCES organisation (id),
    -- Made by a 试用安装 for its links.
    trial BOOLEAN NOT NULL DEFAULT FALSE,
    -- The second fact after a code: failures, and until when nobody is asked.
    fact_tries INTEGER NOT NULL DEFAULT 0,
    fact_locked_until BIGINT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    -- The number went to somebody else.
    detached_at BIGINT
);
CREATE INDEX subject_by_id ON subject (id_hash);
CREATE INDEX subject_by_person ON subject (person_hash);

CREATE TABLE session (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    strength TEXT NOT NULL CHECK (strength IN ('sms', 'manager', 'totp', 'passkey')),
    -- What it runs on in two words, never the browser's own description.
    phone TEXT NOT NULL,
    device_hash BYTEA,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    -- When a passkey or a code of the authenticator was last shown.
    proved_at BIGINT,
    idle_until BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_subject ON session (subject);
CREATE INDEX session_by_end ON session (expires_at);

-- Devices that signed in to an account before, by the keyed hash of their own token: they are asked for no second fact.
CREATE TABLE known_device (
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    device_hash BYTEA NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (subject, device_hash)
);

-- A code that was sent, and what it is to open.
CREATE TABLE sign_in_attempt (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'change_mobile', 'manager', 'staff')),
    mobile_hash BYTEA NOT NULL,
    mobile BYTEA NOT NULL,
    -- Keyed hash of the code; none when nothing was sent, which looks the same from outside.
    code_hash BYTEA,
    tries INTEGER NOT NULL DEFAULT 0,
    -- Of them, those that stand in the counts of wrong codes (rate_limit).
    counted INTEGER NOT NULL DEFAULT 0,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Whose number is changed, or who is proving again.
    subject UUID REFERENCES subject (id) ON DELETE CASCADE,
    -- A manager's code or an invitation that is taken up with it.
    opens UUID,
    -- The code was right; a second fact is asked.
    passed_at BIGINT,
    used_at BIGINT
);
CREATE INDEX sign_in_attempt_by_end ON sign_in_attempt (expires_at);
CREATE INDEX sign_in_attempt_by_mobile ON sign_in_attempt (mobile_hash);
CREATE INDEX sign_in_attempt_by_subject ON sign_in_attempt (subject);

-- GCRA and counts of a day, shared by all servers of one database and kept over restarts.
CREATE TABLE rate_limit (
    key_hash BYTEA PRIMARY KEY,
    -- Theoretical arrival time, unix ms.
    tat BIGINT NOT NULL,
    -- Days since 1970 in Shanghai, and how many then.
    day INTEGER NOT NULL,
    count INTEGER NOT NULL
);
CREATE INDEX rate_limit_by_day ON rate_limit (day);

CREATE TABLE role_grant (
    id UUID PRIMARY KEY,
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('manager', 'officer', 'handler', 'cover_administrator', 'administrator', 'auditor')),
    -- Reaches down the tree; none is the whole country.
    organisation UUID REFERENCES organisation (id),
    station TEXT REFERENCES station (code) ON DELETE CASCADE,
    granted_by UUID,
    granted_at BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_by UUID,
    CHECK ((role = 'manager') = (station IS NOT NULL))
);
CREATE INDEX role_grant_by_subject ON role_grant (subject);
CREATE INDEX role_grant_by_organisation ON role_grant (organisation);
CREATE INDEX role_grant_by_station ON role_grant (station);

-- A link with which somebody takes up a role, or enrols again after losing a device.
CREATE TABLE invitation (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('officer', 'handler', 'cover_administrator', 'administrator', 'auditor')),
    organisation UUID REFERENCES organisation (id),
    -- Who is invited again; none for somebody new.
    subject UUID REFERENCES subject (id) ON DELETE CASCADE,
    invited_by UUID,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_by UUID
);
CREATE INDEX invitation_by_organisation ON invitation (organisation);
CREATE INDEX invitation_by_subject ON invitation (subject);

-- A code that an officer prints or speaks, and that binds one browser to one station.
CREATE TABLE manager_code (
    id UUID PRIMARY KEY,
    code_hash BYTEA NOT NULL UNIQUE,
    station TEXT NOT NULL REFERENCES station (code) ON DELETE CASCADE,
    issued_by UUID,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_by UUID
);
CREATE INDEX manager_code_by_station ON manager_code (station);

CREATE TABLE passkey (
    id UUID PRIMARY KEY,
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    credential_id BYTEA NOT NULL UNIQUE,
    -- Public key and its fixed properties; counter and what changes.
    fixed_state BYTEA NOT NULL,
    counter_state BYTEA NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkey_by_subject ON passkey (subject);

-- What a server remembers between the two halves of a WebAuthn ceremony.
CREATE TABLE passkey_ceremony (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('register', 'sign_in')),
    state BYTEA NOT NULL,
    subject UUID REFERENCES subject (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_ceremony_by_end ON passkey_ceremony (expires_at);
CREATE INDEX passkey_ceremony_by_subject ON passkey_ceremony (subject);

-- RFC 6238; a step is accepted once.
CREATE TABLE totp (
    subject UUID PRIMARY KEY REFERENCES subject (id) ON DELETE CASCADE,
    secret BYTEA NOT NULL,
    last_step BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT
);

-- One-use links of a 试用安装, printed on the operator's own console.
CREATE TABLE trial_link (
    token_hash BYTEA PRIMARY KEY,
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX trial_link_by_subject ON trial_link (subject);

CREATE TABLE consent (
    id UUID PRIMARY KEY,
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    version INTEGER NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX consent_by_subject ON consent (subject, purpose);

-- The inbox: what was told to a person.
CREATE TABLE notice (
    id UUID PRIMARY KEY,
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- Title and text as JSON.
    words BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notice_by_subject ON notice (subject, created_at);

-- A legal matter. Its words are sealed under a key that this process does not hold.
CREATE TABLE matter (
    id UUID PRIMARY KEY,
    subject UUID NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    organisation UUID REFERENCES organisation (id),
    handler UUID REFERENCES subject (id) ON DELETE SET NULL,
    -- By the key process, over matter, subject and handler: an assignment that it did not make opens nothing.
    assignment BYTEA,
    created_at BIGINT NOT NULL
);
CREATE INDEX matter_by_subject ON matter (subject);
CREATE INDEX matter_by_handler ON matter (handler);

CREATE TABLE matter_text (
    id UUID PRIMARY KEY,
    matter UUID NOT NULL REFERENCES matter (id) ON DELETE CASCADE,
    part TEXT NOT NULL,
    words BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX matter_text_by_matter ON matter_text (matter);

-- Who did what, why and when: each row carries a keyed hash of itself and of the row before.
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    -- None: the program itself, or a command on the console.
    actor UUID,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    reason TEXT NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);

-- Where the chain ends: one row, locked by whoever appends.
CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    -- Keyed: the end of the chain cannot be moved back by who writes to the database alone. Empty once it was
    -- found wrong, and from then on.
    mac BYTEA NOT NULL
);

-- Months that are gone: the hash of their last row stays, so that the chain can still be checked.
CREATE TABLE audit_seal (
    month TEXT PRIMARY KEY,
    last_seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    sealed_at BIGINT NOT NULL,
    -- Keyed, over all of it: nobody makes rows go away by writing a seal.
    mac BYTEA NOT NULL
);

-- Append-only: a row is never changed, and leaves only with its sealed month.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM audit_seal WHERE last_seq >= OLD.seq) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit is append-only';
END $$;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
