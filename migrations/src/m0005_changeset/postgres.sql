INSERT INTO changeset (register_id, seq, subject, action, entities)
SELECT
    register_id,
    seq,
    leaf #>> '{actor,subject}',
    leaf ->> 'action',
    (
        SELECT ' ' || string_agg(DISTINCT entity, ' ' ORDER BY entity) || ' '
        FROM (
            SELECT (change ->> 'entity') COLLATE "C" AS entity
            FROM json_array_elements(leaf -> 'changes') AS change
        ) AS changed
    )
FROM (
    SELECT register_id, seq, convert_from(leaf, 'UTF8')::json AS leaf
    FROM event
) AS event;

CREATE TRIGGER changeset_no_update BEFORE UPDATE ON changeset
FOR EACH ROW EXECUTE FUNCTION remit_refuse();
CREATE TRIGGER changeset_no_delete BEFORE DELETE ON changeset
FOR EACH ROW EXECUTE FUNCTION remit_refuse();
CREATE TRIGGER changeset_no_truncate BEFORE TRUNCATE ON changeset
FOR EACH STATEMENT EXECUTE FUNCTION remit_refuse();
