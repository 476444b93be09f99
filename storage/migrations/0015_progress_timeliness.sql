-- Timeliness is fixed when a record is first saved (procedure 5.3): until when it was due, and how it stood,
-- by the calendar and the guideline of that day. NULL: older and imported records, computed when read.
ALTER TABLE progress_records ADD COLUMN due_on TEXT;
ALTER TABLE progress_records ADD COLUMN timeliness TEXT;  -- 'oportuno', 'extemporaneo'
