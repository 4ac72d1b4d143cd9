-- Roads as drivers follow them, and the stations along them.

-- One row: counts up with every change of a road, so that a running server learns of it.
CREATE TABLE road_revision (
    only_row SMALLINT PRIMARY KEY CHECK (only_row = 1),
    value BIGINT NOT NULL CHECK (value >= 0)
);
INSERT INTO road_revision (only_row, value) VALUES (1, 0);

CREATE TABLE road (
    -- G60
    code TEXT NOT NULL CHECK (code <> ''),
    -- Where its course is from: two provinces may each know a stretch.
    source TEXT NOT NULL CHECK (source <> ''),
    name TEXT,
    -- Places it leads to, along the line and against it.
    up TEXT,
    down TEXT,
    basis TEXT NOT NULL CHECK (basis IN ('line', 'chain')),
    stakes TEXT NOT NULL CHECK (stakes IN ('named', 'exits', 'said', 'unknown')),
    -- JSON: [[latitude, longitude], …] in 1e-7 degree, WGS-84.
    line TEXT NOT NULL,
    licence TEXT,
    attribution TEXT,
    PRIMARY KEY (code, source)
);

CREATE TABLE road_stop (
    road TEXT NOT NULL,
    source TEXT NOT NULL,
    station TEXT NOT NULL,
    along_m BIGINT NOT NULL CHECK (along_m >= 0),
    side TEXT NOT NULL CHECK (side IN ('stake_up', 'stake_down', 'both', 'unknown')),
    -- 推定
    derived BIGINT NOT NULL CHECK (derived IN (0, 1)),
    exit TEXT,
    exit_distance_m BIGINT,
    -- Why the side is what it is, in words.
    basis TEXT NOT NULL,
    PRIMARY KEY (road, source, station),
    FOREIGN KEY (road, source) REFERENCES road (code, source) ON DELETE CASCADE
);
