//! One lead, and nothing twice, of what offices revise by hand, too.
//!
//! Where rows stood against each other before, as documents and loads may have it, a revision may leave them so: only what
//! it makes worse is refused.

use crate::dialect::own;
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// What changesets are called that assign by hand.
const BY_HAND: &str = "
    SELECT 1 FROM changeset
    WHERE register_id = NEW.register_id AND seq = NEW.since_seq AND action IN (
        'assignment.recorded', 'assignment.role_changed', 'assignment.corrected', 'register.changed'
    )";

/// Whether the row is a later version of what was there.
const REVISED: &str = "
    SELECT 1 FROM assignment AS earlier
    WHERE earlier.register_id = NEW.register_id AND earlier.id = NEW.id AND earlier.since_seq < NEW.since_seq";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let twice = against(|one, other| {
            format!("{other}.party_id = {one}.party_id AND {other}.role = {one}.role")
        });
        let leads = against(|one, other| format!("{one}.role = 'lead' AND {other}.role = 'lead'"));
        let sqlite = format!(
            "DROP TRIGGER assignment_by_hand;
             CREATE TRIGGER assignment_by_hand AFTER INSERT ON assignment
             WHEN (NEW.basis = 'recorded' OR EXISTS ({REVISED})) AND EXISTS ({BY_HAND})
             BEGIN
                 SELECT RAISE(ABORT, 'assignment: the party has the role at that time already') WHERE EXISTS ({twice});
                 SELECT RAISE(ABORT, 'assignment: the task has a lead at that time') WHERE EXISTS ({leads});
             END;"
        );
        let postgres = format!(
            "CREATE OR REPLACE FUNCTION remit_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 IF NOT EXISTS ({BY_HAND}) THEN
                     RETURN NULL;
                 END IF;
                 IF NEW.basis <> 'recorded' AND NOT EXISTS ({REVISED}) THEN
                     RETURN NULL;
                 END IF;
                 IF EXISTS ({twice}) THEN
                     RAISE EXCEPTION 'assignment: the party has the role at that time already';
                 END IF;
                 IF EXISTS ({leads}) THEN
                     RAISE EXCEPTION 'assignment: the task has a lead at that time';
                 END IF;
                 RETURN NULL;
             END
             $$;
             DROP TRIGGER assignment_by_hand ON assignment;
             CREATE TRIGGER assignment_by_hand AFTER INSERT ON assignment FOR EACH ROW
             EXECUTE FUNCTION remit_by_hand();"
        );
        own(manager.get_connection(), &sqlite, &postgres).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The rows that cannot stand beside a new one at the same time, and did not before: each version that held before the
/// changeset, or that of the duty that a new one continues, was no such row or had less time in common.
fn against(exclude: impl Fn(&str, &str) -> String) -> String {
    let (now, before) = (exclude("NEW", "other"), exclude("was", "beside"));
    format!(
        "SELECT 1 FROM assignment AS other
         WHERE other.register_id = NEW.register_id AND other.task_id = NEW.task_id
             AND other.until_seq = 4294967295 AND other.id <> NEW.id AND {now}
             AND other.valid_from < NEW.valid_to AND NEW.valid_from < other.valid_to
             AND NOT EXISTS (
                 SELECT 1 FROM assignment AS was
                 JOIN assignment AS beside ON beside.register_id = was.register_id AND {before}
                 WHERE was.register_id = NEW.register_id AND was.id IN (NEW.id, NEW.inherits_assignment_id)
                     AND was.since_seq < NEW.since_seq AND NEW.since_seq <= was.until_seq
                     AND beside.id IN (other.id, other.inherits_assignment_id)
                     AND beside.since_seq < NEW.since_seq AND NEW.since_seq <= beside.until_seq
                     AND (was.valid_from <= NEW.valid_from OR was.valid_from <= other.valid_from)
                     AND (beside.valid_from <= NEW.valid_from OR beside.valid_from <= other.valid_from)
                     AND (NEW.valid_to <= was.valid_to OR other.valid_to <= was.valid_to)
                     AND (NEW.valid_to <= beside.valid_to OR other.valid_to <= beside.valid_to)
             )"
    )
}
