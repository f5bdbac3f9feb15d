//! Lines and columns of one text: offsets in, positions out, without counting from the beginning each time.

/// A place as people and editors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// From 1; a line ends with a line feed.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
    /// In bytes, from 0.
    pub offset: usize,
}

/// The positions of every line's first byte, and of one byte in each stretch of a long line.
pub struct Lines {
    marks: Vec<Position>,
}

/// Counting goes on from the last mark, so this bounds the work of one question.
const STRETCH: usize = 1024;

impl Lines {
    pub fn new(text: &str) -> Lines {
        let mut marks = vec![Position { line: 1, column: 1, offset: 0 }];
        let mut column = 1;
        let mut line = 1;
        let mut last = 0;
        for (offset, character) in text.char_indices() {
            if offset - last >= STRETCH {
                marks.push(Position { line, column, offset });
                last = offset;
            }
            column += 1;
            if character == '\n' {
                (line, column, last) = (line + 1, 1, offset + 1);
                marks.push(Position { line, column, offset: last });
            }
        }
        Lines { marks }
    }

    /// The position of an offset of the text that this was made from. An offset past the end or inside of a character
    /// means the character boundary before it.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let after = self.marks.partition_point(|mark| mark.offset <= offset);
        let mark = self.marks[after.saturating_sub(1)];
        let column = mark.column + text[mark.offset..offset].chars().count();
        Position { line: mark.line, column, offset }
    }

    /// Where a line begins and ends, without its line feed.
    pub fn line(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let first = self.marks.partition_point(|mark| mark.line < line);
        let next = self.marks.partition_point(|mark| mark.line <= line);
        let start = self.marks.get(first).map_or(text.len(), |mark| mark.offset);
        start..self.marks.get(next).map_or(text.len(), |mark| mark.offset - 1)
    }
}

/// Line and column of a byte offset, for one question; who has several for one text makes `Lines`.
pub fn position(text: &str, offset: u32) -> (usize, usize) {
    let offset = text.floor_char_boundary((offset as usize).min(text.len()));
    let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    (text[..line].matches('\n').count() + 1, text[line..offset].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_counting() {
        let long = "界x\t".repeat(2000);
        for text in ["", "a", "\n", "a\nb", "a\r\nb\n", "\n\nü界\n", &long, &format!("{long}\n{long}")] {
            let lines = Lines::new(text);
            for offset in (0..text.len() + 2).step_by(if text.len() > 100 { 7 } else { 1 }) {
                let Position { line, column, offset: at } = lines.position(text, offset);
                assert_eq!((line, column), position(text, offset as u32), "{text:.20} {offset}");
                let range = lines.line(text, line);
                assert!(range.contains(&at) || range.end == at, "{text:.20} {offset}");
                assert_eq!(Some(&text[range]), text.split('\n').nth(line - 1));
            }
        }
    }
}
