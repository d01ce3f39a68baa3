//! Reading the rows of a table in ranges of seqs, several at a time, and handing them on in order.

use crate::{
    cited,
    database::Database,
    error::{RowKey, StoreError},
    row::{ByPlace, Row as _, Version, Versioned, document},
    text::{self, AtHand, Cache},
};
use domain::{
    change::{Change, Edit, Fact as _},
    id::{DocumentId, RegisterId},
    text::Sha256,
    time::Seq,
};
use futures_util::TryStreamExt as _;
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait as _, EntityTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use std::{collections::VecDeque, marker::PhantomData, sync::Arc};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;

/// How many ranges are read at once: one is handed on while the next is read.
const READERS: usize = 2;

/// How many ranges the log is cut into, unless it is shorter than that.
const RANGES: u32 = 128;

/// How many rows are handed on together.
const BATCH: usize = 512;

/// How many batches of a range may wait until it is their turn. That bounds the memory for reading ahead.
const WAITING: usize = 128;

/// A version of a fact as the register knew it at the head.
pub(super) struct Recorded {
    pub(super) id: Uuid,
    pub(super) since: Seq,
    /// When it ceased to hold, if it has by then.
    pub(super) until: Option<Seq>,
    pub(super) change: Change,
}

/// Versions in the order in which they were recorded, with the texts that they quote.
pub(super) struct Batch {
    pub(super) recorded: Vec<Recorded>,
    pub(super) texts: Arc<AtHand>,
}

/// What all readers of one register share.
#[derive(Clone)]
pub(super) struct Ranges {
    database: Database,
    register: RegisterId,
    head: Seq,
    /// The text of every document. No version of a document has another.
    documents: Arc<FxHashMap<DocumentId, Sha256>>,
    texts: Arc<Cache>,
}

impl Ranges {
    pub(super) async fn of(
        database: &Database,
        register: RegisterId,
        head: Seq,
    ) -> Result<Self, StoreError> {
        let mut rows = document::Entity::find()
            .select_only()
            .columns([document::Column::Id, document::Column::TextSha256])
            .filter(document::Column::RegisterId.eq(Uuid::from(register)))
            .filter(document::Column::SinceSeq.lte(i64::from(head.0)))
            .into_tuple::<(Uuid, String)>()
            .stream(database.reader())
            .await?;
        let mut documents = FxHashMap::default();
        while let Some((id, digest)) = rows.try_next().await? {
            let digest = digest
                .parse()
                .map_err(|e| StoreError::corrupt("document", RowKey::Named(digest.clone()), e))?;
            documents.insert(id.into(), digest);
        }
        Ok(Self {
            database: database.clone(),
            register,
            head,
            documents: Arc::new(documents),
            texts: Arc::new(Cache::new(database.options().text_cache)),
        })
    }

    /// The rows of one table, in the order of seq and id.
    pub(super) fn read<T: Versioned>(&self) -> Rows<T> {
        let mut rows = Rows {
            ranges: self.clone(),
            next: Seq::EMPTY.next(),
            reading: VecDeque::new(),
            table: PhantomData,
        };
        for _ in 0..READERS {
            rows.read_on();
        }
        rows
    }

    async fn read_range<T: Versioned>(
        self,
        (first, last): (Seq, Seq),
        batches: mpsc::Sender<Batch>,
    ) -> Result<(), StoreError> {
        let mut rows = T::find()
            .filter(Expr::col("register_id").eq(Uuid::from(self.register)))
            .filter(Expr::col("since_seq").between(i64::from(first.0), i64::from(last.0)))
            .order_by_asc(Expr::col("since_seq"))
            .order_by_asc(Expr::col("id"))
            .into_model::<ByPlace<T>>()
            .stream(self.database.reader())
            .await?
            .try_chunks(BATCH);
        while let Some(rows) = rows.try_next().await.map_err(|chunk| chunk.1)? {
            let recorded = rows
                .into_iter()
                .map(|ByPlace(row)| self.recorded::<T>(row))
                .collect::<Result<Vec<_>, _>>()?;
            let texts = Arc::new(self.quoted(&recorded).await?);
            if batches.send(Batch { recorded, texts }).await.is_err() {
                // Loading was given up.
                return Ok(());
            }
        }
        Ok(())
    }

    fn recorded<T: Versioned>(&self, row: T::Model) -> Result<Recorded, StoreError> {
        let version = row.version();
        let Version { id, since, .. } = version;
        let bad = |error| StoreError::bad_row(T::NAME, id, since, error);
        let (since, until) = version.known().map_err(bad)?;
        let edit = Edit {
            id: id.into(),
            before: None,
            after: Some(T::fact(row).map_err(bad)?),
            origin: None,
        };
        Ok(Recorded {
            id,
            since,
            until: until.filter(|until| *until <= self.head),
            change: T::Fact::change(edit),
        })
    }

    /// The texts that facts quote; those that were quoted lately are not read again.
    async fn quoted(&self, recorded: &[Recorded]) -> Result<AtHand, StoreError> {
        let changes = recorded.iter().map(|recorded| &recorded.change);
        let quoted = cited::digests(changes, |document| self.documents.get(&document).copied());
        let mut texts = vec![];
        let mut missing = vec![];
        for digest in quoted {
            match self.texts.get(digest) {
                Some(text) => texts.push((digest, text)),
                None => missing.push(digest),
            }
        }
        for (digest, text) in text::load(self.database.reader(), self.register, &missing).await? {
            self.texts.add(digest, &text);
            texts.push((digest, text));
        }
        Ok(texts.into_iter().collect())
    }
}

/// The rows of one table, range after range.
pub(super) struct Rows<T> {
    ranges: Ranges,
    /// Where the next range begins.
    next: Seq,
    reading: VecDeque<Reader>,
    table: PhantomData<T>,
}

struct Reader {
    batches: mpsc::Receiver<Batch>,
    task: JoinHandle<Result<(), StoreError>>,
}

impl<T: Versioned> Rows<T> {
    /// The next rows; nothing after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Batch>, StoreError> {
        while let Some(reader) = self.reading.front_mut() {
            if let Some(batch) = reader.batches.recv().await {
                return Ok(Some(batch));
            }
            // It has ended, and only the task itself can tell whether it came to the end of its range.
            match (&mut reader.task).await {
                Ok(read) => read?,
                Err(stopped) if stopped.is_panic() => {
                    std::panic::resume_unwind(stopped.into_panic())
                }
                Err(stopped) => return Err(StoreError::Unavailable(stopped.into())),
            }
            self.reading.pop_front();
            self.read_on();
        }
        Ok(None)
    }

    /// Begins to read the next range, if there is one.
    fn read_on(&mut self) {
        let (first, head) = (self.next, self.ranges.head);
        if first > head {
            return;
        }
        let last = Seq(first.0.saturating_add(head.0 / RANGES)).min(head);
        self.next = last.next();
        let (sender, batches) = mpsc::channel(WAITING);
        let read = self.ranges.clone().read_range::<T>((first, last), sender);
        self.reading.push_back(Reader {
            batches,
            task: tokio::spawn(read),
        });
    }
}
