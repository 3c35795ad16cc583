// The editor's middle: what is shown (Python's truth and gestures not yet answered), what is selected, one tool, and the
// messages. A finished gesture is one message; Python's answer wins over what was shown meanwhile.

import {boxOf, distance} from "./geometry.js"
import {ChainTool, ColumnTool, HandTool, ItemTool, MeasureTool, OpeningTool, UnderlayTool, ZoomTool} from "./draw_tools.js"
import {OPENINGS, moveThing, thingsAt} from "./parts.js"
import {Overlay, boxOfThings} from "./overlay.js"
import {DARK, LIGHT, areas, bodies, gridLines, hatches, issueAreas, labels, sizeText, strokes, underlay, walls, zones} from "./paint.js"
import {SelectTool} from "./select_tool.js"
import {HUNDREDTH, degreesText, gridSteps, measure} from "./units.js"

export const LAYERS = ["walls", "openings", "columns", "rooms", "floor", "fittings", "seats", "zones", "free", "routes", "issues", "labels", "grid", "rulers", "underlay"]
const MOST_TRIES = 3
const NUDGE_PAUSE_MS = 350
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}

export class Editor {
  constructor({view, svg, send, words, ui}) {
    this.view = view
    this.overlay = new Overlay(svg, view)
    this.sendMessage = send
    this.words = words
    this.ui = ui
    this.truth = new Map()
    this.things = new Map()
    this.ground = {}
    this.pending = []
    this.selection = new Set()
    this.rev = 0
    this.seq = 0
    this.issues = []
    this.issuesFresh = true
    this.layers = Object.fromEntries(LAYERS.map((l) => [l, {on: true, lock: false, alpha: 1}]))
    this.options = {snap: true, wall: 200, column: 400, item: "counter", keepout: "free"}
    this.catalogue = []
    this.underlay = null
    this.incumbent = []
    this.lastOffset = null
    this.clipped = 1  // how often what was copied has been put down, from 0 for what was cut
    this.cross = null
    this.previewing = {busy: false, next: null, seq: 0}
    this.dark = false
    this.tools = {
      select: new SelectTool(this), hand: new HandTool(), wall: new ChainTool(this, "wall", "wall"),
      outline: new ChainTool(this, "outline", "outline"), room: new ChainTool(this, "room", "room"),
      keepout: new ChainTool(this, "keepout", "keepout"), column: new ColumnTool(this), door: new OpeningTool(this, "door"),
      window: new OpeningTool(this, "window"), item: new ItemTool(this), zoom: new ZoomTool(this), underlay: new UnderlayTool(this), measure: new MeasureTool(this), calibrate: new MeasureTool(this, "calibrate"),
    }
    this.tool = this.tools.select
    this.frames = []
  }

  // -- words --------------------------------------------------------------------------------------------------------------

  word(code, values = {}) {
    return (this.words[code] || code).replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all))
  }

  kindWord(kind) {
    return this.words[`editor.kind.${kind}`] || String(kind || "").replace(/_/g, " ")
  }

  // What people call a part: its name, else its kind with the number of its id, else with the id.
  nameOf(thing) {
    if (!thing) return ""
    if (thing.n || !thing.i) return thing.n || this.kindWord(thing.t)
    const kind = thing.t === "item" || thing.t === "obstacle" ? thing.s : thing.t, number = /^(.*?)-?0*(\d+)$/.exec(thing.i)
    const own = thing.i === kind || (number && (number[1] === kind || number[1] === thing.t))
    const about = thing.m ? ` · ${thing.m}` : ""  // of an area kept free: for whom alone
    return (own ? `${this.kindWord(kind)}${number ? " " + number[2] : ""}` : `${this.kindWord(kind)} ${thing.i}`) + about
  }

  reason({what, name, degrees}) {
    if (!what) return ""
    if (what === "grid") return ""
    return this.word(`editor.snap.${what}`, {name: this.nameOf(this.things.get(name)), degrees: degrees === undefined ? "" : ((degrees % 360) + 360) % 360})
  }

  // -- messages -------------------------------------------------------------------------------------------------------------

  receive(message) {
    const handlers = {
      scene: (m) => this.takeScene(m), ack: (m) => this.acknowledged(m), refused: (m) => this.refused(m), stale: (m) => this.stale(m),
      preview: (m) => this.previewed(m), issues: (m) => this.takeIssues(m), select: (m) => { this.select(m.keys); if (m.zoom) this.fitSelection() },
      zoom: (m) => { this.view.fit(m.box, 0.25); this.repaint() }, incumbent: (m) => { this.incumbent = m.rings; this.paintIncumbent() }, tool: (m) => { this.use(m.tool); this.ui.takeFocus() }, do: (m) => { this.ui.takeFocus(); this.act(m.act, m.args || {}) }, underlay: (m) => { this.underlay = m.image; this.ui.underlayChanged(); this.repaint() }, catalogue: (m) => { this.catalogue = m.catalogue; this.ui.catalogueChanged() },
    }
    const handle = handlers[message.type]
    if (handle) handle(message)
  }

  takeScene(message) {
    this.rev = message.rev
    if (message.full) {
      const fresh = this.level !== message.level || !this.truth.size
      this.level = message.level
      this.truth = new Map()
      this.ground = {}
      this.pending = []
      this.merge(message)
      if (fresh) this.fitAll()
    } else this.merge(message)
    this.settle()
  }

  merge(message) {
    for (const key of message.gone || []) this.truth.delete(key)
    for (const thing of message.set || []) this.truth.set(thing.k, thing)
    if (message.ground) this.ground = {...this.ground, ...this.withHoles(message.ground)}
    if (message.full || message.gone?.length || (message.set || []).some((t) => !this.things.has(t.k))) this.ui.partsChanged()
  }

  // Areas name the holes that are shown already by their number among all holes of that area.
  withHoles(ground) {
    const made = {...ground}
    for (const area of ["public", "staff"]) if (made[area]) {
      const known = (this.ground[area] || []).flatMap((p) => p.h || [])
      made[area] = made[area].map((p) => ({r: p.r, h: (p.h || []).map((hole) => (Number.isInteger(hole) ? known[hole] : hole))}))
    }
    return made
  }

  // What is shown: the truth, and over it the gestures that Python has not answered yet.
  settle() {
    const shown = new Map(this.truth)
    for (const gesture of this.pending) for (const [key, thing] of gesture.patch) if (thing) shown.set(key, thing); else shown.delete(key)
    this.things = shown
    for (const key of this.selection) if (!shown.has(key)) this.selection.delete(key)
    for (const tool of Object.values(this.tools)) if (tool.sceneChanged) tool.sceneChanged()
    this.repaint()
    this.ui.selectionChanged()
  }

  commit(command, patch = null, {selectNew = false, commands = null} = {}) {
    const list = (commands || [command]).map((c) => ({...c, level: this.level}))
    return this.begin({type: "command", commands: list}, patch || new Map(), selectNew)
  }

  begin(message, patch, selectNew) {
    this.flushNudge()
    const gesture = {seq: ++this.seq, message, patch, selectNew, tries: 0, at: performance.now()}
    this.pending.push(gesture)
    this.issuesFresh = false
    this.flowFresh = false
    this.settle()
    this.post(gesture)
    return gesture.seq
  }

  post(gesture) {
    gesture.tries += 1
    gesture.sent = performance.now()
    this.sendMessage({...gesture.message, seq: gesture.seq, base_rev: this.rev})
    this.ui.busy(true)
  }

  take(seq) {
    const at = this.pending.findIndex((g) => g.seq === seq)
    return at < 0 ? null : this.pending.splice(at, 1)[0]
  }

  acknowledged(message) {
    const gesture = this.take(message.seq), before = new Set(this.truth.keys())
    this.rev = message.rev
    this.merge(message)
    if (gesture && gesture.selectNew) {
      const made = (message.set || []).map((t) => t.k).filter((k) => !before.has(k))
      if (made.length) this.selection = new Set(made)
    }
    this.settle()
    this.ui.busy(this.pending.length > 0)
    if (gesture) {
      this.frames.push({round: performance.now() - gesture.sent, sent: gesture.sent, rules: null})
      if (message.text) this.announce(message.text)
    }
  }

  refused(message) {
    this.take(message.seq)
    this.settle()
    this.ui.busy(this.pending.length > 0)
    this.ui.complain(message.text)
    this.announce(message.text)
    this.issuesFresh = this.pending.length === 0
    this.paintIssues()
  }

  // Somebody else changed the project first: take what is new and try the gesture again on it.
  stale(message) {
    this.rev = message.rev
    this.merge(message)
    const gesture = this.pending.find((g) => g.seq === message.seq)
    this.settle()
    if (!gesture) return
    if (gesture.tries < MOST_TRIES) this.post(gesture)
    else this.refused({seq: message.seq, text: message.text})
  }

  // One preview is under way at a time; of those wanted meanwhile only the last is asked.
  preview(command) {
    const p = this.previewing
    p.next = {...command, level: this.level}
    if (!p.busy) this.askPreview()
  }

  askPreview() {
    const p = this.previewing
    if (!p.next) return
    p.busy = true
    p.seq += 1
    p.sent = performance.now()
    this.sendMessage({type: "preview", seq: p.seq, base_rev: this.rev, commands: [p.next]})
    p.next = null
  }

  previewed(message) {
    const p = this.previewing
    p.busy = false
    p.took = performance.now() - p.sent
    if (message.issues && this.gesturing()) {
      this.live = {issues: message.issues}
      this.paintIssues()
      const told = this.refusal()
      if (told) this.say(told.text)
    }
    if (p.next) this.askPreview()
  }

  // What speaks against the gesture under way: the first broken rule about the things in hand.
  refusal() {
    if (!this.live) return null
    const held = new Set([...this.selection])
    return this.live.issues.find((i) => i.severity === "error" && (this.tool !== this.tools.select || i.ids.some((k) => held.has(k)))) || null
  }

  gesturing() {
    return Boolean(this.tools.select.drag) || this.tool !== this.tools.select
  }

  // What the rules say of one revision. An older one's is dropped; the score comes after the issues and is grey till then.
  takeIssues({issues, flow, routes, rev}) {
    if (rev < this.rev) return
    this.issues = issues || []
    this.routes = routes
    if (flow) this.flow = flow
    this.flowFresh = Boolean(flow)
    this.live = null
    this.issuesFresh = this.pending.length === 0 && rev === this.rev
    const last = this.frames[this.frames.length - 1]
    if (last && this.issuesFresh && last.rules === null) last.rules = performance.now() - last.sent
    this.repaint()
  }

  // -- picture ----------------------------------------------------------------------------------------------------------------

  get ink() {
    return this.dark ? DARK : LIGHT
  }

  shows(thing) {
    return this.layers[thing.y].on
  }

  // How strongly each layer is drawn; 0 where it is hidden.
  layersOn() {
    return Object.fromEntries(Object.entries(this.layers).map(([name, l]) => [name, l.on ? l.alpha : 0]))
  }

  pickable() {
    const found = []
    for (const t of this.things.values()) if (this.layers[t.y].on && !this.layers[t.y].lock) found.push(t)
    return found
  }

  mm(pixels) {
    return pixels / this.view.scale
  }

  gridStep() {
    return this.layers.grid.on ? gridSteps(this.view.scale)[0] : 1
  }

  // How far a copy stands from what it was made of.
  besideStep() {
    return Math.round(Math.max(this.gridStep() * 2, 200))
  }

  // Paint at most once a frame.
  repaint(what = "all") {
    this.wanted = this.wanted === "all" || what === "all" ? "all" : what
    if (this.frame) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      if (this.view.ranges) this.paint()
    })
  }

  paint() {
    const on = this.layersOn(), ink = this.ink, view = this.view, list = [...this.things.values()]
    const moved = this.painted !== view.ranges
    this.painted = view.ranges
    if (this.wanted === "all") {
      const loose = list.filter((t) => t.t === "wall" && this.pending.some((g) => g.patch.has(t.k)))
      view.background(ink.paper)
      view.put("underlay", underlay(this.underlay, on))
      view.put("areas", areas(list, this.ground, ink, on, Boolean(this.underlay && on.underlay)))
      view.put("zones", zones(list, ink, on))
      view.put("walls", walls(list, this.ground, ink, on, loose))
      view.put("bodies", bodies(list, ink, on))
      view.put("hatches", hatches(list, ink, on))
      view.put("strokes", strokes(list, this.ground, this.routes, this.issuesFresh, ink, on))
    }
    if (this.wanted === "all" || moved) {
      view.put("grid", gridLines(view.box(), view.scale, ink, on.grid))
      view.put("labels", labels(list, ink, on, view.scale, this.words, (t) => this.kindWord(t.t === "door" ? `use_${t.s}` : t.s || t.t)))
      this.ui.viewChanged()
    }
    this.wanted = ""
    this.paintIssues()
    this.paintIncumbent()
    this.paintSelection()
  }

  // The best layout a search has found so far, over the one that stands.
  paintIncumbent() {
    if (!this.view.ranges) return
    this.overlay.clear("incumbent")
    this.overlay.rings("incumbent", this.incumbent, "ed-incumbent")
  }

  paintIssues() {
    if (!this.view.ranges) return
    const shown = this.live ? this.live.issues : this.issues, stale = !this.live && !this.issuesFresh, o = this.overlay
    this.view.put("issues", issueAreas(shown, this.ink, this.layersOn(), stale))
    o.clear("issues")
    const told = []  // where words stand already: those that would lie on them are told by the list alone
    if (this.layers.issues.on) for (const issue of shown) {
      const cls = `${issue.severity}${stale ? " stale" : ""}`
      for (const line of issue.lines || []) o.line("issues", line, `ed-blocked ${cls}`)
      if (issue.at) {
        o.warning(issue.at, cls)
        const [x, y] = this.view.toScreen(issue.at)
        if (told.some(([tx, ty]) => Math.abs(tx - x) < 150 && Math.abs(ty - y) < 40)) continue
        told.push([x, y])
        if (issue.short) o.label("issues", issue.at, issue.short, cls, 0, 24)
        if (issue.clause && this.view.scale > 0.015) o.label("issues", issue.at, issue.clause, `${cls} small`, 0, 42)
      }
    }
    this.ui.issuesChanged(shown, this.flow, stale, stale || !this.flowFresh || Boolean(this.live))
  }

  paintSelection() {
    const o = this.overlay, things = this.selected()
    o.clear("selection", "handles", "marks")
    for (const t of this.things.values()) if (t.pin && this.shows(t)) {
      const b = boxOf(t.r)
      if ((b[2] - b[0]) * this.view.scale > 14) o.padlock([b[2] - this.mm(8), b[3] - this.mm(9)])
    }
    if (!things.length) return
    o.rings("selection", things.map((t) => t.r), "ed-selected")
    if (this.tool !== this.tools.select || this.tools.select.drag) return
    const box = boxOfThings(things), one = things.length === 1 ? things[0] : null
    if (one && one.t === "wall") one.e.forEach((p, i) => o.handle(p, "square", `end:${i}`, this.word("editor.handle.end")))
    else if (one && ["outline", "hole", "space", "column", "obstacle", "free"].includes(one.t)) {
      one.r.forEach((p, i) => {
        const q = one.r[(i + 1) % one.r.length]
        if (distance(p, q) * this.view.scale > 40 && one.r.length < 60) o.handle([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2], "diamond", `mid:${i}`, this.word("editor.handle.insert"))
      })
      one.r.forEach((p, i) => o.handle(p, "square", `corner:${i}`, this.word("editor.handle.corner")))
    }
    if (!one || one.t === "item" || one.t === "column" || one.t === "obstacle" || one.t === "free") {
      const top = [(box[0] + box[2]) / 2, box[3]], away = [top[0], top[1] + this.mm(24)]
      o.line("handles", [top, away], "ed-stem")
      o.handle(away, "round", "turn", this.word("editor.handle.turn"))
    }
    if (things.length < 400 && one) {
      if (one.t === "wall") o.label("selection", [(one.e[0][0] + one.e[1][0]) / 2, (one.e[0][1] + one.e[1][1]) / 2], measure(distance(...one.e)), "quiet", 0, -16, "length")
      else if (!OPENINGS.has(one.t)) o.label("selection", [(box[0] + box[2]) / 2, box[1]], sizeText(box), "quiet", 0, 20, "width")
    }
  }

  ghost(things) {
    this.overlay.clear("ghost", "handles")
    this.overlay.rings("ghost", things.map((t) => t.r), "ed-ghost")
    const zoned = things.length <= 60 ? things.flatMap((t) => (t.z || []).map(([, ring]) => ring)) : []
    if (this.layers.zones.on) this.overlay.rings("ghost", zoned, "ed-zone")
  }

  endGesture() {
    this.overlay.clear("ghost", "guides", "draft", "measure", "rubber", "hint")
    this.live = null
    this.previewing.next = null
    this.paintIssues()
    this.paintSelection()
    this.refreshStatus()
    this.say("")
  }

  fitAll() {
    const list = [...this.things.values(), ...this.truth.values()].filter((t) => t.t !== "space")
    if (this.view.ranges || this.view.model) this.view.fit(list.length ? boxOfThings(list) : [0, 0, 20000, 12000])
    this.repaint("view")
  }

  fitSelection() {
    const things = this.selected()
    if (!things.length) return this.fitAll()
    this.view.fit(boxOfThings(things), 0.2)
    this.repaint("view")
  }

  // 1:100 as on paper, the middle of the picture staying where it is.
  trueScale() {
    const [x0, y0, x1, y1] = this.view.box()
    this.view.show([(x0 + x1) / 2, (y0 + y1) / 2], HUNDREDTH)
    this.repaint("view")
    this.announce(this.word("editor.menu.true_scale"))
  }

  // What was framed fills the picture.
  fitBox(box) {
    this.view.fit(box, 0)
    this.repaint("view")
  }

  // -- selection ------------------------------------------------------------------------------------------------------------

  selected() {
    return [...this.selection].map((k) => this.things.get(k)).filter(Boolean)
  }

  select(keys) {
    this.flushNudge()
    this.selection = new Set(keys.filter((k) => this.things.has(k)))
    this.selectionTold()
  }

  toggle(key) {
    if (!this.selection.delete(key)) this.selection.add(key)
    this.selectionTold()
  }

  selectionTold() {
    this.paintSelection()
    this.refreshStatus()
    this.ui.selectionChanged()
    const things = this.selected()
    this.announce(things.length === 1 ? this.word("editor.said.selected", {name: this.nameOf(things[0])}) : this.word("editor.said.selected_many", {count: things.length}))
    this.sendMessage({type: "selection", keys: [...this.selection].slice(0, 500)})
  }

  movable() {
    return this.selected().filter((t) => t.t !== "outline" && t.t !== "hole")
  }

  // -- actions: one command each ------------------------------------------------------------------------------------------------

  act(name, args = {}) {
    const things = this.movable(), keys = things.map((t) => t.k)
    if (name === "undo" || name === "redo") { this.flushNudge(); return this.sendMessage({type: name}) }
    if (name === "menu") return this.openMenu()
    if (name === "select_all") return this.select(this.pickable().filter((t) => !["outline", "hole", "space"].includes(t.t)).map((t) => t.k))
    if (name === "fit_all") return this.fitAll()
    if (name === "fit_selection") return this.fitSelection()
    if (name === "true_scale") return this.trueScale()
    if (name === "paste") return this.paste()
    if (name === "units") return this.ui.switchUnits()
    if (!keys.length) return undefined
    if (name === "copy" || name === "cut") return this.clip(keys, name === "cut")
    if (name === "delete") return this.commit({op: "delete", keys}, new Map(keys.map((k) => [k, null])))
    if (name === "duplicate") return this.duplicate(keys)
    if (name === "rotate") return this.rotate(things, args.degrees)
    if (name === "pin") return this.pin(things)
    if (name === "flip") return this.flip(things, args.what)
    return this.commit({op: name, keys, ...args}, null, {selectNew: name === "array"})
  }

  // Python keeps the parts, so that they can be put down when those on the plan are gone, and on another page or storey too.
  clip(keys, cut) {
    this.flushNudge()
    this.clipped = cut ? 0 : 1
    this.sendMessage({type: "clip", level: this.level, keys})
    if (cut) this.commit({op: "delete", keys}, new Map(keys.map((k) => [k, null])))
    this.announce(this.word(cut ? "editor.said.cut" : "editor.said.copied", {count: keys.length}))
  }

  // What was cut goes back where it stood, what was copied goes beside it; once more goes one step farther.
  paste() {
    const step = this.besideStep(), [dx, dy] = this.lastOffset || [step, -step], times = this.clipped
    this.clipped = times + 1
    this.begin({type: "paste", level: this.level, dx_mm: dx * times, dy_mm: dy * times}, new Map(), true)
  }

  duplicate(keys) {
    const standing = keys.filter((k) => this.things.has(k))
    if (!standing.length) return
    const step = this.besideStep(), [dx, dy] = this.lastOffset || [step, -step]
    this.commit({op: "duplicate", keys: standing, dx_mm: dx, dy_mm: dy}, null, {selectNew: true})
  }

  rotate(things, degrees) {
    const box = boxOfThings(things), about = [Math.round((box[0] + box[2]) / 2), Math.round((box[1] + box[3]) / 2)]
    const turning = things.filter((t) => !OPENINGS.has(t.t))
    if (turning.length) this.commit({op: "rotate", keys: turning.map((t) => t.k), degrees, about}, new Map(turning.map((t) => [t.k, moveThing(t, {degrees, about})])))
  }

  pin(things) {
    const items = things.filter((t) => t.t === "item")
    if (!items.length) return
    const pinned = !items.every((t) => t.pin)
    this.commit({op: "set_pinned", keys: items.map((t) => t.k), pinned}, new Map(items.map((t) => [t.k, {...t, pin: pinned}])))
  }

  flip(things, what) {
    const doors = things.filter((t) => t.t === "door")
    if (doors.length) this.commit(null, null, {commands: doors.map((t) => ({op: "flip_door", key: t.k, what}))})
  }

  // Arrow keys: shown at once, sent as one step when the hand rests.
  nudge(dx, dy) {
    const things = this.movable()
    if (!things.length) return
    const n = this.nudging || {dx: 0, dy: 0, keys: things.map((t) => t.k), base: new Map(things.map((t) => [t.k, t]))}
    n.dx += dx
    n.dy += dy
    clearTimeout(n.timer)
    n.timer = setTimeout(() => this.flushNudge(), NUDGE_PAUSE_MS)
    this.nudging = n
    for (const [key, thing] of n.base) this.things.set(key, moveThing(thing, {dx: n.dx, dy: n.dy}))
    this.repaint()
    this.ui.selectionChanged()
    this.announce(this.word("editor.said.moved", {dx: measure(n.dx), dy: measure(n.dy)}))
  }

  nudgeUnderlay(dx, dy) {
    clearTimeout(this.nudgedUnderlay)
    this.nudgedUnderlay = setTimeout(() => this.flushNudge(), NUDGE_PAUSE_MS)
    this.moveUnderlay({x: this.underlay.x + dx, y: this.underlay.y + dy}, false)
  }

  flushNudge() {
    if (this.nudgedUnderlay) {
      clearTimeout(this.nudgedUnderlay)
      this.nudgedUnderlay = 0
      if (this.underlay) this.moveUnderlay({})
    }
    const n = this.nudging
    if (!n) return
    this.nudging = null
    clearTimeout(n.timer)
    if (n.dx || n.dy) this.commit({op: "move", keys: n.keys, dx_mm: n.dx, dy_mm: n.dy}, new Map([...n.base].map(([k, t]) => [k, moveThing(t, {dx: n.dx, dy: n.dy})])))
  }

  calibrate(a, b, length) {
    const image = this.underlay, drawn = distance(a, b)
    if (!image || drawn < 1) return
    const f = length / drawn, about = (v, centre) => centre + (v - centre) * f
    this.moveUnderlay({x: about(image.x, a[0]), y: about(image.y, a[1]), w: image.w * f, h: image.h * f})
    this.announce(this.word("editor.said.scaled", {length: measure(length)}))
    this.use("select")
  }

  // x, y: its left lower corner; w, h: its size in millimetres.
  moveUnderlay(change, keep = true) {
    this.underlay = {...this.underlay, ...change}
    const {x, y, w, h, alpha, angle} = this.underlay
    if (keep) this.sendMessage({type: "underlay", place: {x, y, w, h, alpha, degrees: Math.round((angle * 180000) / Math.PI) / 1000}})
    this.repaint()
  }

  // Its middle stays where it is; the picture itself is turned about its left lower corner.
  turnUnderlay(degrees) {
    const image = this.underlay
    if (!image) return
    const turned = ((((degrees + 180) % 360) + 360) % 360) - 180, angle = (turned * Math.PI) / 180
    const half = (a) => [(Math.cos(a) * image.w - Math.sin(a) * image.h) / 2, (Math.sin(a) * image.w + Math.cos(a) * image.h) / 2]
    const [was, is] = [half(image.angle), half(angle)]
    this.moveUnderlay({angle, x: image.x + was[0] - is[0], y: image.y + was[1] - is[1]})
    this.ui.underlayChanged()
    this.announce(this.word("editor.said.underlay_turned", {degrees: degreesText(turned)}))
  }

  // -- tools, pointer and keys -----------------------------------------------------------------------------------------------------

  use(id) {
    if (!this.tools[id]) return
    this.tool.cancel()
    this.tool = this.tools[id]
    this.setCursor(id === "hand" ? "grab" : id === "underlay" ? "move" : id === "select" ? "default" : "crosshair")
    this.paintSelection()
    this.refreshStatus()
    this.ui.toolChanged()
  }

  setCursor(name) { this.ui.setCursor(name) }
  announce(text) { this.ui.announce(text) }
  say(text) { this.ui.say(text) }
  refreshStatus() { this.ui.status(this.word(this.tool.status(), {count: this.selection.size})) }

  pointer(kind, screen, ev) {
    if (!this.view.ranges) return
    this.cross = null
    const p = this.view.toWorld(screen)
    this.ui.cursorAt(p)
    if (kind === "down") { this.flushNudge(); this.tool.down(p, ev) }
    else if (kind === "move") this.tool.move(p, ev)
    else if (kind === "up") this.tool.up(p, ev)
    else if (kind === "double" && this.tool.double) this.tool.double(p)
    if (kind !== "move") this.refreshStatus()
  }

  // True where the key was ours.
  key(ev) {
    const key = ev.key, letter = key.length === 1 ? key.toLowerCase() : key, mod = ev.ctrlKey || ev.metaKey
    if (key === "Escape") return this.escape()
    if (key === "ContextMenu" || (key === "F10" && ev.shiftKey)) { this.openMenu(); return true }
    if (this.tool.key && this.tool.key(ev)) return true
    if (this.crossKey(ev)) return true
    if (mod) {
      const found = {z: ev.shiftKey ? "redo" : "undo", y: "redo", a: "select_all", d: "duplicate", c: "copy", x: "cut", v: "paste"}[letter]
      if (found) { this.act(found); return true }
      if (key === "0") { this.trueScale(); return true }
      return false
    }
    if (ev.shiftKey && ev.code === "Digit1") { this.fitAll(); return true }
    if (ev.shiftKey && ev.code === "Digit2") { this.fitSelection(); return true }
    if (ARROWS[key] && this.movable().length) {
      const step = ev.altKey ? 1 : this.gridStep() * (ev.shiftKey ? 10 : 1)
      this.nudge(ARROWS[key][0] * Math.round(step), ARROWS[key][1] * Math.round(step))
      return true
    }
    if (ev.altKey) return false
    if (key === "Enter" && this.selection.size && this.tool === this.tools.select) { this.ui.focusFirstField(); return true }
    if (key === "Delete" || key === "Backspace") { this.act("delete"); return true }
    if (key === "Tab") return this.cycle(ev.shiftKey ? -1 : 1)
    if (letter === "r") { this.act("rotate", {degrees: ev.shiftKey ? -90 : 90}); return true }
    if (letter === "p") { this.act("pin"); return true }
    if (letter === "f" || letter === "x") { this.act("flip", {what: letter === "f" ? "hinge" : "swing"}); return true }
    if (letter === "g") { this.layers.grid.on = !this.layers.grid.on; this.repaint(); this.ui.layersChanged(); return true }
    if (letter === "s") { this.options.snap = !this.options.snap; this.ui.toolChanged(); this.announce(this.word(this.options.snap ? "editor.said.snap_on" : "editor.said.snap_off")); return true }
    if (key === "+" || key === "=" || key === "-") { const [w, h] = this.view.size(); this.zoom([w / 2, h / 2], key === "-" ? 0.8 : 1.25); return true }
    const tool = this.ui.toolOf(letter)
    if (tool && !ev.shiftKey) { this.use(tool); return true }
    return false
  }

  // For tools that draw, arrows move a cross and Enter is its click: what a hand can draw, keys can.
  crossKey(ev) {
    const step = ARROWS[ev.key]
    if (this.tool === this.tools.select || this.tool === this.tools.hand || !this.view.ranges || ev.ctrlKey || ev.metaKey) return false
    if (!step && ev.key !== "Enter") return false
    const grid = this.gridStep(), far = ev.altKey ? 1 : grid * (ev.shiftKey ? 10 : 1), [left, low, right, high] = this.view.box()
    const middle = [(left + right) / 2, (low + high) / 2].map((v) => Math.round(Math.round(v / grid) * grid)), set = this.tool.points || []
    const here = this.cross || set[set.length - 1] || middle, hand = {altKey: !step && ev.altKey}
    const there = step ? [here[0] + step[0] * far, here[1] + step[1] * far].map(Math.round) : here
    if (!step && this.cross) { this.tool.down(there, hand); this.tool.up(there, hand); this.cross = this.cross || there } else {
      this.cross = there
      this.tool.move(there, hand)
    }
    this.announce(this.word("editor.said.cross", {x: measure(this.cross[0]), y: measure(this.cross[1])}))
    this.refreshStatus()
    return true
  }

  // What the right button means: the part under it, unless it is selected with others already.
  chooseUnder(screen) {
    const hits = thingsAt(this.pickable(), this.view.toWorld(screen), this.mm(6))
    if (hits.some((t) => this.selection.has(t.k))) return
    this.select(hits.length ? [hits[0].k] : [])
  }

  // Escape cancels the gesture, then the tool, then the selection.
  escape() {
    if (this.tool.cancel()) return true
    if (this.tool !== this.tools.select) { this.use("select"); return true }
    if (this.selection.size) { this.select([]); return true }
    return false
  }

  // Tab goes through what lies under the last click; with nothing there it stays the browser's own.
  cycle(step) {
    const o = this.overlaps
    if (!o || o.hits.length < 2 || this.tool !== this.tools.select) return false
    o.at = (o.at + step + o.hits.length) % o.hits.length
    this.select([o.hits[o.at]])
    return true
  }

  zoom(screen, factor) {
    this.view.zoomAt(screen, factor)
    this.repaint("view")
  }

  pan(dx, dy) {
    this.view.pan(dx, dy)
    this.repaint("view")
  }
}

