-- Wrapped keys, apart from the data and from its backups: who has lost the key of a person has lost the person.

CREATE TABLE wrapped_key (
    -- The subject or the matter; all zeros for the program's own.
    owner BLOB NOT NULL,
    generation INTEGER NOT NULL,
    -- Which key-encryption key wraps it.
    wrapped_by INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (owner, generation)
) STRICT;
CREATE INDEX wrapped_key_by_wrapper ON wrapped_key (wrapped_by);

-- The keys of legal matters: wrapped by a key that only the key process (`server keyd`) holds.
CREATE TABLE matter_key (
    matter BLOB PRIMARY KEY,
    -- Whose matter it is: the key goes with the person's own.
    subject BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX matter_key_by_subject ON matter_key (subject);
