//! Lines of text, wrapped by the columns that a terminal gives them.

use textwrap::{Options, WordSeparator, WordSplitter, wrap};
use unicode_width::UnicodeWidthStr;

use crate::Style;
use crate::markdown::{block, inline};
use crate::visible::{has_right_to_left, visible};

/// The narrowest and the widest page.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=300;
/// The narrowest page with two columns on it.
const MIN_WIDTH_OF_COLUMNS: usize = 76;
const BETWEEN_COLUMNS: &str = " │ ";

/// A page that is being written.
pub struct Page {
    text: String,
    width: usize,
    style: Style,
    /// In Markdown: how deep the last item of a list was; `None` outside of lists.
    item: Option<usize>,
}

/// A line that is still to be wrapped: where it begins, where it goes on, and its text.
pub struct Line {
    pub first: &'static str,
    pub rest: &'static str,
    pub text: String,
}

impl Line {
    pub fn new(first: &'static str, rest: &'static str, text: impl Into<String>) -> Line {
        let text = text.into();
        Line { first, rest, text }
    }
}

impl Page {
    pub fn new(width: usize, style: Style) -> Page {
        Page {
            text: String::new(),
            width: width.clamp(*WIDTHS.start(), *WIDTHS.end()),
            style,
            item: None,
        }
    }

    /// The text, with its last line ended.
    pub fn into_text(self) -> String {
        self.text
    }

    pub fn blank(&mut self) {
        match self.style {
            Style::Plain | Style::Coloured => self.text.push('\n'),
            Style::Markdown => self.paragraph_ends(),
        }
    }

    /// A line in bold where there is colour.
    pub fn heading(&mut self, rest: &'static str, text: &str) {
        const BOLD: (&str, &str) = ("\u{1b}[1m", "\u{1b}[0m");
        if self.style == Style::Markdown {
            // Parts of a question are one level below it.
            let level = if rest.len() == 2 { "###" } else { "##" };
            self.paragraph_ends();
            self.push(&format!("{level} {}", block(text)));
            return self.paragraph_ends();
        }
        for line in self.wrapped(&Line::new("", rest, text), self.width) {
            match self.style {
                Style::Plain | Style::Markdown => self.push(&line),
                Style::Coloured => self.push(&format!("{}{line}{}", BOLD.0, BOLD.1)),
            }
        }
    }

    pub fn line(&mut self, first: &'static str, rest: &'static str, text: &str) {
        self.write(&Line::new(first, rest, text));
    }

    /// A grid of short cells under a first row of headings, each column as wide as its widest
    /// cell. Whether it was written: it is not where the page is too narrow for it.
    pub fn grid(&mut self, rows: &[Vec<String>]) -> bool {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if self.style == Style::Markdown {
            self.paragraph_ends();
            for (place, row) in rows.iter().enumerate() {
                let cells: Vec<String> = row.iter().map(|cell| inline(cell)).collect();
                self.push(&format!("| {} |", cells.join(" | ")));
                if place == 0 {
                    self.push(&format!("|{}", "---|".repeat(columns)));
                }
            }
            self.paragraph_ends();
            return true;
        }
        const INDENT: usize = 4;
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| visible(cell).into_owned()).collect())
            .collect();
        let width = |column: usize| {
            cells
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width())
                .max()
        };
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        if INDENT + widths.iter().sum::<usize>() + columns > self.width {
            return false;
        }
        for row in &cells {
            let padded = row.iter().zip(&widths).map(|(cell, width)| {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                format!("{cell}{padding}")
            });
            let line = format!("{}{}", " ".repeat(INDENT), padded.collect::<Vec<_>>().join(" "));
            self.push(line.trim_end());
        }
        true
    }

    pub fn write(&mut self, line: &Line) {
        if self.style == Style::Markdown {
            return self.write_markdown(line);
        }
        for line in self.wrapped(line, self.width) {
            self.push(&line);
        }
    }

    /// Whether there is room beside words for something that is drawn, which Markdown has none for.
    pub fn draws(&self, width: usize) -> bool {
        self.width >= width && self.style != Style::Markdown
    }

    /// Text wrapped beside something that is drawn: `first` before its first line, `rest` before the others.
    pub fn hanging(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.width)
            .word_separator(WordSeparator::AsciiSpace)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(true)
            .word_splitter(WordSplitter::NoHyphenation);
        let text = visible(text);
        for line in wrap(&text, options) {
            self.push(line.trim_end());
        }
    }

    /// Two columns of equal width, each under its heading; one after the other where the
    /// page is narrow, or where letters that run from right to left would carry words
    /// from one column into the other.
    pub fn columns(&mut self, left: (&str, &[Line]), right: (&str, &[Line])) {
        if self.style == Style::Markdown {
            return self.table(left, right);
        }
        let runs_left = |lines: &[Line]| lines.iter().any(|line| has_right_to_left(&line.text));
        if self.width < MIN_WIDTH_OF_COLUMNS || runs_left(left.1) || runs_left(right.1) {
            for (heading, lines) in [left, right] {
                self.heading("", heading);
                lines.iter().for_each(|line| self.write(line));
            }
            return;
        }
        let width = (self.width - BETWEEN_COLUMNS.width()) / 2;
        let column = |(heading, lines): (&str, &[Line])| -> Vec<String> {
            let lines = lines.iter().flat_map(|line| self.wrapped(line, width));
            [heading.to_owned(), "─".repeat(width)]
                .into_iter()
                .chain(lines)
                .collect()
        };
        let (left, right) = (column(left), column(right));
        let empty = String::new();
        for row in 0..left.len().max(right.len()) {
            let cell = |column: &[String]| column.get(row).unwrap_or(&empty).clone();
            let (one, other) = (cell(&left), cell(&right));
            let padding = " ".repeat(width.saturating_sub(one.width()));
            let line = format!("{one}{padding}{BETWEEN_COLUMNS}{other}");
            self.push(line.trim_end());
        }
    }

    /// Lines that are made up already: neither wrapped nor made visible again. In Markdown they are a
    /// block of code, which each of them must not end: none may begin with a backtick.
    pub fn block(&mut self, lines: &[String]) {
        if self.style == Style::Markdown {
            self.paragraph_ends();
            self.push("```text");
        }
        lines.iter().for_each(|line| self.push(line));
        if self.style == Style::Markdown {
            self.push("```");
        }
        self.blank();
    }

    /// A line that is indented, or begins with a mark of its own, is an item of a list.
    fn write_markdown(&mut self, line: &Line) {
        let indent = line.first.len() - line.first.trim_start().len();
        let mark = line.first.trim();
        if indent == 0 && mark.is_empty() {
            self.paragraph_ends();
            self.push(&block(&line.text));
            return self.paragraph_ends();
        }
        const COLUMNS_A_LEVEL: usize = 3;
        let deepest = self.item.map_or(0, |depth| depth + 1);
        let depth = (indent.saturating_sub(1) / COLUMNS_A_LEVEL).min(deepest);
        if self.item.is_none() {
            self.paragraph_ends();
        }
        self.item = Some(depth);
        let numbered = mark.ends_with('.') && mark.starts_with(|c: char| c.is_ascii_digit());
        // Digits stand out of the list: a list in Markdown would number by itself.
        let text = match numbered {
            true => format!("{}\\. {}", mark.trim_end_matches('.'), inline(&line.text)),
            false => block(&line.text),
        };
        self.push(&format!("{}- {text}", "  ".repeat(depth)));
    }

    /// Two columns as a table, whose rows are the parts that a blank line sets off.
    fn table(&mut self, left: (&str, &[Line]), right: (&str, &[Line])) {
        let cells = |lines: &[Line]| -> Vec<String> {
            let parts = lines.split(|line| line.text.is_empty());
            let cell = |lines: &[Line]| {
                let mut lines = lines.iter().map(|line| inline(&line.text));
                let first = lines
                    .next()
                    .map(|first| format!("**{}**", first.trim()))
                    .unwrap_or_default();
                std::iter::once(first).chain(lines).collect::<Vec<_>>().join("<br>")
            };
            parts.map(cell).collect()
        };
        let (one, other) = (cells(left.1), cells(right.1));
        self.paragraph_ends();
        self.push(&format!("| {} | {} |", inline(left.0), inline(right.0)));
        self.push("|---|---|");
        for row in 0..one.len().max(other.len()) {
            let cell = |column: &[String]| column.get(row).cloned().unwrap_or_default();
            self.push(&format!("| {} | {} |", cell(&one), cell(&other)));
        }
        self.paragraph_ends();
    }

    /// In Markdown: ends a paragraph, list or table with one blank line.
    fn paragraph_ends(&mut self) {
        self.item = None;
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn wrapped(&self, line: &Line, width: usize) -> Vec<String> {
        // Codes are searched for as they are written, and so are not parted at their hyphens.
        // Lines end at spaces only: a fingerprint or an id is copied whole.
        let options = Options::new(width)
            .word_separator(WordSeparator::AsciiSpace)
            .initial_indent(line.first)
            .subsequent_indent(line.rest)
            .break_words(true)
            .word_splitter(WordSplitter::NoHyphenation);
        let text = visible(&line.text);
        wrap(&text, options).into_iter().map(|line| line.into_owned()).collect()
    }
}
