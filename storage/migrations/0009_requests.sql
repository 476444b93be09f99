-- SS requests: every event of their life with what it did to the clock, what was reviewed, what was changed;
-- periods reopened; who was designated.

ALTER TABLE service_requests ADD COLUMN field TEXT NOT NULL DEFAULT '';
-- What the request was called until the SMGI gave its number: old cards still carry it.
ALTER TABLE service_requests ADD COLUMN provisional_id TEXT;
CREATE UNIQUE INDEX service_requests_by_provisional ON service_requests (provisional_id);
CREATE INDEX service_requests_by_state ON service_requests (state, due_on);

-- event: procedure 5.2 ('radicar', 'tomar' …), 'avisar' for a warning given, 'confirmar_radicado', 'extender'.
-- clock: what it did to the clock ('inicia', 'detiene' …), '' when nothing; entity_days: the entity's own days
-- known then, a line each: day, 1 when worked, norm, name, separated by tabs.
CREATE TABLE request_events (
  id INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  channel TEXT NOT NULL,
  event TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  reason TEXT NOT NULL,
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  clock TEXT NOT NULL,
  clock_day TEXT,
  clock_business_days BIGINT NOT NULL,
  entity_days TEXT NOT NULL
);
CREATE INDEX request_events_by_request ON request_events (request_id, id);

-- The review of pertinence (R-44). decision: 'aprobada', 'aprobada_parcial', 'rechazada'.
CREATE TABLE request_reviews (
  request_id TEXT PRIMARY KEY,
  reviewed_by TEXT NOT NULL,
  reviewed_at BIGINT NOT NULL,
  report_said TEXT NOT NULL,
  evidence_shows TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL
);

-- Every change of an item outside an import: made by an SS that was approved, and by nothing else (R-38).
-- period: of a corrected record, '' otherwise.
CREATE TABLE item_changes (
  id INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  period TEXT NOT NULL,
  field TEXT NOT NULL,
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX item_changes_by_item ON item_changes (item_id, id);

-- Closed periods that an SS-5 opened again, by days: the first on which a record is taken, and the last.
CREATE TABLE reopened_periods (
  request_id TEXT PRIMARY KEY,
  process_id TEXT NOT NULL REFERENCES processes (id),
  practice TEXT NOT NULL,
  item_id TEXT NOT NULL,
  period TEXT NOT NULL,
  opens_on TEXT NOT NULL,
  closes_on TEXT NOT NULL,
  reopened_by TEXT NOT NULL,
  reopened_at BIGINT NOT NULL
);
CREATE INDEX reopened_periods_by_item ON reopened_periods (item_id, period);

-- Who named whom liaison, from when, with which document; and who ended it. The right itself is in role_grants
-- (source 'designation').
CREATE TABLE designations (
  id TEXT PRIMARY KEY,
  process_id TEXT NOT NULL REFERENCES processes (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  principal SMALLINT NOT NULL,
  since TEXT NOT NULL,
  until TEXT,
  document TEXT NOT NULL,
  designated_by TEXT NOT NULL,
  designated_at BIGINT NOT NULL
);
CREATE INDEX designations_by_process ON designations (process_id, designated_at);

-- A liaison who leaves: holds whatever list gave the role, also when that list is imported again.
CREATE TABLE liaison_endings (
  process_id TEXT NOT NULL REFERENCES processes (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  last_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  ended_by TEXT NOT NULL,
  ended_at BIGINT NOT NULL,
  PRIMARY KEY (process_id, person_id, last_day)
);
