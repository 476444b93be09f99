-- What a row does: 'post' a message of its own, 'update' or 'remove' one that was sent before. That one is named
-- by target_key, the key of its row; without a key, reply_to is the channel's id of it.
ALTER TABLE outbox ADD COLUMN operation TEXT NOT NULL DEFAULT 'post';
ALTER TABLE outbox ADD COLUMN target_key TEXT;
-- What a message carries besides text and card (citations, feedback, labels), as JSON.
ALTER TABLE outbox ADD COLUMN extras TEXT;
-- Where a sent message stands: with its receipt (index of 0004) that names it for a change, and when somebody rates it.
ALTER TABLE outbox ADD COLUMN sent_to TEXT;

-- Files that people sent in their personal chat: 'waiting' until the bytes are here, then 'kept' or 'refused'.
-- linked_to: 'ss:SS-2026-0070' or 'avance:<number of the record>' once the person has said what it proves.
CREATE TABLE received_files (
  id TEXT PRIMARY KEY,
  aad_object_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  activity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  file_type TEXT NOT NULL,
  content_type TEXT NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL,
  size BIGINT NOT NULL DEFAULT 0,
  sha256 TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  received_at BIGINT NOT NULL,
  ended_at BIGINT,
  linked_to TEXT NOT NULL DEFAULT '',
  linked_at BIGINT
);
CREATE INDEX received_files_waiting ON received_files (received_at) WHERE state = 'waiting';
CREATE INDEX received_files_linked ON received_files (linked_to) WHERE linked_to <> '';

-- What may have arrived without a receipt, for the sign that it did.
CREATE INDEX outbox_unconfirmed ON outbox (created_at) WHERE unconfirmed > 0 AND receipt IS NULL;
