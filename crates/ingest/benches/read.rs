//! How long reading takes: the example plan, a plan of fifty pages, and texts from one to ten megabytes, which take time in
//! proportion.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ingest::{Options, directory_csv, read};
use std::{hint::black_box, path::Path};

fn example(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(name);
    std::fs::read(&path).expect("the examples belong to the repository")
}

fn reading(criterion: &mut Criterion) {
    let plan = example("tianjin-smart-city-plan.txt");
    let directory = directory_csv::read(&example("tianjin-parties.csv"))
        .expect("the example directory is well formed");
    let options = Options {
        directory: Some(&directory),
        ..Options::default()
    };
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    for (name, bytes) in [
        ("example", plan.len()),
        ("50 pages", 180_000),
        ("1 MB", 1 << 20),
        ("2 MB", 2 << 20),
        ("5 MB", 5 << 20),
        ("10 MB", 10 << 20),
    ] {
        let text = plan.repeat(bytes.div_ceil(plan.len()));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| read(black_box(&text), &options).expect("the example is a text"));
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
