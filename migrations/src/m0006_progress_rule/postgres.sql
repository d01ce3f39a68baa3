CREATE TRIGGER progress_rule_close_once BEFORE UPDATE ON progress_rule
FOR EACH ROW EXECUTE FUNCTION remit_close_once();
CREATE TRIGGER progress_rule_no_delete BEFORE DELETE ON progress_rule
FOR EACH ROW EXECUTE FUNCTION remit_refuse();
CREATE TRIGGER progress_rule_no_truncate BEFORE TRUNCATE ON progress_rule
FOR EACH STATEMENT EXECUTE FUNCTION remit_refuse();
