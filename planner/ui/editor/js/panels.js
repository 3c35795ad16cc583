// Everything round the picture: tools, properties, arranging, layers, the table of parts, the status line, the words that a
// screen reader hears. Built with createElement and textContent only.

import {pin} from "./acts.js"
import {boxOf, distance, angleOf} from "./geometry.js"
import {LAYERS} from "./controller.js"
import {SVG} from "./overlay.js"
import {OPENINGS, ownSize} from "./parts.js"
import {Rulers} from "./rulers.js"
import {barLength, barText, degreesText, lengthText, readAngle, readLength, scaleText, unitText, units, withUnit} from "./units.js"

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
const PAGE = 40
export const UNITS_EVENT = "centreline-units"
const BUILDING = ["walls", "openings", "columns", "rooms", "floor", "labels", "grid", "rulers"]
const PRESETS = {everything: "all", building: BUILDING, furniture: [...BUILDING, "fittings", "seats", "zones", "free"], checks: ["walls", "openings", "columns", "floor", "fittings", "seats", "free", "routes", "issues", "rulers"]}

// Fields that are one of a few words, and the command that sets them.
const retype = (name) => (key, word) => ({op: "retype_door", key, [name]: word})
const CHOICES = {
  use: {words: ["internal", "entrance", "exit", "entrance_exit", "staff"], command: retype("use")},
  swing: {words: ["in", "out", "slide", "none"], command: retype("swing")},
  kept: {words: ["unsaid", "stays", "may_go"], command: (key, word) => ({op: "set_structural", key, structural: {stays: true, may_go: false, unsaid: null}[word]})},
}

export function el(tag, options = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(options)) {
    if (name === "class") made.className = value
    else if (name === "text") made.textContent = value
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value)
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value)
  }
  made.append(...children)
  return made
}

export function icon(path) {
  const made = document.createElementNS(SVG, "svg")
  for (const [k, v] of Object.entries({viewBox: "0 0 19 19", width: 19, height: 19, "aria-hidden": "true", class: "ed-icon"})) made.setAttribute(k, v)
  const line = document.createElementNS(SVG, "path")
  line.setAttribute("d", path)
  made.append(line)
  return made
}

export class Panels {
  constructor(root, stage, words) {
    this.root = root
    this.stage = stage
    this.words = words
    this.page = 0
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
    this.properties = el("section", {class: "ed-properties"})
    this.underlayBox = el("section", {class: "ed-underlay", hidden: true})
    this.arrange = this.fold("arrange", this.arranging())
    this.layersBox = this.fold("layers", this.layerRows())
    this.tableBox = this.fold("parts", el("div", {class: "ed-table"}), (open) => { this.root.classList.toggle("wide", open); if (open) this.fillTable() })
    this.side.append(this.options, this.properties, this.issuesBox, this.underlayBox, this.arrange, this.layersBox, this.tableBox)
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
    this.list = el("ul", {class: "ed-proxy", role: "listbox", tabindex: "0", "aria-multiselectable": "true", "aria-label": w("list")})
    this.list.addEventListener("focus", () => this.fillList())
    this.list.addEventListener("keydown", (ev) => this.listKey(ev))
    this.stage.after(this.list)
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
    this.listStale = true
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

  focusField(name) {
    const field = this.properties.querySelector(`[data-field="${name}"]`)
    if (field) { field.focus(); field.select() }
  }

  focusFirstField() {
    const field = this.properties.querySelector("input, select")
    if (field) { field.focus(); if (field.select) field.select() }
  }

  openArray() {
    this.arrange.open = true
    const field = this.arrange.querySelector('[data-field="columns"]')
    field.focus()
    field.select()
  }

  turnLayer(name, what) {
    const layer = this.ed.layers[name]
    if (what === "show") layer.on = !layer.on
    else layer.lock = !layer.lock
    this.ed.selection = new Set(this.ed.selected().filter((t) => this.ed.layers[t.y].on && !this.ed.layers[t.y].lock).map((t) => t.k))
    this.ed.settle()
    this.layersChanged()
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

  // -- properties ---------------------------------------------------------------------------------------------------------------

  selectionChanged() {
    const ed = this.ed, things = ed.selected(), box = this.properties
    const active = this.root.getRootNode().activeElement
    const focused = active && box.contains(active) ? active.dataset.field : null
    box.replaceChildren()
    if (!things.length) { box.append(el("h3", {text: this.w("nothing")}), el("p", {class: "ed-quiet", text: this.w("nothing_hint")})) } else {
      box.append(el("h3", {text: things.length === 1 ? ed.nameOf(things[0]) : this.w("many", {count: things.length})}))
      if (things.length === 1 && things[0].b) box.append(el("button", {type: "button", class: "ed-link", text: this.w("whole_bank"), onclick: () => ed.select([...ed.things.values()].filter((t) => t.b === things[0].b).map((t) => t.k))}))
      for (const field of fieldsOf(things)) box.append(this.field(field, things))
      if (things.some((t) => t.t === "item")) box.append(this.pinField(things))
      if (things.every((t) => t.t === "free")) box.append(this.freeField(things))
    }
    if (focused) { const again = box.querySelector(`[data-field="${focused}"]`); if (again) again.focus() }
    this.arrange.hidden = things.length < 1
    if (this.tableBox.open) this.fillTable()
    for (const option of this.list.children) option.setAttribute("aria-selected", String(ed.selection.has(option.dataset.key)))
  }

  field(name, things) {
    const values = [...new Set(things.map((t) => readField(t, name)))], mixed = values.length > 1
    if (CHOICES[name]) return this.choice(name, things, mixed ? "mixed" : values[0])
    const input = el("input", {type: "text", value: mixed ? "" : values[0], placeholder: mixed ? this.w("mixed") : "", "data-field": name, autocomplete: "off", inputmode: name === "name" ? "text" : "decimal", dir: "auto"})
    const unit = name === "angle" ? "°" : name === "name" ? "" : unitText()
    const apply = () => {
      if (input.value === (mixed ? "" : values[0])) return
      const commands = things.map((t) => writeField(t, name, input.value)).filter(Boolean)
      if (commands.length) this.ed.commit(null, null, {commands})
      else { this.complain(this.w("not_a_number", {given: input.value})); input.value = mixed ? "" : values[0] }
    }
    input.addEventListener("change", apply)
    input.addEventListener("keydown", (ev) => { if (ev.key === "Escape") { input.value = mixed ? "" : values[0]; this.stage.focus() } ev.stopPropagation() })
    return el("label", {class: "ed-field"}, el("span", {text: this.w(`field.${name}`)}), input, el("span", {class: "ed-unit", text: unit}))
  }

  choice(name, things, value) {
    const {words, command} = CHOICES[name], select = el("select", {"data-field": name})
    if (!words.includes(value)) select.append(el("option", {value: "", text: this.w("mixed")}))
    for (const word of words) select.append(el("option", {value: word, text: this.w(`${name}.${word}`)}))
    select.value = words.includes(value) ? value : ""
    select.addEventListener("change", () => { if (words.includes(select.value)) this.ed.commit(null, null, {commands: things.map((t) => command(t.k, select.value))}) })
    select.addEventListener("keydown", (ev) => ev.stopPropagation())
    return el("label", {class: "ed-field"}, el("span", {text: this.w(`field.${name}`)}), select, el("span"))
  }

  // What an area is kept free of: anything, or one module by its name.
  freeField(things) {
    const select = el("select", {"data-field": "free"}), values = new Set(things.map((t) => t.mi))
    if (values.size > 1) select.append(el("option", {value: "?", text: this.w("mixed")}))
    for (const [id, name] of [["", this.w("free.all")], ...things[0].of]) select.append(el("option", {value: id, text: name}))
    select.value = values.size > 1 ? "?" : things[0].mi
    select.addEventListener("change", () => { if (select.value !== "?") this.ed.commit(null, null, {commands: things.map((t) => ({op: "set_free", key: t.k, module: select.value}))}) })
    select.addEventListener("keydown", (ev) => ev.stopPropagation())
    return el("label", {class: "ed-field"}, el("span", {text: this.w("field.free")}), select, el("span"))
  }

  pinField(things) {
    const box = el("input", {type: "checkbox", "data-field": "pin"})
    const items = things.filter((t) => t.t === "item")
    box.checked = items.every((t) => t.pin)
    box.indeterminate = !box.checked && items.some((t) => t.pin)
    box.addEventListener("change", () => pin(this.ed, items))
    return el("label", {class: "ed-check"}, box, document.createTextNode(this.w("pinned")))
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
    return el("div", {}, acts, row(ALIGN, "align", "to"), row(SPREAD, "distribute", "axis"), ...inputs, go)
  }

  // -- layers -------------------------------------------------------------------------------------------------------------------

  layerRows() {
    this.layerButtons = {}
    const box = el("div", {class: "ed-layers"}, this.presets())
    for (const name of LAYERS) {
      const toggle = (what, path) => el("button", {type: "button", class: "ed-small", title: this.w(what, {layer: this.w(`layer.${name}`)}), "aria-label": this.w(what, {layer: this.w(`layer.${name}`)}), onclick: () => this.turnLayer(name, what)}, icon(path))
      const eye = toggle("show", "M1 9.500Q9.500 1 18 9.500Q9.500 18 1 9.500M9.500 7a2.500 2.500 0 1 0 .01 0"), lock = toggle("lock", "M4 9h11v8H4zM6 9V6a3.500 3.500 0 0 1 7 0v3")
      if (["floor", "zones", "routes", "issues", "labels", "grid", "rulers", "underlay"].includes(name)) lock.style.visibility = "hidden"
      const strength = el("input", {type: "range", min: "10", max: "100", step: "10", class: "ed-strength", title: this.w("layer_opacity"), "aria-label": this.w("strength", {layer: this.w(`layer.${name}`)})})
      strength.addEventListener("input", () => { this.ed.layers[name].alpha = Number(strength.value) / 100; this.ed.repaint() })
      strength.addEventListener("keydown", (ev) => ev.stopPropagation())
      this.layerButtons[name] = [eye, lock, strength]
      box.append(el("div", {class: "ed-layer"}, el("span", {text: this.w(`layer.${name}`)}), strength, eye, lock))
    }
    return box
  }

  // Sets of layers for what one is at: all of them, the building, the furniture, what is wrong.
  presets() {
    const select = el("select", {"aria-label": this.w("presets")}, el("option", {value: "", text: this.w("presets")}), ...Object.keys(PRESETS).map((name) => el("option", {value: name, text: this.w(`preset.${name}`)})))
    select.addEventListener("change", () => {
      const shown = PRESETS[select.value]
      if (!shown) return
      for (const name of LAYERS) this.ed.layers[name].on = shown === "all" || shown.includes(name)
      this.ed.selection = new Set(this.ed.selected().filter((t) => this.ed.layers[t.y].on).map((t) => t.k))
      this.ed.settle()
      this.layersChanged()
      select.value = ""
    })
    return el("label", {class: "ed-presets"}, select)
  }

  // The picture under the plan: scale it by two points, make it fainter, take it off.
  underlayChanged() {
    const image = this.ed.underlay
    this.underlayBox.hidden = !image
    if (!image) return
    const alpha = el("input", {type: "range", min: "10", max: "100", value: String(Math.round(image.alpha * 100)), "aria-label": this.w("opacity")})
    alpha.addEventListener("input", () => this.ed.moveUnderlay({alpha: Number(alpha.value) / 100}, false))
    alpha.addEventListener("change", () => this.ed.moveUnderlay({alpha: Number(alpha.value) / 100}))
    const turned = el("input", {type: "text", value: degreesText((image.angle * 180) / Math.PI), inputmode: "decimal", "data-field": "underlay-angle"})
    turned.addEventListener("change", () => {
      const degrees = readAngle(turned.value)
      if (degrees === null) { this.complain(this.w("not_an_angle", {given: turned.value})); turned.value = degreesText((image.angle * 180) / Math.PI) } else this.ed.turnUnderlay(degrees)
    })
    for (const input of [alpha, turned]) input.addEventListener("keydown", (ev) => ev.stopPropagation())
    const quarter = (by, name) => el("button", {type: "button", class: "ed-go", text: this.w(`menu.${name}`), onclick: () => this.ed.turnUnderlay((this.ed.underlay.angle * 180) / Math.PI + by)})
    this.underlayBox.replaceChildren(el("h3", {text: this.w("layer.underlay")}),
      el("label", {class: "ed-field"}, el("span", {text: this.w("layer_opacity")}), alpha, el("span")),
      el("label", {class: "ed-field"}, el("span", {text: this.w("field.angle")}), turned, el("span", {class: "ed-unit", text: "°"})),
      el("div", {class: "ed-row"}, quarter(90, "turn_left"), quarter(-90, "turn_right")), el("div", {class: "ed-row"},
      el("button", {type: "button", class: "ed-go", text: this.w("tool.underlay"), onclick: () => { this.ed.use("underlay"); this.stage.focus() }}),
      el("button", {type: "button", class: "ed-go", text: this.w("tool.calibrate"), onclick: () => { this.ed.use("calibrate"); this.stage.focus() }})))
  }

  layersChanged() {
    for (const [name, [eye, lock, strength]] of Object.entries(this.layerButtons)) {
      strength.value = String(Math.round(this.ed.layers[name].alpha * 100))
      strength.disabled = !this.ed.layers[name].on
      eye.setAttribute("aria-pressed", String(this.ed.layers[name].on))
      lock.setAttribute("aria-pressed", String(this.ed.layers[name].lock))
    }
  }

  // -- the table of parts: everything by typing -------------------------------------------------------------------------------------

  partsChanged() {
    this.listStale = true
    if (this.tableBox && this.tableBox.open) this.fillTable()
  }

  fillTable() {
    const host = this.tableBox.querySelector(".ed-table"), ed = this.ed
    const active = this.root.getRootNode().activeElement
    if (active && host.contains(active) && active.dataset.typing) return
    const all = [...ed.things.values()].filter((t) => t.t !== "outline" && t.t !== "hole"), chosen = all.filter((t) => ed.selection.has(t.k))
    const rows = chosen.length > 1 ? chosen : all, pages = Math.max(1, Math.ceil(rows.length / PAGE))
    this.page = Math.min(this.page, pages - 1)
    const names = ["name", "x", "y", "width", "depth", "angle"]
    const head = el("tr", {}, el("th", {scope: "col", text: this.w("field.part")}), ...names.map((n) => el("th", {scope: "col", text: this.w(`field.${n}`)})))
    const body = rows.slice(this.page * PAGE, (this.page + 1) * PAGE).map((t) => el("tr", {"data-key": t.k, class: ed.selection.has(t.k) ? "chosen" : "", onclick: () => ed.select([t.k])},
      el("th", {scope: "row", text: ed.nameOf({...t, n: ""})}), ...names.map((n) => el("td", {}, ...this.cell(t, n)))))
    const turn = (by, text) => el("button", {type: "button", class: "ed-small", text, "aria-label": this.w(by < 0 ? "earlier" : "later"), onclick: () => { this.page = Math.min(Math.max(this.page + by, 0), pages - 1); this.fillTable() }})
    host.replaceChildren(el("table", {"aria-label": this.w("parts")}, el("thead", {}, head), el("tbody", {}, ...body)), el("div", {class: "ed-row"}, turn(-1, "‹"), el("span", {class: "ed-quiet", text: `${this.page + 1} / ${pages}`}), turn(1, "›")))
  }

  cell(t, name) {
    const allowed = fieldsOf([t])
    const field = name === "width" && t.t === "wall" ? "length" : name
    if (!allowed.includes(field)) return []
    const value = readField(t, field), input = el("input", {type: "text", value, "aria-label": `${this.ed.nameOf(t)} ${this.w(`field.${field}`)}`, "data-typing": "1", dir: "auto"})
    input.addEventListener("click", (ev) => ev.stopPropagation())
    input.addEventListener("keydown", (ev) => { ev.stopPropagation(); if (ev.key === "Enter") input.blur() })
    input.addEventListener("change", () => {
      const command = writeField(t, field, input.value)
      delete input.dataset.typing
      if (command) this.ed.commit(command)
      else { input.value = value; this.complain(this.w("not_a_number", {given: input.value})) }
    })
    return [input]
  }

  // -- for screen readers: the parts as a list ---------------------------------------------------------------------------------------

  fillList() {
    if (!this.listStale && this.list.children.length) return
    this.listStale = false
    this.list.replaceChildren(...this.ed.pickable().map((t, i) => el("li", {role: "option", id: `ed-part-${i}`, "data-key": t.k, "aria-selected": String(this.ed.selection.has(t.k)), text: describe(t, this.ed)})))
    this.atPart = 0
    this.markPart()
  }

  markPart() {
    const option = this.list.children[this.atPart]
    if (option) this.list.setAttribute("aria-activedescendant", option.id)
  }

  listKey(ev) {
    const step = {ArrowDown: 1, ArrowUp: -1}[ev.key], count = this.list.children.length
    if (!count || (!step && ev.key !== " " && ev.key !== "Enter")) return
    if (ev.altKey || ev.ctrlKey) return
    ev.preventDefault()
    ev.stopPropagation()
    if (step) this.atPart = (this.atPart + step + count) % count
    const key = this.list.children[this.atPart].dataset.key
    if (step && !ev.shiftKey) this.ed.select([key])
    else if (ev.key === "Enter") { this.ed.select([key]); this.ed.fitSelection(); this.stage.focus() } else this.ed.toggle(key)
    this.markPart()
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
    this.issuesBox.replaceChildren(el("h3", {text: this.w("issues", {count: issues.length})}), ...issues.slice(0, 12).map((issue) => el("button", {type: "button", class: `ed-issue ${issue.severity}`, text: issue.text || issue.short, onclick: () => {
      this.ed.select(issue.ids)
      const [x, y] = issue.at || [0, 0]
      if (issue.at) { this.ed.view.fit([x - 3000, y - 3000, x + 3000, y + 3000], 0); this.ed.repaint("view") } else this.ed.fitSelection()
    }})))
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

function describe(t, ed) {
  const b = boxOf(t.r)
  return `${ed.nameOf(t)}, ${lengthText(b[0])} ${lengthText(b[1])}, ${withUnit(`${lengthText(b[2] - b[0])} × ${lengthText(b[3] - b[1])}`)}`
}

// The fields that all of these parts share.
export function fieldsOf(things) {
  const of = {
    item: ["name", "x", "y", "width", "depth", "angle"], wall: ["length", "angle", "thickness", "kept"], door: ["width", "use", "swing"], window: ["width"],
    column: ["x", "y", "width", "depth"], obstacle: ["x", "y", "width", "depth"], free: ["x", "y", "width", "depth"], space: ["name", "x", "y", "width", "depth"], outline: [], hole: [],
  }
  return things.map((t) => of[t.t] || []).reduce((shared, fields) => shared.filter((f) => fields.includes(f)))
}

export function readField(t, name) {
  if (name === "name") return t.n || ""
  if (name === "angle") return degreesText(t.t === "wall" ? angleOf(...t.e) : t.a)
  if (name === "use") return t.s
  if (name === "swing") return t.swing
  if (name === "kept") return t.kept || "unsaid"
  return lengthText(fieldMm(t, name))
}

// A length of a part in millimetres, whatever it is shown in.
function fieldMm(t, name) {
  const b = boxOf(t.r)
  if (name === "x") return b[0]
  if (name === "y") return b[1]
  if (name === "thickness") return t.w
  if (name === "length" || OPENINGS.has(t.t)) return Math.round(distance(...t.e))
  const [wide, deep] = t.t === "item" ? ownSize(t) : [b[2] - b[0], b[3] - b[1]]
  return Math.round(name === "width" ? wide : deep)
}

function sizeOf({w, d}) {
  return units.shown === "ft" ? `${lengthText(w)} × ${lengthText(d)}` : `${w / 1000} × ${d / 1000}`
}

// The command that gives a field this text; null where the text is none.
export function writeField(t, name, text) {
  const b = boxOf(t.r), key = t.k
  if (name === "name") return {op: "rename", key, name: text}
  if (name === "angle") { const degrees = readAngle(text); return degrees === null ? null : {op: "set_angle", key, degrees} }
  const mm = readLength(text)
  if (mm === null) return null
  if (name === "x") return {op: "set_place", key, x_mm: mm, y_mm: b[1]}
  if (name === "y") return {op: "set_place", key, x_mm: b[0], y_mm: mm}
  if (name === "length") return {op: "set_length", key, length_mm: mm}
  if (name === "thickness") return {op: "set_thickness", key, thickness_mm: mm}
  return {op: "set_size", key, width_mm: name === "width" ? mm : fieldMm(t, "width"), depth_mm: OPENINGS.has(t.t) ? 0 : name === "depth" ? mm : fieldMm(t, "depth")}
}
