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

-- ---- Records: what they were before each change, and how they were verified ----
ALTER TABLE progress_records ADD COLUMN smgi_number TEXT;    -- once confirmed
ALTER TABLE progress_records ADD COLUMN smgi_reason TEXT;    -- when the SMGI refused it
ALTER TABLE progress_records ADD COLUMN returned_at BIGINT;  -- last time; none: never
CREATE INDEX progress_records_to_verify ON progress_records (process_id, recorded_at)
  WHERE review IN ('registrado', 'en_verificacion');
CREATE INDEX progress_records_to_file ON progress_records (recorded_at) WHERE filing <> 'confirmado';

-- Revision 1 is what was saved first; the record itself holds the last.
CREATE TABLE progress_history (
  record_id TEXT NOT NULL REFERENCES progress_records (id),
  revision BIGINT NOT NULL,
  recorded_values TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by TEXT,
  channel TEXT NOT NULL,
  review TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (record_id, revision)
);

CREATE TABLE verifications (
  record_id TEXT NOT NULL REFERENCES progress_records (id),
  round BIGINT NOT NULL,
  verified_by TEXT NOT NULL,
  verified_at BIGINT NOT NULL,
  result TEXT NOT NULL,        -- 'aceptado', 'devuelto'
  timeliness TEXT NOT NULL,    -- 'oportuno', 'extemporaneo'
  checklist TEXT NOT NULL,     -- JSON object: check, 'cumple' or 'no_cumple'
  note TEXT NOT NULL,
  correction TEXT NOT NULL,    -- what to correct
  correct_until TEXT,
  PRIMARY KEY (record_id, round)
);
CREATE INDEX verifications_by_day ON verifications (verified_at);

-- ---- Jobs: a run that failed is tried again the same day ----
ALTER TABLE job_runs ADD COLUMN succeeded_at BIGINT;                 -- last good run; none: never
ALTER TABLE job_runs ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;  -- in a row since

-- ---- What was handed to the SMGI: one row for each content (handlers/smgi_gateway.hpp) ----
-- subject_id: the record, or the provisional number of the SS. A record's own way stands in its `filing`.
CREATE TABLE smgi_filings (
  key TEXT PRIMARY KEY,
  kind TEXT NOT NULL,   -- 'avance', 'solicitud_ss'
  subject_id TEXT NOT NULL,
  state TEXT NOT NULL,  -- 'enviado', 'confirmado', 'rechazado'
  changed_at BIGINT NOT NULL,
  smgi_number TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX smgi_filings_by_subject ON smgi_filings (subject_id);
CREATE INDEX smgi_filings_settled ON smgi_filings (changed_at) WHERE state <> 'enviado';
