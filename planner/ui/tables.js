// A table that is told of other rows while it is still being built throws, or drops them: it hears of them when it is built.
// tests/ui/test_demand.py holds the names of Panel's table used here.

function holdUntilBuilt() {
  const own = Bokeh.Models.get("panel.models.tabulator.DataTabulator").prototype.default_view.prototype
  if (Object.hasOwn(own, "isBuilt")) { return }
  const {setData, updateOrAddData, tableBuilt} = own

  own.isBuilt = function () { return !this._initializing && !this._building && Boolean(this.tabulator?.initialized) }
  own.setData = function () {
    this.toldSince = true
    if (this.isBuilt()) { return setData.call(this) }
    this.toldMeanwhile = true
    return Promise.resolve()
  }
  own.updateOrAddData = function () {
    this.toldSince = true
    if (this.isBuilt()) { updateOrAddData.call(this) } else { this.toldMeanwhile = true }
  }
  own.tableBuilt = function () {
    tableBuilt.call(this)
    drawWhatIsNew(this)
    if (this.toldMeanwhile) { void this.setData().then(() => this.postUpdate()) }
    this.toldMeanwhile = false
  }
}

// A table that comes into view draws all its rows again, which a page that is turned to waits for: one that has neither another
// size nor other rows than when it was drawn last stands as it is.
function drawWhatIsNew(view) {
  const sizes = view.tabulator.modules.resizeTable, {redrawTable} = sizes
  let drawn = []
  sizes.redrawTable = function (wholly) {
    const {clientWidth, clientHeight} = this.table.element, [wide, high] = drawn
    if (!wholly && !view.toldSince && wide === clientWidth && high === clientHeight) { return }
    redrawTable.call(this, wholly)
    if (wide !== clientWidth) { this.table.columnManager.verticalAlignHeaders() }  // it measures titles before columns are fitted
    drawn = [this.table.element.clientWidth, this.table.element.clientHeight]
    view.toldSince = false
  }
}

// Cells are written for people: by their letters 100 % would come before 71 %, 1,234 before 999 and 9:30 after 10:00.

const UNSEEN = /[\u200e\u200f\u2066-\u2069]/g, CLOCK = /^(\d{1,2}):(\d{2})$/, FIGURE = /^[+-]?[\d,]*\.?\d+/

export function figureOf(cell) {
  const text = String(cell ?? "").replace(UNSEEN, "").trim(), clock = text.match(CLOCK), figure = text.match(FIGURE)
  return clock ? 60 * Number(clock[1]) + Number(clock[2]) : figure ? Number(figure[0].replaceAll(",", "")) : NaN
}

export function inOrder(one, other) {
  const [a, b] = [one, other].map(figureOf)
  if (Number.isNaN(a) !== Number.isNaN(b)) { return Number.isNaN(a) ? -1 : 1 }  // what has no figure is the least
  return a !== b && !Number.isNaN(a) ? a - b : String(one ?? "").localeCompare(String(other ?? ""), undefined, {numeric: true})
}

// A name that is blank is shown as a dash, and the dash says what it stands for; what is typed still begins with nothing.

export function shownName(value, unnamed, cell) {
  const blank = String(value ?? "").replace(UNSEEN, "").trim() === ""
  if (blank) { cell.title = unnamed } else { cell.removeAttribute("title") }
  return blank ? "\u2013" : null
}

function named(column, unnamed) {
  const own = column.formatter
  if (column.field !== "name") { return }
  column.formatter = function (cell, ...more) {
    const element = cell.getElement(), dash = shownName(cell.getValue(), unnamed, element)
    if (own === "textarea") { element.style.whiteSpace = "pre-wrap" }
    if (dash !== null) { return dash }
    return typeof own === "function" ? own.call(this, cell, ...more) : this.sanitizeHTML(cell.getValue())
  }
}

// A mark that is pressed, as to remove a row, is reached and pressed by keys too.
const MARKS = ["earlier", "remove"]

function pressable(column) {
  if (!MARKS.includes(column.field)) { return }
  column.formatter = (cell) => {
    const mark = document.createElement("span"), row = cell.getRow().getData()
    mark.textContent = cell.getValue()
    mark.tabIndex = 0
    mark.setAttribute("role", "button")
    mark.setAttribute("aria-label", [cell.getColumn().getElement().textContent.trim(), row.name ?? row.bank].filter(Boolean).join(": "))
    mark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") { return }
      event.preventDefault()
      event.stopPropagation()
      mark.click()
    })
    return mark
  }
}

function mendColumns(unnamed) {
  const own = Bokeh.Models.get("panel.models.tabulator.DataTabulator").prototype.default_view.prototype
  if (Object.hasOwn(own, "sortsByFigures")) { return }
  const {getColumns} = own
  own.sortsByFigures = true
  own.getColumns = function () {
    const columns = getColumns.call(this)
    for (const column of columns) {
      if (column.sorter === "string") { column.sorter = inOrder }
      named(column, unnamed)
      pressable(column)
    }
    return columns
  }
}

// A table that is to be drawn anew waits until its cell is left and its style sheets are there, and asks again without a pause:
// one whose sheet was there before it listened for it asked for as long as the page was open, which took a whole core.
const LOOK_MS = 50

function askWithPauses() {
  const own = Bokeh.Models.get("panel.models.tabulator.DataTabulator").prototype.default_view.prototype
  if (Object.hasOwn(own, "mayRedraw")) { return }
  own.mayRedraw = function () {
    const busy = this._is_scrolling || this._initializing || this.container === null || this.is_drawing || this._has_active_editor()
    return !busy && [...this.shadow_el.querySelectorAll("link")].every((link) => link.sheet !== null)
  }
  own._flush_resize_when_root_ready = async function () {
    await this.root.ready
    while (this._resize_pending && !this.mayRedraw()) { await new Promise((go) => setTimeout(go, LOOK_MS)) }
    if (!this._resize_pending) { return }
    this._resize_pending = false
    this._resize_redraw()
  }
  for (const view of Bokeh.index.query((any) => Object.getPrototypeOf(any) === own)) {
    if (view._resize_flush === null) { continue }
    view._resize_pending = false  // those that ask already are let go, and ask anew
    void view._resize_flush.then(() => view._request_resize_redraw())
  }
}

export function render({model}) {
  holdUntilBuilt()
  askWithPauses()
  mendColumns(model.unnamed)
  return document.createElement("div")
}
