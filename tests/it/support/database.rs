//! A migrated database for each test, copied from a template that was migrated once.

use super::{
    env::TestEnv,
    postgres::{self, Server},
    sql,
};
use domain::id::RegisterId;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};
use store::{Database, NewRegister, Store};

/// The code of the register that tests use.
pub(crate) const CODE: &str = "test";

/// A database of one test's own, dropped with it.
#[derive(Debug)]
pub(crate) struct TestDatabase {
    pub(crate) url: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sqlite(tempfile::TempDir),
    Postgres(&'static Server, String),
}

impl TestDatabase {
    /// A SQLite file, migrated.
    pub(crate) fn sqlite() -> Self {
        static TEMPLATE: OnceLock<tempfile::TempDir> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let empty = tempfile::tempdir().unwrap();
            migrate(&sqlite_url(&empty.path().join("remit.db")));
            empty
        });
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("remit.db");
        fs::copy(template.path().join("remit.db"), &file).unwrap();
        Self {
            url: sqlite_url(&file),
            kind: Kind::Sqlite(directory),
        }
    }

    /// A SQLite file that is not there yet.
    pub(crate) fn sqlite_empty() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self {
            url: sqlite_url(&directory.path().join("remit.db")),
            kind: Kind::Sqlite(directory),
        }
    }

    /// A PostgreSQL database, migrated; nothing where there is no server.
    pub(crate) fn postgres() -> Option<Self> {
        static TEMPLATE: OnceLock<()> = OnceLock::new();
        let server = server_or_skip()?;
        TEMPLATE.get_or_init(|| {
            create(server, "template_remit", "template0");
            migrate(&server.url("template_remit"));
        });
        Some(Self::postgres_from(server, "template_remit"))
    }

    /// A PostgreSQL database without a table; nothing where there is no server.
    pub(crate) fn postgres_empty() -> Option<Self> {
        Some(Self::postgres_from(server_or_skip()?, "template0"))
    }

    fn postgres_from(server: &'static Server, template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::SeqCst));
        create(server, &name, template);
        Self {
            url: server.url(&name),
            kind: Kind::Postgres(server, name),
        }
    }

    /// The file of an embedded database.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        match &self.kind {
            Kind::Sqlite(directory) => Some(directory.path().join("remit.db")),
            Kind::Postgres(..) => None,
        }
    }

    /// The name that a PostgreSQL server knows it by.
    pub(crate) fn name(&self) -> &str {
        match &self.kind {
            Kind::Sqlite(_) => "",
            Kind::Postgres(_, name) => name,
        }
    }

    /// A PostgreSQL database that is what this one is now. Nobody may be connected to this one.
    pub(crate) fn copy(&self) -> Option<Self> {
        Some(Self::postgres_from(server_or_skip()?, self.name()))
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.kind, Kind::Postgres(..))
    }

    pub(crate) async fn connect(&self, env: &TestEnv) -> Database {
        Database::connect(&self.url, &env.options()).await.unwrap()
    }

    /// The test's register, created if it is not there. Its id is the same in every test.
    pub(crate) async fn store(&self, env: &TestEnv) -> Store {
        self.connect(env)
            .await
            .store(CODE, Some(new_register()))
            .await
            .unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Kind::Postgres(server, name) = &self.kind {
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            apart(sql::run(&server.url("postgres"), &[&drop]));
        }
    }
}

pub(crate) fn new_register() -> NewRegister {
    NewRegister {
        id: RegisterId::from(uuid::Uuid::from_u128(
            0x0190_0000_0000_7000_8000_0000_0000_0001,
        )),
        name: "某市人民政府".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
    }
}

/// Runs a test's body on SQLite and on PostgreSQL.
pub(crate) async fn on_both(body: impl AsyncFn(TestDatabase)) {
    body(TestDatabase::sqlite()).await;
    if let Some(database) = TestDatabase::postgres() {
        body(database).await;
    }
}

/// The server; without one, says that the test at hand is skipped.
fn server_or_skip() -> Option<&'static Server> {
    let server = postgres::server();
    if server.is_none() {
        let name = thread::current().name().unwrap_or("a test").to_owned();
        eprintln!("skipped: {name}: no PostgreSQL server binaries");
    }
    server
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

fn create(server: &Server, name: &str, template: &str) {
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    apart(sql::run(&server.url("postgres"), &[&create]));
}

fn migrate(url: &str) {
    apart(async move {
        let database = Database::connect(url, &TestEnv::new().options())
            .await
            .unwrap();
        database.migrate().await.unwrap();
        database.close().await;
    });
}

/// Waits for something that is asynchronous, on a thread of its own, whether or not the test is asynchronous.
pub(crate) fn apart(work: impl Future<Output = ()> + Send) {
    thread::scope(|scope| {
        scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(work);
        });
    });
}
