-- 电子会员证: a card is a random id that stands in every code signed for a membership. Codes themselves are not kept:
-- the same card, key and moment give the same code again.
CREATE TABLE card (
    -- 8 random bytes.
    id BLOB PRIMARY KEY,
    membership BLOB NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    -- What the codes name: a membership that moved needs another card.
    organisation BLOB NOT NULL REFERENCES organisation (id),
    made_at INTEGER NOT NULL,
    -- When the last code for no network was signed; at most one a day.
    offline_at INTEGER,
    revoked_at INTEGER,
    -- Once revoked: until when any of its codes could still be taken for good, so that lists have to name it.
    listed_until INTEGER,
    why TEXT CHECK (why IN ('ended', 'moved', 'lost'))
) STRICT;
CREATE UNIQUE INDEX card_of_membership ON card (membership) WHERE revoked_at IS NULL;
CREATE INDEX card_by_membership ON card (membership);
CREATE INDEX card_by_organisation ON card (organisation);
CREATE INDEX card_listed ON card (listed_until) WHERE listed_until IS NOT NULL;
