// Everything round the picture: tools and their options, arranging, the status line, broken rules, the words that a screen reader
// hears; properties, layers, underlay, table and list of parts stand in files of their own.

import {el, icon} from "./elements.js"
import {Inspector} from "./inspector.js"
import {LayersPanel} from "./layers_panel.js"
import {PartsList} from "./parts_list.js"
import {PartsTable} from "./parts_table.js"
import {Rulers} from "./rulers.js"
import {UnderlayPanel} from "./underlay_panel.js"
import {barLength, barText, lengthText, readAngle, readLength, scaleText, unitText, units, withUnit} from "./units.js"

export const TOOLS = [
  ["select", "v", "M4 2l10 8-5 .6 3 6-2 1-3-6-3 4z"], ["hand", "h", "M6 9V4a1 1 0 0 1 2 0v4-5a1 1 0 0 1 2 0v5-4a1 1 0 0 1 2 0v5-2a1 1 0 0 1 2 0v5c0 3-2 5-4.500 5S6 16 4 11c-.4-1.200 1-1.800 2-.5z"],
  ["wall", "w", "M2 14L14 2l3 3L5 17z"], ["door", "d", "M4 17V3a12 12 0 0 1 12 13H4"], ["window", "n", "M2 7h15v5H2zM2 9.500h15"],
  ["column", "c", "M6 6h7v7H6zM6 6l7 7M13 6l-7 7"], ["room", "z", "M3 3h13v13H3zM6 9h7"], ["outline", "o", "M3 3h13v7h-5v6H3z"],
  ["keepout", "k", "M9.500 2a7.500 7.500 0 1 0 .01 0M4.300 4.300l10.400 10.400"], ["item", "i", "M3 8h13v5H3zM6 13v3M13 13v3M3 5h13"], ["measure", "m", "M2 12L12 2l5 5L7 17zM5 9l2 2M8 6l2 2M11 3l2 2"],
  ["zoom", "q", "M8 2.500a5.500 5.500 0 1 0 .01 0M12 12l5 5M8 5.500v5M5.500 8h5"],
]
const ALIGN = [["left", "M3 2v15M6 4h9v3H6zM6 11h5v3H6z"], ["centre", "M9.500 2v15M4 4h11v3H4zM6.500 11h6v3h-6z"], ["right", "M16 2v15M4 4h9v3H4zM8 11h5v3H8z"],
  ["top", "M2 3h15M4 6h3v9H4zM11 6h3v5h-3z"], ["middle", "M2 9.500h15M4 4h3v11H4zM11 6.500h3v6h-3z"], ["bottom", "M2 16h15M4 4h3v9H4zM11 8h3v5h-3z"]]
const SPREAD = [["x", "M2 2v15M17 2v15M7.500 5h4v9h-4z"], ["y", "M2 2h15M2 17h15M5 7.500h9v4H5z"]]
const MOST_TOLD = 12
export const UNITS_EVENT = "centreline-units"

export class Panels {
  constructor(root, stage, words) {
    this.root = root
    this.stage = stage
    this.words = words
  }

  attach(ed) {
    this.ed = ed
    this.build()
  }

  w(code, values) {
    return this.ed.word(`editor.${code}`, values)
  }

  build() {
    const w = (c, v) => this.w(c, v)
    this.toolbar = el("div", {class: "ed-tools", role: "toolbar", "aria-label": w("tools"), "aria-orientation": "vertical"})
    this.toolButtons = {}
    for (const [id, letter, path] of TOOLS) {
      const name = `${w(`tool.${id}`)} (${letter.toUpperCase()})`
      const button = el("button", {type: "button", class: "ed-tool", title: name, "aria-label": name, "aria-pressed": "false", onclick: () => { this.ed.use(id); this.stage.focus() }}, icon(path))
      this.toolButtons[id] = button
      this.toolbar.append(button)
    }
    this.toolbar.append(el("span", {class: "ed-gap"}))
    for (const [name, path] of [["undo", "M7 4L3 8l4 4M3 8h8a4.500 4.500 0 0 1 0 9H8"], ["redo", "M12 4l4 4-4 4M16 8H8a4.500 4.500 0 0 0 0 9h3"], ["fit_all", "M2 7V2h5M12 2h5v5M17 12v5h-5M7 17H2v-5"]])
      this.toolbar.append(el("button", {type: "button", class: "ed-tool", title: w(`action.${name}`), "aria-label": w(`action.${name}`), onclick: () => { this.ed.act(name); this.stage.focus() }}, icon(path)))
    this.toolbar.addEventListener("keydown", (ev) => this.rove(ev))
    this.side = el("div", {class: "ed-side", role: "region", "aria-label": w("side")})
    this.options = el("section", {class: "ed-options"})
    this.issuesBox = el("section", {class: "ed-rules", hidden: true, "aria-label": w("rules")})
    this.inspector = new Inspector(this, el("section", {class: "ed-properties"}))
    this.underlay = new UnderlayPanel(this, el("section", {class: "ed-underlay", hidden: true}))
    this.arrange = this.fold("arrange", this.arranging())
    this.layers = new LayersPanel(this, null)
    this.table = new PartsTable(this, el("div", {class: "ed-table"}))
    this.tableBox = this.fold("parts", this.table.box, (open) => { this.root.classList.toggle("wide", open); if (open) this.table.fill() })
    this.side.append(this.options, this.inspector.box, this.issuesBox, this.underlay.box, this.arrange, this.fold("layers", this.layers.rows()), this.tableBox)
    this.statusLine = el("span", {class: "ed-status-text"})
    this.where = el("span", {class: "ed-where"})
    this.bar = el("span", {class: "ed-bar"})
    this.barText = el("span", {class: "ed-bar-text"})
    this.flow = el("span", {class: "ed-flow", hidden: true})
    this.working = el("span", {class: "ed-working", text: "", "aria-hidden": "true"})
    this.unitButton = el("button", {type: "button", class: "ed-units", onclick: () => this.switchUnits()})
    this.status_ = el("div", {class: "ed-status"}, this.statusLine, this.working, this.flow, this.where, this.unitButton, el("span", {class: "ed-scale", "aria-hidden": "true"}, this.bar, this.barText))
    this.live = el("div", {class: "ed-hidden", "aria-live": "polite"})
    this.alert = el("div", {class: "ed-alert", role: "alert", hidden: true})
    this.list = new PartsList(this, el("ul", {class: "ed-proxy", role: "listbox", tabindex: "0", "aria-multiselectable": "true", "aria-label": w("list")}))
    this.list.box.addEventListener("focus", () => this.list.fill())
    this.list.box.addEventListener("keydown", (ev) => this.list.key(ev))
    this.stage.after(this.list.box)
    this.rulers = new Rulers(this.stage, this.ed.view)
    this.rulers.show(true)
    this.stage.append(this.alert)
    this.root.prepend(this.toolbar)
    this.root.append(this.side, this.status_, this.live)
    this.layersChanged()
    this.unitsChanged()
  }

  // Metres or feet, for all drawings of this browser; only what is shown and typed changes.
  switchUnits() {
    keepUnits(units.shown === "ft" ? "m" : "ft")
    globalThis.dispatchEvent(new Event(UNITS_EVENT))
    this.ed.announce(this.w(`said.units_${units.shown}`))
  }

  unitsChanged() {
    units.shown = keptUnits()
    this.unitButton.textContent = unitText()
    for (const [name, value] of [["title", this.w("units")], ["aria-label", `${this.w("units")} (${unitText()})`]]) this.unitButton.setAttribute(name, value)
    for (const unit of this.arrange.querySelectorAll("[data-unit]")) unit.textContent = unitText()
    this.list.stale = true
    this.toolChanged()
    this.selectionChanged()
    this.ed.repaint()
  }

  fold(name, content, toggled = null) {
    const box = el("details", {class: `ed-fold ed-fold-${name}`}, el("summary", {text: this.w(name)}), content)
    if (toggled) box.addEventListener("toggle", () => toggled(box.open))
    return box
  }

  // One stop for Tab in the toolbar, arrows within it.
  rove(ev) {
    const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[ev.key]
    if (!step) return
    const buttons = [...this.toolbar.querySelectorAll("button")], at = buttons.indexOf(ev.target)
    buttons[(at + step + buttons.length) % buttons.length].focus()
    ev.preventDefault()
    ev.stopPropagation()
  }

  letterOf(id) {
    const found = TOOLS.find(([name]) => name === id)
    return found ? found[1].toUpperCase() : ""
  }

  takeFocus() { this.stage.focus({preventScroll: true}) }
  focusField(name) { this.inspector.focusField(name) }
  focusFirstField() { this.inspector.focusFirstField() }
  openCorners() { this.inspector.openCorners() }
  turnLayer(name, what) { this.layers.turn(name, what) }
  layersChanged() { this.layers.changed() }
  underlayChanged() { this.underlay.changed() }

  selectionChanged() {
    const things = this.ed.selected()
    this.inspector.show(things)
    this.arrange.hidden = things.length < 1
    if (this.tableBox.open) this.table.fill()
    this.list.selectionChanged()
  }

  partsChanged() {
    this.list.stale = true
    if (this.tableBox && this.tableBox.open) this.table.fill()
  }

  openArray() { this.openArranging("columns") }
  openTurning() { this.openArranging("turn") }

  openArranging(name) {
    this.arrange.open = true
    const field = this.arrange.querySelector(`[data-field="${name}"]`)
    field.focus()
    field.select()
  }

  toolOf(letter) {
    const found = TOOLS.find(([, l]) => l === letter)
    return found ? found[0] : null
  }

  // -- options of the tool ----------------------------------------------------------------------------------------------------

  toolChanged() {
    const ed = this.ed
    for (const [id, button] of Object.entries(this.toolButtons)) {
      button.setAttribute("aria-pressed", String(ed.tool.id === id))
      button.tabIndex = ed.tool.id === id || (id === "select" && !this.toolButtons[ed.tool.id]) ? 0 : -1
    }
    this.options.replaceChildren(el("h3", {text: this.w(`tool.${ed.tool.id}`)}))
    if (ed.tool.id === "wall") this.options.append(this.lengthField("thickness", ed.options.wall, (mm) => { ed.options.wall = mm }))
    if (ed.tool.id === "column") this.options.append(this.lengthField("size", ed.options.column, (mm) => { ed.options.column = mm }))
    if (ed.tool.id === "keepout") this.options.append(...this.keepoutKinds())
    if (ed.tool.id === "item") this.options.append(this.catalogueList())
    const snap = el("input", {type: "checkbox"})
    snap.checked = ed.options.snap
    snap.addEventListener("change", () => { ed.options.snap = snap.checked })
    this.options.append(el("label", {class: "ed-check"}, snap, document.createTextNode(this.w("snap"))))
  }

  // Whether people may walk where nothing shall stand.
  keepoutKinds() {
    return ["free", "obstacle"].map((kind) => {
      const choice = el("input", {type: "radio", name: "ed-keepout", value: kind})
      choice.checked = this.ed.options.keepout === kind
      choice.addEventListener("change", () => { this.ed.options.keepout = kind; this.stage.focus() })
      return el("label", {class: "ed-check"}, choice, document.createTextNode(this.w(`keepout.${kind}`)))
    })
  }

  catalogueChanged() {
    if (this.ed.tool.id === "item") this.toolChanged()
  }

  catalogueList() {
    const select = el("select", {size: "8", class: "ed-catalogue", "aria-label": this.w("catalogue")})
    const groups = new Map()
    for (const entry of this.ed.catalogue) {
      if (!groups.has(entry.c)) groups.set(entry.c, el("optgroup", {label: this.w(`category.${entry.c}`)}))
      groups.get(entry.c).append(el("option", {value: entry.id, text: `${entry.n || this.ed.kindWord(entry.id)}  ${sizeOf(entry)}`}))
    }
    select.append(...groups.values())
    select.value = this.ed.options.item
    select.addEventListener("change", () => { this.ed.options.item = select.value; this.ed.announce(this.ed.kindWord(select.value)) })
    return select
  }

  lengthField(name, value, set) {
    const input = el("input", {type: "text", value: lengthText(value), inputmode: "decimal", "data-field": name})
    input.addEventListener("change", () => { const mm = readLength(input.value); if (mm > 0) set(mm); input.value = lengthText(mm > 0 ? mm : value) })
    input.addEventListener("keydown", (ev) => ev.stopPropagation())
    return el("label", {class: "ed-field"}, el("span", {text: this.w(`field.${name}`)}), input, el("span", {class: "ed-unit", text: unitText()}))
  }

  arranging() {
    const row = (entries, op, field) => el("div", {class: "ed-row"}, ...entries.map(([value, path]) => el("button", {type: "button", class: "ed-small", title: this.w(`${op}.${value}`), "aria-label": this.w(`${op}.${value}`), onclick: () => this.ed.act(op, {[field]: value})}, icon(path))))
    const numbers = {columns: "3", rows: "1", gap_x: "0", gap_y: "0"}
    const inputs = Object.entries(numbers).map(([name, value]) => el("label", {class: "ed-field"}, el("span", {text: this.w(`field.${name}`)}), el("input", {type: "text", value, "data-field": name, inputmode: "decimal"}), el("span", {class: "ed-unit", text: name.startsWith("gap") ? unitText() : "", "data-unit": name.startsWith("gap")})))
    const read = (i) => inputs[i].querySelector("input").value
    const go = el("button", {type: "button", class: "ed-go", text: this.w("array"), onclick: () => {
      const columns = Math.round(readAngle(read(0)) ?? NaN), rows = Math.round(readAngle(read(1)) ?? NaN), x = readLength(read(2)), y = readLength(read(3))
      if (![columns, rows, x, y].every(Number.isFinite)) return this.complain(this.w("not_a_number", {given: [0, 1, 2, 3].map(read).join(", ")}))
      this.ed.act("array", {columns, rows, gap_x_mm: x, gap_y_mm: y})
    }})
    for (const label of inputs) label.querySelector("input").addEventListener("keydown", (ev) => ev.stopPropagation())
    const acts = el("div", {class: "ed-row"}, ...[["rotate", {degrees: 90}], ["duplicate", {}], ["delete", {}]].map(([name, args]) => el("button", {type: "button", class: "ed-go", text: this.w(`action.${name}`), onclick: () => { this.ed.act(name, args); this.stage.focus() }})))
    return el("div", {}, acts, this.turning(), row(ALIGN, "align", "to"), row(SPREAD, "distribute", "axis"), ...inputs, go)
  }

  // By any angle, about the middle: what the handle does for a hand.
  turning() {
    const input = el("input", {type: "text", value: "15", "data-field": "turn", inputmode: "decimal"}), turn = () => {
      const degrees = readAngle(input.value)
      if (degrees === null) this.complain(this.w("not_a_number", {given: input.value}))
      else this.ed.act("rotate", {degrees})
    }
    input.addEventListener("keydown", (ev) => { ev.stopPropagation(); if (ev.key === "Enter") turn() })
    return el("div", {class: "ed-turning"}, el("label", {class: "ed-field"}, el("span", {text: this.w("field.turn")}), input, el("span", {class: "ed-unit", text: "°"})), el("button", {type: "button", class: "ed-go", text: this.w("turn"), onclick: turn}))
  }

  // -- status line -------------------------------------------------------------------------------------------------------------------

  status(text) { this.statusText = text; this.statusLine.textContent = text; this.statusLine.title = text }
  say(text) { this.statusLine.textContent = text ? `${text} — ${this.statusText || ""}` : this.statusText || "" }
  announce(text) { this.live.textContent = text }
  busy(on) { this.working.textContent = on ? this.w("working") : "" }
  cursorAt(p) { this.rulers.cursorAt(p); this.where.textContent = withUnit(`${lengthText(p[0])}  ${lengthText(p[1])}`) }
  setCursor(name) { this.stage.style.cursor = name }

  complain(text) {
    this.alert.textContent = text
    this.alert.hidden = false
    clearTimeout(this.alertTimer)
    this.alertTimer = setTimeout(() => { this.alert.hidden = true }, 7000)
  }

  viewChanged() {
    const mm = barLength(this.ed.view.scale)
    this.bar.style.width = `${mm * this.ed.view.scale}px`
    this.barText.textContent = `${barText(mm)} · ${scaleText(this.ed.view.scale)}`
    this.rulers.show(this.ed.layers.rulers.on)
    this.rulers.paint()
  }

  // The list of broken rules; a click goes to the place.
  listIssues(issues, stale) {
    const told = JSON.stringify(issues.map((i) => i.text))
    this.issuesBox.hidden = !issues.length
    this.issuesBox.classList.toggle("stale", stale)
    if (told === this.issuesTold) return
    this.issuesTold = told
    this.issuesBox.replaceChildren(el("h3", {text: this.w("issues", {count: issues.length})}), ...issues.slice(0, MOST_TOLD).map((issue) => el("button", {type: "button", class: `ed-issue ${issue.severity}`, text: issue.text || issue.short, onclick: () => {
      this.ed.select(issue.ids)
      const [x, y] = issue.at || [0, 0]
      if (issue.at) { this.ed.view.fit([x - 3000, y - 3000, x + 3000, y + 3000], 0); this.ed.repaint("view") } else this.ed.fitSelection()
    }})))
    if (issues.length > MOST_TOLD) this.issuesBox.append(el("p", {class: "ed-quiet", text: this.w("more_issues", {count: issues.length - MOST_TOLD})}))
  }

  issuesChanged(issues, flow, stale, flowStale) {
    this.listIssues(issues, stale)
    this.flow.hidden = !flow
    if (flow) {
      const change = flow.change === undefined || flow.change === null ? "" : `  (${flow.change >= 0 ? "+" : "−"}${Math.abs(flow.change).toFixed(1)})`
      this.flow.textContent = `${this.w("flow")} ${flow.score.toFixed(1)}${change} · ${this.w("issues", {count: issues.length})}`
    }
    this.flow.classList.toggle("stale", flowStale)
  }
}

// What a browser was told the last time, where it lets itself be told.
function keptUnits() {
  try { return globalThis.localStorage.getItem(UNITS_EVENT) === "ft" ? "ft" : "m" } catch { return units.shown }
}

function keepUnits(name) {
  units.shown = name
  try { globalThis.localStorage.setItem(UNITS_EVENT, name) } catch { /* a browser that keeps nothing shows it as long as the page stands */ }
}


function sizeOf({w, d}) {
  return units.shown === "ft" ? `${lengthText(w)} × ${lengthText(d)}` : `${w / 1000} × ${d / 1000}`
}
