-- Advice, further: answers that a language model writes from the criteria, and working sessions (mesas de
-- trabajo, R-10).

-- ---- Generated answers ----

-- One row an answer that somebody waits for; the outbox holds the plain one until `wait_until`.
CREATE TABLE generated_answers (
  id TEXT PRIMARY KEY,           -- of the answer (answers_shown)
  outbox_key TEXT NOT NULL,
  criteria TEXT NOT NULL,        -- codes that it may rest on, separated by spaces
  asked_at BIGINT NOT NULL,
  wait_until BIGINT NOT NULL,
  state TEXT NOT NULL,           -- 'esperando', 'escribiendo', 'escrita', 'descartada'
  text TEXT NOT NULL,            -- of 'escrita': what is shown
  cited TEXT NOT NULL,           -- codes in the order of their marks
  kept BIGINT NOT NULL,          -- sentences
  flaws TEXT NOT NULL,           -- of the sentences that were dropped, or why nothing came
  done_at BIGINT
);
CREATE INDEX generated_answers_waiting ON generated_answers (asked_at) WHERE state = 'esperando';

-- ---- Working sessions ----

-- Those that were convened here; `working_sessions` holds what was imported of earlier ones.

CREATE TABLE convened_sessions (
  id TEXT PRIMARY KEY,           -- 'MESA-2026-001'
  subject TEXT NOT NULL,
  agenda TEXT NOT NULL,
  process_id TEXT REFERENCES processes (id),
  practice TEXT NOT NULL,        -- '' when it is about no single one
  consult_id TEXT REFERENCES consults (id),
  place TEXT NOT NULL,           -- room or address of the meeting
  starts_at BIGINT NOT NULL,
  minutes BIGINT NOT NULL,       -- how long it takes
  state TEXT NOT NULL,           -- 'convocada', 'realizada', 'cancelada'
  sequence BIGINT NOT NULL,      -- of the invitation: grows when it moves or is cancelled
  convened_by TEXT NOT NULL,
  convened_at BIGINT NOT NULL,
  record TEXT NOT NULL,          -- the minutes (acta)
  meeting_id TEXT NOT NULL,      -- whose join events gave the attendance; ''
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT
);
CREATE INDEX convened_sessions_by_time ON convened_sessions (starts_at);
CREATE INDEX convened_sessions_by_process ON convened_sessions (process_id, starts_at);

CREATE TABLE session_people (
  session_id TEXT NOT NULL REFERENCES convened_sessions (id),
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  person_id TEXT,                -- NULL: not in the directory
  invited BIGINT NOT NULL,
  attended BIGINT,               -- NULL: not recorded yet
  PRIMARY KEY (session_id, position)
);

-- What was agreed; each is an item of the process from then on.
CREATE TABLE session_commitments (
  session_id TEXT NOT NULL REFERENCES convened_sessions (id),
  number BIGINT NOT NULL,
  item_id TEXT NOT NULL REFERENCES items (id),
  PRIMARY KEY (session_id, number)
);

-- From hand to hand: never changed.
CREATE TABLE session_events (
  session_id TEXT NOT NULL REFERENCES convened_sessions (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,            -- 'convocada', 'reprogramada', 'realizada', 'cancelada'
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  words TEXT NOT NULL,           -- reason, or the dates from and to
  PRIMARY KEY (session_id, number)
);
