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
    let server = SERVER
        .get_or_init(|| binaries().map(|binaries| start(&binaries)))
        .as_ref();
    if server.is_none() {
        let required =
            env::var_os("REMIT_REQUIRE_POSTGRES").is_some_and(|required| required == "1");
        assert!(
            !required,
            "REMIT_REQUIRE_POSTGRES=1, but there are no PostgreSQL server binaries"
        );
    }
    server
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

fn start(binaries: &Path) -> Server {
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
        "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -c synchronous_commit=off \
         -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB",
        directory.display(),
    );
    let log = directory.join("log");
    // The watchdog is there before the server is, so that nothing is left behind if starting fails.
    let watchdog = watch(&user, binaries, &directory);
    run(user
        .command(&binaries.join("pg_ctl"))
        .args(["start", "--silent", "--wait", "-o", &options, "-D"])
        .arg(&data)
        .arg("-l")
        .arg(&log));
    Server {
        directory,
        _watchdog: watchdog,
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
    // Not captured through a pipe: the server would inherit it and keep it open.
    let output = tempfile::tempfile().expect("a file can be made");
    command
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("a file can be shared"))
        .stderr(output);
    let status = command.status().expect("the program can be started");
    assert!(status.success(), "{command:?} ended with {status}");
}
