// Snapping: pure functions from a place and what stands round it to the place that was meant, with the reason to show.
// Order: corners and ends -> lines of walls -> neighbours' edges and middles -> equal gaps -> angle -> grid.

import {angleOf, boxOf, boxesMeet, distance, edgesOf, footOn, pointAt, shiftBox} from "./geometry.js"

const CELL = 1000

// Everything that can be snapped to, but the things in `without`. `places`: [{at, what, name}], `lines`: [{a, b, what, name}].
export function snapIndex(things, without = new Set()) {
  const index = {cells: new Map(), lines: [], boxes: []}
  for (const thing of things) {
    if (without.has(thing.k) || thing.hidden) continue
    const name = thing.k
    if (thing.t === "wall") {
      put(index, thing.e[0], "end", name)
      put(index, thing.e[1], "end", name)
      put(index, middle(thing.e[0], thing.e[1]), "middle", name)
      index.lines.push({a: thing.e[0], b: thing.e[1], what: "axis", name})
    }
    if (thing.t === "door" || thing.t === "window") {
      put(index, thing.e[0], "end", name)
      put(index, thing.e[1], "end", name)
      put(index, middle(thing.e[0], thing.e[1]), "middle", name)
      continue
    }
    for (const ring of [thing.r, ...(thing.h || [])]) {
      for (const point of ring) put(index, point, "corner", name)
      if (thing.t !== "item" && thing.t !== "space") for (const [a, b] of edgesOf(ring)) index.lines.push({a, b, what: "face", name})
    }
    const box = boxOf(thing.r)
    if (thing.t === "item" || thing.t === "column" || thing.t === "obstacle" || thing.t === "free") {
      put(index, [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], "centre", name)
      index.boxes.push({box, name})
    }
  }
  return index
}

function put(index, at, what, name) {
  const cell = `${Math.floor(at[0] / CELL)} ${Math.floor(at[1] / CELL)}`
  if (!index.cells.has(cell)) index.cells.set(cell, [])
  index.cells.get(cell).push({at, what, name})
}

function middle(a, b) {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
}

// The nearest place within `tol`, or null.
export function nearestPlace(index, [x, y], tol) {
  let best = null
  for (let i = Math.floor((x - tol) / CELL); i <= Math.floor((x + tol) / CELL); i++)
    for (let j = Math.floor((y - tol) / CELL); j <= Math.floor((y + tol) / CELL); j++)
      for (const place of index.cells.get(`${i} ${j}`) || []) {
        const gap = distance(place.at, [x, y])
        if (gap <= tol && (!best || gap < best.gap - 1e-6)) best = {...place, gap}
      }
  return best
}

function nearestLine(index, p, tol) {
  let best = null
  for (const line of index.lines) {
    const foot = footOn(line.a, line.b, p)
    if (foot.gap <= tol && (!best || foot.gap < best.gap)) best = {...line, ...foot}
  }
  return best
}

// A point that is drawn: {at, reason: {what, name} | null, guides: [[x1, y1, x2, y2]]}.
// `from` is the point drawn before (for angles and typed length), `grid` the step in mm (0: none), `free` suspends all of it.
export function snapPoint(index, p, {tol, from = null, grid = 0, free = false, chain = []}) {
  if (free) return {at: p.map(Math.round), reason: null, guides: []}
  const place = nearestPlace(index, p, tol)
  if (place) return {at: place.at.map(Math.round), reason: place, guides: []}
  for (const q of chain) if (distance(q, p) <= tol) return {at: q, reason: {what: "start", name: ""}, guides: []}
  const line = nearestLine(index, p, tol)
  if (line) return {at: line.at.map(Math.round), reason: line, guides: [[...line.a, ...line.b]]}
  if (from) {
    const angle = angleOf(from, p), stepped = Math.round(angle / 15) * 15
    if (distance(from, p) * Math.abs(Math.sin(((angle - stepped) * Math.PI) / 180)) <= Math.max(tol, distance(from, p) * 0.035)) {
      let length = distance(from, p)
      if (grid) length = Math.round(length / grid) * grid
      const aligned = chain.map((q) => alongRay(from, stepped, q)).find((l) => l !== null && Math.abs(l - distance(from, p)) <= tol)
      if (aligned) length = aligned
      const at = pointAt(from, length, stepped).map(Math.round)
      return {at, reason: {what: "angle", name: "", degrees: stepped}, guides: [[...from, ...at]]}
    }
  }
  if (grid) return {at: p.map((v) => Math.round(Math.round(v / grid) * grid)), reason: {what: "grid", name: ""}, guides: []}
  return {at: p.map(Math.round), reason: null, guides: []}
}

// How far along a ray the foot of q lies at a right angle in x or y, so that a chain closes squarely; null behind it.
function alongRay(from, degrees, q) {
  const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const length = (q[0] - from[0]) * dx + (q[1] - from[1]) * dy
  return length > 1 ? length : null
}

// A dragged selection: `points` its corners and `box` its box where it stood, (dx, dy) where the hand is.
// Gives {dx, dy, reasons: [{what, name, axis?}], guides: [[x1, y1, x2, y2]]}.
export function snapDrag(index, points, box, dx, dy, {tol, grid = 0, free = false, view = null}) {
  if (free) return {dx: Math.round(dx), dy: Math.round(dy), reasons: [], guides: []}
  const corner = bestCorner(index, points, dx, dy, tol)
  if (corner) return corner
  let fixedX = false, fixedY = false
  const reasons = [], guides = []
  const onLine = bestLine(index, points, dx, dy, tol)
  if (onLine) {
    dx += onLine.shift[0]
    dy += onLine.shift[1]
    fixedX = Math.abs(onLine.normal[0]) > 0.05
    fixedY = Math.abs(onLine.normal[1]) > 0.05
    reasons.push({what: onLine.what, name: onLine.name})
    guides.push([...onLine.a, ...onLine.b])
  }
  const near = index.boxes.filter((other) => !view || boxesMeet(other.box, view))
  for (const axis of [0, 1]) {
    if (axis === 0 ? fixedX : fixedY) continue
    const now = shiftBox(box, dx, dy)
    const found = alignment(near, now, axis, tol) || equalGap(near, now, axis, tol)
    if (!found) continue
    if (axis === 0) { dx += found.by; fixedX = true } else { dy += found.by; fixedY = true }
    reasons.push({what: found.what, name: found.name, axis})
    const after = shiftBox(box, dx, dy)
    guides.push(...found.guides(after))
  }
  if (grid) {
    if (!fixedX) dx = Math.round((box[0] + dx) / grid) * grid - box[0]
    if (!fixedY) dy = Math.round((box[1] + dy) / grid) * grid - box[1]
    if (!reasons.length) reasons.push({what: "grid", name: ""})
  }
  return {dx: Math.round(dx), dy: Math.round(dy), reasons, guides}
}

function bestCorner(index, points, dx, dy, tol) {
  let best = null
  for (const point of points) {
    const place = nearestPlace(index, [point[0] + dx, point[1] + dy], tol)
    if (place && (!best || place.gap < best.place.gap)) best = {place, point}
  }
  if (!best) return null
  const {place, point} = best
  return {
    dx: Math.round(place.at[0] - point[0]), dy: Math.round(place.at[1] - point[1]),
    reasons: [{what: place.what, name: place.name}], guides: [[place.at[0] - 200, place.at[1], place.at[0] + 200, place.at[1]], [place.at[0], place.at[1] - 200, place.at[0], place.at[1] + 200]],
  }
}

function bestLine(index, points, dx, dy, tol) {
  let best = null
  for (const point of points) {
    const p = [point[0] + dx, point[1] + dy]
    const line = nearestLine(index, p, tol)
    if (line && (!best || line.gap < best.gap)) {
      const length = distance(line.a, line.b) || 1
      best = {...line, shift: [line.at[0] - p[0], line.at[1] - p[1]], normal: [-(line.b[1] - line.a[1]) / length, (line.b[0] - line.a[0]) / length]}
    }
  }
  return best
}

const SIDES = [["left", "centre", "right"], ["bottom", "middle", "top"]]

function stops(box, axis) {
  const low = box[axis], high = box[axis + 2]
  return [low, (low + high) / 2, high]
}

// One of our three lines on one of a neighbour's three, nearest first; middles only meet middles.
function alignment(near, now, axis, tol) {
  let best = null
  for (const other of near) {
    const theirs = stops(other.box, axis), ours = stops(now, axis)
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        if ((i === 1) !== (j === 1)) continue
        const by = theirs[j] - ours[i], away = gapBetween(other.box, now, 1 - axis)
        if (Math.abs(by) > tol) continue
        const rank = Math.abs(by) + away * 1e-3
        if (!best || rank < best.rank) best = {rank, by, what: SIDES[axis][j], name: other.name, line: theirs[j], box: other.box}
      }
  }
  if (!best) return null
  return {...best, guides: (after) => [axis === 0
    ? [best.line, Math.min(after[1], best.box[1]) - 150, best.line, Math.max(after[3], best.box[3]) + 150]
    : [Math.min(after[0], best.box[0]) - 150, best.line, Math.max(after[2], best.box[2]) + 150, best.line]]}
}

function gapBetween(a, b, axis) {
  return Math.max(0, a[axis] - b[axis + 2], b[axis] - a[axis + 2])
}

// Midway between two neighbours in one row, or as far from one as it is from the next.
function equalGap(near, now, axis, tol) {
  const row = near.filter((o) => gapBetween(o.box, now, 1 - axis) === 0)
  const before = row.filter((o) => o.box[axis + 2] <= now[axis] + tol).sort((a, b) => b.box[axis + 2] - a.box[axis + 2])
  const after = row.filter((o) => o.box[axis] >= now[axis + 2] - tol).sort((a, b) => a.box[axis] - b.box[axis])
  const size = now[axis + 2] - now[axis], tries = []
  if (before[0] && after[0]) tries.push({low: (before[0].box[axis + 2] + after[0].box[axis] - size) / 2, of: [before[0], after[0]]})
  if (before[0] && before[1]) tries.push({low: 2 * before[0].box[axis + 2] - (before[1].box[axis + 2] + (before[0].box[axis + 2] - before[0].box[axis])), of: before.slice(0, 2)})
  if (after[0] && after[1]) tries.push({low: after[0].box[axis] - (after[1].box[axis] - after[0].box[axis + 2]) - size, of: after.slice(0, 2)})
  const best = tries.filter((t) => Math.abs(t.low - now[axis]) <= tol).sort((a, b) => Math.abs(a.low - now[axis]) - Math.abs(b.low - now[axis]))[0]
  if (!best) return null
  return {by: best.low - now[axis], what: "equal", name: best.of[0].name, guides: (moved) => best.of.map((o) => gapLine(o.box, moved, axis))}
}

function gapLine(a, b, axis) {
  const across = (Math.max(a[1 - axis], b[1 - axis]) + Math.min(a[3 - axis], b[3 - axis])) / 2
  const [from, to] = a[axis] < b[axis] ? [a[axis + 2], b[axis]] : [b[axis + 2], a[axis]]
  return axis === 0 ? [from, across, to, across] : [across, from, across, to]
}

// An angle brought to a multiple of `step`, unless suspended.
export function snapAngle(degrees, step = 15, free = false) {
  return free ? Math.round(degrees * 10) / 10 : Math.round(degrees / step) * step
}
