-- What an administrator imported of the State Council's yearly notices; the days that ship with the
-- program are not here. Dates are YYYY-MM-DD.

-- One row: counts up with every import, so that a running server learns of it.
CREATE TABLE calendar_revision (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    value INTEGER NOT NULL CHECK (value >= 0)
) STRICT;
INSERT INTO calendar_revision (only_row, value) VALUES (1, 0);

CREATE TABLE calendar_notice (
    year INTEGER PRIMARY KEY CHECK (year BETWEEN 2000 AND 2200),
    -- 文号
    number TEXT NOT NULL,
    published TEXT,
    source TEXT NOT NULL CHECK (source <> ''),
    imported_at INTEGER NOT NULL
) STRICT;

CREATE TABLE calendar_day (
    year INTEGER NOT NULL REFERENCES calendar_notice (year) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (length(date) = 10),
    ruling TEXT NOT NULL CHECK (ruling IN ('off', 'make_up')),
    holiday TEXT NOT NULL,
    PRIMARY KEY (year, date)
) STRICT;
