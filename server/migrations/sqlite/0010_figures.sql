-- 入会数字: counted once for each finished month, read by pages from here alone; 责任目标; and what the lists of members need.

-- Which months were counted. A month is counted once, two weeks after its end, and never again: what was published
-- does not change.
CREATE TABLE figure_month (
    -- Months since year 0: 12 × year + month − 1.
    month INTEGER PRIMARY KEY,
    counted_at INTEGER NOT NULL
) STRICT;

-- People of an organisation and all below it in one month, by one dimension. Exact numbers: what is shown is made of
-- them by fives (membership::suppress).
CREATE TABLE figure (
    organisation BLOB NOT NULL REFERENCES organisation (id),
    month INTEGER NOT NULL REFERENCES figure_month (month),
    -- all, region, occupation, platform, head, entry
    dimension TEXT NOT NULL CHECK (dimension IN ('all', 'region', 'occupation', 'platform', 'head', 'entry')),
    -- A code of the dimension; '' is not told.
    category TEXT NOT NULL,
    -- Applications sent in that month; those of them that were approved, and decided, by the day of counting.
    applied INTEGER NOT NULL,
    approved INTEGER NOT NULL,
    decided INTEGER NOT NULL,
    -- Members at the end of the month.
    members INTEGER NOT NULL,
    -- Of the decided ones, for dimension 'all'.
    median_ms INTEGER,
    PRIMARY KEY (organisation, month, dimension, category)
) STRICT;

-- 责任清单: how many new members an organisation is to have approved in a year, as the organisation above set it.
CREATE TABLE join_target (
    organisation BLOB NOT NULL REFERENCES organisation (id),
    year INTEGER NOT NULL,
    goal INTEGER NOT NULL CHECK (goal > 0),
    set_by BLOB,
    set_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, year)
) STRICT;

CREATE INDEX application_by_submission ON application (submitted_at) WHERE submitted_at IS NOT NULL;
