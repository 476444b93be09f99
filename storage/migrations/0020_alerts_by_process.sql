-- The alerts of a process since a day: what a follow-up report counts.
CREATE INDEX alerts_sent_by_process ON alerts_sent (process_id, sent_at);
