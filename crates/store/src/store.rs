//! One register, kept and live.

use crate::{
    database::{Database, RegisterSummary},
    error::{RowKey, StoreError},
    follow::Standing,
    image::Image,
    log::{self, Direction},
    row::origin,
    text::Cache,
};
use domain::{
    change::Changeset,
    id::RegisterId,
    register::{Compaction, Register, Size},
    time::{Day, Seq},
    view::View,
};
use futures_util::TryStreamExt as _;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

/// One register: its live image in memory and the database that keeps it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    summary: RegisterSummary,
    texts: Cache,
    /// Who writes or follows holds this; readers never do.
    image: Mutex<Image>,
    /// What readers see. It is sent again whenever its head advances, to wake those who wait.
    register: watch::Sender<Arc<Register>>,
    standing: Standing,
    /// Whether a long tail is being folded.
    compacting: AtomicBool,
    loaded_in: Duration,
}

/// How large the live image is and what it took to load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// The head.
    pub seq: Seq,
    /// Facts and memory.
    pub size: Size,
    /// How long loading took at start.
    pub loaded_in: Duration,
}

/// A key of another system and what it was recorded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The log's name for the kind of thing, such as `task`.
    pub entity: &'a str,
    /// The key.
    pub key: &'a str,
    /// The changeset that recorded it.
    pub since: Seq,
    /// The thing.
    pub id: Uuid,
}

impl Store {
    pub(crate) async fn open(
        database: Database,
        summary: RegisterSummary,
    ) -> Result<Self, StoreError> {
        let start = Instant::now();
        let image = Image::load(&database, summary.id).await?;
        let register = watch::Sender::new(Arc::clone(image.register()));
        let texts = Cache::new(database.options().text_cache);
        let standing = Standing::new(&image);
        let inner = Inner {
            database,
            summary,
            texts,
            image: Mutex::new(image),
            register,
            standing,
            compacting: AtomicBool::new(false),
            loaded_in: start.elapsed(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Which register this is.
    pub fn id(&self) -> RegisterId {
        self.inner.summary.id
    }

    /// Its code, name and time zone.
    pub fn summary(&self) -> &RegisterSummary {
        &self.inner.summary
    }

    /// The database that keeps it.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// The live register. It asks no database and waits for no writer.
    pub fn register(&self) -> Arc<Register> {
        Arc::clone(&self.inner.register.borrow())
    }

    /// The register as known now, asked about a day.
    pub fn view(&self, valid_on: Day) -> View {
        let register = self.register();
        let head = register.seq();
        View::new(register, head, valid_on)
    }

    /// The head as it advances, for whoever sends changes on as they come.
    pub fn watch(&self) -> watch::Receiver<Arc<Register>> {
        self.inner.register.subscribe()
    }

    /// Waits until this process has seen `seq`; tells whether it has within `timeout`.
    pub async fn wait_for(&self, seq: Seq, timeout: Duration) -> Result<bool, StoreError> {
        if self.register().seq() >= seq {
            return Ok(true);
        }
        self.catch_up().await?;
        let mut head = self.watch();
        let seen =
            tokio::time::timeout(timeout, head.wait_for(|register| register.seq() >= seq)).await;
        Ok(seen.is_ok())
    }

    /// How large it is and what it took to load.
    pub fn stats(&self) -> Stats {
        let register = self.register();
        Stats {
            seq: register.seq(),
            size: register.size(),
            loaded_in: self.inner.loaded_in,
        }
    }

    /// The changeset with this seq.
    pub async fn changeset(&self, seq: Seq) -> Result<Option<Changeset>, StoreError> {
        let seq = [seq.0.into()];
        let db = self.database().reader();
        let leaves = log::leaves_at(db, self.id(), &seq, Direction::Forward).await?;
        Ok(leaves.into_iter().next().map(|leaf| leaf.changeset))
    }

    /// Changesets strictly between `after` and `before`, at most `limit`, from one end of the range.
    pub async fn changesets(
        &self,
        after: Seq,
        before: Option<Seq>,
        limit: u32,
        direction: Direction,
    ) -> Result<Vec<Changeset>, StoreError> {
        let db = self.database().reader();
        let leaves = log::leaves(db, self.id(), after, before, limit.into(), direction).await?;
        Ok(leaves.into_iter().map(|leaf| leaf.changeset).collect())
    }

    /// Tells of every key that was recorded with something loaded from `source` what it was recorded for.
    ///
    /// A key that was recorded again, and so for several seqs, stands for what it was recorded for last.
    pub async fn origin_each(
        &self,
        source: &str,
        mut each: impl FnMut(Origin<'_>),
    ) -> Result<(), StoreError> {
        let mut rows = origin::Entity::find()
            .select_only()
            .columns([
                origin::Column::Entity,
                origin::Column::Key,
                origin::Column::SinceSeq,
                origin::Column::Id,
            ])
            .filter(origin::Column::RegisterId.eq(Uuid::from(self.id())))
            .filter(origin::Column::Source.eq(source))
            .into_tuple::<(String, String, i64, Uuid)>()
            .stream(self.database().reader())
            .await?;
        while let Some((entity, key, since, id)) = rows.try_next().await? {
            let since = u32::try_from(since).map_err(|error| {
                StoreError::corrupt(
                    "origin",
                    RowKey::Named(format!("{source} {entity} {key}")),
                    error,
                )
            })?;
            each(Origin {
                entity: &entity,
                key: &key,
                since: Seq(since),
                id,
            });
        }
        Ok(())
    }

    pub(crate) fn text_cache(&self) -> &Cache {
        &self.inner.texts
    }

    pub(crate) fn image(&self) -> &Mutex<Image> {
        &self.inner.image
    }

    pub(crate) fn standing(&self) -> &Standing {
        &self.inner.standing
    }

    /// Shows readers the image as it is now, and has its tails folded where they have grown long.
    pub(crate) fn show(&self, image: &Image) {
        self.inner.standing.shown(image);
        let register = Arc::clone(image.register());
        self.inner.register.send_replace(register);
        if let Some(compaction) = image.compaction()
            && !self.inner.compacting.swap(true, Ordering::AcqRel)
        {
            tokio::spawn(self.clone().compact(compaction));
        }
    }

    /// Folds one long tail after the other, beside those who read and write: only putting a folded part in its place
    /// waits for the writer, and that takes as long as what was written meanwhile.
    async fn compact(self, first: Compaction) {
        let mut next = Some(first);
        while let Some(compaction) = next {
            let compacted = tokio::task::spawn_blocking(|| compaction.build()).await;
            let mut image = self.image().lock().await;
            next = match compacted {
                Ok(compacted) if image.is_sound() => {
                    image.adopt(compacted);
                    let register = Arc::clone(image.register());
                    self.inner.register.send_replace(register);
                    image.compaction()
                }
                // What was broken off is loaded anew, without a tail.
                _ => None,
            };
            if next.is_none() {
                self.inner.compacting.store(false, Ordering::Release);
            }
        }
    }
}
