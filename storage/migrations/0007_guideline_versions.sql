-- The life of a guideline version (procedure 5.1, R-01 to R-05) and the control points of activities 1, 3, 4
-- and 6.

-- author_id: NULL while nobody of the planning office has taken a loaded draft, and for the initial load.
-- in_force_from … replaced_at: when the version answers questions. The initial load was in force before it was
-- loaded, so that these are not published_at.
ALTER TABLE guidelines ADD COLUMN author_id TEXT;
ALTER TABLE guidelines ADD COLUMN submitted_at BIGINT;
ALTER TABLE guidelines ADD COLUMN approved_by TEXT;
ALTER TABLE guidelines ADD COLUMN approved_at BIGINT;
ALTER TABLE guidelines ADD COLUMN published_by TEXT;
ALTER TABLE guidelines ADD COLUMN in_force_from BIGINT;
ALTER TABLE guidelines ADD COLUMN replaced_at BIGINT;

-- Why it was reviewed (R-02): 'directriz', 'estrategia_oap' or 'necesidad'; the last names its report.
CREATE TABLE guideline_reasons (
  practice TEXT NOT NULL,
  term BIGINT NOT NULL,
  version BIGINT NOT NULL,
  position BIGINT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  report_id TEXT,
  PRIMARY KEY (practice, term, version, position),
  FOREIGN KEY (practice, term, version) REFERENCES guidelines (practice, term, version)
);

-- Every change of state (R-50).
CREATE TABLE guideline_events (
  practice TEXT NOT NULL,
  term BIGINT NOT NULL,
  version BIGINT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  channel TEXT NOT NULL,
  from_state TEXT NOT NULL, -- '' when it was made
  to_state TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (practice, term, version, number),
  FOREIGN KEY (practice, term, version) REFERENCES guidelines (practice, term, version)
);

-- Who was told of a publication and who said "I have read it" (R-04). What became of the sending stands in the
-- outbox under `key`.
CREATE TABLE guideline_audience (
  practice TEXT NOT NULL,
  term BIGINT NOT NULL,
  version BIGINT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  process_ids TEXT NOT NULL, -- 'DIR,COM': of whom the person is leader or liaison that day
  key TEXT NOT NULL,
  acknowledged_at BIGINT,
  PRIMARY KEY (practice, term, version, person_id)
);

-- Activity 2 (R-05). meeting_id: the Teams meeting whose join events gave the list; '' when it was typed.
CREATE TABLE socialisation_events (
  id TEXT PRIMARY KEY,
  term BIGINT NOT NULL,
  subject TEXT NOT NULL,
  practices TEXT NOT NULL, -- 'planes,riesgos'; '' all of them
  mode TEXT NOT NULL,      -- 'virtual', 'presencial'
  held_on TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE TABLE socialisation_attendance (
  event_id TEXT NOT NULL REFERENCES socialisation_events (id),
  position BIGINT NOT NULL,
  name TEXT NOT NULL,  -- as typed or as the directory has it
  person_id TEXT,      -- when the directory knows the person
  PRIMARY KEY (event_id, position)
);

-- A named person's confirmation (procedure section 4). The last one of a subject counts; none is changed.
CREATE TABLE control_confirmations (
  number INTEGER PRIMARY KEY,
  control TEXT NOT NULL, -- '1', '3', '4', '6'
  subject TEXT NOT NULL, -- 'guideline:riesgos:2026:2', 'register:2026-10:U-003', 'verification:DIR:2026-10', 'request:SS-2026-0070'
  process_id TEXT,
  result TEXT NOT NULL,  -- 'conforme', 'no_conforme', 'con_observaciones'
  note TEXT NOT NULL,
  confirmed_by TEXT NOT NULL REFERENCES people (id),
  confirmed_at BIGINT NOT NULL
);
CREATE INDEX control_confirmations_by_subject ON control_confirmations (control, subject, number);

-- The turns of a month that an advisor looks at (activity 3).
CREATE TABLE control_samples (
  period TEXT NOT NULL, -- '2026-10'
  advisor_id TEXT NOT NULL REFERENCES people (id),
  position BIGINT NOT NULL,
  registro_number BIGINT NOT NULL,
  drawn_at BIGINT NOT NULL,
  PRIMARY KEY (period, advisor_id, position)
);
