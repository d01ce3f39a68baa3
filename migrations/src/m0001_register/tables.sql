-- Written in PostgreSQL's type names; for SQLite they are replaced by its own (see the migration).
-- 4294967295 stands for an open end of known time, '-infinity' and 'infinity' for open ends of valid time.

CREATE TABLE register (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE log_head (
    register_id UUID NOT NULL PRIMARY KEY REFERENCES register (id),
    size BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    root BYTEA NOT NULL
);

CREATE TABLE event (
    register_id UUID NOT NULL REFERENCES register (id),
    seq BIGINT NOT NULL CHECK (seq BETWEEN 1 AND 4294967294),
    recorded_at TEXT NOT NULL,
    leaf BYTEA NOT NULL,
    leaf_hash BYTEA NOT NULL,
    PRIMARY KEY (register_id, seq)
);

CREATE TABLE text (
    register_id UUID NOT NULL REFERENCES register (id),
    sha256 TEXT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (register_id, sha256)
);

CREATE TABLE idempotency (
    register_id UUID NOT NULL REFERENCES register (id),
    subject TEXT NOT NULL,
    key TEXT NOT NULL,
    input_hash TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (register_id, subject, key)
);

CREATE TABLE api_token (
    name TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    revoked_at TEXT
);

-- The keys that other systems give to what was loaded from them.
CREATE TABLE origin (
    register_id UUID NOT NULL,
    source TEXT NOT NULL,
    entity TEXT NOT NULL,
    key TEXT NOT NULL,
    since_seq BIGINT NOT NULL,
    id UUID NOT NULL,
    PRIMARY KEY (register_id, source, entity, key, since_seq)
);

CREATE TABLE document (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    title TEXT NOT NULL,
    issuer TEXT,
    number TEXT,
    issued_on TEXT COLLATE "C",
    posted_on TEXT COLLATE "C",
    address TEXT,
    bytes_sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    encoding TEXT NOT NULL,
    cites TEXT NOT NULL,
    reader TEXT NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE place (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    code TEXT,
    name TEXT NOT NULL,
    level TEXT NOT NULL
        CHECK (level IN ('country', 'province', 'prefecture', 'district', 'township', 'zone')),
    parent_id UUID,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE party (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    kind TEXT NOT NULL CHECK (kind IN (
        'committee_organ', 'department', 'government', 'functional_zone', 'vertical_agency', 'enterprise',
        'university', 'institute', 'coordination_body', 'mass_organization', 'court_procuratorate', 'subunit',
        'collective', 'other')),
    parent_id UUID,
    place_id UUID,
    code TEXT,
    position BIGINT NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE party_name (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    party_id UUID NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('official', 'short', 'former')),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE plan (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    document_id UUID,
    owner_id UUID,
    year INTEGER,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE section (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    plan_id UUID NOT NULL,
    parent_id UUID,
    label TEXT NOT NULL,
    title TEXT NOT NULL,
    position BIGINT NOT NULL,
    citation_document_id UUID,
    citation_start BIGINT,
    citation_end BIGINT,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE task (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    plan_id UUID NOT NULL,
    section_id UUID,
    label TEXT NOT NULL,
    title TEXT NOT NULL,
    body_document_id UUID,
    body_start BIGINT,
    body_end BIGINT,
    body_sha256 TEXT,
    position BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN (
        'not_started', 'in_progress', 'delayed', 'awaiting_review', 'done', 'suspended', 'superseded')),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE clause (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    plan_id UUID,
    section_id UUID,
    task_id UUID,
    citation_document_id UUID NOT NULL,
    citation_start BIGINT NOT NULL,
    citation_end BIGINT NOT NULL,
    scope_start BIGINT,
    scope_end BIGINT,
    form TEXT NOT NULL,
    rule TEXT NOT NULL,
    open BOOLEAN NOT NULL,
    garbled BOOLEAN NOT NULL,
    confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE assignment (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    task_id UUID NOT NULL,
    party_id UUID NOT NULL,
    role TEXT NOT NULL CHECK (role IN (
        'lead', 'co_lead', 'responsible', 'support', 'participate', 'supervise', 'coordinate')),
    basis TEXT NOT NULL CHECK (basis IN (
        'stated', 'convention', 'designated', 'inherited', 'recorded', 'inferred')),
    reference TEXT NOT NULL CHECK (reference IN ('named', 'collective', 'indefinite')),
    clause_id UUID,
    citation_document_id UUID,
    citation_start BIGINT,
    citation_end BIGINT,
    written_document_id UUID,
    written_start BIGINT,
    written_end BIGINT,
    position INTEGER NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE target (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    plan_id UUID,
    section_id UUID,
    task_id UUID,
    wording TEXT,
    wording_document_id UUID,
    wording_start BIGINT,
    wording_end BIGINT,
    min TEXT,
    max TEXT,
    unit TEXT,
    firmness TEXT NOT NULL CHECK (firmness IN ('firm', 'aspirational', 'expected', 'unstated')),
    due_wording TEXT,
    due_document_id UUID,
    due_start BIGINT,
    due_end BIGINT,
    due_kind TEXT
        CHECK (due_kind IN ('by_date', 'within', 'recurring', 'whole_year', 'ongoing', 'immediate')),
    due_date TEXT,
    due_source TEXT CHECK (due_source IN ('clause', 'body', 'heading', 'record')),
    position BIGINT NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);

CREATE TABLE deadline (
    register_id UUID NOT NULL,
    id UUID NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL CHECK (until_seq > since_seq),
    plan_id UUID,
    section_id UUID,
    task_id UUID,
    due_wording TEXT,
    due_document_id UUID,
    due_start BIGINT,
    due_end BIGINT,
    due_kind TEXT NOT NULL
        CHECK (due_kind IN ('by_date', 'within', 'recurring', 'whole_year', 'ongoing', 'immediate')),
    due_date TEXT,
    due_source TEXT NOT NULL CHECK (due_source IN ('clause', 'body', 'heading', 'record')),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (register_id, id, since_seq)
);
