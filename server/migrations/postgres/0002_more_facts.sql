-- More facts of a station. NULL means not known.

-- Hours at which the door works without staff (无人值守), as the source wrote them.
ALTER TABLE station ADD COLUMN hours_unattended TEXT;
-- What it does on days off and make-up days.
ALTER TABLE station ADD COLUMN hours_policy TEXT
    CHECK (hours_policy IN ('follow', 'closed', 'as_weekday', 'unknown'));
-- JSON: which vehicles it can take.
ALTER TABLE station ADD COLUMN vehicle TEXT;
-- JSON: when single facts were last looked at, and by whom.
ALTER TABLE station ADD COLUMN checked TEXT;
-- JSON: what workers at the door say. Written by the program, never by an import.
ALTER TABLE station ADD COLUMN voices TEXT;
