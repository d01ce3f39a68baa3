//! What the system says of a process, in /proc.

use crate::Failure;
use std::{fs, time::Duration};

/// How long one tick of /proc/PID/stat is: `USER_HZ` is 100 on every architecture that Linux serves.
const TICK: Duration = Duration::from_millis(10);

/// Processor time that a process has taken so far, in user and in system mode together, over all its threads.
pub(crate) fn cpu(pid: u32) -> Result<Duration, Failure> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The second field, the program's name, may hold blanks and brackets.
    let (_, fields) = stat.rsplit_once(')').ok_or("a stat without a name")?;
    let mut times = fields.split_whitespace().skip(11);
    let mut ticks = || -> Result<u32, Failure> { Ok(times.next().ok_or("a short stat")?.parse()?) };
    Ok(TICK * (ticks()? + ticks()?))
}

/// Memory that a process holds, in MiB: now, and at most so far.
pub(crate) fn memory(pid: u32) -> Result<(u64, u64), Failure> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let field = |name: &str| -> Result<u64, Failure> {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.ok_or("a short status")?.parse::<u64>()? / 1024)
    };
    Ok((field("VmRSS")?, field("VmHWM")?))
}
