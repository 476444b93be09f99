-- What the questions of a month ask of the guidelines (R-49): kept once a month, for the review of the next
-- vigencia.

CREATE TABLE asked_needs (
  month TEXT NOT NULL,           -- '2026-10'
  position BIGINT NOT NULL,      -- the most asked first
  practice TEXT NOT NULL,        -- 'general' when it could not be told
  words TEXT NOT NULL,
  questions BIGINT NOT NULL,     -- that it rests on
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (month, position)
);
