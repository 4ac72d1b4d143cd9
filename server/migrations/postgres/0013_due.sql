-- Nothing waits without a date, and nobody learns by asking who else has asked.

-- Every worker's request is their own: the same unit at the same place leads to nobody else's link. Officers see them
-- together. A second tap of the same worker is the first.
DROP INDEX founding_of_unit;
CREATE UNIQUE INDEX founding_of_starter ON founding (adcode, unit_key, starter)
    WHERE stage IN ('waiting', 'sent', 'contacted');
CREATE INDEX founding_by_unit ON founding (adcode, unit_key);

-- One letter does not stop the clock: what the union took up has a date too.
DROP INDEX founding_due;
CREATE INDEX founding_due ON founding (due_at) WHERE due_at IS NOT NULL;
UPDATE founding SET due_at = changed_at + 1209600000 WHERE stage = 'contacted' AND due_at IS NULL;

-- An objection to 开除 or to an automatic end: which organisation looks at it, and by when; at the end it goes up.
ALTER TABLE membership ADD COLUMN objection_owner UUID REFERENCES organisation (id);
ALTER TABLE membership ADD COLUMN objection_due_at BIGINT;
CREATE INDEX membership_objections ON membership (objection_owner, objection_due_at) WHERE objection IS NOT NULL;
