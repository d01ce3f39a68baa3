-- Who is assigned by hand leads alone at the time, and has the role once. A later version of the same fact was asked when
-- it was recorded.
CREATE FUNCTION remit_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM changeset
        WHERE register_id = NEW.register_id AND seq = NEW.since_seq AND action IN (
            'assignment.recorded', 'assignment.role_changed', 'assignment.corrected', 'register.changed'
        )
    ) OR EXISTS (
        SELECT FROM assignment WHERE register_id = NEW.register_id AND id = NEW.id AND since_seq < NEW.since_seq
    ) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT FROM assignment
        WHERE register_id = NEW.register_id AND task_id = NEW.task_id AND until_seq = 4294967295
            AND id <> NEW.id AND party_id = NEW.party_id AND role = NEW.role
            AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to
    ) THEN
        RAISE EXCEPTION 'assignment: the party has the role at that time already';
    END IF;
    IF NEW.role = 'lead' AND EXISTS (
        SELECT FROM assignment
        WHERE register_id = NEW.register_id AND task_id = NEW.task_id AND until_seq = 4294967295
            AND id <> NEW.id AND role = 'lead' AND valid_from < NEW.valid_to AND NEW.valid_from < valid_to
    ) THEN
        RAISE EXCEPTION 'assignment: the task has a lead at that time';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER assignment_by_hand AFTER INSERT ON assignment FOR EACH ROW
WHEN (NEW.basis = 'recorded')
EXECUTE FUNCTION remit_by_hand();
