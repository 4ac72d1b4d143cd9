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
