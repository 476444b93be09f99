-- What the life of a version has fixed stays fixed once it is published, and what was confirmed stays written.

CREATE TRIGGER published_guideline_keeps_its_history BEFORE UPDATE ON guidelines
WHEN OLD.state IN ('published', 'replaced') AND (
  NEW.author_id IS NOT OLD.author_id OR NEW.submitted_at IS NOT OLD.submitted_at
  OR NEW.approved_by IS NOT OLD.approved_by OR NEW.approved_at IS NOT OLD.approved_at
  OR NEW.published_by IS NOT OLD.published_by OR NEW.in_force_from IS NOT OLD.in_force_from)
BEGIN
  SELECT RAISE(ABORT, 'a published guideline is immutable');
END;

CREATE TRIGGER guideline_event_is_never_changed BEFORE UPDATE ON guideline_events
BEGIN
  SELECT RAISE(ABORT, 'the history of a guideline is append-only');
END;

CREATE TRIGGER guideline_event_is_never_deleted BEFORE DELETE ON guideline_events
BEGIN
  SELECT RAISE(ABORT, 'the history of a guideline is append-only');
END;

CREATE TRIGGER control_confirmation_is_never_changed BEFORE UPDATE ON control_confirmations
BEGIN
  SELECT RAISE(ABORT, 'a confirmation is never changed');
END;

CREATE TRIGGER control_confirmation_is_never_deleted BEFORE DELETE ON control_confirmations
BEGIN
  SELECT RAISE(ABORT, 'a confirmation is never changed');
END;
