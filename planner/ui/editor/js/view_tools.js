// Tools that change how the plan is seen: the tape, the frame to zoom in, the picture under the plan, the hand.

import {angleOf, boxOf, distance} from "./geometry.js"
import {PointTool} from "./point_tool.js"
import {signed} from "./select_tool.js"
import {degreesText, lengthText, measure, readLength, withUnit} from "./units.js"

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
