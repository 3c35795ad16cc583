// Tools that draw: walls and polygons point by point with typed lengths and angles, openings, fittings, measures.

import {angleOf, boxOf, boxRing, distance, pointAt} from "./geometry.js"
import {hostsOf, moveThing, slideTo, stripRound} from "./parts.js"
import {signed} from "./select_tool.js"
import {snapDrag, snapIndex, snapPoint} from "./snap.js"
import {degreesText, isPartOfNumber, lengthText, measure, readAngle, readLength, withUnit} from "./units.js"

class PointTool {
  constructor(ed, id) {
    this.ed = ed
    this.id = id
    this.points = []
    this.at = null
    this.typed = {length: "", angle: "", field: "length"}
    this.index = null
  }

  snapIndexNow() {
    this.index = this.index || snapIndex([...this.ed.things.values()].filter((t) => this.ed.shows(t)))
    return this.index
  }

  sceneChanged() {
    this.index = null
  }

  snapped(p, ev) {
    const ed = this.ed, from = this.points[this.points.length - 1] || null
    const found = snapPoint(this.snapIndexNow(), p, {tol: ed.mm(8), from, chain: this.points.slice(0, -1), grid: ed.gridStep(), free: ev.altKey || !ed.options.snap})
    if (from) found.at = this.withTyped(from, found.at)
    return found
  }

  // The next point with what was typed: a length keeps the hand's direction, an angle the hand's distance.
  withTyped(from, at) {
    const length = readLength(this.typed.length), angle = readAngle(this.typed.angle)
    if (length === null && angle === null) return at
    return pointAt(from, length === null ? distance(from, at) : length, angle === null ? angleOf(from, at) : angle).map(Math.round)
  }

  clearTyped() {
    this.typed = {length: "", angle: "", field: "length"}
  }

  cancel() {
    const had = this.points.length > 0
    this.points = []
    this.clearTyped()
    this.ed.endGesture()
    return had
  }

  down() {}

  typedText(from) {
    const {length, angle, field} = this.typed
    const l = length || (this.at ? lengthText(distance(from, this.at)) : ""), a = angle || (this.at ? degreesText(angleOf(from, this.at)) : "")
    return field === "length" ? `${withUnit(`[${l}]`)}   ${a}°` : `${withUnit(l)}   [${a}]°`
  }

  // The first point may be typed too: across, Tab, up, Enter.
  firstKey(ev) {
    const typed = this.typed, here = this.ed.cross || this.lastHand || [0, 0]
    const begun = typed.length || typed.angle || typed.field === "angle"
    if (!begun && "+-".includes(ev.key)) return false
    if (isPartOfNumber(ev.key)) typed[typed.field] += ev.key
    else if (!begun) return false
    else if (ev.key === "Tab") typed.field = typed.field === "length" ? "angle" : "length"
    else if (ev.key === "Backspace") typed[typed.field] = typed[typed.field].slice(0, -1)
    else if (ev.key === "Enter") {
      const x = readLength(typed.length), y = readLength(typed.angle)
      this.add([x === null ? here[0] : x, y === null ? here[1] : y].map(Math.round))
      return true
    } else return false
    const [x, y] = [typed.length || lengthText(here[0]), typed.angle || lengthText(here[1])]
    this.ed.overlay.clear("measure")
    this.ed.overlay.label("measure", here, withUnit(typed.field === "length" ? `x [${x}]   y ${y}` : `x ${x}   y [${y}]`), "typed", 0, -14)
    return true
  }

  key(ev) {
    const from = this.points[this.points.length - 1]
    if (ev.ctrlKey || ev.metaKey || ev.altKey) return false
    if (!from) return this.firstKey(ev)
    if (isPartOfNumber(ev.key)) { this.typed[this.typed.field] += ev.key; this.redraw(); return true }
    if (ev.key === "Tab") { this.typed.field = this.typed.field === "length" ? "angle" : "length"; this.redraw(); return true }
    if (ev.key === "Backspace") {
      const field = this.typed.field
      if (this.typed[field]) this.typed[field] = this.typed[field].slice(0, -1)
      else this.points.pop()
      this.redraw()
      return true
    }
    if (ev.key === "Enter") {
      const cross = this.ed.cross
      if (this.typed.length || this.typed.angle) this.add(this.withTyped(from, this.at || from))
      else if (cross && distance(from, cross) >= 1 && this.at && distance(from, this.at) >= 1) return false
      else this.finish(false)
      return true
    }
    return false
  }

  redraw() {
    if (this.lastHand) this.move(this.lastHand, {altKey: false})
    else if (this.points.length) this.move(this.points[this.points.length - 1], {altKey: false})
  }
}

// Walls in a chain, or the corners of an outline, room or keep-out. A polygon may also be pulled up as a rectangle.
export class ChainTool extends PointTool {
  constructor(ed, id, kind) {
    super(ed, id)
    this.kind = kind
    this.pull = null
  }

  status() {
    return this.points.length ? `editor.status.${this.kind}_next` : `editor.status.${this.kind}`
  }

  down(p, ev) {
    if (this.kind !== "wall" && !this.points.length) this.pull = this.snapped(p, ev).at
  }

  move(p, ev) {
    const ed = this.ed, o = ed.overlay
    this.lastHand = p
    const found = this.snapped(p, ev)
    this.at = found.at
    o.clear("draft", "guides", "measure", "hint")
    if (this.pull && distance(this.pull, this.at) > ed.mm(6)) {
      const box = boxOf([this.pull, this.at])
      o.box("draft", box, "ed-draft area")
      o.dimension("measure", [box[0], box[1]], [box[2], box[1]], lengthText(box[2] - box[0]))
      o.dimension("measure", [box[2], box[1]], [box[2], box[3]], lengthText(box[3] - box[1]))
      this.judged(boxRing(box))
      return
    }
    const points = [...this.points, this.at]
    for (const [x1, y1, x2, y2] of found.guides) o.line("guides", [[x1, y1], [x2, y2]], "ed-guide")
    if (this.kind === "wall") for (let i = 1; i < points.length; i++) o.rings("draft", [stripRound([points[i - 1], points[i]], ed.options.wall / 2)], "ed-draft")
    else if (points.length > 1) o.line("draft", points.length > 2 ? [...points, points[0]] : points, "ed-draft area")
    for (const q of this.points) o.add("draft", "circle", {cx: ed.view.toScreen(q)[0], cy: ed.view.toScreen(q)[1], r: 3, class: "ed-dot"})
    const [sx, sy] = ed.view.toScreen(this.at)
    o.add("draft", "path", {class: "ed-cross", d: `M${sx - 7} ${sy}H${sx + 7}M${sx} ${sy - 7}V${sy + 7}`})
    const from = this.points[this.points.length - 1]
    if (from) o.label("measure", [(from[0] + this.at[0]) / 2, (from[1] + this.at[1]) / 2], this.typedText(from), this.typed.length || this.typed.angle ? "typed" : "strong", 0, -14)
    if (found.reason) o.label("hint", this.at, ed.reason(found.reason), "", 0, 24)
    this.judged(this.drawn(points))
  }

  // What would be made if the hand ended here.
  drawn(points) { return points }

  // The rules on what is being drawn, as far as they look at such things.
  judged(points) {
    const ed = this.ed, command = ["wall", "column", "keepout"].includes(this.kind) ? this.commandOf(points, false) : null
    if (!command) return
    ed.warn(this.at, 46)
    ed.preview(command)
  }

  up(p, ev) {
    const pulled = this.pull
    this.pull = null
    if (pulled && this.at && distance(pulled, this.at) > this.ed.mm(6)) {
      this.points = boxRing(boxOf([pulled, this.at]))
      return this.finish(true)
    }
    this.add(this.snapped(p, ev).at)
  }

  add(at) {
    this.clearTyped()
    const first = this.points[0], last = this.points[this.points.length - 1]
    if (first && this.points.length > 2 && distance(first, at) < Math.max(this.ed.mm(8), 1)) return this.finish(true)
    if (!last || distance(last, at) >= 1) this.points.push(at)
    if (this.ed.cross) { this.ed.cross = at; this.lastHand = at }
    this.ed.refreshStatus()
    this.redraw()
  }

  double() {
    this.finish(false)
  }

  finish(closed) {
    const ed = this.ed, points = this.points
    this.points = []
    this.clearTyped()
    ed.endGesture()
    const command = this.commandOf(points, closed)
    if (command) ed.commit(command, null, {selectNew: !["wall", "outline"].includes(this.kind)})
  }

  commandOf(points, closed) {
    if (points.length < (this.kind === "wall" ? 2 : 3)) return null
    if (this.kind === "wall") return {op: "add_walls", points, thickness_mm: this.ed.options.wall, closed}
    if (this.kind === "outline") return {op: "draw_outline", points}
    if (this.kind === "room") return {op: "add_space", outline: points}
    if (this.kind === "column") return {op: "add_column", outline: points}
    if (this.ed.options.keepout === "free") return {op: "add_free", outline: points}
    return {op: "add_obstacle", outline: points, kind: "keep_out"}
  }
}

// A column: a click sets a square one, a pull gives it its size.
export class ColumnTool extends ChainTool {
  constructor(ed) {
    super(ed, "column", "column")
  }

  up(p, ev) {
    const pulled = this.pull
    this.pull = null
    const at = this.snapped(p, ev).at
    if (pulled && distance(pulled, at) > this.ed.mm(6)) this.points = boxRing(boxOf([pulled, at]))
    else this.points = this.drawn([at])
    this.finish(true)
  }

  drawn(points) {
    const [x, y] = points[points.length - 1], half = this.ed.options.column / 2
    return boxRing([x - half, y - half, x + half, y + half])
  }
}

const USES = ["internal", "entrance", "exit", "entrance_exit", "staff"]

// Doors and windows slide along the walls under the hand; typing gives the width, Tab the use.
export class OpeningTool {
  constructor(ed, id) {
    this.ed = ed
    this.id = id
    this.typed = ""
    this.use = "internal"
    this.width = id === "door" ? 1000 : 1200
  }

  status() { return `editor.status.${this.id}` }
  down() {}
  sceneChanged() {}

  move(p, ev = {}) {
    const ed = this.ed, o = ed.overlay, free = ev.altKey || !ed.options.snap
    this.hand = p
    o.clear("draft", "measure", "hint")
    this.place = slideTo(hostsOf(ed.things.values(), this.id === "door" && this.use === "internal"), p, this.width, free ? {} : {step: ed.gridStep(), tol: ed.mm(8)})
    if (!this.place) return o.label("hint", p, ed.word("editor.hint.no_wall"), "bad", 0, -18)
    o.rings("draft", [stripRound(this.place.e, 70)], "ed-draft")
    const use = this.id === "door" ? ` · ${ed.word(`editor.use.${this.use}`)}` : ""
    const reason = this.place.what ? ` · ${ed.reason(this.place)}` : ""
    o.label("hint", p, `${withUnit(this.typed ? `[${this.typed}]` : lengthText(this.width))}${use}${reason}`, this.typed ? "typed" : "strong", 0, -18)
  }

  up(p, ev) {
    this.move(p, ev)
    if (!this.place) return
    const near = this.place.at
    if (this.id === "door") this.ed.commit({op: "add_door", near, use: this.use, width_mm: this.width}, null, {selectNew: true})
    else this.ed.commit({op: "add_window", near, width_mm: this.width}, null, {selectNew: true})
  }

  key(ev) {
    if (ev.ctrlKey || ev.metaKey || ev.altKey) return false
    if (isPartOfNumber(ev.key)) this.typed += ev.key
    else if (ev.key === "Backspace" && this.typed) this.typed = this.typed.slice(0, -1)
    else if (ev.key === "Tab" && this.id === "door" && this.hand) this.use = USES[(USES.indexOf(this.use) + 1) % USES.length]
    else if (ev.key === "Enter" && this.typed) {
      const width = readLength(this.typed)
      if (width) this.width = width
      this.typed = ""
    } else return false
    if (this.hand) this.move(this.hand)
    return true
  }

  cancel() {
    const had = Boolean(this.typed)
    this.typed = ""
    this.ed.endGesture()
    return had
  }
}

// A fitting of the catalogue under the hand, with the floor it needs; R turns it.
export class ItemTool {
  constructor(ed) {
    this.ed = ed
    this.id = "item"
    this.angle = 0
  }

  status() { return "editor.status.item" }
  down() {}
  sceneChanged() { this.index = null }

  ghostThing(at) {
    const kind = this.ed.catalogue.find((c) => c.id === this.ed.options.item) || this.ed.catalogue[0]
    if (!kind) return null
    return moveThing({k: "new", t: "item", r: kind.r, z: kind.z, o: [0, 0], a: 0}, {degrees: this.angle, about: [0, 0], dx: at[0], dy: at[1]})
  }

  move(p, ev) {
    const ed = this.ed, o = ed.overlay
    this.hand = p
    this.index = this.index || snapIndex([...ed.things.values()].filter((t) => ed.shows(t)))
    const start = this.ghostThing([0, 0])
    if (!start) return
    const found = snapDrag(this.index, start.r, boxOf(start.r), p[0], p[1], {tol: ed.mm(7), grid: ed.gridStep(), free: ev.altKey || !ed.options.snap, view: ed.view.box()})
    this.at = [found.dx, found.dy]
    const thing = this.ghostThing(this.at)
    o.clear("draft", "guides", "hint")
    o.rings("draft", thing.z.map(([, ring]) => ring), "ed-zone")
    o.rings("draft", [thing.r], "ed-draft")
    for (const [x1, y1, x2, y2] of found.guides) o.line("guides", [[x1, y1], [x2, y2]], "ed-guide")
    const reason = found.reasons.map((r) => ed.reason(r)).filter(Boolean).join(" · ")
    o.label("hint", [this.at[0], boxOf(thing.r)[3]], reason || ed.kindWord(ed.options.item), "", 0, -14)
    ed.preview({op: "add_item", kind: ed.options.item, at: this.at, rotation_deg: this.angle})
  }

  up(p, ev) {
    this.move(p, ev)
    if (this.at) this.ed.commit({op: "add_item", kind: this.ed.options.item, at: this.at, rotation_deg: this.angle}, null, {selectNew: true})
  }

  key(ev) {
    if (ev.key.toLowerCase() !== "r" || ev.ctrlKey || ev.metaKey || ev.altKey) return false
    this.angle = (this.angle + (ev.shiftKey ? 270 : 90)) % 360
    if (this.hand) this.move(this.hand, ev)
    return true
  }

  cancel() {
    this.ed.endGesture()
    return false
  }
}

// A tape: two clicks, the distance stays until the next. With `calibrate` it scales the underlay instead.
export class MeasureTool extends PointTool {
  constructor(ed, id = "measure") {
    super(ed, id)
  }

  status() { return this.points.length ? `editor.status.${this.id}_next` : `editor.status.${this.id}` }

  move(p, ev) {
    const found = this.snapped(p, ev), o = this.ed.overlay
    this.lastHand = p
    this.at = found.at
    if (!this.points.length) { o.clear("guides"); return }
    o.clear("measure", "guides", "hint")
    this.show(this.points[0], this.at)
    if (found.reason) o.label("hint", this.at, this.ed.reason(found.reason), "", 0, 24)
  }

  show(a, b) {
    const typed = this.typed.length ? `[${this.typed.length}]` : lengthText(distance(a, b))
    this.ed.overlay.dimension("measure", a, b, `${withUnit(typed)}   Δ ${lengthText(Math.abs(b[0] - a[0]))} × ${lengthText(Math.abs(b[1] - a[1]))}   ${degreesText(angleOf(a, b))}°`, "strong")
  }

  up(p, ev) {
    const at = this.snapped(p, ev).at
    if (!this.points.length) { this.points = [at]; this.ed.overlay.clear("measure"); this.ed.refreshStatus(); return }
    const [a] = this.points
    if (this.id === "calibrate") { this.second = at; return }
    this.points = []
    this.ed.refreshStatus()
    this.ed.announce(measure(distance(a, at)))
  }

  withTyped(from, at) {
    return at
  }

  add(at) {
    this.up(at, {altKey: true})
  }

  finish() {}

  key(ev) {
    if (this.id === "calibrate" && ev.key === "Enter" && this.points.length && this.typed.length) {
      const length = readLength(this.typed.length)
      if (length > 0) this.ed.calibrate(this.points[0], this.second || this.at, length)
      this.cancel()
      return true
    }
    return super.key(ev)
  }
}

// A frame pulled open fills the picture; a click goes twice as near, with Alt or Shift twice as far.
export class ZoomTool {
  constructor(ed) {
    this.ed = ed
    this.id = "zoom"
    this.from = null
  }

  status() { return "editor.status.zoom" }
  sceneChanged() {}

  down(p) { this.from = p }

  move(p) {
    this.ed.overlay.clear("rubber")
    if (this.from) this.ed.overlay.box("rubber", boxOf([this.from, p]), "ed-rubber")
  }

  up(p, ev) {
    const ed = this.ed, from = this.from
    this.cancel()
    if (!from) return
    if (distance(from, p) > ed.mm(6)) ed.fitBox(boxOf([from, p]))
    else ed.zoom(ed.view.toScreen(p), ev.altKey || ev.shiftKey ? 0.5 : 2)
  }

  cancel() {
    const had = Boolean(this.from)
    this.from = null
    this.ed.endGesture()
    return had
  }
}

// The picture under the plan follows the hand, or the arrows; it rests where it is let go.
export class UnderlayTool {
  constructor(ed) {
    this.ed = ed
    this.id = "underlay"
    this.from = null
  }

  status() { return "editor.status.underlay" }
  sceneChanged() {}

  down(p) {
    const image = this.ed.underlay
    this.from = image ? {p, x: image.x, y: image.y} : null
  }

  move(p) {
    const from = this.from, o = this.ed.overlay
    if (!from) return
    this.ed.moveUnderlay({x: from.x + p[0] - from.p[0], y: from.y + p[1] - from.p[1]}, false)
    o.clear("hint", "guides")
    o.line("guides", [from.p, p], "ed-guide")
    o.label("hint", p, `${signed(p[0] - from.p[0])}  ${signed(p[1] - from.p[1])}`, "strong", 0, -16)
  }

  up(p) {
    if (!this.from) return
    const moved = distance(this.from.p, p) > 0
    this.move(p)
    this.from = null
    this.ed.endGesture()
    if (moved) this.ed.moveUnderlay({})
  }

  key(ev) {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[ev.key], image = this.ed.underlay
    if (!way || !image || ev.ctrlKey || ev.metaKey) return false
    const step = ev.altKey ? 1 : Math.round(this.ed.gridStep()) * (ev.shiftKey ? 10 : 1)
    this.ed.nudgeUnderlay(way[0] * step, way[1] * step)
    this.ed.announce(this.ed.word("editor.said.moved", {dx: measure(way[0] * step), dy: measure(way[1] * step)}))
    return true
  }

  cancel() {
    const from = this.from
    this.from = null
    if (from) this.ed.moveUnderlay({x: from.x, y: from.y}, false)
    this.ed.endGesture()
    return Boolean(from)
  }
}

export class HandTool {
  constructor() { this.id = "hand" }
  status() { return "editor.status.hand" }
  down() {}
  move() {}
  up() {}
  sceneChanged() {}
  cancel() { return false }
}
