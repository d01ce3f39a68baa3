-- Written in PostgreSQL's type names; for SQLite they are replaced by its own (see the migration).
-- What changes in a register: reorganizations and what they moved, deadlines that are met, how far tasks have come, what
-- parties report, cases of supervision.

ALTER TABLE assignment ADD COLUMN inherits_assignment_id UUID;
ALTER TABLE assignment ADD COLUMN inherits_reorganization_id UUID;
ALTER TABLE deadline ADD COLUMN fulfilled_on TEXT COLLATE "C";

-- from_parties and to_parties are JSON lists of ids.
CREATE TABLE reorganization (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    kind TEXT NOT NULL CHECK (kind IN ('rename', 'merge', 'split', 'abolish', 'create', 'transfer')),
    effective_on TEXT COLLATE "C" NOT NULL,
    from_parties TEXT NOT NULL,
    to_parties TEXT NOT NULL,
    wording TEXT,
    wording_document_id UUID,
    wording_start BIGINT,
    wording_end BIGINT,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE standing (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    task_id UUID NOT NULL,
    status TEXT NOT NULL CHECK (status IN (
        'not_started', 'in_progress', 'delayed', 'awaiting_review', 'done', 'suspended', 'superseded')),
    reached_on TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

-- Of a task or of a target. evidence is a JSON list of addresses.
CREATE TABLE progress_report (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    task_id UUID,
    target_id UUID,
    party_id UUID NOT NULL,
    period_from TEXT COLLATE "C" NOT NULL,
    period_to TEXT COLLATE "C" NOT NULL,
    reported_on TEXT COLLATE "C" NOT NULL,
    status TEXT CHECK (status IN (
        'not_started', 'in_progress', 'delayed', 'awaiting_review', 'done', 'suspended', 'superseded')),
    value TEXT,
    words TEXT NOT NULL,
    evidence TEXT NOT NULL,
    CHECK ((task_id IS NULL) <> (target_id IS NULL)),
    PRIMARY KEY (register_id, id, since_seq)
);

-- steps is a JSON list, in the order in which they were taken.
CREATE TABLE supervision_case (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    task_id UUID NOT NULL,
    party_id UUID NOT NULL,
    number TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_on TEXT COLLATE "C",
    steps TEXT NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);
