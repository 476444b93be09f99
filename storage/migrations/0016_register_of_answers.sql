-- The register of answers, further: why nothing was answered (a topic of somebody else asks nothing of the
-- guidelines), and which rows are a criterion picked from the list under an answer: no question of its own.

ALTER TABLE answers_shown ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE answers_shown ADD COLUMN chosen SMALLINT NOT NULL DEFAULT 0;
