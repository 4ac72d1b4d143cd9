-- 入会数字 are kept as they are shown: each organisation counts its own people by fives, and those above add up what is
-- shown (membership::suppress). Exact numbers of small unions stand nowhere any more, and the tables of a county
-- tell nothing of its unions that their own tables do not. All months are counted anew.
DROP TABLE figure;
DELETE FROM figure_month;

CREATE TABLE figure (
    organisation BLOB NOT NULL REFERENCES organisation (id),
    month INTEGER NOT NULL REFERENCES figure_month (month),
    -- all, region, occupation, platform, head, entry; all has the median alone
    dimension TEXT NOT NULL CHECK (dimension IN ('all', 'region', 'occupation', 'platform', 'head', 'entry')),
    -- A code of the dimension; '' is not told.
    category TEXT NOT NULL,
    -- Applications sent in that month, and those of them that were approved by the day of counting.
    applied INTEGER NOT NULL,
    approved INTEGER NOT NULL,
    -- Members at the end of the month.
    members INTEGER NOT NULL,
    -- Half of the decisions took no longer; for dimension 'all'.
    median_ms INTEGER,
    PRIMARY KEY (organisation, month, dimension, category)
) STRICT;

-- Where the line of applications of an organisation stands between two marks: the next month goes on from there.
CREATE TABLE figure_line (
    organisation BLOB NOT NULL PRIMARY KEY REFERENCES organisation (id),
    place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 4)
) STRICT;
