-- A published report is immutable (R-37), and so is every erratum; what was answered is kept (R-35).

CREATE TRIGGER published_report_document_is_never_changed BEFORE UPDATE ON report_publications
BEGIN
  SELECT RAISE(ABORT, 'a published report is immutable');
END;

CREATE TRIGGER published_report_document_is_never_deleted BEFORE DELETE ON report_publications
BEGIN
  SELECT RAISE(ABORT, 'a published report is immutable');
END;

CREATE TRIGGER erratum_is_never_changed BEFORE UPDATE ON report_errata
BEGIN
  SELECT RAISE(ABORT, 'an erratum is immutable');
END;

CREATE TRIGGER erratum_is_never_deleted BEFORE DELETE ON report_errata
BEGIN
  SELECT RAISE(ABORT, 'an erratum is immutable');
END;

CREATE TRIGGER report_response_is_never_deleted BEFORE DELETE ON report_responses
BEGIN
  SELECT RAISE(ABORT, 'what a process answered is kept');
END;
