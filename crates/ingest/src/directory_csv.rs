//! The directory of parties as a CSV file (RFC 4180), in UTF-8 or GB18030 as spreadsheets save it.
//!
//! The first line names the columns, in any order; only the first two are required:
//!
//! | column | meaning |
//! |---|---|
//! | `official_name` | 全称, unique in the file |
//! | `kind` | a word of [`PartyKind`], such as `department` or `DEPARTMENT` |
//! | `short_names` | 简称, several separated by `;` |
//! | `former_names` | 曾用名, several separated by `;`. Each may say when it was in use: `NAME@FROM/TO`, days as YYYY-MM-DD, `TO` the first day on which it no longer was; either may be left out |
//! | `level` | the level of its place, a word of [`PlaceLevel`] |
//! | `place` | the name of the place it belongs to: 天津市, 滨海新区 |
//! | `division_code` | the administrative division code (GB/T 2260, six digits) of its place |
//! | `parent` | the official name of the body above it, which must be in the file too |
//! | `valid_from`, `valid_to` | when the body exists, days as YYYY-MM-DD; `valid_to` is the first day on which it no longer does |
//!
//! The order of the lines is the order in which parties are listed.

use crate::decode::{ReadError, decode_text};
use domain::{
    directory::{Directory, Entry, EntryName},
    fold::fold,
    time::{Day, NotADay, Validity},
    vocabulary::{NameKind, PartyKind, PlaceLevel, UnknownWord},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::str::FromStr;

/// The most bytes a directory may have.
const LIMIT: usize = 16 << 20;

const COLUMNS: [&str; 10] = [
    "official_name",
    "kind",
    "short_names",
    "former_names",
    "level",
    "place",
    "division_code",
    "parent",
    "valid_from",
    "valid_to",
];

/// A directory that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// It is no text.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A column is missing.
    #[error("line 1: there is no column {column}; name the columns in the first line")]
    MissingColumn {
        /// Which one.
        column: &'static str,
    },
    /// A column has a name that means nothing.
    #[error("line 1: {column:?} is not a column of a directory; one of: {}", COLUMNS.join(", "))]
    UnknownColumn {
        /// What it is called.
        column: String,
    },
    /// A line cannot be used.
    #[error("line {line}: {problem}")]
    Line {
        /// Its number in the file, from 1.
        line: u64,
        /// What is wrong with it.
        problem: LineProblem,
    },
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum LineProblem {
    /// It is not CSV, or has more or fewer cells than the first line.
    #[error("{0}; check its quotation marks and that it has as many cells as the first line")]
    NotCsv(csv::Error),
    /// It has no official name.
    #[error("official_name is empty; every party needs one")]
    NoName,
    /// Two lines have the same official name.
    #[error("{name} stands in line {first} already; remove one of the two")]
    Repeated {
        /// The name.
        name: String,
        /// Where it stands first.
        first: u64,
    },
    /// A word of a closed vocabulary is unknown.
    #[error("{column}: {word}")]
    UnknownWord {
        /// Where it stands.
        column: &'static str,
        /// The word, and those there are.
        word: UnknownWord,
    },
    /// A day cannot be read.
    #[error("{column}: {day}")]
    NotADay {
        /// Where it stands.
        column: &'static str,
        /// What is no day.
        day: NotADay,
    },
    /// A time ends before it begins.
    #[error("{column}: the time from {from} to {to} ends before it begins; exchange the two days")]
    Backwards {
        /// Where it stands.
        column: &'static str,
        /// The first day.
        from: Day,
        /// The first day after.
        to: Day,
    },
    /// A division code has another form.
    #[error("division_code: {0:?} is not an administrative division code; write its six digits")]
    NotACode(String),
    /// The body above is not in the file.
    #[error("parent: {0} is the official name of no line; add a line for it, or correct the name")]
    UnknownParent(String),
}

/// Reads a directory.
pub fn read(bytes: &[u8]) -> Result<Directory, DirectoryError> {
    let decoded = decode_text(bytes, LIMIT)?;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(decoded.text.as_bytes());
    let columns = columns(&mut reader)?;
    let mut entries = vec![];
    let mut lines: FxHashMap<String, u64> = FxHashMap::default();
    let mut parents = vec![];
    for record in reader.records() {
        let record = record.map_err(|error| DirectoryError::Line {
            line: error.position().map_or(1, csv::Position::line),
            problem: LineProblem::NotCsv(error),
        })?;
        let line = line_of(&decoded.text, &record);
        let at = |problem| DirectoryError::Line { line, problem };
        let entry = entry(&columns, &record).map_err(at)?;
        let name = entry.official_name().to_owned();
        if let Some(&first) = lines.get(&fold(&name)) {
            return Err(at(LineProblem::Repeated { name, first }));
        }
        lines.insert(fold(&name), line);
        parents.extend(entry.parent.clone().map(|parent| (line, parent)));
        entries.push(entry);
    }
    for (line, parent) in parents {
        if !lines.contains_key(&fold(&parent)) {
            let problem = LineProblem::UnknownParent(parent);
            return Err(DirectoryError::Line { line, problem });
        }
    }
    Ok(Directory::new(entries))
}

/// Where each column of [`COLUMNS`] stands.
type Columns = [Option<usize>; COLUMNS.len()];

fn columns(reader: &mut csv::Reader<&[u8]>) -> Result<Columns, DirectoryError> {
    let header = reader.headers().map_err(|error| DirectoryError::Line {
        line: 1,
        problem: LineProblem::NotCsv(error),
    })?;
    let named: FxHashSet<&str> = COLUMNS.into_iter().collect();
    if let Some(unknown) = header.iter().find(|column| !named.contains(column)) {
        return Err(DirectoryError::UnknownColumn {
            column: unknown.to_owned(),
        });
    }
    let columns = COLUMNS.map(|column| header.iter().position(|name| name == column));
    match columns.iter().take(2).position(Option::is_none) {
        Some(missing) => Err(DirectoryError::MissingColumn {
            column: COLUMNS[missing],
        }),
        None => Ok(columns),
    }
}

fn entry(columns: &Columns, record: &csv::StringRecord) -> Result<Entry, LineProblem> {
    let cells = columns.map(|column| {
        let cell = column.and_then(|column| record.get(column));
        cell.filter(|cell| !cell.is_empty())
    });
    let [
        name,
        kind,
        short,
        former,
        level,
        place,
        code,
        parent,
        from,
        to,
    ] = cells;
    let mut names = vec![EntryName {
        text: name.ok_or(LineProblem::NoName)?.to_owned(),
        kind: NameKind::Official,
        validity: Validity::ALWAYS,
    }];
    for text in several(short) {
        names.push(EntryName {
            text: text.to_owned(),
            kind: NameKind::Short,
            validity: Validity::ALWAYS,
        });
    }
    for text in several(former) {
        let (text, time) = text.split_once('@').unwrap_or((text, "/"));
        let (from, to) = time.split_once('/').unwrap_or((time, ""));
        names.push(EntryName {
            text: text.trim().to_owned(),
            kind: NameKind::Former,
            validity: validity(("former_names", "former_names"), Some(from), Some(to))?,
        });
    }
    if let Some(code) = code.filter(|code| code.len() != 6 || code.parse::<u32>().is_err()) {
        return Err(LineProblem::NotACode(code.to_owned()));
    }
    Ok(Entry {
        names,
        kind: word::<PartyKind>("kind", kind.unwrap_or_default())?,
        level: level
            .map(|level| word::<PlaceLevel>("level", level))
            .transpose()?,
        division_code: code.map(str::to_owned),
        place: place.map(str::to_owned),
        parent: parent.map(str::to_owned),
        validity: validity(("valid_from", "valid_to"), from, to)?,
    })
}

/// The line in which a record begins. The reader's own position is before the empty lines that it skips.
fn line_of(text: &str, record: &csv::StringRecord) -> u64 {
    let Some(position) = record.position() else {
        return 1;
    };
    let rest = &text[position.byte() as usize..];
    let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    position.line() + rest[..skipped].matches('\n').count() as u64
}

fn several(cell: Option<&str>) -> impl Iterator<Item = &str> {
    let names = cell.unwrap_or_default().split([';', '；']);
    names.map(str::trim).filter(|name| !name.is_empty())
}

fn word<T: FromStr<Err = UnknownWord>>(column: &'static str, cell: &str) -> Result<T, LineProblem> {
    let word = cell.to_lowercase().parse();
    word.map_err(|word| LineProblem::UnknownWord { column, word })
}

fn validity(
    (from_column, to_column): (&'static str, &'static str),
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Validity, LineProblem> {
    let day = |column, text: Option<&str>, open| match text.map(str::trim) {
        None | Some("") => Ok(open),
        Some(text) => text
            .parse()
            .map_err(|day| LineProblem::NotADay { column, day }),
    };
    let from = day(from_column, from, Day::BEGINNING)?;
    let to = day(to_column, to, Day::FOREVER)?;
    if to <= from {
        let column = to_column;
        return Err(LineProblem::Backwards { column, from, to });
    }
    Ok(Validity { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::directory::Resolution;

    const TIANJIN: &str = "\
official_name,short_names,former_names,kind,level,place,division_code,parent,valid_from,valid_to
天津市人民政府,市政府,,GOVERNMENT,province,天津市,120000,,,
天津市科学技术局,市科技局;市科技部门,天津市科学技术委员会@/2018-11-08;市科委,department,province,天津市,,天津市人民政府,,
";

    #[test]
    fn a_directory_is_read_with_its_names_and_their_times() {
        let directory = read(TIANJIN.as_bytes()).unwrap();
        let on =
            |name, day: &str| directory.resolve(name, Some("天津市"), Some(day.parse().unwrap()));
        assert_eq!(on("市科技部门", "2020-01-01"), Resolution::Known(1));
        assert_eq!(
            on("天津市科学技术委员会", "2018-11-07"),
            Resolution::Known(1)
        );
        assert_eq!(
            on("天津市科学技术委员会", "2018-11-08"),
            Resolution::Unknown
        );
        assert_eq!(on("市科委", "2024-01-01"), Resolution::Known(1));
        let entries = directory.entries();
        assert_eq!(entries[0].division_code.as_deref(), Some("120000"));
        assert_eq!(entries[0].level, Some(PlaceLevel::Province));
        assert_eq!(entries[1].parent.as_deref(), Some("天津市人民政府"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_the_remedy() {
        for (csv, message) in [
            (
                "",
                "the file is empty or holds only white space; give one with text",
            ),
            (
                "name,kind\n",
                "line 1: \"name\" is not a column of a directory; one of: official_name, kind, short_names, former_names, level, place, division_code, parent, valid_from, valid_to",
            ),
            (
                "official_name\n",
                "line 1: there is no column kind; name the columns in the first line",
            ),
            (
                "official_name,kind\n,department",
                "line 2: official_name is empty; every party needs one",
            ),
            (
                "official_name,kind\n甲局,office",
                "line 2: kind: \"office\" is not a PartyKind; one of: committee_organ, department, government, functional_zone, vertical_agency, enterprise, university, institute, coordination_body, mass_organization, court_procuratorate, subunit, collective, other",
            ),
            (
                "official_name,kind\n甲局,department\n\n甲局,department",
                "line 4: 甲局 stands in line 2 already; remove one of the two",
            ),
            (
                "official_name,kind,parent\n甲局,department,乙府",
                "line 2: parent: 乙府 is the official name of no line; add a line for it, or correct the name",
            ),
            (
                "official_name,kind,division_code\n甲局,department,12",
                "line 2: division_code: \"12\" is not an administrative division code; write its six digits",
            ),
            (
                "official_name,kind,valid_from\n甲局,department,2020",
                "line 2: valid_from: \"2020\" is not a day between 0001-01-01 and 9999-12-31, written YYYY-MM-DD",
            ),
            (
                "official_name,kind,valid_from,valid_to\n甲局,department,2020-01-02,2020-01-01",
                "line 2: valid_to: the time from 2020-01-02 to 2020-01-01 ends before it begins; exchange the two days",
            ),
        ] {
            assert_eq!(read(csv.as_bytes()).unwrap_err().to_string(), message);
        }
        let ragged = read("official_name,kind\n甲局".as_bytes())
            .unwrap_err()
            .to_string();
        assert!(ragged.starts_with("line 2: "), "{ragged}");
    }
}
