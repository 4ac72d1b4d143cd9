-- 我们想建工会: workers who ask for a union where there is none. 阻挠入会: reports of an employer who obstructs joining.
--
-- Sealed columns (words) hold ciphertexts under the key of the row's subject, bound to table, column and row: with the
-- account they are gone.

-- A request. The name of the employer is nobody's secret; who asks is.
CREATE TABLE founding (
    id BLOB PRIMARY KEY,
    -- As it stands in the link that workers share.
    token TEXT NOT NULL UNIQUE,
    -- 登记号.
    number TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL,
    -- The name without what people write differently: the same unit at the same place is one request.
    unit_key TEXT NOT NULL,
    -- GB/T 2260, of the county.
    adcode INTEGER NOT NULL,
    enterprise BLOB REFERENCES enterprise (id),
    -- About how many colleagues there are, as the starter says.
    colleagues INTEGER NOT NULL,
    -- Who started it; none once the account is gone or they left.
    starter BLOB REFERENCES subject (id) ON DELETE SET NULL,
    -- 'waiting': nobody takes it yet; it goes on by itself once somebody does.
    stage TEXT NOT NULL CHECK (stage IN ('waiting', 'sent', 'contacted', 'done', 'left')),
    owner BLOB REFERENCES organisation (id),
    -- First contact by then; none once there was one.
    due_at INTEGER,
    escalations INTEGER NOT NULL DEFAULT 0,
    outcome TEXT CHECK (outcome IN ('grassroots', 'joint', 'federation', 'placed', 'none')),
    -- Which organisation it became or went to.
    organisation BLOB REFERENCES organisation (id),
    -- Why there is none, in the words that everybody who joined reads.
    reason TEXT,
    decided_by BLOB,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX founding_of_unit ON founding (adcode, unit_key) WHERE stage IN ('waiting', 'sent', 'contacted');
CREATE INDEX founding_by_owner ON founding (owner, stage);
CREATE INDEX founding_due ON founding (due_at) WHERE stage = 'sent';
CREATE INDEX founding_waiting ON founding (created_at) WHERE stage = 'waiting';
CREATE INDEX founding_by_starter ON founding (starter);
CREATE INDEX founding_by_enterprise ON founding (enterprise);
CREATE INDEX founding_by_organisation ON founding (organisation);

-- Who joined. Nobody is shown these but the program itself; officers those who agreed.
CREATE TABLE founding_member (
    id BLOB PRIMARY KEY,
    founding BLOB NOT NULL REFERENCES founding (id) ON DELETE CASCADE,
    subject BLOB NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    -- 愿意让工会联系我.
    contact INTEGER NOT NULL CHECK (contact IN (0, 1)),
    joined_at INTEGER NOT NULL,
    UNIQUE (founding, subject)
) STRICT;
CREATE INDEX founding_member_by_subject ON founding_member (subject);

-- What the starter and the officers write to each other, under the starter's key.
CREATE TABLE founding_words (
    id BLOB PRIMARY KEY,
    founding BLOB NOT NULL REFERENCES founding (id) ON DELETE CASCADE,
    subject BLOB NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    writer TEXT NOT NULL CHECK (writer IN ('starter', 'officer')),
    -- The officer.
    actor BLOB,
    words BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX founding_words_by_founding ON founding_words (founding, at);
CREATE INDEX founding_words_by_subject ON founding_words (subject);

CREATE TABLE founding_event (
    id BLOB PRIMARY KEY,
    founding BLOB NOT NULL REFERENCES founding (id) ON DELETE CASCADE,
    -- started, sent, escalated, contacted, done
    kind TEXT NOT NULL,
    organisation BLOB REFERENCES organisation (id),
    -- The officer; none is the program or the starter.
    actor BLOB,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX founding_event_by_founding ON founding_event (founding, at);

-- A report. Which employer it is about stands in the sealed words: a stolen database does not say who reported whom.
CREATE TABLE obstruction (
    id BLOB PRIMARY KEY,
    subject BLOB NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    number TEXT NOT NULL UNIQUE,
    -- GB/T 2260, of the county.
    adcode INTEGER NOT NULL,
    -- 愿意被联系.
    contact INTEGER NOT NULL CHECK (contact IN (0, 1)),
    stage TEXT NOT NULL CHECK (stage IN ('registered', 'working', 'done')),
    -- None while nobody takes it.
    owner BLOB REFERENCES organisation (id),
    due_at INTEGER,
    escalations INTEGER NOT NULL DEFAULT 0,
    decided_by BLOB,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX obstruction_by_subject ON obstruction (subject);
CREATE INDEX obstruction_by_owner ON obstruction (owner, stage);
CREATE INDEX obstruction_due ON obstruction (due_at) WHERE stage <> 'done';

-- The own unions of the employer, as far as they were known when it was sent: none of their officers ever reads it.
CREATE TABLE obstruction_kept_from (
    obstruction BLOB NOT NULL REFERENCES obstruction (id) ON DELETE CASCADE,
    organisation BLOB NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (obstruction, organisation)
) STRICT;
CREATE INDEX obstruction_kept_from_by_organisation ON obstruction_kept_from (organisation);

CREATE TABLE obstruction_words (
    id BLOB PRIMARY KEY,
    obstruction BLOB NOT NULL REFERENCES obstruction (id) ON DELETE CASCADE,
    subject BLOB NOT NULL REFERENCES subject (id) ON DELETE CASCADE,
    -- Which employer; what happened; what was done about it.
    part TEXT NOT NULL CHECK (part IN ('unit', 'what', 'done')),
    actor BLOB,
    words BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX obstruction_words_by_obstruction ON obstruction_words (obstruction, at);
CREATE INDEX obstruction_words_by_subject ON obstruction_words (subject);

CREATE TABLE obstruction_event (
    id BLOB PRIMARY KEY,
    obstruction BLOB NOT NULL REFERENCES obstruction (id) ON DELETE CASCADE,
    -- registered, sent, escalated, working, done
    kind TEXT NOT NULL,
    organisation BLOB REFERENCES organisation (id),
    actor BLOB,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX obstruction_event_by_obstruction ON obstruction_event (obstruction, at);

-- A request and a report name an employer by its whole name.
CREATE INDEX enterprise_by_name ON enterprise (name);
