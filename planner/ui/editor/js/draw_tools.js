// Tools that draw point by point: walls in a chain, outlines, rooms, columns.

import {boxOf, boxRing, distance} from "./geometry.js"
import {stripRound} from "./parts.js"
import {PointTool} from "./point_tool.js"
import {lengthText} from "./units.js"

// Walls in a chain, or the corners of an outline, room or keep-out. A polygon may also be pulled up as a rectangle.
export class ChainTool extends PointTool {
  constructor(ed, id, kind) {
    super(ed, id)
    this.kind = kind
    this.pull = null
    this.left = []
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

  // Walls that were set stand when their chain is left; an area begun is no area yet, and Ctrl+Z brings its corners back.
  cancel() {
    if (this.kind === "wall" && this.points.length > 1) {
      this.finish(false)
      return true
    }
    this.left = this.points
    this.pull = null
    return super.cancel()
  }

  interrupted() {
    this.pull = null
  }

  takeBack() {
    if (!this.points.length && this.left.length) this.points = this.left
    else if (!this.points.length) return false
    else this.points.pop()
    this.left = []
    this.clearTyped()
    this.ed.refreshStatus()
    this.redraw()
    return true
  }

  finish(closed) {
    const ed = this.ed, points = this.points
    this.points = this.left = []
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
