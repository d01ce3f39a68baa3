//! Disks and files that fail under a served process.

use super::{
    Desk, Server,
    clerk::{Book, data},
};
use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::Path,
    process::Command,
};

fn has_run(command: &[&str], path: &Path) -> bool {
    let done = Command::new(command[0])
        .args(&command[1..])
        .arg(path)
        .output();
    done.is_ok_and(|done| done.status.success())
}

/// A small disk, mounted for as long as it is held.
struct Disk(tempfile::TempDir);

impl Disk {
    /// Nothing where that is not allowed.
    fn mount(test: &str) -> Option<Self> {
        let directory = tempfile::tempdir().unwrap();
        let is_mounted = has_run(
            &["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs"],
            directory.path(),
        );
        if !is_mounted {
            eprintln!("skipped: {test}: no right to mount a small disk");
        }
        is_mounted.then_some(Self(directory))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        has_run(&["umount", "--lazy"], self.path());
    }
}

/// Imports until that is refused; the words of the refusal.
fn fill(server: &Server, book: &Book, name: &str) -> String {
    for number in 0.. {
        if book
            .import(&server.address, &format!("{name}-{number}"))
            .is_none()
        {
            break;
        }
    }
    book.refusals().pop().unwrap().1
}

#[test]
fn a_disk_that_runs_full_under_a_server_loses_nothing_and_writes_go_on_when_there_is_room() {
    let Some(mounted) = Disk::mount("a_disk_that_runs_full_under_a_server") else {
        return;
    };
    let (desk, book) = (Desk::new(), Book::default());
    let filler = mounted.path().join("filler");
    fs::write(&filler, vec![0; 1 << 20]).unwrap();
    let database = mounted.path().join("r.db");
    let database = database.to_str().unwrap();
    let server = desk.serve(&["--quiet", "--log", "off", "--database", database]);
    let words = fill(&server, &book, "full");
    assert!(words.contains("the database is full: make room"), "{words}");
    book.check(&server);
    assert_eq!(server.get("/healthz").0, 200);
    desk.run(&["verify", "--database", database])
        .expect_success();

    fs::remove_file(&filler).unwrap();
    assert!(book.import(&server.address, "room").is_some());
    book.check(&server);
    book.check_refusals();
    server.stop("TERM").expect_success();
    desk.run(&["verify", "--database", database])
        .expect_success();
}

/// A user that may read and nothing else, where the tests run as one who may do anything.
fn reader(desk: &Desk) -> Option<Vec<String>> {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return Some(vec![]);
    }
    let program = desk.path().join("remit");
    fs::copy(env!("CARGO_BIN_EXE_remit-under-test"), &program).unwrap();
    fs::set_permissions(desk.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let command = [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "--",
    ];
    has_run(&[&command[..], &["test", "-x"]].concat(), &program)
        .then(|| command.map(str::to_owned).to_vec())
}

#[test]
fn a_file_or_a_directory_that_may_only_be_read_is_read_and_never_served() {
    let desk = Desk::new();
    let Some(as_reader) = reader(&desk) else {
        eprintln!("skipped: a_file_or_a_directory_that_may_only_be_read: no user to be");
        return;
    };
    super::put_examples(&desk);
    for (name, mode) in [("file", 0o755), ("directory", 0o555)] {
        let directory = desk.path().join(name);
        fs::create_dir(&directory).unwrap();
        let database = directory.join("r.db");
        let database = database.to_str().unwrap();
        desk.run(&["import", "parties.csv", "--database", database])
            .expect_success();
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            fs::set_permissions(path, fs::Permissions::from_mode(0o444)).unwrap();
        }
        fs::set_permissions(&directory, fs::Permissions::from_mode(mode)).unwrap();
        let run = |arguments: &[&str]| {
            let mut command = match as_reader.split_first() {
                None => desk.command(arguments),
                Some((program, options)) => {
                    let mut command = Command::new(program);
                    command.args(options).arg(desk.path().join("remit"));
                    command.args(arguments).current_dir(desk.path());
                    command
                }
            };
            super::Run::of(&command.output().unwrap())
        };
        for refused in [
            &["serve", "--listen", "127.0.0.1:0", "--database", database][..],
            &["import", "plan.txt", "--database", database],
            &["token", "add", "office", "--database", database],
        ] {
            let refused = run(refused);
            assert_eq!(refused.code, Some(1), "{refused:?}");
            assert!(refused.stderr.contains("read-only"), "{name}: {refused:?}");
        }
        run(&["verify", "--database", database]).expect_success();
        let backup = format!("{name}.backup");
        let saved = run(&["backup", &backup, "--database", database]);
        assert!(saved.stderr.contains("cannot write"), "{saved:?}");
        desk.run(&["backup", &backup, "--database", database])
            .expect_success();
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn a_server_that_is_killed_again_and_again_under_load_loses_nothing_acknowledged() {
    let (desk, book) = (Desk::new(), Book::default());
    let kills = super::times("REMIT_TEST_KILLS", 5);
    for kill in 0..kills {
        let server = desk.serve(&["--quiet", "--log", "off"]);
        let address = [server.address.clone()];
        std::thread::scope(|scope| {
            for clerk in 0..3 {
                let (book, address) = (&book, &address);
                let clerk = (kill * 3 + clerk) as usize;
                scope.spawn(move || book.write_until_nobody_answers(clerk, address));
            }
            book.wait_for(3 + kill as usize % 5);
            server.kill();
        });
    }
    book.tell(&format!("{kills} kills"));
    let server = desk.serve(&["--quiet"]);
    book.check(&server);
    let kept = data(&server.address, "{ register { asOf { seq } } }");
    let most = book.acknowledged() + u64::from(kills) * 3;
    assert!(kept["register"]["asOf"]["seq"].as_u64().unwrap() <= most);
    server.stop("TERM").expect_success();
    desk.run(&["verify"]).expect_success();
}
