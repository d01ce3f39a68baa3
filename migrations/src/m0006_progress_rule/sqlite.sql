CREATE TRIGGER progress_rule_no_delete BEFORE DELETE ON progress_rule
BEGIN SELECT RAISE(ABORT, 'progress_rule: rows are never deleted'); END;
CREATE TRIGGER progress_rule_no_update
BEFORE UPDATE OF register_id, id, since_seq, plan_id, amber_days, every, by_day, following, valid_from, valid_to
ON progress_rule
BEGIN SELECT RAISE(ABORT, 'progress_rule: rows are only closed'); END;
CREATE TRIGGER progress_rule_close_once BEFORE UPDATE OF until_seq ON progress_rule
WHEN OLD.until_seq <> 4294967295 OR NEW.until_seq >= 4294967295
BEGIN SELECT RAISE(ABORT, 'progress_rule: rows are closed once'); END;
