//! The shape of an HTML table: elements as the author nested them in; rows, cells and columns out.

use super::{element_at, is_silent, name_at};
use crate::page::{Kind, NodeId, Tag};
use crate::render::Body;

/// Columns beyond this are not told apart.
const COLUMNS: usize = 1000;

#[derive(Default)]
pub struct Grid<'a> {
    pub caption: Option<NodeId>,
    pub head: Vec<Row<'a>>,
    pub body: Vec<Row<'a>>,
    /// What the first row of the head says of each column.
    pub columns: Vec<Column<'a>>,
    /// What stands between the rows, before the first and after it.
    pub before: Vec<NodeId>,
    pub after: Vec<NodeId>,
}

#[derive(Default)]
pub struct Row<'a> {
    pub cells: Vec<Cell<'a>>,
}

pub struct Cell<'a> {
    /// `None` for a cell that the author left out around its content.
    pub tag: Option<&'a Tag>,
    pub nodes: Vec<NodeId>,
    pub heading: bool,
    /// The first column that it covers.
    pub column: usize,
}

#[derive(Clone, Default)]
pub struct Column<'a> {
    pub tag: Option<&'a Tag>,
    pub title: String,
    /// The choices of a column of type `select`.
    pub options: Vec<&'a Tag>,
}

/// Reads a table. Nothing visible is left out: it is in a cell, in the caption, or beside the rows.
pub fn read<'a>(out: &Body<'a>, node: NodeId) -> Grid<'a> {
    let mut grid = Grid::default();
    section(&mut grid, out, node, false);
    let all_headings = |row: &Row<'_>| row.cells.iter().all(|cell| cell.heading);
    if grid.head.is_empty() && grid.body.len() > 1 && all_headings(&grid.body[0]) {
        grid.head.push(grid.body.remove(0));
    }
    place(&mut grid.head);
    place(&mut grid.body);
    grid.columns = columns(out, grid.head.first());
    grid
}

fn section<'a>(grid: &mut Grid<'a>, out: &Body<'a>, node: NodeId, head: bool) {
    let page = out.page;
    let mut implied: Vec<NodeId> = Vec::new();
    for child in page.children(node) {
        let name = name_at(page, child);
        if matches!(name, "td" | "th") {
            implied.push(child);
            continue;
        }
        if matches!(name, "tr" | "thead" | "tbody" | "tfoot") {
            add(grid, row(out, implied.drain(..)), head);
        }
        match name {
            "thead" => section(grid, out, child, true),
            "tbody" | "tfoot" => section(grid, out, child, false),
            "tr" => add(grid, row(out, page.children(child)), head),
            "caption" if grid.caption.is_none() => grid.caption = Some(child),
            _ if is_silent(out, child) => {}
            _ if grid.head.is_empty() && grid.body.is_empty() => grid.before.push(child),
            _ => grid.after.push(child),
        }
    }
    add(grid, row(out, implied.into_iter()), head);
}

fn add<'a>(grid: &mut Grid<'a>, row: Row<'a>, head: bool) {
    if !row.cells.is_empty() {
        if head { grid.head.push(row) } else { grid.body.push(row) }
    }
}

/// The cells of a row. What stands beside them joins the cell before, or makes one.
fn row<'a>(out: &Body<'a>, nodes: impl Iterator<Item = NodeId>) -> Row<'a> {
    let page = out.page;
    let mut row = Row::default();
    for node in nodes.filter(|node| page.node(*node).kind != Kind::End) {
        match (element_at(page, node), row.cells.last_mut()) {
            (Some(tag), _) if matches!(&*tag.name, "td" | "th") => {
                let nodes = page.children(node).filter(|child| page.node(*child).kind != Kind::End).collect();
                row.cells.push(Cell { tag: Some(tag), nodes, heading: &*tag.name == "th", column: 0 });
            }
            (_, None) if is_silent(out, node) => {}
            (_, Some(cell)) => cell.nodes.push(node),
            (_, None) => row.cells.push(Cell { tag: None, nodes: vec![node], heading: false, column: 0 }),
        }
    }
    row
}

/// Gives each cell its column; cells that reach down from rows above take theirs first.
fn place(rows: &mut [Row<'_>]) {
    let mut reaching: Vec<u32> = Vec::new();
    for row in rows {
        let mut at = 0;
        for cell in &mut row.cells {
            while reaching.get(at).is_some_and(|rows| *rows > 0) {
                at += 1;
            }
            cell.column = at;
            let width = cell.columns();
            if cell.rows() > 1 && at + width <= COLUMNS {
                reaching.resize(reaching.len().max(at + width), 0);
                reaching[at..at + width].fill(cell.rows());
            }
            at += width;
        }
        reaching.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

fn columns<'a>(out: &Body<'a>, head: Option<&Row<'a>>) -> Vec<Column<'a>> {
    let mut columns = Vec::new();
    for cell in head.map_or(&[][..], |row| &row.cells) {
        let options = cell.nodes.iter().flat_map(|node| *node..out.page.node(*node).next);
        let options = options.filter_map(|node| element_at(out.page, node)).filter(|tag| &*tag.name == "option");
        let title: String = cell.words(out);
        let column = Column { tag: cell.tag, title: title.trim().to_string(), options: options.collect() };
        columns.resize((cell.column + cell.columns()).min(COLUMNS), column);
    }
    columns
}

impl<'a> Grid<'a> {
    pub fn column(&self, cell: &Cell<'_>) -> Option<&Column<'a>> {
        self.columns.get(cell.column)
    }

    /// Whether a cell belongs to a column that is not shown.
    pub fn hides(&self, cell: &Cell<'_>) -> bool {
        cell.columns() == 1 && self.column(cell).is_some_and(|column| column.is("data-hidden"))
    }

    /// The cell of a row in the first column that has this mark.
    pub fn marked<'r>(&self, row: &'r Row<'a>, mark: &str) -> Option<&'r Cell<'a>> {
        let at = self.columns.iter().position(|column| column.is(mark))?;
        row.cells.iter().find(|cell| cell.column == at)
    }
}

impl Column<'_> {
    pub fn is(&self, name: &str) -> bool {
        self.tag.is_some_and(|tag| tag.is(name))
    }

    /// The type of its cells; empty for text.
    pub fn kind(&self) -> &str {
        self.tag.and_then(|tag| tag.attr("data-type")).unwrap_or_default()
    }
}

impl Cell<'_> {
    /// How many columns it covers.
    pub fn columns(&self) -> usize {
        self.number("colspan").clamp(1, 100) as usize
    }

    /// How many rows it covers.
    pub fn rows(&self) -> u32 {
        self.number("rowspan").clamp(1, 1000)
    }

    fn number(&self, name: &str) -> u32 {
        self.tag.and_then(|tag| tag.attr(name)?.trim().parse().ok()).unwrap_or(1)
    }

    /// Its words, without those of a list of choices.
    pub fn words(&self, out: &Body<'_>) -> String {
        let page = out.page;
        self.nodes
            .iter()
            .filter(|node| name_at(page, **node) != "select")
            .map(|node| page.words(out.file, *node))
            .collect()
    }

    pub fn is_empty(&self, out: &Body<'_>) -> bool {
        self.nodes.iter().all(|node| shows_nothing(out, *node))
    }
}

/// White space, or paragraphs and marks around nothing.
fn shows_nothing(out: &Body<'_>, node: NodeId) -> bool {
    is_silent(out, node)
        || (matches!(
            name_at(out.page, node),
            "p" | "strong" | "b" | "em" | "span" | "div" | "h2" | "h3" | "h4" | "select"
        ) && (name_at(out.page, node) == "select"
            || out.page.children(node).all(|child| shows_nothing(out, child))))
}
