//! A matrix as a workbook for a spreadsheet program: headings that stay in sight, a colour for each role, and the words
//! that a square rests on as its note. The same sheet always gives the same bytes.

use super::{
    Sheet,
    name::{mark, marks, role_name},
    sheet::{Head, Heading},
};
use domain::{time::Instant, vocabulary::Role};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook,
    Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr as _;

/// How wide leading columns are, in digits: of headings, and of the row's own.
const HEADING_WIDTH: usize = 20;
const OWN_WIDTH: usize = 36;

/// How wide a column is at least: four characters of a name in a line.
const COLUMN_WIDTH: usize = 9;

/// How wide the column of totals is.
const TOTAL_WIDTH: usize = 14;

/// How high a line of text is, in points.
const LINE: f64 = 14.5;

/// Above the names of the columns: the title, what it is about, the colours.
const TITLE: u32 = 0;
const ABOUT: u32 = 1;
const LEGEND: u32 = 2;
const HEADINGS: u32 = 3;

/// Excel's format number of A3 paper.
const A3: u8 = 8;

/// The formats that cells have.
struct Formats {
    title: Format,
    about: Format,
    head: Format,
    leading: Format,
    total: Format,
    empty: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = || Format::new().set_font_size(10);
        let boxed = || {
            plain()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_BFBF))
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
        };
        let shaded = || boxed().set_background_color(Color::RGB(0x00E7_ECF3));
        Self {
            title: plain().set_font_size(14).set_bold(),
            about: plain().set_font_color(Color::RGB(0x0059_5959)),
            head: shaded().set_bold().set_align(FormatAlign::Center),
            leading: boxed().set_align(FormatAlign::Left),
            total: shaded().set_align(FormatAlign::Center),
            empty: boxed().set_align(FormatAlign::Center),
        }
    }

    fn role(&self, role: Role) -> Format {
        let colour = match role {
            Role::Lead => 0x00F4_B183,
            Role::CoLead => 0x00F8_D3B0,
            Role::Responsible => 0x00BD_D7EE,
            Role::Support => 0x00C6_E0B4,
            Role::Participate => 0x00FF_F2CC,
            Role::Supervise => 0x00D9_C9E8,
            Role::Coordinate => 0x00BF_E5E1,
        };
        self.empty.clone().set_background_color(Color::RGB(colour))
    }
}

/// Writes a sheet as a workbook.
pub(crate) fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // When the register was last written, so that the same matrix is the same file.
    let Instant(micros) = sheet.recorded.unwrap_or_default();
    let recorded = ExcelDateTime::from_timestamp(micros.div_euclid(1_000_000))?;
    let properties = DocProperties::new()
        .set_title(&sheet.title)
        .set_subject(&sheet.about)
        .set_author("remit")
        .set_creation_datetime(&recorded);
    workbook.set_properties(&properties);
    let page = workbook.add_worksheet().set_name("责任矩阵")?;
    let lay = Layout {
        sheet,
        formats: Formats::new(),
        widths: widths(sheet),
    };
    lay.columns(page)?;
    lay.head(page)?;
    lay.rows(page)?;
    lay.squares(page)?;
    lay.totals(page)?;
    lay.paper(page)?;
    workbook.save_to_buffer()
}

struct Layout<'s> {
    sheet: &'s Sheet,
    formats: Formats,
    /// How wide each column is.
    widths: Vec<usize>,
}

impl Layout<'_> {
    /// The row that has the names of the columns.
    fn names(&self) -> u32 {
        HEADINGS + self.sheet.column_levels as u32
    }

    fn row(&self, row: usize) -> u32 {
        self.names() + 1 + row as u32
    }

    fn column(&self, column: usize) -> u16 {
        (self.sheet.leading.len() + column) as u16
    }

    /// The row and the column of totals, behind all others.
    fn behind(&self) -> (u32, u16) {
        (
            self.row(self.sheet.rows.len()),
            self.column(self.sheet.columns.len()),
        )
    }

    fn columns(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let own = self.sheet.leading.len() - 1;
        for column in 0..own {
            page.set_column_width(column as u16, HEADING_WIDTH as u32)?;
        }
        page.set_column_width(own as u16, OWN_WIDTH as u32)?;
        for column in 0..self.sheet.columns.len() {
            page.set_column_width(self.column(column), self.widths[column] as u32)?;
        }
        page.set_column_width(self.behind().1, TOTAL_WIDTH as u32)?;
        Ok(())
    }

    fn head(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let Self { sheet, formats, .. } = self;
        page.write_string_with_format(TITLE, 0, &sheet.title, &formats.title)?;
        page.set_row_height(TITLE, 24)?;
        page.write_string_with_format(ABOUT, 0, &sheet.about, &formats.about)?;
        let own = (sheet.leading.len() - 1) as u16;
        let right = formats.about.clone();
        let right = right
            .set_align(FormatAlign::Right)
            .set_align(FormatAlign::VerticalCenter);
        page.write_string_with_format(LEGEND, own, "图例", &right)?;
        for (at, (role, _)) in sheet.total.iter().enumerate() {
            let legend = format!("{} {}", mark(*role), role_name(*role));
            let format = formats.role(*role);
            page.write_string_with_format(LEGEND, self.column(at), legend, &format)?;
        }
        page.set_row_height(LEGEND, 2.0 * LINE)?;
        let names = self.names();
        for (column, name) in (0..).zip(&sheet.leading) {
            merged(
                page,
                (HEADINGS, column),
                (names, column),
                name,
                &formats.head,
            )?;
        }
        for heading in &sheet.column_headings {
            let row = HEADINGS + heading.level as u32;
            let (first, last) = (
                self.column(heading.span.start),
                self.column(heading.span.end - 1),
            );
            merged(
                page,
                (row, first),
                (row, last),
                &heading.name,
                &formats.head,
            )?;
        }
        for level in 0..sheet.column_levels {
            let over = sheet
                .column_headings
                .iter()
                .filter(|heading| heading.level == level);
            let lines = over.map(|heading| {
                let widths = heading.span.clone().map(|column| self.widths[column]);
                lines(&heading.name, widths.sum())
            });
            let lines = lines.max().unwrap_or(1);
            page.set_row_height(HEADINGS + level as u32, height(lines))?;
        }
        let mut highest = 1;
        for (column, head) in sheet.columns.iter().enumerate() {
            highest = highest.max(lines(&head.name, self.widths[column]));
            page.write_string_with_format(names, self.column(column), &head.name, &formats.head)?;
        }
        page.set_row_height(names, height(highest))?;
        let (_, total) = self.behind();
        merged(
            page,
            (HEADINGS, total),
            (names, total),
            "合计",
            &formats.head,
        )?;
        page.set_freeze_panes(names + 1, own + 1)?;
        Ok(())
    }

    fn rows(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let Self { sheet, formats, .. } = self;
        let own = sheet.leading.len() - 1;
        let needed = |row: &Head| {
            let total = lines(&spaced(&row.total), TOTAL_WIDTH);
            total.max(lines(&row.name, OWN_WIDTH))
        };
        let mut heights: Vec<usize> = sheet.rows.iter().map(needed).collect();
        for ((row, column), square) in &sheet.squares {
            let needed = lines(&marks(&square.roles), self.widths[*column]);
            heights[*row] = heights[*row].max(needed);
        }
        for row in 0..sheet.rows.len() {
            for level in 0..own {
                page.write_blank(self.row(row), level as u16, &formats.leading)?;
            }
        }
        for Heading { level, span, name } in &sheet.row_headings {
            let needed = lines(name, HEADING_WIDTH).div_ceil(span.len());
            for height in &mut heights[span.clone()] {
                *height = (*height).max(needed);
            }
            let (first, last) = (self.row(span.start), self.row(span.end - 1));
            let column = *level as u16;
            merged(
                page,
                (first, column),
                (last, column),
                name,
                &formats.leading,
            )?;
        }
        for (row, lines) in heights.into_iter().enumerate() {
            let at = self.row(row);
            page.write_string_with_format(at, own as u16, &sheet.rows[row].name, &formats.leading)?;
            page.set_row_height(at, height(lines))?;
        }
        Ok(())
    }

    fn squares(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let Self { sheet, formats, .. } = self;
        for row in 0..sheet.rows.len() {
            for column in 0..sheet.columns.len() {
                let at = (self.row(row), self.column(column));
                let Some(square) = sheet.squares.get(&(row, column)) else {
                    page.write_blank(at.0, at.1, &formats.empty)?;
                    continue;
                };
                let format = square.roles.first().map(|(role, _)| formats.role(*role));
                let format = format.as_ref().unwrap_or(&formats.empty);
                page.write_string_with_format(at.0, at.1, marks(&square.roles), format)?;
                let high = square
                    .note
                    .lines()
                    .map(|line| lines(line, 44))
                    .sum::<usize>();
                let note = Note::new(&square.note)
                    .add_author_prefix(false)
                    .set_width(330)
                    .set_height((high as u32 * 18 + 12).min(600));
                page.insert_note(at.0, at.1, &note)?;
            }
        }
        Ok(())
    }

    fn totals(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let Self { sheet, formats, .. } = self;
        let (last, behind) = self.behind();
        for (row, head) in sheet.rows.iter().enumerate() {
            let total = spaced(&head.total);
            page.write_string_with_format(self.row(row), behind, total, &formats.total)?;
        }
        let own = (sheet.leading.len() - 1) as u16;
        merged(page, (last, 0), (last, own), "合计", &formats.head)?;
        let mut highest = lines(&spaced(&sheet.total), TOTAL_WIDTH);
        for (column, head) in sheet.columns.iter().enumerate() {
            let total = spaced(&head.total);
            highest = highest.max(lines(&total, self.widths[column]));
            page.write_string_with_format(last, self.column(column), total, &formats.total)?;
        }
        page.write_string_with_format(last, behind, spaced(&sheet.total), &formats.total)?;
        page.set_row_height(last, height(highest))?;
        Ok(())
    }

    fn paper(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        page.set_landscape()
            .set_paper_size(A3)
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
            .set_footer("&L&A&R&P / &N");
        page.set_repeat_rows(HEADINGS, self.names())?;
        Ok(())
    }
}

/// How wide columns are: as their marks need it, of which long ones break into two lines.
fn widths(sheet: &Sheet) -> Vec<usize> {
    let mut widths = vec![COLUMN_WIDTH; sheet.columns.len()];
    for ((_, column), square) in &sheet.squares {
        let needed = marks(&square.roles).width() / 2 + 2;
        widths[*column] = widths[*column].max(needed);
    }
    widths
}

/// Writes a text over a range, which may be a single cell.
fn merged(
    page: &mut Worksheet,
    (first_row, first_column): (u32, u16),
    (last_row, last_column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if (first_row, first_column) == (last_row, last_column) {
        page.write_string_with_format(first_row, first_column, text, format)?;
    } else {
        page.merge_range(first_row, first_column, last_row, last_column, text, format)?;
    }
    Ok(())
}

/// Marks, each with its number, and blanks between them, where a line may break.
fn spaced(counts: &[(Role, u32)]) -> String {
    let each = counts
        .iter()
        .map(|(role, count)| format!("{}{count}", mark(*role)));
    each.collect::<Vec<_>>().join(" ")
}

/// How high so many lines are, as far as Excel lets a row be.
fn height(lines: usize) -> f64 {
    (f64::from(lines as u32) * LINE + 4.0).min(400.0)
}

/// How many lines a text takes in a column. A little is kept free at its edges.
fn lines(text: &str, width: usize) -> usize {
    text.width().div_ceil(width.saturating_sub(1).max(1)).max(1)
}
