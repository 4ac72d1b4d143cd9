-- What workers at the door say, without an account. Nothing here says who somebody is: a device and the
-- network it came from are keyed hashes, a position is never written. Times are unix ms.

CREATE TABLE station_report (
    id UUID PRIMARY KEY,
    station TEXT NOT NULL REFERENCES station (code) ON DELETE CASCADE,
    said TEXT NOT NULL CHECK (said IN ('open', 'locked', 'moved', 'amenity_gone', 'amenity_back')),
    amenity TEXT,
    at BIGINT NOT NULL,
    device BIGINT NOT NULL,
    network BIGINT NOT NULL,
    near TEXT NOT NULL CHECK (near IN ('checked', 'said')),
    -- Others agreed with what this device said on earlier days.
    seasoned BOOLEAN NOT NULL,
    CHECK ((amenity IS NOT NULL) = (said IN ('amenity_gone', 'amenity_back')))
);
CREATE INDEX station_report_by_station ON station_report (station, at);
CREATE INDEX station_report_by_device ON station_report (device, at);
CREATE INDEX station_report_by_network ON station_report (network, at);
CREATE INDEX station_report_by_time ON station_report (at);

-- When the voices of a station next run out.
ALTER TABLE station ADD COLUMN voices_until BIGINT;
CREATE INDEX station_by_voices ON station (voices_until) WHERE voices_until IS NOT NULL;

-- What a station's manager must hear of: a door believed to be locked inside its posted hours.
CREATE TABLE station_alert (
    id UUID PRIMARY KEY,
    station TEXT NOT NULL REFERENCES station (code) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('locked_in_hours', 'moved')),
    at BIGINT NOT NULL,
    voices INTEGER NOT NULL CHECK (voices >= 1),
    seen_at BIGINT
);
CREATE INDEX station_alert_by_station ON station_alert (station, at);

-- What somebody proposes: a station that is missing, a fact that is wrong. Never an edit.
CREATE TABLE station_proposal (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('missing_station', 'correction')),
    station TEXT REFERENCES station (code) ON DELETE CASCADE,
    name TEXT,
    place TEXT,
    words TEXT,
    -- The 0.01 degree cell, only when the person said 我就在这里.
    cell TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'inspecting', 'adopted', 'declined')),
    at BIGINT NOT NULL,
    -- Taken out after 30 days.
    device BIGINT,
    network BIGINT,
    CHECK ((station IS NOT NULL) = (kind = 'correction'))
);
CREATE INDEX station_proposal_by_time ON station_proposal (at);
