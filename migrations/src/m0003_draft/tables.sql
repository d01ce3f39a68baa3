-- Written in PostgreSQL's type names; for SQLite they are replaced by its own (see the migration).
-- Drafts are no part of the log: the one table whose rows change. Its documents lie in `text`, as all others do.

CREATE TABLE draft (
    register_id UUID NOT NULL REFERENCES register (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed')),
    reason TEXT,
    accepted_seq BIGINT,
    bytes_sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    code TEXT,
    address TEXT,
    valid_from TEXT,
    supersedes UUID,
    review TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (register_id, id),
    FOREIGN KEY (register_id, bytes_sha256) REFERENCES text (register_id, sha256),
    FOREIGN KEY (register_id, text_sha256) REFERENCES text (register_id, sha256),
    CHECK (state <> 'accepted' OR accepted_seq IS NOT NULL),
    CHECK ((state = 'dismissed') = (reason IS NOT NULL))
);

-- The same bytes are under review once.
CREATE UNIQUE INDEX draft_open ON draft (register_id, bytes_sha256) WHERE state = 'open';
