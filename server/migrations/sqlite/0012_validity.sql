-- A card whose validity runs out is told of once, in time for the organisation to extend it.

-- When the member was told; none: not yet, or it was extended since.
ALTER TABLE membership ADD COLUMN expiry_told_at INTEGER;
CREATE INDEX membership_by_validity ON membership (valid_until)
    WHERE expiry_told_at IS NULL AND state IN ('active', 'transferring', 'retained');
