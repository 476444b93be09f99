-- Progress records with their history and verification, the life of each alert, and how jobs went.

-- ---- Alerts (procedure 5.6): one row for each alert and person ----
-- `key` ends in "|" and the person. `message` is the key of the outbox row it went with: while the state is
-- 'programada' or 'reintento' that row says whether the person was told.
ALTER TABLE alerts_sent ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts_sent ADD COLUMN process_id TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts_sent ADD COLUMN practice TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts_sent ADD COLUMN state TEXT NOT NULL DEFAULT 'enviada';
ALTER TABLE alerts_sent ADD COLUMN changed_at BIGINT;
ALTER TABLE alerts_sent ADD COLUMN message TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts_sent ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts_sent ADD COLUMN postponed_until TEXT;
ALTER TABLE alerts_sent ADD COLUMN postponements BIGINT NOT NULL DEFAULT 0;
ALTER TABLE alerts_sent ADD COLUMN useful SMALLINT;            -- 1, 0, or not said
ALTER TABLE alerts_sent ADD COLUMN justification TEXT NOT NULL DEFAULT '';
CREATE INDEX alerts_sent_open ON alerts_sent (state) WHERE state IN ('programada', 'reintento');
CREATE INDEX alerts_sent_by_person ON alerts_sent (person_id, sent_at);
