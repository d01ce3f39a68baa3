-- Written in PostgreSQL's type names; for SQLite they are replaced by its own (see the migration).

CREATE TABLE changeset (
    register_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    -- The kinds of facts that it changes, in order of the alphabet, each between two spaces.
    entities TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, seq),
    FOREIGN KEY (register_id, seq) REFERENCES event (register_id, seq)
);

CREATE INDEX changeset_subject ON changeset (register_id, subject, seq);
CREATE INDEX changeset_action ON changeset (register_id, action, seq);
