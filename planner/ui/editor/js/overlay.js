// What lies over the picture while people work: selection, handles, ghosts, guides, measures, rubber band. SVG, text only by
// textContent and attributes, so that a name can never become markup.

import {boxOf, boxRing} from "./geometry.js"

export const SVG = "http://www.w3.org/2000/svg"

export class Overlay {
  constructor(root, view) {
    this.root = root
    this.view = view
    this.groups = {}
    for (const name of ["incumbent", "issues", "marks", "selection", "guides", "ghost", "draft", "measure", "handles", "rubber", "hint", "warn"]) {
      const g = document.createElementNS(SVG, "g")
      g.setAttribute("class", `ed-${name}`)
      root.append(g)
      this.groups[name] = g
    }
  }

  clear(...names) {
    for (const name of names.length ? names : Object.keys(this.groups)) {
      this.groups[name].replaceChildren()
      this.groups[name].removeAttribute("transform")
    }
  }

  add(group, tag, attributes) {
    const made = document.createElementNS(SVG, tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    this.groups[group].append(made)
    return made
  }

  pathOf(rings, closed = true) {
    return rings.map((ring) => "M" + ring.map((p) => this.view.toScreen(p).map((v) => v.toFixed(1)).join(" ")).join("L") + (closed ? "Z" : "")).join("")
  }

  rings(group, rings, cls) {
    if (rings.length) this.add(group, "path", {d: this.pathOf(rings), class: cls, "fill-rule": "evenodd"})
  }

  line(group, points, cls) {
    this.add(group, "path", {d: this.pathOf([points], false), class: cls})
  }

  // With a field, a click on the plate goes to where that measure is typed.
  // A word on a plate at a place of the plan, moved by (dx, dy) pixels and kept inside the picture.
  label(group, at, text, cls = "", dx = 0, dy = 0, field = "") {
    if (!text) return
    const [sx, sy] = this.view.toScreen(at), [w, h] = this.view.size()
    const made = this.add(group, "text", {class: `ed-label ${cls}`})
    made.textContent = text
    let length = made.getComputedTextLength ? made.getComputedTextLength() : text.length * 7
    if (length > w - 20 && w > 60) {  // a narrow picture shows how it begins
      made.textContent = `${text.slice(0, Math.floor((text.length * (w - 40)) / length))}…`
      length = made.getComputedTextLength ? made.getComputedTextLength() : w - 20
    }
    const x = Math.min(Math.max(sx + dx, length / 2 + 8), w - length / 2 - 8), y = Math.min(Math.max(sy + dy, 16), h - 12)
    made.setAttribute("x", x)
    made.setAttribute("y", y)
    const plate = document.createElementNS(SVG, "rect")
    for (const [k, v] of Object.entries({x: x - length / 2 - 5, y: y - 12, width: length + 10, height: 17, rx: 3, class: `ed-plate ${cls}`})) plate.setAttribute(k, v)
    if (field) plate.dataset.field = field
    made.before(plate)
  }

  // A measure between two places, with ticks at its ends.
  dimension(group, a, b, text, cls = "") {
    const [ax, ay] = this.view.toScreen(a), [bx, by] = this.view.toScreen(b)
    const length = Math.hypot(bx - ax, by - ay)
    if (length < 4) return
    const nx = (-(by - ay) / length) * 4, ny = ((bx - ax) / length) * 4
    this.add(group, "path", {class: `ed-dim ${cls}`, d: `M${ax} ${ay}L${bx} ${by}M${ax - nx} ${ay - ny}L${ax + nx} ${ay + ny}M${bx - nx} ${by - ny}L${bx + nx} ${by + ny}`})
    this.label(group, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], text, cls)
  }

  handle(at, shape, id, title) {
    const [x, y] = this.view.toScreen(at)
    const made = shape === "round"
      ? this.add("handles", "circle", {cx: x, cy: y, r: 5.5, class: "ed-handle", "data-handle": id})
      : this.add("handles", "rect", {x: x - 4.5, y: y - 4.5, width: 9, height: 9, class: `ed-handle ${shape}`, "data-handle": id, transform: shape === "diamond" ? `rotate(45 ${x} ${y})` : ""})
    const tip = document.createElementNS(SVG, "title")
    tip.textContent = title
    made.append(tip)
    return [x, y]
  }

  padlock(at) {
    const [x, y] = this.view.toScreen(at)
    this.add("marks", "path", {class: "ed-padlock", d: `M${x - 4.5} ${y - 1}h9v7h-9zM${x - 2.8} ${y - 1}v-2.2a2.8 2.8 0 0 1 5.6 0v2.2`})
  }

  // An icon with an exclamation mark: a broken rule is never told by colour alone.
  warning(at, cls) {
    const [x, y] = this.view.toScreen(at)
    this.add("issues", "path", {class: `ed-warning ${cls}`, d: `M${x} ${y - 9}L${x + 9} ${y + 7}L${x - 9} ${y + 7}Z`})
    this.add("issues", "path", {class: "ed-warning-mark", d: `M${x} ${y - 4}v5M${x} ${y + 3.4}v1.4`})
  }

  box(group, box, cls) {
    this.rings(group, [boxRing(box)], cls)
  }
}

export function boxOfThings(things) {
  return boxOf(things.flatMap((t) => (t.t === "wall" ? t.e : t.r)))
}
