//! PDF files, made as small as they may be: one font without a program, which says what its codes mean.

#![expect(
    clippy::format_push_string,
    reason = "files for tests are small, and read best where they are put together"
)]

use lopdf::{Document, Object, Stream, dictionary};

/// Words at a place: from the left, from the bottom.
pub(crate) type Placed<'w> = (f32, f32, &'w str);

/// The height of the characters on a page.
pub(crate) const SIZE: f32 = 16.0;

/// A file whose pages show these words; codes are the UTF-16 units of the characters.
pub(crate) fn pdf(pages: &[Vec<Placed>]) -> Vec<u8> {
    let mut document = document(pages);
    let mut bytes = vec![];
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The same with its streams packed.
pub(crate) fn packed(pages: &[Vec<Placed>]) -> Vec<u8> {
    let mut document = document(pages);
    document.compress();
    let mut bytes = vec![];
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn document(pages: &[Vec<Placed>]) -> Document {
    let mut document = Document::with_version("1.7");
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n\
               1 begincodespacerange <0000> <FFFF> endcodespacerange\n";
    // A range may not reach over the last byte.
    let mut ranges = String::new();
    for block in (0..0x100u32).collect::<Vec<_>>().chunks(100) {
        ranges.push_str(&format!("{} beginbfrange\n", block.len()));
        for high in block {
            ranges.push_str(&format!("<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n"));
        }
        ranges.push_str("endbfrange\n");
    }
    let map = format!("{map}{ranges}endcmap end end");
    let map = document.add_object(Stream::new(dictionary! {}, map.into_bytes()));
    let descendant = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Song", "DW" => 1000,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0,
        },
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Song", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()], "ToUnicode" => map,
    });
    let tree = document.new_object_id();
    let mut kids: Vec<Object> = vec![];
    for page in pages {
        let mut content = format!("BT /F1 {SIZE} Tf\n");
        for (x, y, words) in page {
            let units = words.encode_utf16().map(|unit| format!("{unit:04X}"));
            let codes = units.collect::<Vec<_>>().concat();
            content.push_str(&format!("1 0 0 1 {x} {y} Tm <{codes}> Tj\n"));
        }
        content.push_str("ET");
        let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
        let page = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        };
        kids.push(document.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(
        tree,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}

/// Paragraphs as lines of so many characters from the top of a page, each paragraph indented by two.
pub(crate) fn set(paragraphs: &[&str], columns: usize) -> Vec<Vec<(f32, f32, String)>> {
    const LEFT: f32 = 60.0;
    const TOP: f32 = 780.0;
    const LINES: usize = 30;
    const APART: f32 = 24.0;
    let mut lines: Vec<(f32, String)> = vec![];
    for paragraph in paragraphs {
        let characters: Vec<char> = paragraph.chars().collect();
        let first = characters.len().min(columns - 2);
        lines.push((LEFT + SIZE * 2.0, characters[..first].iter().collect()));
        for line in characters[first..].chunks(columns) {
            lines.push((LEFT, line.iter().collect()));
        }
    }
    let pages = lines.chunks(LINES).zip(1..);
    let page = |(lines, number): (&[(f32, String)], u16)| {
        let placed = lines.iter().zip(0u16..);
        let placed =
            placed.map(|((x, words), row)| (*x, TOP - f32::from(row) * APART, words.clone()));
        placed
            .chain([(290.0, 30.0, format!("— {number} —"))])
            .collect()
    };
    pages.map(page).collect()
}
