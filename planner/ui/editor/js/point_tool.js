// What tools have in common that take points one by one: snapping, and lengths and angles that are typed.

import {angleOf, distance, pointAt} from "./geometry.js"
import {snapIndex, snapPoint} from "./snap.js"
import {degreesText, isPartOfNumber, lengthText, readAngle, readLength, withUnit} from "./units.js"

export class PointTool {
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
