-- The follow-up cycle: windows, lines, responses, adjustments, documents; and mails that wait to be sent.

-- `deadline_on` is frozen at sending and only ever later; `explanation` says in Spanish how it was counted.
ALTER TABLE follow_up_reports ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE follow_up_reports ADD COLUMN introduction TEXT NOT NULL DEFAULT '';
ALTER TABLE follow_up_reports ADD COLUMN cut_off_at BIGINT;
ALTER TABLE follow_up_reports ADD COLUMN sent_by TEXT;
ALTER TABLE follow_up_reports ADD COLUMN deadline_on TEXT;
ALTER TABLE follow_up_reports ADD COLUMN calendar TEXT NOT NULL DEFAULT '';
ALTER TABLE follow_up_reports ADD COLUMN explanation TEXT NOT NULL DEFAULT '';
ALTER TABLE follow_up_reports ADD COLUMN closed_at BIGINT;
ALTER TABLE follow_up_reports ADD COLUMN published_by TEXT;
CREATE INDEX follow_up_reports_by_state ON follow_up_reports (state, deadline_on);

-- Every version that was sent. `outcome`: 'abierta', 'sustituido', 'cerrada'.
CREATE TABLE report_windows (
  report_id TEXT NOT NULL REFERENCES follow_up_reports (id),
  version BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  sent_by TEXT,
  deadline_on TEXT NOT NULL,
  calendar TEXT NOT NULL,
  explanation TEXT NOT NULL,
  outcome TEXT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (report_id, version)
);

-- What a version says, obligation by obligation. `kind`: 'preventivo', 'final'.
CREATE TABLE report_lines (
  report_id TEXT NOT NULL REFERENCES follow_up_reports (id),
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  position BIGINT NOT NULL,
  practice TEXT NOT NULL,
  item_id TEXT NOT NULL,
  period TEXT NOT NULL,
  item_name TEXT NOT NULL,
  due_on TEXT NOT NULL,
  record_id TEXT,
  recorded_at BIGINT,
  state TEXT NOT NULL,
  review TEXT,
  alerts BIGINT NOT NULL,
  treatment TEXT NOT NULL DEFAULT '', -- '', 'justificada', 'ajustada'
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (report_id, kind, version, practice, item_id, period)
);

-- What the process said in the window, on the whole or on a line ('' : the whole). `resolution`: '',
-- 'aceptada', 'aceptada_en_parte', 'rechazada'; of justifications.
CREATE TABLE report_responses (
  id TEXT PRIMARY KEY,
  report_id TEXT NOT NULL REFERENCES follow_up_reports (id),
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  person_id TEXT,
  role TEXT NOT NULL,
  practice TEXT NOT NULL DEFAULT '',
  item_id TEXT NOT NULL DEFAULT '',
  period TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  evidence TEXT NOT NULL,
  request_id TEXT,
  responded_at BIGINT NOT NULL,
  resolution TEXT NOT NULL DEFAULT '',
  resolution_reason TEXT NOT NULL DEFAULT '',
  resolved_by TEXT,
  resolved_at BIGINT
);
CREATE INDEX report_responses_by_report ON report_responses (report_id, responded_at);

-- What the advisor changed in a line after a decision, and why.
CREATE TABLE report_adjustments (
  report_id TEXT NOT NULL REFERENCES follow_up_reports (id),
  practice TEXT NOT NULL,
  item_id TEXT NOT NULL,
  period TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL, -- id of the justification or the SS-4
  adjusted_by TEXT NOT NULL,
  adjusted_at BIGINT NOT NULL,
  PRIMARY KEY (report_id, practice, item_id, period)
);

-- The published document, byte by byte, and its fingerprint. Never changed.
CREATE TABLE report_publications (
  report_id TEXT PRIMARY KEY REFERENCES follow_up_reports (id),
  document TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  published_by TEXT NOT NULL,
  published_at BIGINT NOT NULL
);

CREATE TABLE report_errata (
  report_id TEXT NOT NULL REFERENCES follow_up_reports (id),
  number BIGINT NOT NULL,
  text TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (report_id, number)
);

ALTER TABLE recommendations ADD COLUMN answered_by TEXT;
ALTER TABLE recommendations ADD COLUMN answered_at BIGINT;
ALTER TABLE recommendations ADD COLUMN advisor_comment TEXT NOT NULL DEFAULT '';
ALTER TABLE recommendations ADD COLUMN reiterates TEXT;
CREATE INDEX recommendations_by_improvement ON recommendations (improvement_id);

-- The contents of mails; when and whether they leave is in `outbox` (channel 'mail') under the same key.
CREATE TABLE mails (
  key TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  text_body TEXT NOT NULL,
  html_body TEXT NOT NULL
);
CREATE TABLE mail_attachments (
  key TEXT NOT NULL REFERENCES mails (key),
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content TEXT NOT NULL, -- base64
  PRIMARY KEY (key, position)
);
