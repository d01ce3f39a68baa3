CREATE FUNCTION remit_against() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0];
END
$$;

-- Who is designated leads alone at the time, and whoever is designated or inherits has a role once. A later version of
-- the same fact was asked when it was recorded.
CREATE FUNCTION remit_one_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM assignment WHERE register_id = NEW.register_id AND id = NEW.id AND since_seq < NEW.since_seq
    ) THEN
        RETURN NULL;
    END IF;
    IF NEW.role = 'lead' AND NEW.basis = 'designated' AND EXISTS (
        SELECT FROM assignment
        WHERE register_id = NEW.register_id AND task_id = NEW.task_id AND until_seq = 4294967295
            AND id <> NEW.id AND role = 'lead' AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to
    ) THEN
        RAISE EXCEPTION 'assignment: the task has a lead at that time';
    END IF;
    IF EXISTS (
        SELECT FROM assignment
        WHERE register_id = NEW.register_id AND task_id = NEW.task_id AND until_seq = 4294967295
            AND id <> NEW.id AND party_id = NEW.party_id AND role = NEW.role
            AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to
    ) THEN
        RAISE EXCEPTION 'assignment: the party has the role at that time already';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER assignment_once AFTER INSERT ON assignment FOR EACH ROW
WHEN (NEW.basis IN ('designated', 'inherited'))
EXECUTE FUNCTION remit_one_lead();

CREATE FUNCTION remit_inherits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM assignment WHERE register_id = NEW.register_id AND id = NEW.inherits_assignment_id
    ) OR NOT EXISTS (
        SELECT FROM reorganization WHERE register_id = NEW.register_id AND id = NEW.inherits_reorganization_id
    ) THEN
        RAISE EXCEPTION 'assignment: what it inherits is not there';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER assignment_inherits AFTER INSERT ON assignment FOR EACH ROW
WHEN (NEW.inherits_assignment_id IS NOT NULL)
EXECUTE FUNCTION remit_inherits();

CREATE FUNCTION remit_bodies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM jsonb_array_elements_text(NEW.from_parties::jsonb || NEW.to_parties::jsonb) AS named (id)
        WHERE NOT EXISTS (SELECT FROM party WHERE register_id = NEW.register_id AND party.id = named.id::uuid)
    ) THEN
        RAISE EXCEPTION 'reorganization: a body that it names is not there';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER reorganization_bodies AFTER INSERT ON reorganization FOR EACH ROW
EXECUTE FUNCTION remit_bodies();

CREATE FUNCTION remit_superseded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM plan WHERE register_id = NEW.register_id AND id = NEW.superseded_by_id) THEN
        RAISE EXCEPTION 'plan: what takes its place is not there';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER plan_superseded AFTER INSERT ON plan FOR EACH ROW
WHEN (NEW.superseded_by_id IS NOT NULL)
EXECUTE FUNCTION remit_superseded();
