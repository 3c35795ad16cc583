// Selecting, moving, turning and reshaping what stands: the tool people are in when they are in none.

import {angleOf, boxOf, boxesMeet, distance, edgesOf, rayHit, shiftBox} from "./geometry.js"
import {OPENINGS, hostsOf, isJoined, moveThing, slideTo, squareTo, stripRound, thingsAt, thingsInBox} from "./parts.js"
import {boxOfThings} from "./overlay.js"
import {snapAngle, snapDrag, snapIndex, snapPoint} from "./snap.js"
import {degreesText, lengthText, measure} from "./units.js"

const MOVED_PX = 3

export class SelectTool {
  constructor(ed) {
    this.ed = ed
    this.id = "select"
    this.drag = null
  }

  status() {
    if (!this.drag || this.drag.kind === "press") return this.ed.selection.size ? "editor.status.selected" : "editor.status.select"
    return `editor.status.${this.drag.kind}`
  }

  down(p, ev) {
    const ed = this.ed, handle = ev.target && ev.target.dataset ? ev.target.dataset.handle : null
    if (handle) return this.takeHandle(handle, p)
    const field = ev.target && ev.target.dataset ? ev.target.dataset.field : null
    if (field) return ed.ui.focusField(field)
    const hits = thingsAt(ed.pickable(), p, ed.mm(6))
    ed.overlaps = {hits: hits.map((t) => t.k), at: 0}
    const held = hits.find((t) => ed.selection.has(t.k))
    const top = held && !ev.shiftKey ? held : hits[0]
    if (!top) {
      this.drag = {kind: "rubber", from: p, to: p, add: ev.shiftKey}
      return
    }
    if (ev.shiftKey) ed.toggle(top.k)
    else if (!ed.selection.has(top.k)) ed.select([top.k])
    this.drag = {kind: "press", from: p, top: top.k, first: hits[0].k, wasHeld: Boolean(held), shift: ev.shiftKey, copy: ev.altKey || ev.ctrlKey || ev.metaKey}
  }

  move(p, ev) {
    const drag = this.drag, ed = this.ed
    if (!drag) return this.hover(p)
    if (drag.kind === "press") {
      if (distance(drag.from, p) < ed.mm(MOVED_PX) || !ed.selection.size) return
      this.startMove(drag)
    }
    if (this.drag.kind === "move") this.moving(p, ev)
    else if (this.drag.kind === "slide") this.sliding(p, ev)
    else if (this.drag.kind === "rubber") this.stretch(p)
    else if (this.drag.kind === "turn") this.turning(p, ev)
    else if (this.drag.kind === "corner" || this.drag.kind === "wall_end") this.reshaping(p, ev)
  }

  hover(p) {
    const hit = thingsAt(this.ed.pickable(), p, this.ed.mm(6))[0]
    this.ed.setCursor(hit ? "move" : "default")
  }

  up(p, ev) {
    const drag = this.drag, ed = this.ed
    this.drag = null
    if (!drag) return
    if (drag.kind === "press") {
      if (!drag.shift && drag.wasHeld) ed.select([ed.selection.size > 1 ? drag.top : drag.first])
    } else if (drag.kind === "rubber") {
      const box = boxOf([drag.from, drag.to])
      if (distance(drag.from, drag.to) < ed.mm(MOVED_PX)) { if (!drag.add) ed.select([]) } else {
        const found = thingsInBox(ed.pickable(), box, drag.to[0] < drag.from[0]).map((t) => t.k)
        ed.select(drag.add ? [...ed.selection, ...found] : found)
      }
    } else if (drag.result) {
      ed.hold()
      this.finish(drag)
    }
    ed.endGesture()
  }

  cancel() {
    const had = Boolean(this.drag)
    this.drag = null
    this.ed.endGesture()
    return had
  }

  // -- moving ---------------------------------------------------------------------------------------------------------

  startMove(drag) {
    const ed = this.ed, things = ed.selected().filter((t) => t.t !== "outline" && t.t !== "hole")
    if (!things.length) { this.drag = {kind: "rubber", from: drag.from, to: drag.from, add: false}; return }
    if (things.length === 1 && OPENINGS.has(things[0].t) && !drag.copy) {
      const thing = things[0]
      this.drag = {kind: "slide", thing, from: drag.from, width: distance(...thing.e), hosts: hostsOf(ed.things.values(), thing.t === "door" && thing.s === "internal")}
      ed.paintSelection()
      ed.refreshStatus()
      return
    }
    const keys = new Set(things.map((t) => t.k))
    const view = ed.view.box(), near = []
    for (const t of ed.things.values()) if (ed.shows(t) && boxesMeet(boxOf(t.r), view, 2000)) near.push(t)
    const points = anchors(things)
    this.drag = {
      kind: "move", from: drag.from, things, keys, points, box: boxOfThings(things), copy: drag.copy, altAtStart: drag.copy,
      index: snapIndex(near, drag.copy ? new Set() : keys), walls: wallSegments(near, keys), result: null,
      square: things.length === 1 && things[0].t === "wall" && !drag.copy && isJoined([...ed.things.values()], things[0]) ? things[0] : null,
    }
    ed.paintSelection()
    ed.ghost(things)
    ed.refreshStatus()
  }

  moving(p, ev) {
    const ed = this.ed, drag = this.drag
    let dx = p[0] - drag.from[0], dy = p[1] - drag.from[1]
    if (!ev.altKey) drag.altAtStart = false
    const free = (ev.altKey && !drag.altAtStart) || !ed.options.snap
    if (ev.shiftKey && !ev.altKey) { if (Math.abs(dx) > Math.abs(dy)) dy = 0; else dx = 0 }
    if (drag.square) [dx, dy] = squareTo(drag.square, dx, dy)
    const snapped = snapDrag(drag.index, drag.points, drag.box, dx, dy, {tol: ed.mm(7), grid: ed.gridStep(), free, view: ed.view.box()})
    if (drag.square) {
      const [x, y] = squareTo(drag.square, snapped.dx, snapped.dy)
      snapped.dx = Math.round(x)
      snapped.dy = Math.round(y)
    }
    drag.result = {dx: snapped.dx, dy: snapped.dy}
    const screen = ed.view.scale
    ed.overlay.groups.ghost.setAttribute("transform", `translate(${snapped.dx * screen} ${-snapped.dy * screen})`)
    this.showMove(drag, snapped)
    ed.preview(this.commandOf(drag))
  }

  showMove(drag, snapped) {
    const ed = this.ed, o = ed.overlay, box = shiftBox(drag.box, snapped.dx, snapped.dy)
    o.clear("guides", "measure", "hint")
    for (const [x1, y1, x2, y2] of snapped.guides) o.line("guides", [[x1, y1], [x2, y2]], "ed-guide")
    this.distances(box, drag.walls)
    const told = snapped.reasons.map((r) => ed.reason(r)).filter(Boolean), reason = (ed.refusal() ? told.slice(0, 1) : told).join(" · ")
    o.label("hint", [(box[0] + box[2]) / 2, box[3]], `${signed(snapped.dx)}  ${signed(snapped.dy)}${reason ? "   " + reason : ""}`, "strong", 0, -16)
    const refused = ed.warn([(box[0] + box[2]) / 2, box[1]])
    ed.say(refused ? refused.text : reason)
  }

  // From the middles of a box's sides to the walls either way.
  distances(box, walls) {
    const cx = (box[0] + box[2]) / 2, cy = (box[1] + box[3]) / 2, o = this.ed.overlay
    for (const [from, way] of [[[box[0], cy], [-1, 0]], [[box[2], cy], [1, 0]], [[cx, box[1]], [0, -1]], [[cx, box[3]], [0, 1]]]) {
      const hit = rayHit(from, way, walls)
      if (hit && hit.length * this.ed.view.scale > 26) o.dimension("measure", from, hit.at, lengthText(hit.length))
    }
  }

  commandOf(drag) {
    const keys = [...drag.keys]
    if (drag.copy) return {op: "duplicate", keys, dx_mm: drag.result.dx, dy_mm: drag.result.dy}
    return {op: "move", keys, dx_mm: drag.result.dx, dy_mm: drag.result.dy}
  }

  sliding(p, ev) {
    const ed = this.ed, drag = this.drag, free = ev.altKey || !ed.options.snap
    const place = slideTo(drag.hosts, p, drag.width, free ? {} : {step: ed.gridStep(), tol: ed.mm(8)})
    drag.result = place ? {near: place.at, e: place.e} : null
    const o = ed.overlay
    o.clear("ghost", "measure", "hint")
    if (!place) return o.label("hint", p, ed.word("editor.hint.no_wall"), "bad", 0, -18)
    o.rings("ghost", [stripRound(place.e, 60)], "ed-ghost")
    const host = drag.hosts.find((h) => h.name === place.name && Math.min(distance(h.a, place.e[0]), distance(h.a, place.e[1])) + drag.width <= distance(h.a, h.b) + 2)
    if (host) {
      const [near, far] = distance(host.a, place.e[0]) < distance(host.a, place.e[1]) ? place.e : [...place.e].reverse()
      o.dimension("measure", host.a, near, lengthText(distance(host.a, near)))
      o.dimension("measure", far, host.b, lengthText(distance(far, host.b)))
      if (place.what) o.label("hint", place.at, ed.reason(place), "strong", 0, -22)
    }
    ed.warn(place.at)
    ed.preview({op: "place_opening", key: drag.thing.k, near: place.at})
  }

  // -- turning and reshaping --------------------------------------------------------------------------------------------

  takeHandle(id, p) {
    const ed = this.ed, things = ed.selected(), [what, index] = id.split(":")
    if (what === "turn") {
      const box = boxOfThings(things), about = [Math.round((box[0] + box[2]) / 2), Math.round((box[1] + box[3]) / 2)]
      this.drag = {kind: "turn", things, about, start: angleOf(about, p), from: p, result: null, base: things.length === 1 && things[0].t === "item" ? things[0].a : 0}
      return
    }
    const thing = things[0], without = new Set([thing.k])
    const common = {thing, index: snapIndex([...ed.things.values()].filter((t) => ed.shows(t)), without), at: Number(index), from: p, result: null}
    if (what === "end") this.drag = {...common, kind: "wall_end"}
    else this.drag = {...common, kind: "corner", insert: what === "mid"}
  }

  turning(p, ev) {
    const ed = this.ed, drag = this.drag, free = ev.altKey
    const degrees = snapAngle(drag.base + angleOf(drag.about, p) - drag.start, 15, free) - drag.base
    drag.result = {degrees}
    ed.overlay.clear("ghost", "guides", "hint")
    ed.overlay.rings("ghost", drag.things.map((t) => moveThing(t, {degrees, about: drag.about}).r), "ed-ghost")
    ed.overlay.line("guides", [drag.about, p], "ed-guide")
    ed.overlay.label("hint", p, `${degreesText(drag.base + degrees)}°`, "strong", 0, -16)
    ed.preview({op: "rotate", keys: drag.things.map((t) => t.k), degrees, about: drag.about})
  }

  reshaping(p, ev) {
    const ed = this.ed, drag = this.drag, thing = drag.thing, o = ed.overlay
    const from = drag.kind === "wall_end" ? thing.e[1 - drag.at] : thing.r[(drag.at - (drag.insert ? 0 : 1) + thing.r.length) % thing.r.length]
    const chain = drag.kind === "corner" ? [thing.r[(drag.at + 1) % thing.r.length]] : []
    const snapped = snapPoint(drag.index, p, {tol: ed.mm(7), from, chain, grid: ed.gridStep(), free: ev.altKey || !ed.options.snap})
    drag.result = {at: snapped.at}
    o.clear("ghost", "guides", "measure", "hint")
    const ring = drag.kind === "wall_end" ? stripRound(drag.at ? [thing.e[0], snapped.at] : [snapped.at, thing.e[1]], thing.w / 2) : withCorner(thing.r, drag, snapped.at)
    o.rings("ghost", [ring], "ed-ghost")
    for (const [x1, y1, x2, y2] of snapped.guides) o.line("guides", [[x1, y1], [x2, y2]], "ed-guide")
    o.dimension("measure", from, snapped.at, `${measure(distance(from, snapped.at))}  ${degreesText(angleOf(from, snapped.at))}°`)
    if (chain.length) o.dimension("measure", snapped.at, chain[0], measure(distance(snapped.at, chain[0])))
    if (snapped.reason) o.label("hint", snapped.at, ed.reason(snapped.reason), "strong", 0, -18)
    ed.warn(snapped.at)
    ed.preview(this.commandOfShape(drag))
  }

  commandOfShape(drag) {
    const key = drag.thing.k, {at} = drag.result
    if (drag.kind === "corner") return {op: drag.insert ? "insert_corner" : "move_corner", key, index: drag.at, to: at}
    const [a, b] = drag.at ? [drag.thing.e[0], at] : [at, drag.thing.e[1]]
    return {op: "set_wall", key, a, b}
  }

  stretch(p) {
    const ed = this.ed, drag = this.drag
    drag.to = p
    ed.overlay.clear("rubber")
    ed.overlay.box("rubber", boxOf([drag.from, p]), p[0] < drag.from[0] ? "ed-rubber touching" : "ed-rubber")
  }

  finish(drag) {
    const ed = this.ed
    if (drag.kind === "move") {
      const {dx, dy} = drag.result
      if (!dx && !dy) return
      if (drag.copy) { ed.lastOffset = [dx, dy]; return ed.commit(this.commandOf(drag), null, {selectNew: true}) }
      return ed.commit(this.commandOf(drag), new Map(drag.things.map((t) => [t.k, moveThing(t, {dx, dy})])))
    }
    if (drag.kind === "slide") {
      const {near, e} = drag.result
      return ed.commit({op: "place_opening", key: drag.thing.k, near}, new Map([[drag.thing.k, {...drag.thing, e, r: stripRound(e, 60), leaf: []}]]))
    }
    if (drag.kind === "turn" && drag.result.degrees) {
      const motion = {degrees: drag.result.degrees, about: drag.about}
      return ed.commit({op: "rotate", keys: drag.things.map((t) => t.k), degrees: motion.degrees, about: drag.about}, new Map(drag.things.map((t) => [t.k, moveThing(t, motion)])))
    }
    if (drag.kind === "wall_end") {
      const e = drag.at ? [drag.thing.e[0], drag.result.at] : [drag.result.at, drag.thing.e[1]]
      return ed.commit(this.commandOfShape(drag), new Map([[drag.thing.k, {...drag.thing, e, r: stripRound(e, drag.thing.w / 2)}]]))
    }
    if (drag.kind === "corner") {
      const ring = withCorner(drag.thing.r, drag, drag.result.at)
      ed.commit(this.commandOfShape(drag), new Map([[drag.thing.k, {...drag.thing, r: ring}]]))
    }
  }
}

function withCorner(ring, drag, at) {
  const made = ring.slice()
  made.splice(drag.insert ? drag.at + 1 : drag.at, drag.insert ? 0 : 1, at)
  return made
}

// The points of a selection that may meet others': its corners and middle, or those of its box where there are many.
function anchors(things) {
  const points = things.flatMap((t) => (t.t === "wall" ? t.e : t.r))
  const box = boxOf(points), middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  return points.length <= 48 ? [...points, middle] : [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]], middle]
}

export function wallSegments(things, without = new Set()) {
  return things.filter((t) => ["wall", "outline", "hole", "column", "obstacle"].includes(t.t) && !without.has(t.k)).flatMap((t) => edgesOf(t.r))
}

export function signed(mm) {
  return `${mm < 0 ? "−" : "+"}${lengthText(Math.abs(mm))}`
}
