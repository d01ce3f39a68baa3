//! A PostgreSQL server of the tests' own: started once, on a socket in a directory of its own, gone when they are.

use std::{
    env, fs,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

/// The running server.
#[derive(Debug)]
pub(crate) struct Server {
    directory: PathBuf,
    binaries: PathBuf,
    user: User,
    /// What it is started with.
    options: String,
    /// Stops the server when this process ends, even by a signal: it waits for the end of its input, which this
    /// process holds open.
    _watchdog: Child,
}

/// The user that the server asks for a password.
pub(crate) const GUARDED: &str = "guarded";

impl Server {
    /// The address of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        self.url_as("postgres", database)
    }

    /// The address of one of its databases for a user, or a user and a password.
    pub(crate) fn url_as(&self, user: &str, database: &str) -> String {
        format!(
            "postgres://{user}@localhost/{database}?host={}",
            self.directory.display()
        )
    }
}

/// The server, or nothing where its binaries are missing. Where they must be there, missing is a failure.
pub(crate) fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    // What survives a loss of power is no concern of most tests.
    const FAST: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    let server = SERVER
        .get_or_init(|| binaries().map(|binaries| make(binaries, FAST)))
        .as_ref();
    assert_not_required(server.is_none());
    server
}

/// A server of one test's own, which it may do anything to, and which keeps what it has acknowledged; nothing where its
/// binaries are missing.
pub(crate) fn own() -> Option<Server> {
    let server = binaries().map(|binaries| make(binaries, ""));
    assert_not_required(server.is_none());
    if server.is_none() {
        let name = std::thread::current().name().unwrap_or("a test").to_owned();
        eprintln!("skipped: {name}: no PostgreSQL server binaries");
    }
    server
}

fn assert_not_required(missing: bool) {
    let required = env::var_os("REMIT_REQUIRE_POSTGRES").is_some_and(|required| required == "1");
    assert!(
        !(required && missing),
        "REMIT_REQUIRE_POSTGRES=1, but there are no PostgreSQL server binaries"
    );
}

/// Where `initdb` and `pg_ctl` are: in the newest version that Debian installed, or on the path.
fn binaries() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut versions: Vec<_> = installed.map(|version| version.path()).collect();
    versions.sort_by_key(|path| {
        path.file_name()
            .and_then(|name| name.to_str()?.parse::<u32>().ok())
    });
    let debian = versions
        .into_iter()
        .rev()
        .map(|version| version.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    debian
        .chain(env::split_paths(&path))
        .find(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
}

fn make(binaries: PathBuf, options: &str) -> Server {
    let directory = tempfile::Builder::new()
        .prefix("remit-pg-")
        .tempdir()
        .expect("a directory can be made")
        .keep();
    let user = unprivileged(&directory);
    let data = directory.join("data");
    run(user
        .command(&binaries.join("initdb"))
        .args(["--no-sync", "--auth=trust", "--username=postgres"])
        .args(["--encoding=UTF8", "--locale=C", "-D"])
        .arg(&data));
    let rules = format!("local all {GUARDED} scram-sha-256\nlocal all all trust\n");
    fs::write(data.join("pg_hba.conf"), rules).expect("the rules can be written");
    let options = format!(
        "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=300 -c shared_buffers=64MB {options}",
        directory.display(),
    );
    // The watchdog is there before the server is, so that nothing is left behind if starting fails.
    let watchdog = watch(&user, &binaries, &directory);
    let server = Server {
        directory,
        binaries,
        user,
        options,
        _watchdog: watchdog,
    };
    server.start();
    server
}

impl Server {
    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    /// Starts it. A server that was killed may still be dying, and then it cannot be started yet.
    pub(crate) fn start(&self) {
        const ATTEMPTS: u32 = 100;
        for attempt in 1.. {
            let mut start = self.user.command(&self.binaries.join("pg_ctl"));
            start
                .args(["start", "--silent", "--wait", "-o", &self.options, "-D"])
                .arg(self.data())
                .arg("-l")
                .arg(self.directory.join("log"));
            if has_run(&mut start) {
                return;
            }
            assert!(attempt < ATTEMPTS, "the server cannot be started");
        }
    }

    /// Stops it, in one of its own ways.
    pub(crate) fn stop(&self, mode: &str) {
        let mut stop = self.user.command(&self.binaries.join("pg_ctl"));
        run(stop
            .args(["stop", "--silent", "--wait", "--mode", mode, "-D"])
            .arg(self.data()));
    }

    /// Kills it, as a machine does that runs out of memory.
    pub(crate) fn kill(&self) {
        let file = fs::read_to_string(self.data().join("postmaster.pid"));
        let file = file.expect("a running server leaves its number");
        let number = file.lines().next().expect("it stands in the first line");
        run(Command::new("kill").args(["-KILL", number]));
    }

    /// Makes a database, and gives its address.
    pub(crate) fn create(&self, database: &str) -> String {
        let create = format!("CREATE DATABASE {database}");
        super::database::apart(super::sql::run(&self.url("postgres"), &[&create]));
        self.url(database)
    }
}

/// Ends the server and removes its directory when this process closes the other end of its input, by ending.
const WATCHDOG: &str = r#"
trap '' INT TERM
cat >/dev/null
"$1" stop --silent --no-wait --mode=immediate --pgdata="$2/data"
for attempt in 1 2 3 4 5 6 7 8 9; do
    [ -e "$2/data/postmaster.pid" ] || break
    sleep 0.2
done
rm -rf "$2"
"#;

fn watch(user: &User, binaries: &Path, directory: &Path) -> Child {
    let mut shell = user.command(Path::new("/bin/sh"));
    shell
        .args(["-c", WATCHDOG, "watchdog"])
        .arg(binaries.join("pg_ctl"))
        .arg(directory);
    shell
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    shell.spawn().expect("a shell can be started")
}

/// Whom the server runs as: it refuses the superuser.
#[derive(Debug)]
struct User(Option<(u32, u32)>);

fn unprivileged(directory: &Path) -> User {
    let me = fs::metadata("/proc/self")
        .map(|me| std::os::unix::fs::MetadataExt::uid(&me))
        .expect("/proc is mounted");
    if me != 0 {
        return User(None);
    }
    let users = fs::read_to_string("/etc/passwd").expect("the system has users");
    let id = |name: &str| {
        let line = users
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2).map(str::parse::<u32>);
        Some((ids.next()?.ok()?, ids.next()?.ok()?))
    };
    let (user, group) = id("postgres")
        .or_else(|| id("nobody"))
        .expect("there is a user to run the server as");
    chown(directory, Some(user), Some(group)).expect("the superuser can give a directory away");
    fs::set_permissions(directory, fs::Permissions::from_mode(0o755))
        .expect("permissions can be set");
    User(Some((user, group)))
}

impl User {
    fn command(&self, program: &Path) -> Command {
        let Some((user, group)) = self.0 else {
            return Command::new(program);
        };
        let mut command = Command::new("setpriv");
        command
            .args([
                &format!("--reuid={user}"),
                &format!("--regid={group}"),
                "--clear-groups",
                "--",
            ])
            .arg(program);
        command.current_dir("/");
        command
    }
}

fn run(command: &mut Command) {
    assert!(has_run(command), "{command:?} failed");
}

fn has_run(command: &mut Command) -> bool {
    // Not captured through a pipe: the server would inherit it and keep it open.
    let output = tempfile::tempfile().expect("a file can be made");
    command
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("a file can be shared"))
        .stderr(output);
    let status = command.status().expect("the program can be started");
    status.success()
}
