DROP TRIGGER plan_no_update;
CREATE TRIGGER plan_no_update BEFORE UPDATE OF
    register_id, id, since_seq, code, title, document_id, owner_id, year, valid_from, valid_to, superseded_by_id ON plan
BEGIN SELECT RAISE(ABORT, 'plan: rows are only closed'); END;

-- Who is designated leads alone at the time. A later version of the same fact was asked when it was recorded.
CREATE TRIGGER assignment_one_lead AFTER INSERT ON assignment
WHEN NEW.role = 'lead' AND NEW.basis = 'designated'
BEGIN
    SELECT RAISE(ABORT, 'assignment: the task has a lead at that time')
    WHERE NOT EXISTS (
        SELECT 1 FROM assignment WHERE register_id = NEW.register_id AND id = NEW.id AND since_seq < NEW.since_seq
    ) AND EXISTS (
        SELECT 1 FROM assignment
        WHERE register_id = NEW.register_id AND task_id = NEW.task_id AND until_seq = 4294967295
            AND id <> NEW.id AND role = 'lead' AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to
    );
END;

CREATE TRIGGER assignment_once AFTER INSERT ON assignment
WHEN NEW.basis IN ('designated', 'inherited')
BEGIN
    SELECT RAISE(ABORT, 'assignment: the party has the role at that time already')
    WHERE NOT EXISTS (
        SELECT 1 FROM assignment WHERE register_id = NEW.register_id AND id = NEW.id AND since_seq < NEW.since_seq
    ) AND EXISTS (
        SELECT 1 FROM assignment
        WHERE register_id = NEW.register_id AND task_id = NEW.task_id AND until_seq = 4294967295
            AND id <> NEW.id AND party_id = NEW.party_id AND role = NEW.role
            AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to
    );
END;

CREATE TRIGGER assignment_inherits AFTER INSERT ON assignment
WHEN NEW.inherits_assignment_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'assignment: what it inherits is not there')
    WHERE NOT EXISTS (
        SELECT 1 FROM assignment WHERE register_id = NEW.register_id AND id = NEW.inherits_assignment_id
    ) OR NOT EXISTS (
        SELECT 1 FROM reorganization WHERE register_id = NEW.register_id AND id = NEW.inherits_reorganization_id
    );
END;

CREATE TRIGGER reorganization_bodies AFTER INSERT ON reorganization
BEGIN
    SELECT RAISE(ABORT, 'reorganization: a body that it names is not there')
    WHERE EXISTS (
        SELECT value FROM json_each(NEW.from_parties) UNION ALL SELECT value FROM json_each(NEW.to_parties)
        EXCEPT
        SELECT named.value
        FROM (SELECT value FROM json_each(NEW.from_parties) UNION SELECT value FROM json_each(NEW.to_parties)) AS named
        JOIN party ON party.register_id = NEW.register_id AND party.id = unhex(named.value, '-')
    );
END;

CREATE TRIGGER plan_superseded AFTER INSERT ON plan
WHEN NEW.superseded_by_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'plan: what takes its place is not there')
    WHERE NOT EXISTS (SELECT 1 FROM plan WHERE register_id = NEW.register_id AND id = NEW.superseded_by_id);
END;
