-- What somebody answers for in any process: asked whenever a person's pending matters are shown.
CREATE INDEX commitments_by_owner ON items (owner_id) WHERE kind = 'compromiso';
