INSERT INTO changeset (register_id, seq, subject, action, entities)
SELECT
    register_id,
    seq,
    json_extract(CAST(leaf AS TEXT), '$.actor.subject'),
    json_extract(CAST(leaf AS TEXT), '$.action'),
    (
        SELECT ' ' || group_concat(entity, ' ') || ' '
        FROM (
            SELECT DISTINCT json_extract(change.value, '$.entity') AS entity
            FROM json_each(CAST(leaf AS TEXT), '$.changes') AS change
            ORDER BY entity
        )
    )
FROM event;

CREATE TRIGGER changeset_no_delete BEFORE DELETE ON changeset
BEGIN SELECT RAISE(ABORT, 'changeset: rows are never deleted'); END;
CREATE TRIGGER changeset_no_update BEFORE UPDATE ON changeset
BEGIN SELECT RAISE(ABORT, 'changeset: rows are never changed'); END;
