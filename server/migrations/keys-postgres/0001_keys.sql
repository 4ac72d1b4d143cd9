-- Wrapped keys, apart from the data and from its backups: who has lost the key of a person has lost the person.

CREATE TABLE wrapped_key (
    -- The subject or the matter; all zeros for the program's own.
    owner UUID NOT NULL,
    generation INTEGER NOT NULL,
    -- Which key-encryption key wraps it.
    wrapped_by INTEGER NOT NULL,
    wrapped BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (owner, generation)
);
CREATE INDEX wrapped_key_by_wrapper ON wrapped_key (wrapped_by);

-- The keys of legal matters: wrapped by a key that only the key process (`server keyd`) holds.
CREATE TABLE matter_key (
    matter UUID PRIMARY KEY,
    -- Whose matter it is: the key goes with the person's own.
    subject UUID NOT NULL,
    wrapped BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX matter_key_by_subject ON matter_key (subject);
