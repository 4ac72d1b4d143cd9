-- 不想让单位知道: what the applicant chose when it was sent. From then on no union of the unit gets the application.
ALTER TABLE application ADD COLUMN kept_from_unit INTEGER NOT NULL DEFAULT 0 CHECK (kept_from_unit IN (0, 1));

-- The organisation that looks after an account is the one that has its member now, and none once the membership ended.
UPDATE subject SET home_organisation = (SELECT membership.organisation FROM membership
    WHERE membership.subject = subject.id AND membership.state IN ('active', 'transferring', 'retained'))
WHERE EXISTS (SELECT 1 FROM membership WHERE membership.subject = subject.id);
