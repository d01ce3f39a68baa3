#[test]
fn dump() {
    let path = std::env::var("DUMP").unwrap();
    let bytes = std::fs::read(path).unwrap();
    let directory = ingest::directory_csv::read(&std::fs::read("../../examples/tianjin-parties.csv").unwrap()).unwrap();
    let options = ingest::Options { directory: std::env::var("NODIR").is_err().then_some(&directory), ..Default::default() };
    let reading = ingest::read(&bytes, &options).unwrap();
    println!("{}", serde_json::to_string(&ingest::json::draft_json(&reading)).unwrap());
}
