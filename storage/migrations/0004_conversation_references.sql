-- Where people can be reached, in full: the region that the service URL names, the root of the last thread of
-- a channel, whether the person blocked us, and whether a token vouched for the service URL.
ALTER TABLE conversations ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN thread_id TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN team_id TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN blocked SMALLINT NOT NULL DEFAULT 0;

-- What people think of an answer. One row a person, answer and way of saying it: the last word counts, the
-- registro keeps the earlier ones.
CREATE TABLE answer_feedback (
  conversation_id TEXT NOT NULL,
  answer_id TEXT NOT NULL,   -- activity id of the message that is rated
  person TEXT NOT NULL,      -- as the registro names people
  source TEXT NOT NULL,      -- 'form' or 'reaction'
  question_id TEXT NOT NULL, -- activity id that the message answered; '' when it answered none
  reaction TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, answer_id, person, source)
);
CREATE INDEX answer_feedback_by_time ON answer_feedback (at);

-- A rated message is found by the id that the channel gave it.
CREATE INDEX outbox_receipts ON outbox (receipt) WHERE receipt IS NOT NULL;

CREATE TABLE meetings (
  id TEXT PRIMARY KEY, -- as the channel names it
  conversation_id TEXT NOT NULL,
  title TEXT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT
);

-- One row for each stay of a person in a meeting.
CREATE TABLE meeting_attendance (
  id INTEGER PRIMARY KEY,
  meeting_id TEXT NOT NULL,
  aad_object_id TEXT NOT NULL,
  name TEXT NOT NULL, -- as the channel says it
  joined_at BIGINT,   -- NULL: not told
  left_at BIGINT
);
CREATE INDEX meeting_attendance_by_meeting ON meeting_attendance (meeting_id, aad_object_id);

-- Files offered to a person, whose agreement Teams asks for before anything is uploaded.
CREATE TABLE file_consents (
  id TEXT PRIMARY KEY,
  aad_object_id TEXT NOT NULL, -- who may agree
  name TEXT NOT NULL,          -- of the file
  subject TEXT NOT NULL,       -- what is to be uploaded, in the words of who offers it
  state TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  card_id TEXT NOT NULL, -- activity id of the card that asked
  upload_url TEXT NOT NULL,
  content_url TEXT NOT NULL,
  unique_id TEXT NOT NULL,
  file_type TEXT NOT NULL,
  reason TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  answered_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX file_consents_accepted ON file_consents (answered_at) WHERE state = 'accepted';

-- Invokes that were answered with a progress card because their work took longer than the channel waits. The
-- activity is kept until the work is stored, so that a stop of the service does not lose it.
CREATE TABLE late_invokes (
  key TEXT PRIMARY KEY,
  activity TEXT NOT NULL, -- JSON as received
  answered_at BIGINT NOT NULL
);
