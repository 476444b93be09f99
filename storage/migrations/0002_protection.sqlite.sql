-- What may never change is refused by the database itself. Triggers are written differently in PostgreSQL
-- (a function each), so this file belongs to the SQLite adapter.

CREATE TRIGGER registro_is_never_changed BEFORE UPDATE ON registro
BEGIN
  SELECT RAISE(ABORT, 'the registro is append-only');
END;

CREATE TRIGGER registro_is_never_deleted BEFORE DELETE ON registro
BEGIN
  SELECT RAISE(ABORT, 'the registro is append-only');
END;

-- A published version may only become 'replaced'; a correction is the next version.
CREATE TRIGGER published_guideline_is_never_changed BEFORE UPDATE ON guidelines
WHEN OLD.state IN ('published', 'replaced') AND NOT (
  OLD.state = 'published' AND NEW.state = 'replaced' AND NEW.practice = OLD.practice AND NEW.term = OLD.term
  AND NEW.version = OLD.version AND NEW.document = OLD.document AND NEW.checksum = OLD.checksum
  AND NEW.published_at = OLD.published_at)
BEGIN
  SELECT RAISE(ABORT, 'a published guideline is immutable');
END;

CREATE TRIGGER published_guideline_is_never_deleted BEFORE DELETE ON guidelines
WHEN OLD.state IN ('published', 'replaced')
BEGIN
  SELECT RAISE(ABORT, 'a published guideline is immutable');
END;

CREATE TRIGGER published_criterion_is_never_changed BEFORE UPDATE ON criteria
WHEN EXISTS (SELECT 1 FROM guidelines g WHERE g.practice = OLD.practice AND g.term = OLD.term
             AND g.version = OLD.version AND g.state IN ('published', 'replaced'))
BEGIN
  SELECT RAISE(ABORT, 'a published guideline is immutable');
END;

CREATE TRIGGER published_criterion_is_never_deleted BEFORE DELETE ON criteria
WHEN EXISTS (SELECT 1 FROM guidelines g WHERE g.practice = OLD.practice AND g.term = OLD.term
             AND g.version = OLD.version AND g.state IN ('published', 'replaced'))
BEGIN
  SELECT RAISE(ABORT, 'a published guideline is immutable');
END;

CREATE TRIGGER published_guideline_gets_no_criterion BEFORE INSERT ON criteria
WHEN EXISTS (SELECT 1 FROM guidelines g WHERE g.practice = NEW.practice AND g.term = NEW.term
             AND g.version = NEW.version AND g.state IN ('published', 'replaced'))
BEGIN
  SELECT RAISE(ABORT, 'a published guideline is immutable');
END;
