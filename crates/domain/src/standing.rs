//! Standings: how far a task has come, from which day on.

use crate::{id::TaskId, time::Day, vocabulary::TaskStatus};
use serde::{Deserialize, Serialize};

/// 任务状态: how far a task has come from a day on, until the next one. Before the first, it has come as far as it had when
/// it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The task.
    pub task: TaskId,
    /// How far it has come.
    pub status: TaskStatus,
    /// The first day on which it has.
    pub reached: Day,
}
