// From things to columns of the picture's layers. Colour never stands alone: kinds differ in shape, hatch or label too.

import {boxOf, wordPlace} from "./geometry.js"
import {gridSteps, lengthText, withUnit} from "./units.js"

export const LIGHT = {
  paper: "#f4f5f7", floor: "#ffffff", public: "#fdf9ef", staff: "#efeaf7", room: "#eaf2f6", line: "#3a4048", wall: "#4a4f57",
  column: "#2f343b", obstacle: "#d8cfc4", keepOut: "#f3d9d6", free: "#dff0e2", minor: "#e9ebef", major: "#d3d8df", door: "#8a4b08", way: "#0b6b3a",
  window: "#2c7fb8", text: "#20242a", quiet: "#5c6570", spine: "#f0c95a", route: "#5b7fa6", select: "#0b66d6", issue: "#c62828",
  warn: "#b26a00", zone: "#d9e8dd", zoneLine: "#9bb8a3", good: "#0b6b3a", guide: "#d6006e", halo: "#ffffff",
  counter: "#bcd4ee", island: "#c9e4cf", seating: "#e6d9c2", room_public: "#cfe6ee", room_staff: "#ddd2ee", partition: "#8d949e",
  sign: "#f2e3a0", other: "#d5d9de",
}
export const DARK = {
  paper: "#14171b", floor: "#1d2126", public: "#25241f", staff: "#25222d", room: "#1f272c", line: "#c9d0d9", wall: "#aab2bd",
  column: "#dfe4ea", obstacle: "#574e44", keepOut: "#4c2b2b", free: "#20402b", minor: "#22272d", major: "#313842", door: "#e5a35c", way: "#5fcf91",
  window: "#6fb7e6", text: "#eef1f5", quiet: "#a7b0bb", spine: "#8c7430", route: "#7fa3cb", select: "#5aa7ff", issue: "#ff7b72",
  warn: "#f0b04d", zone: "#26332b", zoneLine: "#4b6653", good: "#5fcf91", guide: "#ff6bb5", halo: "#14171b",
  counter: "#30517a", island: "#2f5a3c", seating: "#5a4d37", room_public: "#2b4d59", room_staff: "#45386033", partition: "#7d8590",
  sign: "#6b5f26", other: "#434a53",
}
DARK.room_staff = "#453860"

const WORD_USES = new Set(["entrance", "exit", "entrance_exit", "staff"])

// A colour as its layer shows it.
export function faded(colour, alpha) {
  return alpha >= 1 ? colour : `${colour.slice(0, 7)}${Math.round(alpha * 255).toString(16).padStart(2, "0")}`
}

export function ringXY(ring) {
  return [ring.map((p) => p[0]), ring.map((p) => p[1])]
}

function multi(polygons) {
  const xs = [], ys = []
  for (const {r, h = []} of polygons) {
    const rings = [r, ...h]
    xs.push([rings.map((ring) => ring.map((p) => p[0]))])
    ys.push([rings.map((ring) => ring.map((p) => p[1]))])
  }
  return {xs, ys}
}

export function underlay(image, layers) {
  const shown = image && layers.underlay ? [image] : []
  const column = (name) => shown.map((i) => i[name])
  return {url: column("url"), x: column("x"), y: column("y"), w: column("w"), h: column("h"), alpha: column("alpha").map((a) => a * layers.underlay), angle: column("angle")}
}

// Over an underlay the floor is only tinted, so that the picture shows through.
export function areas(things, ground, ink, layers, over = false) {
  const rows = []
  for (const t of things) if (t.t === "outline") rows.push({r: t.r, h: things.filter((o) => o.t === "hole").map((o) => o.r), fill: ink.floor, line: ink.quiet, alpha: 1})
  if (layers.rooms) for (const t of things) if (t.t === "space" && t.s !== "hall") rows.push({...t, fill: ink.room, line: faded(ink.quiet, layers.rooms), alpha: layers.rooms})
  if (layers.floor) {
    for (const p of ground.public || []) rows.push({...p, fill: ink.public, line: faded(ink.public, layers.floor), alpha: layers.floor})
    for (const p of ground.staff || []) rows.push({...p, fill: ink.staff, line: faded(ink.staff, layers.floor), alpha: layers.floor})
  }
  return {...multi(rows), fill: rows.map((r) => r.fill), line: rows.map((r) => r.line), alpha: rows.map((r) => (over ? 0.2 * r.alpha : r.alpha))}
}

export function zones(things, ink, layers) {
  const xs = [], ys = [], fill = [], line = []
  if (layers.zones) for (const t of things) if (t.t === "item" && layers[t.y]) for (const [, ring] of t.z || []) {
    const [x, y] = ringXY(ring)
    xs.push(x); ys.push(y); fill.push(faded(ink.zone, layers.zones)); line.push(faded(ink.zoneLine, layers.zones))
  }
  return {xs, ys, fill, line}
}

export function walls(things, ground, ink, layers, loose) {
  const solid = layers.walls ? (ground.walls || []).map((p) => ({...p, fill: faded(ink.wall, layers.walls)})) : []
  for (const t of loose) if (layers.walls) solid.push({r: t.r, fill: faded(ink.wall, layers.walls)})
  return {...multi(solid), fill: solid.map((s) => s.fill)}
}

export function bodies(things, ink, layers) {
  const xs = [], ys = [], fill = [], line = [], width = []
  for (const t of things) {
    if (!["item", "column", "obstacle", "free"].includes(t.t) || !layers[t.y]) continue
    const [x, y] = ringXY(t.r)
    xs.push(x); ys.push(y)
    const alpha = layers[t.y] * (t.t === "free" ? 0.65 : 1), body = t.t === "free" ? ink.free : t.t === "column" ? ink.column : t.t === "obstacle" ? (t.s === "keep_out" ? ink.keepOut : ink.obstacle) : ink[t.c] || ink.other
    fill.push(faded(body, alpha))
    line.push(faded(t.t === "column" ? ink.column : t.t === "free" ? ink.good : ink.line, alpha))
    width.push(t.pin ? 2.2 : 1)
  }
  return {xs, ys, fill, line, width}
}

// Obstacles, keep-outs and accessible counters have a hatch besides their colour. Their own layer: Bokeh makes a pattern for
// every row, which for hundreds of bodies takes longer than all the rest of the picture.
export function hatches(things, ink, layers) {
  const xs = [], ys = [], hatch = [], colour = []
  for (const t of things) {
    const kind = t.t === "free" ? "-" : t.t === "obstacle" ? (t.s === "keep_out" ? "/" : "x") : t.t === "item" && t.c === "counter" && t.s.endsWith("accessible") ? "." : ""
    if (!kind || !layers[t.y]) continue
    const [x, y] = ringXY(t.r)
    xs.push(x); ys.push(y); hatch.push(kind); colour.push(t.t === "free" ? faded(ink.good, layers[t.y] * 0.4) : faded(ink.line, layers[t.y]))
  }
  return {xs, ys, hatch, colour}
}

export function strokes(things, ground, routes, fresh, ink, layers) {
  const xs = [], ys = [], colour = [], width = [], dash = []
  let alpha = layers.routes
  const add = (points, c, w, d = "solid") => {
    const [x, y] = ringXY(points)
    xs.push(x); ys.push(y); colour.push(faded(c, alpha)); width.push(w); dash.push(d)
  }
  if (alpha && (ground.spine || []).length) add(ground.spine, ink.spine, 5)
  if (alpha) for (const route of routes || ground.routes || []) add(route, fresh ? ink.route : ink.major, 1.2, "dashed")
  for (const t of things) {
    alpha = layers[t.y]
    if (t.t === "door" && layers.openings) {
      if ((t.leaf || []).length) add(t.leaf, WORD_USES.has(t.s) ? ink.way : ink.door, 1.4)
      add([t.r[0], t.r[3]], ink.line, 1)
      add([t.r[1], t.r[2]], ink.line, 1)
    } else if (t.t === "window" && layers.openings) {
      add([...t.r, t.r[0]], ink.window, 1)
      add([[(t.r[0][0] + t.r[3][0]) / 2, (t.r[0][1] + t.r[3][1]) / 2], [(t.r[1][0] + t.r[2][0]) / 2, (t.r[1][1] + t.r[2][1]) / 2]], ink.window, 1.6)
    } else if (t.t === "item" && layers[t.y] && t.o && t.c !== "partition") {
      const a = (t.a * Math.PI) / 180, half = Math.min(...sizes(t)) * 0.28  // a short bar marks the public front
      add([[t.o[0] - Math.cos(a) * half, t.o[1] - Math.sin(a) * half], [t.o[0] + Math.cos(a) * half, t.o[1] + Math.sin(a) * half]], ink.line, 2.6)
    }
  }
  return {xs, ys, colour, width, dash}
}

function sizes(t) {
  const b = boxOf(t.r)
  return [b[2] - b[0], b[3] - b[1]]
}

export function issueAreas(issues, ink, layers, stale) {
  const xs = [], ys = [], colour = [], alpha = []
  if (layers.issues) for (const issue of issues) for (const ring of issue.rings || []) {
    const [x, y] = ringXY(ring)
    xs.push(x); ys.push(y); colour.push(issue.severity === "error" ? ink.issue : ink.warn); alpha.push((stale ? 0.25 : 0.9) * layers.issues)
  }
  return {xs, ys, colour, alpha}
}

// `seen` is the box that is in view, rulers left out: the word of a door at its edge is moved inwards rather than cut.
export function labels(things, ink, layers, scale, words, wordOf, seen) {
  const x = [], y = [], text = [], colour = [], size = [], angle = []
  const add = (at, shown, c, px, turn = 0) => { x.push(at[0]); y.push(at[1]); text.push(shown); colour.push(faded(c, layers.labels)); size.push(`${px}px`); angle.push(turn) }
  const furnished = things.some((t) => t.t === "item")
  const bodies = things.filter((t) => t.t === "item" && t.c !== "seating" && t.c !== "partition").map((t) => boxOf(t.r))
  const rooms = things.filter((t) => t.t === "space" && t.s !== "hall").map((t) => boxOf(t.r))
  if (layers.labels) for (const t of things) {
    if (!layers[t.y]) continue
    const box = boxOf(t.r), middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
    if (t.t === "door") {
      if (!WORD_USES.has(t.s) || scale <= 0.012) continue
      // where a room or counter stands there, beyond the leaf, unless that is a room
      const word = wordOf(t), half = [(word.length * 3) / scale, 7 / scale], here = beside(t, 260 + 9 / scale), there = beside(t, 260 + 9 / scale, true)
      const flipped = bodies.some((b) => meets(here, half, b)) && !rooms.some((b) => meets(there, half, b))
      add(inView(flipped ? there : here, half, seen, middle), word, ink.way, 11)
      continue
    }
    const room = t.t === "space", shown = room ? (t.s === "hall" && furnished ? "" : t.n) : t.t === "item" && t.c !== "seating" && t.c !== "partition" ? t.n || wordOf(t) : t.t === "obstacle" || t.t === "free" ? wordOf(t) : ""
    if (!shown) continue
    const px = room ? 12 : 11, wide = (box[2] - box[0]) * scale - 4, high = (box[3] - box[1]) * scale - 2
    const lines = fitted(shown, wide, high, px), upright = lines || high <= wide ? null : fitted(shown, high, wide, px)
    if (lines) add(room ? wordPlace(t.r) : middle, lines, room ? ink.quiet : ink.text, px)
    else if (upright) add(middle, upright, ink.text, px, Math.PI / 2)
    else {
      const number = /\d+$/.exec(shown)  // where a name has no room, its number often has
      if (number && fitted(number[0], wide, high, px)) add(middle, number[0], ink.text, px)
    }
  }
  return {x, y, text, colour, size, angle}
}

// A name on as many lines as its box has room for; null where it has none.
function fitted(name, wide, high, px) {
  const most = Math.floor(wide / (px * 0.57)), rows = Math.floor(high / (px * 1.2)), lines = [""]
  if (rows < 1) return null
  for (const word of name.split(" ")) {
    if (word.length > most) return null
    const last = lines[lines.length - 1], longer = last ? `${last} ${word}` : word
    if (longer.length <= most) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.length <= rows ? lines.join("\n") : null
}

// A word's place with all of it in view, where the thing that it is about is.
export function inView(at, half, [x0, y0, x1, y1], about) {
  if (about[0] < x0 || about[0] > x1 || about[1] < y0 || about[1] > y1) return at
  const held = (v, low, high) => (low > high ? v : Math.min(Math.max(v, low), high))
  return [held(at[0], x0 + half[0], x1 - half[0]), held(at[1], y0 + half[1], y1 - half[1])]
}

// Whether a word round a point lies over a box.
function meets([x, y], [wide, high], [x0, y0, x1, y1]) {
  return x > x0 - wide && x < x1 + wide && y > y0 - high && y < y1 + high
}

// Beside an opening, on the side where its leaf is not, or beyond the leaf.
function beside(t, away, beyond = false) {
  const middle = [(t.r[0][0] + t.r[2][0]) / 2, (t.r[0][1] + t.r[2][1]) / 2], [a, b] = t.e
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1, n = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length]
  const leaf = (t.leaf || [])[1], side = leaf && (leaf[0] - a[0]) * n[0] + (leaf[1] - a[1]) * n[1] > 0 ? -1 : 1
  const off = beyond ? -side * (away + length) : side * (away + Math.abs(n[0]) * 20 * (away - 260) / 9)
  return [middle[0] + n[0] * off, middle[1] + n[1] * off]
}

export function gridLines([x0, y0, x1, y1], scale, ink, shown) {
  const found = {x0: [], y0: [], x1: [], y1: [], colour: []}
  if (!shown) return found
  const [minor, major] = gridSteps(scale), per = Math.round(major / minor)
  const add = (a, b, c, d, strong) => {
    found.x0.push(a); found.y0.push(b); found.x1.push(c); found.y1.push(d); found.colour.push(faded(strong ? ink.major : ink.minor, shown))
  }
  for (const strong of [false, true]) {
    for (let i = Math.ceil(x0 / minor); i * minor <= x1; i++) if ((i % per === 0) === strong) add(i * minor, y0, i * minor, y1, strong)
    for (let i = Math.ceil(y0 / minor); i * minor <= y1; i++) if ((i % per === 0) === strong) add(x0, i * minor, x1, i * minor, strong)
  }
  return found
}

export function sizeText(box) {
  return withUnit(`${lengthText(box[2] - box[0])} × ${lengthText(box[3] - box[1])}`)
}
