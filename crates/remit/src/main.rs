//! The `remit` command; everything it does is in the library beside it, so that tests run the same program.

fn main() -> std::process::ExitCode {
    remit::main()
}
