-- What a conversation is about, further: the past day whose guidelines were asked for, the criteria that the
-- person was asked to choose from, and the answer that ended with the offer to pass the question on.
ALTER TABLE conversation_context ADD COLUMN as_of TEXT;                        -- NULL: those in force
ALTER TABLE conversation_context ADD COLUMN options TEXT NOT NULL DEFAULT '';  -- codes, separated by spaces
ALTER TABLE conversation_context ADD COLUMN offered_answer TEXT NOT NULL DEFAULT '';
