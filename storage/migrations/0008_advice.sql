-- Advice (activity 3): how a consult goes from hand to hand, what the assistant answered to whom, answers that
-- were approved, working sessions, feedback, and the proposals that come out of it.

-- ---- What the assistant answered (R-08) ----

-- One row a question that was answered, asked back or not answered. The id is ours: cards carry it, and what
-- was shown is looked up here instead of being believed.
CREATE TABLE answers_shown (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  asked_by TEXT NOT NULL,        -- person id, or 'aad:…' for somebody not in the directory
  conversation_id TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,          -- what was shown, in plain words
  outcome TEXT NOT NULL,         -- 'answered', 'clarified', 'abstained'
  practice TEXT NOT NULL,        -- '' when it could not be told
  process_id TEXT NOT NULL,
  criteria TEXT NOT NULL,        -- codes, separated by spaces
  scores TEXT NOT NULL           -- 'PLA-05=0.82 PLA-08=0.41'
);
CREATE INDEX answers_shown_by_time ON answers_shown (at);
CREATE INDEX answers_shown_by_person ON answers_shown (asked_by, at);

-- ---- Consults ----

ALTER TABLE consults ADD COLUMN state TEXT NOT NULL DEFAULT 'asignada';
ALTER TABLE consults ADD COLUMN answer_id TEXT;
ALTER TABLE consults ADD COLUMN scores TEXT NOT NULL DEFAULT '';
ALTER TABLE consults ADD COLUMN level_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consults ADD COLUMN waiting_since BIGINT;
ALTER TABLE consults ADD COLUMN waited_days BIGINT NOT NULL DEFAULT 0; -- business days spent waiting for the asker
CREATE INDEX consults_by_holder ON consults (advisor_id, due_on)
  WHERE state IN ('asignada', 'en_espera_informacion');
CREATE INDEX consults_by_asker ON consults (asked_by, asked_at);
CREATE INDEX consults_by_time ON consults (asked_at);

-- From hand to hand: never changed.
CREATE TABLE consult_events (
  consult_id TEXT NOT NULL REFERENCES consults (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,           -- person id or 'job:…'
  kind TEXT NOT NULL,            -- 'preguntada' and the words of ConsultEvent
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  level BIGINT NOT NULL,         -- after it
  advisor_id TEXT NOT NULL,      -- who has it after it; ''
  due_on TEXT NOT NULL,          -- after it
  words TEXT NOT NULL,           -- question, answer, reason …; ''
  PRIMARY KEY (consult_id, number)
);

-- Who answers at level 2: one advisor a practice.
CREATE TABLE thematic_advisors (
  practice TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id)
);

-- ---- Approved answers ----

CREATE TABLE approved_entries (
  id TEXT PRIMARY KEY,           -- 'RES-0001', the code under which it is cited
  practice TEXT NOT NULL,
  term BIGINT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  consult_id TEXT REFERENCES consults (id),
  state TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  approved_at BIGINT,
  retired_at BIGINT
);
CREATE INDEX approved_entries_by_consult ON approved_entries (consult_id);

CREATE TABLE entry_events (
  entry_id TEXT NOT NULL REFERENCES approved_entries (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (entry_id, number)
);
