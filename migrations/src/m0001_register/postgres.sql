CREATE FUNCTION remit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % is refused, the record is kept as it was written', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE FUNCTION remit_close_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reopened record;
BEGIN
    reopened := NEW;
    reopened.until_seq := OLD.until_seq;
    IF OLD.until_seq <> 4294967295 OR NEW.until_seq >= 4294967295 OR reopened IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION '%: rows are only closed, and once', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION remit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.register_id <> OLD.register_id OR NEW.size <> OLD.size + 1 OR NEW.recorded_at <= OLD.recorded_at THEN
        RAISE EXCEPTION 'log_head: advances by one changeset at a time';
    END IF;
    RETURN NEW;
END
$$;
