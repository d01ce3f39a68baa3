-- Written in PostgreSQL's type names; for SQLite they are replaced by its own (see the migration).
-- Rules for lights and reports: of the whole register, or of a plan. every, by_day and following belong together.
CREATE TABLE progress_rule (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    plan_id UUID,
    amber_days BIGINT NOT NULL CHECK (amber_days >= 0),
    every TEXT CHECK (every IN ('month', 'quarter', 'half_year', 'year')),
    by_day BIGINT,
    following BOOLEAN,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    CHECK ((every IS NULL) = (by_day IS NULL) AND (every IS NULL) = (following IS NULL)),
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE UNIQUE INDEX progress_rule_open ON progress_rule (register_id, id) WHERE until_seq = 4294967295;
CREATE INDEX progress_rule_since ON progress_rule (register_id, since_seq, id);
