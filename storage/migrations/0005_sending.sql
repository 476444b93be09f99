-- What a row does: 'post' a message of its own, 'update' or 'remove' one that was sent before. That one is named
-- by target_key, the key of its row; without a key, reply_to is the channel's id of it.
ALTER TABLE outbox ADD COLUMN operation TEXT NOT NULL DEFAULT 'post';
ALTER TABLE outbox ADD COLUMN target_key TEXT;
-- What a message carries besides text and card (citations, feedback, labels), as JSON.
ALTER TABLE outbox ADD COLUMN extras TEXT;
-- Where a sent message stands: with its receipt (index of 0004) that names it for a change, and when somebody rates it.
ALTER TABLE outbox ADD COLUMN sent_to TEXT;
