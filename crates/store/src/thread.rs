//! The thread on which a database is written, beside those that answer reads.
//!
//! A write goes back and forth between its thread and the database some twenty times. On the threads that answer reads,
//! each of these turns would wake one of them and put another to sleep, and what is decided would stand before the reads
//! that wait there.

use crate::error::StoreError;
use std::io;
use tokio::runtime::{Builder, Runtime};

/// One thread, on which whatever is spawned runs until it is done.
#[derive(Debug)]
pub(crate) struct WriteThread(Option<Runtime>);

impl WriteThread {
    pub(crate) fn start() -> io::Result<Self> {
        let mut threads = Builder::new_multi_thread();
        threads
            .worker_threads(1)
            .thread_name("store-write")
            .on_thread_start(give_way)
            .enable_all();
        Ok(Self(Some(threads.build()?)))
    }

    /// Does work on the thread, to its end even if nobody waits for it any more. What is waited for does not hold the work,
    /// which may be large.
    pub(crate) fn run<W>(
        &self,
        work: W,
    ) -> impl Future<Output = Result<W::Output, StoreError>> + Send + use<W>
    where
        W: Future<Output: Send> + Send + 'static,
    {
        let runtime = self
            .0
            .as_ref()
            .expect("it is taken only where it is dropped");
        let working = runtime.spawn(work);
        async {
            match working.await {
                Ok(done) => Ok(done),
                Err(stopped) if stopped.is_panic() => {
                    std::panic::resume_unwind(stopped.into_panic())
                }
                Err(stopped) => Err(StoreError::Unavailable(stopped.into())),
            }
        }
    }
}

impl Drop for WriteThread {
    /// The last to hold a database may be what runs on this thread, which cannot wait for its own end.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Lets the threads that answer reads go first where there are fewer processors than threads with something to do.
#[cfg(target_os = "linux")]
fn give_way() {
    // On Linux a priority is that of a thread, as setpriority(2) says. A third of the weight: reads come first, and writes
    // still come where reads never end.
    const NICE: i32 = 5;
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "the thread that writes keeps the priority of the others");
    }
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}
