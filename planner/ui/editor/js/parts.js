// What the browser does with parts while a gesture lasts: finding, moving, sliding. Python's answer comes after and wins.

import {boxOf, boxWithin, distance, edgesOf, footOn, gapToRing, inRing, movePoint, ringArea, ringMeetsBox} from "./geometry.js"

export const OPENINGS = new Set(["door", "window"])

// Things under a point, smallest first, so that a seat wins over its zone; lines count within `tol`.
export function thingsAt(things, p, tol) {
  const found = []
  for (const thing of things) {
    if (thing.hidden || thing.locked) continue
    const edgeOnly = thing.t === "outline" || thing.t === "hole" || thing.t === "space"
    const gap = gapToRing(thing.r, p)
    if (edgeOnly ? gap <= tol : gap <= tol / 2 || inRing(thing.r, p)) found.push({thing, size: rank(thing)})
  }
  return found.sort((a, b) => a.size - b.size).map((f) => f.thing)
}

function rank(thing) {
  if (OPENINGS.has(thing.t)) return 0
  if (thing.t === "outline" || thing.t === "hole" || thing.t === "space") return 1e15 + Math.abs(ringArea(thing.r))
  return Math.abs(ringArea(thing.r))
}

// Left to right takes what lies wholly inside, right to left what is touched.
export function thingsInBox(things, box, touching) {
  return things.filter((t) => {
    if (t.hidden || t.locked || t.t === "outline" || t.t === "hole") return false
    if (t.t === "space") return boxWithin(boxOf(t.r), box)
    return touching ? ringMeetsBox(t.r, box) : boxWithin(boxOf(t.r), box)
  })
}

export function moveThing(thing, motion) {
  const ring = (points) => points.map((p) => movePoint(p, motion))
  const made = {...thing, r: ring(thing.r)}
  for (const name of ["e", "leaf"]) if (thing[name]) made[name] = ring(thing[name])
  if (thing.h) made.h = thing.h.map(ring)
  if (thing.o) made.o = movePoint(thing.o, motion)
  if (thing.z) made.z = thing.z.map(([use, points]) => [use, ring(points)])
  if (thing.t === "item" && motion.degrees) made.a = (((thing.a + motion.degrees) % 360) + 360) % 360
  return made
}

// Width along an item's public front and depth behind it, in its own frame.
export function ownSize(item) {
  const [left, low, right, high] = boxOf(item.r.map((p) => movePoint(p, {degrees: -item.a, about: item.o})))
  return [right - left, high - low]
}

// Segments that carry openings, as planner.editing.hosts has them.
export function hostsOf(things, inner) {
  const hosts = []
  for (const thing of things) {
    if (thing.t === "outline" || thing.t === "hole") for (const [a, b] of edgesOf(thing.r)) hosts.push({a, b, name: thing.k})
    if (thing.t === "wall" && inner) hosts.push({a: thing.e[0], b: thing.e[1], name: thing.k})
  }
  return hosts.filter((h) => distance(h.a, h.b) > 0)
}

// Where an opening of a width goes that is held near p: {e: [p, q], at, name, what}, or null with no wall within reach. With a
// `step` its nearer edge stands whole steps from the wall's end; within `tol` of the wall's middle it takes that.
export function slideTo(hosts, p, width, {step = 0, tol = 0} = {}, reach = 2000) {
  let best = null
  for (const host of hosts) {
    const foot = footOn(host.a, host.b, p), length = distance(host.a, host.b)
    if (foot.gap <= reach && length >= width && (!best || foot.gap < best.gap)) best = {...host, ...foot, length}
  }
  if (!best) return null
  const least = width / 2, most = best.length - width / 2, held = Math.min(Math.max(best.share * best.length, least), most)
  const inMiddle = tol > 0 && Math.abs(held - best.length / 2) <= tol
  const at = inMiddle ? best.length / 2 : step ? Math.min(Math.max(least + Math.round((held - least) / step) * step, least), most) : held
  const along = (s) => [Math.round(best.a[0] + ((best.b[0] - best.a[0]) * s) / best.length), Math.round(best.a[1] + ((best.b[1] - best.a[1]) * s) / best.length)]
  return {e: [along(at - width / 2), along(at + width / 2)], at: along(at), name: best.name, what: inMiddle ? "middle" : ""}
}

// A thin strip round a segment, to draw and to hit.
export function stripRound([a, b], half) {
  const length = distance(a, b) || 1, nx = (-(b[1] - a[1]) / length) * half, ny = ((b[0] - a[0]) / length) * half
  return [[a[0] - nx, a[1] - ny], [b[0] - nx, b[1] - ny], [b[0] + nx, b[1] + ny], [a[0] + nx, a[1] + ny]].map((p) => p.map(Math.round))
}

// Walls whose ends or bodies meet this wall's: it is then moved square to itself, as neighbours follow.
export function isJoined(things, wall) {
  return things.some((t) => t.t === "wall" && t.k !== wall.k && (
    t.e.some((p) => footOn(wall.e[0], wall.e[1], p).gap <= (t.w + wall.w) / 2 + 30) || wall.e.some((p) => footOn(t.e[0], t.e[1], p).gap <= (t.w + wall.w) / 2 + 30)))
}

export function squareTo(wall, dx, dy) {
  const [a, b] = wall.e, length = distance(a, b) || 1
  const nx = -(b[1] - a[1]) / length, ny = (b[0] - a[0]) / length, by = dx * nx + dy * ny
  return [by * nx, by * ny]
}
