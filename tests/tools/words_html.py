"""Raw HTML of a page: which names are elements, and which table cells a reader sees."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements that pages use as markup.
ELEMENTS = frozenset(
    "a abbr b bdi bdo big blockquote br button caption center cite code col colgroup dd del details dfn div dl dt em embed "
    "figcaption figure font h1 h2 h3 h4 h5 h6 hr i iframe img ins kbd li mark nobr ol p picture pre q rp rt ruby s samp "
    "script small source span strike strong style sub summary sup svg table tbody td tfoot th thead tr track tt u ul video "
    "audio wbr g circle rect polygon polyline ellipse".split()
)
# Elements of HTML that are more often placeholders (`<path>`, `<input>`) in documentation.
DOUBTFUL = frozenset(
    "address area article aside base body canvas data datalist dialog dir fieldset footer form frame head header hgroup html "
    "input label legend line link main map menu meta meter nav noscript object optgroup option output param path progress "
    "search section select slot template text textarea time title use var defs symbol".split()
)


def is_element(name, attributes, closed):
    """Whether `<name …>` is markup. A doubtful name is, if the tag has attribute values or is closed on the page."""
    if name in ELEMENTS:
        return True
    return name in DOUBTFUL and (any(attributes.values()) or (closed and name not in VOID))


class Cells:
    """Follows table tags, and says why the text of the current cell need not arrive."""

    FATES = {"content-ref": "reference cell", "image": "image cell", "files": "file cell", "checkbox": "checkbox cell", "rating": "rating cell"}

    def __init__(self):
        self.tables = []

    def open(self, name, attributes):
        if name == "table":
            hides = attributes.get("data-view") == "cards" or attributes.get("data-header-hidden", "false") != "false"
            self.tables.append({"hides": hides, "columns": [], "at": -1, "fate": "", "first": True})
        elif not self.tables:
            return
        elif name == "tr":
            table = self.tables[-1]
            table["first"] = table["first"] and table["at"] < 0
            table["at"], table["fate"] = -1, ""
        elif name in ("td", "th"):
            self.cell(self.tables[-1], name, attributes)

    def cell(self, table, name, attributes):
        table["at"] += 1
        if name == "th" and table["first"]:
            fate = self.FATES.get(attributes.get("data-type", ""), "")
            fate = "hidden column" if attributes.get("data-hidden", "false") != "false" else fate
            table["columns"].append(fate)
            table["fate"] = "hidden column" if fate == "hidden column" else "hidden header" if table["hides"] else ""
        else:
            columns = table["columns"]
            table["fate"] = columns[table["at"]] if table["at"] < len(columns) else ""

    def close(self, name):
        if not self.tables:
            return
        if name == "table":
            self.tables.pop()
        elif name in ("td", "th", "tr"):
            self.tables[-1]["fate"] = ""

    def fate(self):
        return self.tables[-1]["fate"] if self.tables else ""
