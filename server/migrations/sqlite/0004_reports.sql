-- What workers at the door say, without an account. Nothing here says who somebody is: a device and the
-- network it came from are keyed hashes, a position is never written. Times are unix ms.

CREATE TABLE station_report (
    id BLOB PRIMARY KEY,
    station TEXT NOT NULL REFERENCES station (code) ON DELETE CASCADE,
    said TEXT NOT NULL CHECK (said IN ('open', 'locked', 'moved', 'amenity_gone', 'amenity_back')),
    amenity TEXT,
    at INTEGER NOT NULL,
    device INTEGER NOT NULL,
    network INTEGER NOT NULL,
    near TEXT NOT NULL CHECK (near IN ('checked', 'said')),
    -- Others agreed with what this device said on earlier days.
    seasoned INTEGER NOT NULL CHECK (seasoned IN (0, 1)),
    CHECK ((amenity IS NOT NULL) = (said IN ('amenity_gone', 'amenity_back')))
) STRICT;
CREATE INDEX station_report_by_station ON station_report (station, at);
CREATE INDEX station_report_by_device ON station_report (device, at);
CREATE INDEX station_report_by_network ON station_report (network, at);
CREATE INDEX station_report_by_time ON station_report (at);

-- When the voices of a station next run out.
ALTER TABLE station ADD COLUMN voices_until INTEGER;
CREATE INDEX station_by_voices ON station (voices_until) WHERE voices_until IS NOT NULL;

-- What a station's manager must hear of: a door believed to be locked inside its posted hours.
CREATE TABLE station_alert (
    id BLOB PRIMARY KEY,
    station TEXT NOT NULL REFERENCES station (code) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('locked_in_hours', 'moved')),
    at INTEGER NOT NULL,
    voices INTEGER NOT NULL CHECK (voices >= 1),
    seen_at INTEGER
) STRICT;
CREATE INDEX station_alert_by_station ON station_alert (station, at);

-- What somebody proposes: a station that is missing, a fact that is wrong. Never an edit.
CREATE TABLE station_proposal (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('missing_station', 'correction')),
    station TEXT REFERENCES station (code) ON DELETE CASCADE,
    name TEXT,
    place TEXT,
    words TEXT,
    -- The 0.01 degree cell, only when the person said 我就在这里.
    cell TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'inspecting', 'adopted', 'declined')),
    at INTEGER NOT NULL,
    -- Taken out after 30 days.
    device INTEGER,
    network INTEGER,
    CHECK ((station IS NOT NULL) = (kind = 'correction'))
) STRICT;
CREATE INDEX station_proposal_by_time ON station_proposal (at);
