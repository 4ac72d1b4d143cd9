-- Stations and where they are from. Times are unix ms, coordinates 1e-7 degree WGS-84, enums are
-- checked text, NULL means not known. Never edited once landed: changes are new files.

-- One row. Each transaction that changes a station counts it up first, which makes writers take
-- turns: revisions become visible in their own order.
CREATE TABLE station_revision (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    value BIGINT NOT NULL CHECK (value >= 0)
);
INSERT INTO station_revision (only_row, value) VALUES (1, 0);

CREATE TABLE station_source (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    licence TEXT,
    attribution TEXT,
    -- The date the data speaks of, YYYY-MM-DD.
    as_of TEXT,
    imported_at BIGINT NOT NULL
);

CREATE TABLE station (
    code TEXT PRIMARY KEY CHECK (length(code) = 10),
    source TEXT NOT NULL REFERENCES station_source (name),
    source_id TEXT NOT NULL CHECK (source_id <> ''),
    kind TEXT NOT NULL
        CHECK (kind IN ('union_station', 'driver_home', 'driver_station', 'service_area', 'staff_home')),
    name TEXT NOT NULL CHECK (name <> ''),
    host TEXT,
    phone TEXT,
    address TEXT,
    -- County, GB/T 2260.
    adcode INTEGER,
    lat_e7 INTEGER NOT NULL CHECK (lat_e7 BETWEEN -900000000 AND 900000000),
    lng_e7 INTEGER NOT NULL CHECK (lng_e7 BETWEEN -1800000000 AND 1800000000),
    -- What the source's coordinates were in.
    datum TEXT NOT NULL CHECK (datum IN ('wgs84', 'gcj02', 'bd09')),
    door TEXT CHECK (door IN ('walk_in', 'scan', 'face', 'staff', 'code')),
    audience TEXT CHECK (audience IN ('everyone', 'outdoor_workers', 'members')),
    -- JSON: amenity code to what is known of it. NULL: nothing is.
    amenities TEXT,
    -- As the source wrote it.
    hours TEXT,
    truck_spaces INTEGER CHECK (truck_spaces >= 0),
    -- JSON of the position along a road.
    road TEXT,
    -- JSON of a closure for some days.
    closure TEXT,
    closed_for_good BOOLEAN NOT NULL,
    verification TEXT NOT NULL CHECK (verification IN ('unverified', 'verified')),
    confirmed_at BIGINT,
    confirmed_by TEXT CHECK (confirmed_by IN ('manager', 'worker', 'import')),
    version INTEGER NOT NULL CHECK (version >= 1),
    updated_at BIGINT NOT NULL,
    -- The value of station_revision when the row was last written.
    revision BIGINT NOT NULL,
    -- The source no longer lists it. The row stays: its code is never given to another.
    retired_at BIGINT,
    -- Hash of what was imported: an equal one means the source says nothing new.
    content BIGINT NOT NULL,
    UNIQUE (source, source_id),
    CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL))
);
CREATE INDEX station_by_revision ON station (revision);

-- Codes of rows that were deleted (示范), so that a running server learns of it.
CREATE TABLE station_removed (
    code TEXT PRIMARY KEY,
    revision BIGINT NOT NULL
);
CREATE INDEX station_removed_by_revision ON station_removed (revision);
