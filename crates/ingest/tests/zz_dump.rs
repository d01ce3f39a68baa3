#[test]
fn dump() {
    let bytes = std::fs::read(std::env::var("DUMP").unwrap()).unwrap();
    let reading = ingest::read(&bytes, &ingest::Options::default()).unwrap();
    println!("\n{}", serde_json::to_string(&ingest::json::draft_json(&reading)).unwrap());
}
