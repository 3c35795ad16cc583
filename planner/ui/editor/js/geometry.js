// Plain plane geometry in millimetres. Points are [x, y], rings lists of points that are not closed, boxes [left, low, right, high].

export function boxOf(points) {
  let left = Infinity, low = Infinity, right = -Infinity, high = -Infinity
  for (const [x, y] of points) {
    if (x < left) left = x
    if (x > right) right = x
    if (y < low) low = y
    if (y > high) high = y
  }
  return [left, low, right, high]
}

export function boxUnion(boxes) {
  return boxOf(boxes.flatMap((b) => [[b[0], b[1]], [b[2], b[3]]]))
}

export function boxesMeet(a, b, slack = 0) {
  return a[0] <= b[2] + slack && b[0] <= a[2] + slack && a[1] <= b[3] + slack && b[1] <= a[3] + slack
}

export function boxWithin(inner, outer) {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
}

export function shiftBox(box, dx, dy) {
  return [box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy]
}

export function distance(a, b) {
  return Math.hypot(b[0] - a[0], b[1] - a[1])
}

export function ringArea(ring) {
  let doubled = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i], b = ring[(i + 1) % ring.length]
    doubled += a[0] * b[1] - a[1] * b[0]
  }
  return doubled / 2
}

export function inRing(ring, [x, y]) {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i], [xj, yj] = ring[j]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

export function edgesOf(ring, closed = true) {
  const found = []
  for (let i = 0; i < ring.length - (closed ? 0 : 1); i++) found.push([ring[i], ring[(i + 1) % ring.length]])
  return found
}

// The foot of a point on a segment: {at, share, gap}; share runs from 0 at a to 1 at b.
export function footOn(a, b, p) {
  const ux = b[0] - a[0], uy = b[1] - a[1], squared = ux * ux + uy * uy
  const share = squared ? Math.min(1, Math.max(0, ((p[0] - a[0]) * ux + (p[1] - a[1]) * uy) / squared)) : 0
  const at = [a[0] + share * ux, a[1] + share * uy]
  return {at, share, gap: distance(at, p)}
}

export function gapToRing(ring, p) {
  let least = Infinity
  for (const [a, b] of edgesOf(ring)) least = Math.min(least, footOn(a, b, p).gap)
  return least
}

export function segmentsCross(a, b, c, d) {
  const side = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
}

export function ringMeetsBox(ring, box) {
  if (!boxesMeet(boxOf(ring), box)) return false
  if (ring.some(([x, y]) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3])) return true
  const corners = boxRing(box)
  if (corners.some((c) => inRing(ring, c))) return true
  return edgesOf(ring).some(([a, b]) => edgesOf(corners).some(([c, d]) => segmentsCross(a, b, c, d)))
}

export function boxRing([left, low, right, high]) {
  return [[left, low], [right, low], [right, high], [left, high]]
}

export function turnPoint([x, y], degrees, [cx, cy]) {
  const quarter = ((degrees / 90) % 4 + 4) % 4
  const exact = Number.isInteger(quarter)
  const cos = exact ? [1, 0, -1, 0][quarter] : Math.cos((degrees * Math.PI) / 180)
  const sin = exact ? [0, 1, 0, -1][quarter] : Math.sin((degrees * Math.PI) / 180)
  return [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos]
}

// A motion {dx, dy, degrees, about}: turn, then shift; as Python's planner.editing.motion does it.
export function movePoint(p, motion) {
  const [x, y] = motion.degrees ? turnPoint(p, motion.degrees, motion.about) : p
  return [Math.round(x + (motion.dx || 0)), Math.round(y + (motion.dy || 0))]
}

export function angleOf(a, b) {
  return (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
}

export function pointAt(from, length, degrees) {
  return turnPoint([from[0] + length, from[1]], degrees, from)
}

// Where a ray from p towards unit direction d first meets one of the segments: {at, length}, or null.
export function rayHit(p, d, segments, most = 200000) {
  let best = null
  for (const [a, b] of segments) {
    const ex = b[0] - a[0], ey = b[1] - a[1], across = d[0] * ey - d[1] * ex
    if (Math.abs(across) < 1e-9) continue
    const t = ((a[0] - p[0]) * ey - (a[1] - p[1]) * ex) / across
    const s = ((a[0] - p[0]) * d[1] - (a[1] - p[1]) * d[0]) / across
    if (t > 0.5 && t < most && s >= 0 && s <= 1 && (!best || t < best.length)) best = {at: [p[0] + t * d[0], p[1] + t * d[1]], length: t}
  }
  return best
}

// Where a word about an area stands: the middle of its box where that lies inside; of an L or a ring of rooms, the point of a
// grid over it that is farthest from its edges.
export function wordPlace(ring) {
  const [x0, y0, x1, y1] = boxOf(ring), middle = [(x0 + x1) / 2, (y0 + y1) / 2], cells = 16
  if (depthIn(ring, middle) > Math.min(x1 - x0, y1 - y0) / 4) return middle
  let best = middle, most = 0
  for (let i = 1; i < cells; i++) for (let j = 1; j < cells; j++) {
    const p = [x0 + ((x1 - x0) * i) / cells, y0 + ((y1 - y0) * j) / cells], depth = depthIn(ring, p)
    if (depth > most) { best = p; most = depth }
  }
  return best
}

// How far a point inside an area is from its edges; nothing outside it.
function depthIn(ring, p) {
  return inRing(ring, p) ? gapToRing(ring, p) : 0
}
