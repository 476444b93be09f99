-- An approved answer explains the guideline of one vigencia. For a later one it holds when somebody has kept it.

CREATE TABLE entry_renewals (
  entry_id TEXT NOT NULL REFERENCES approved_entries (id),
  term BIGINT NOT NULL,
  renewed_by TEXT NOT NULL,
  renewed_at BIGINT NOT NULL,
  PRIMARY KEY (entry_id, term)
);
