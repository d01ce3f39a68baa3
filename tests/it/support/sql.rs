//! SQL past the store: for looking at tables as they are, and for doing to them what must not be done.

use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, SqlxPostgresConnector,
    SqlxSqliteConnector, Statement, sqlx::pool::PoolOptions,
};

/// One connection of our own.
pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    if url.starts_with("sqlite:") {
        let pool = PoolOptions::new()
            .max_connections(1)
            .connect(url)
            .await
            .unwrap();
        SqlxSqliteConnector::from_sqlx_sqlite_pool(pool)
    } else {
        let pool = PoolOptions::new()
            .max_connections(1)
            .connect(url)
            .await
            .unwrap();
        SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
    }
}

/// Runs statements and closes the connection again.
pub(crate) async fn run(url: &str, statements: &[&str]) {
    let db = connect(url).await;
    for statement in statements {
        execute(&db, statement).await.unwrap();
    }
    db.close().await.unwrap();
}

pub(crate) async fn execute(db: &DatabaseConnection, statement: &str) -> Result<(), DbErr> {
    db.execute_unprepared(statement).await.map(|_| ())
}

/// The rows of a query of text columns, each joined by `|`.
pub(crate) async fn rows(db: &DatabaseConnection, query: &str) -> Vec<String> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), query))
        .await
        .unwrap();
    let join = |row: &sea_orm::QueryResult| {
        let cells = row
            .column_names()
            .into_iter()
            .map(|column| row.try_get::<String>("", &column).unwrap());
        cells.collect::<Vec<_>>().join("|")
    };
    rows.iter().map(join).collect()
}

/// A column as the database declares it.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// `text`, `number`, `bytes`, `id` or `truth`, whatever the database calls it.
    pub(crate) kind: &'static str,
}

pub(crate) async fn columns(db: &DatabaseConnection, table: &str) -> Vec<Column> {
    let query = match db.get_database_backend() {
        DbBackend::Sqlite => format!("SELECT name, lower(type) AS type FROM pragma_table_info('{table}')"),
        _ => format!(
            "SELECT column_name::text AS name, data_type::text AS type FROM information_schema.columns
             WHERE table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    let rows = rows(db, &query).await;
    let column = |row: &String| {
        let (name, kind) = row.split_once('|').unwrap();
        let is_id = name == "id" || name.ends_with("_id");
        let kind = match kind {
            "text" => "text",
            "bytea" => "bytes",
            "blob" if !is_id => "bytes",
            "uuid" | "blob" => "id",
            "boolean" => "truth",
            "integer"
                if matches!(
                    (table, name),
                    ("clause", "open" | "garbled") | ("progress_rule", "following")
                ) =>
            {
                "truth"
            }
            "bigint" | "integer" => "number",
            other => panic!("{table}.{name} is {other}"),
        };
        Column {
            name: name.to_owned(),
            kind,
        }
    };
    rows.iter().map(column).collect()
}

/// Every row of a table in a form that is the same on both databases.
pub(crate) async fn dump(db: &DatabaseConnection, table: &str) -> Vec<String> {
    let sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let cell = |Column { name, kind }: Column| {
        let text = match (kind, sqlite) {
            ("id" | "bytes", true) => format!("lower(hex({name}))"),
            ("id", false) => format!("replace({name}::text, '-', '')"),
            ("bytes", false) => format!("encode({name}, 'hex')"),
            ("truth", false) => format!("{name}::int::text"),
            _ => format!("CAST({name} AS TEXT)"),
        };
        // In SQLite the hex digits of nothing are the empty text.
        format!("CASE WHEN {name} IS NULL THEN '-' ELSE {text} END AS {name}_")
    };
    let cells: Vec<_> = columns(db, table).await.into_iter().map(cell).collect();
    let mut rows = rows(db, &format!("SELECT {} FROM {table}", cells.join(", "))).await;
    rows.sort();
    rows
}

/// The tables that the log determines.
pub(crate) const PROJECTION: [&str; 17] = [
    "document",
    "place",
    "party",
    "party_name",
    "reorganization",
    "plan",
    "section",
    "task",
    "clause",
    "assignment",
    "target",
    "deadline",
    "standing",
    "progress_report",
    "supervision_case",
    "progress_rule",
    "origin",
];
