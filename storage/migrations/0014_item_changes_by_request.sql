-- What an SS changed is shown with its history.
CREATE INDEX item_changes_by_request ON item_changes (request_id);
