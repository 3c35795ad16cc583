// Corners and ends of a part by typing: what its handles on the plan do for a hand, for keys and screen readers.

import {el, typed} from "./elements.js"
import {lengthText, readLength} from "./units.js"

export const CORNERED = new Set(["outline", "hole", "space", "column", "obstacle", "free"])
const MOST_CORNERS = 60  // as many as have handles

// The points that can be set one by one.
export function pointsOf(t) {
  if (t.t === "wall") return t.e
  return CORNERED.has(t.t) && t.r.length < MOST_CORNERS ? t.r : []
}

// The command that puts point `index` of a part elsewhere.
export function placePoint(t, index, to) {
  if (t.t === "wall") return {op: "set_wall", key: t.k, a: index ? t.e[0] : to, b: index ? to : t.e[1]}
  return {op: "move_corner", key: t.k, index, to}
}

// The command that makes a new corner in the middle of the edge after corner `index`.
export function addAfter(t, index) {
  const p = t.r[index], q = t.r[(index + 1) % t.r.length]
  return {op: "insert_corner", key: t.k, index, to: [Math.round((p[0] + q[0]) / 2), Math.round((p[1] + q[1]) / 2)]}
}

// Where a point stands now that stood at `p` with number `index`: another gesture may have moved it, or put some before it.
export function indexOf(t, p, index) {
  const points = pointsOf(t), there = (q) => q && q[0] === p[0] && q[1] === p[1]
  const found = there(points[index]) ? index : points.findIndex(there)
  return found < 0 ? index : found
}

export class Corners {
  constructor(inspector) {
    this.inspector = inspector
    this.open = false
  }

  get ed() { return this.inspector.ed }
  w(code, values) { return this.inspector.w(code, values) }

  // A fold with one row a point; null where the part has none.
  fold(t) {
    const points = pointsOf(t), kind = t.t === "wall" ? "end" : "corner"
    if (!points.length) return null
    const box = el("details", {class: "ed-corners"}, el("summary", {text: this.w(`${kind}s`), "data-field": "corners"}), ...points.map((p, i) => this.row(t, kind, p, i)))
    box.open = this.open
    box.addEventListener("toggle", () => { this.open = box.open })
    return box
  }

  row(t, kind, p, index) {
    const name = this.w(kind, {number: index + 1}), inputs = ["x", "y"].map((axis, n) => this.input(t, p, index, n, `${name} ${this.w(`field.${axis}`)}`))
    const button = (what, text, command) => el("button", {type: "button", class: "ed-small", text, title: this.w(`corner.${what}`, {number: index + 1}), "aria-label": this.w(`corner.${what}`, {number: index + 1}), "data-field": `${what}:${index}`, onclick: () => this.ed.typed([t], (now) => command(now, indexOf(now, p, index)))})
    const more = kind === "corner" ? [button("add", "+", addAfter), ...(t.r.length > 3 ? [button("remove", "−", (now, at) => ({op: "remove_corner", key: now.k, index: at}))] : [])] : []
    const row = el("div", {class: "ed-corner", role: "group", "aria-label": name}, el("span", {text: String(index + 1), "aria-hidden": "true"}), ...inputs, ...more)
    row.addEventListener("focusin", () => this.point(p, name))
    row.addEventListener("focusout", () => this.ed.overlay.clear("hint"))
    return row
  }

  // Shows on the plan which one is meant.
  point(p, name) {
    this.ed.overlay.clear("hint")
    if (this.ed.view.ranges) this.ed.overlay.label("hint", p, name, "strong", 0, -16)
  }

  input(t, p, index, axis, label) {
    const value = lengthText(p[axis]), input = el("input", {type: "text", value, "aria-label": label, "data-field": `corner:${index}:${axis}`, autocomplete: "off", inputmode: "decimal", dir: "auto"})
    typed(input, (text) => {
      const mm = readLength(text)
      if (mm === null) { this.inspector.complain(this.w("not_a_number", {given: text})); return false }
      return this.ed.typed([t], (now) => {
        const at = indexOf(now, p, index), q = pointsOf(now)[at]
        return q ? placePoint(now, at, axis ? [q[0], mm] : [mm, q[1]]) : null
      })
    }, () => this.inspector.stage.focus())
    return input
  }
}
