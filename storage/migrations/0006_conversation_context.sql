-- What a person last asked in a conversation and what was answered, so that "¿y para riesgos?" can be
-- understood. One row a person and conversation, written with the turn; worth nothing after thirty minutes.
CREATE TABLE conversation_context (
  conversation_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  practice TEXT NOT NULL,
  criterion TEXT NOT NULL,
  question TEXT NOT NULL,
  follow_ups INTEGER NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, actor)
);
CREATE INDEX conversation_context_by_age ON conversation_context (at);
