-- Those that may have arrived without a receipt: looked at whenever somebody presses a card that is not known,
-- and few among all that was ever sent.
CREATE INDEX outbox_without_receipt ON outbox (id) WHERE unconfirmed > 0 AND receipt IS NULL;
