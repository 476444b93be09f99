-- How often a message went out without a receipt: so many times more it may have been read.
ALTER TABLE outbox ADD COLUMN unconfirmed BIGINT NOT NULL DEFAULT 0;

-- What was sent lately, for the pace after a restart.
CREATE INDEX outbox_sent ON outbox (ended_at) WHERE state = 'sent';
