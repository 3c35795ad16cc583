// The editor's middle: what is shown (Python's truth and gestures not yet answered), what is selected, one tool, and the
// messages. A finished gesture is one message; Python's answer wins over what was shown meanwhile.

import {act} from "./acts.js"
import {ChainTool, ColumnTool} from "./draw_tools.js"
import {ItemTool, OpeningTool} from "./place_tools.js"
import {HandTool, MeasureTool, UnderlayTool, ZoomTool} from "./view_tools.js"
import {pressed} from "./hand_keys.js"
import {kindWord, nameOf, reason, word} from "./names.js"
import {flushNudge, nudgeUnderlay} from "./nudge.js"
import {Overlay, boxOfThings} from "./overlay.js"
import {DARK, LIGHT} from "./paint.js"
import {thingsAt} from "./parts.js"
import {ghost, paint, paintIncumbent, paintIssues, paintSelection} from "./picture.js"
import {SelectTool} from "./select_tool.js"
import {RULER_PX} from "./rulers.js"
import {showUnderlay} from "./underlay_load.js"
import {calibrate, moveUnderlay, turnUnderlay} from "./underlay_moves.js"
import {HUNDREDTH, gridSteps} from "./units.js"

export const LAYERS = ["walls", "openings", "columns", "rooms", "floor", "fittings", "seats", "zones", "free", "routes", "issues", "labels", "grid", "rulers", "underlay"]
const MOST_TRIES = 3
const PATIENT_MS = 250  // what was dragged waits so long for its answer before the plan is painted without
const LATE_MS = 400  // an answer that takes longer leaves what was said of where the hand was before

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
    this.unsent = []
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
    this.previewing = {busy: false, next: null, seq: 0, late: 0, old: false}
    this.dark = false
    this.tools = {
      select: new SelectTool(this), hand: new HandTool(), wall: new ChainTool(this, "wall", "wall"),
      outline: new ChainTool(this, "outline", "outline"), room: new ChainTool(this, "room", "room"),
      keepout: new ChainTool(this, "keepout", "keepout"), column: new ColumnTool(this), door: new OpeningTool(this, "door"),
      window: new OpeningTool(this, "window"), item: new ItemTool(this), zoom: new ZoomTool(this), underlay: new UnderlayTool(this), measure: new MeasureTool(this), calibrate: new MeasureTool(this, "calibrate"),
    }
    this.tool = this.tools.select
    this.frames = []
    this.held = 0
  }

  // -- words --------------------------------------------------------------------------------------------------------------

  word(code, values = {}) { return word(this, code, values) }
  kindWord(kind) { return kindWord(this, kind) }
  nameOf(thing) { return nameOf(this, thing) }
  reason({what, name, degrees}) { return reason(this, {what, name, degrees}) }

  // -- messages -------------------------------------------------------------------------------------------------------------

  receive(message) {
    const handlers = {
      scene: (m) => this.takeScene(m), ack: (m) => this.acknowledged(m), refused: (m) => this.refused(m), stale: (m) => this.stale(m),
      preview: (m) => this.previewed(m), issues: (m) => this.takeIssues(m), select: (m) => { this.select(m.keys); if (m.zoom) this.fitSelection() },
      zoom: (m) => { this.view.fit(m.box, 0.25); this.repaint() }, incumbent: (m) => { this.incumbent = m.rings; this.paintIncumbent() }, tool: (m) => { this.use(m.tool); this.ui.takeFocus() }, do: (m) => { this.ui.takeFocus(); this.act(m.act, m.args || {}) }, underlay: (m) => showUnderlay(this, m.image), catalogue: (m) => { this.catalogue = m.catalogue; this.ui.catalogueChanged() },
    }
    const handle = handlers[message.type]
    if (handle) handle(message)
  }

  takeScene(message) {
    if (message.rev !== this.rev) this.issuesFresh = this.flowFresh = false  // what the rules said was of another plan
    this.rev = message.rev
    if (message.full) {
      const fresh = this.level !== message.level || !this.truth.size
      this.level = message.level
      this.truth = new Map()
      this.ground = {}
      this.pending = []
      this.merge(message)
      if (fresh) {
        this.unsent = []  // it was typed of parts of another storey, whose names may be here too
        this.fitAll()
      }
    } else this.merge(message)
    this.settle()
    this.sendTyped()
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
    if (this.held && this.pending.length) this.wanted = "all"
    else this.repaint()
    this.ui.selectionChanged()
  }

  commit(command, patch = null, {selectNew = false, commands = null} = {}) {
    const list = (commands || [command]).map((c) => ({...c, level: this.level}))
    return this.begin({type: "command", commands: list}, patch || new Map(), selectNew)
  }

  // What is typed of parts stands on what was typed before: it waits for that to be answered, and is made of the parts as they
  // are then. `make(part)` gives a command, or null.
  typed(things, make) {
    this.unsent.push([things.map((t) => t.k), make])
    this.sendTyped()
  }

  sendTyped() {
    while (this.unsent.length && !this.pending.length) {
      const [keys, make] = this.unsent.shift(), commands = keys.map((k) => this.things.get(k)).filter(Boolean).map(make).filter(Boolean)
      if (commands.length) this.commit(null, null, {commands})
    }
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
    this.sendTyped()
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
    this.sendTyped()
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
    p.late = setTimeout(() => this.liveIsOld(true), LATE_MS)
  }

  previewed(message) {
    const p = this.previewing
    p.busy = false
    p.took = performance.now() - p.sent
    clearTimeout(p.late)
    p.old = false
    if (message.issues && this.gesturing()) {
      this.live = {issues: message.issues}
      this.paintIssues()
      const told = this.warned ? this.warn(...this.warned) : this.refusal()
      if (told) this.say(told.text)
    }
    if (p.next) this.askPreview()
  }

  // Whether the last word on the gesture under way is of where the hand was a while ago: then it is grey.
  liveIsOld(old) {
    this.previewing.old = old
    if (!this.live) return
    this.overlay.clear("warn")
    this.paintIssues()
  }

  // What speaks against the gesture under way: the first broken rule about the things in hand; where the building changes,
  // the first one that was not broken before.
  refusal() {
    if (!this.live || this.previewing.old) return null
    const held = this.selection, errors = this.live.issues.filter((i) => i.severity === "error")
    if (this.tool === this.tools.select && this.selected().every((t) => t.t === "item")) return errors.find((i) => i.ids.some((k) => held.has(k))) || null
    if (this.tool === this.tools.item) return errors[0] || null
    const before = new Set(this.issues.map((i) => i.text))
    return errors.find((i) => !before.has(i.text)) || null
  }

  // A word beside the hand on what speaks against the gesture: the figure and the clause; the sentence goes to the status line.
  warn(at, down = 36) {
    const refused = this.refusal()
    this.warned = [at, down]
    this.overlay.clear("warn")
    if (refused && refused.short) this.overlay.label("warn", at, `✕ ${refused.short}${refused.clause ? "   " + refused.clause : ""}`, "bad", 0, down)
    return refused
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
    if (!this.gesturing()) this.live = null  // else a score that comes late would wipe what is said of the gesture
    this.issuesFresh = this.pending.length === 0 && rev === this.rev
    const last = this.frames[this.frames.length - 1]
    if (last && this.issuesFresh && last.rules === null) last.rules = performance.now() - last.sent
    this.repaint()
  }

  // -- picture ----------------------------------------------------------------------------------------------------------------

  get ink() {
    return this.dark ? DARK : LIGHT
  }

  // The box in view that no ruler lies over.
  inFrame() {
    const [x0, y0, x1, y1] = this.view.box(), ruler = this.layers.rulers.on ? this.mm(RULER_PX) : 0, edge = this.mm(3)
    return [x0 + ruler + edge, y0 + edge, x1 - edge, y1 - ruler - edge]
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

  // Paint when what is under way has ended, so that Bokeh draws in this frame and not in the next; what is wanted after that waits
  // for the next frame.
  repaint(what = "all") {
    this.wanted = this.wanted === "all" || what === "all" ? "all" : what
    if (this.frame) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      this.paintWanted()
    })
    queueMicrotask(() => this.paintWanted())
  }

  paintWanted() {
    if (this.wanted && this.view.ranges) this.paint()
  }

  // The hand has let go: what it held stays drawn where it left it until Python answers, so that the plan is painted once and
  // not twice; the first picture would keep the answer waiting. One that is late is not waited for.
  hold() {
    clearTimeout(this.held)
    this.held = setTimeout(() => this.repaint(), PATIENT_MS)
  }

  letGo() {
    clearTimeout(this.held)
    this.held = 0
    requestAnimationFrame(() => {  // together with Bokeh's picture
      const drag = this.tools.select.drag
      if (!this.held && (!drag || drag.kind === "press" || drag.kind === "rubber")) this.overlay.clear("ghost")
    })
  }

  paint() {
    if (this.held) this.letGo()
    return paint(this)
  }

  paintIncumbent() { return paintIncumbent(this) }
  paintIssues() { return paintIssues(this) }
  paintSelection() { return paintSelection(this) }
  ghost(things) { return ghost(this, things) }

  endGesture() {
    if (this.held && !this.pending.length) this.repaint()  // nothing came of it
    if (!this.held) this.overlay.clear("ghost")
    this.overlay.clear("guides", "draft", "measure", "rubber", "hint", "warn")
    this.live = this.warned = null
    this.previewing.next = null
    this.previewing.old = false
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
    if (this.issues.length) this.paintIssues()
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

  act(name, args = {}) { return act(this, name, args) }

  nudgeUnderlay(dx, dy) { return nudgeUnderlay(this, dx, dy) }
  flushNudge() { return flushNudge(this) }
  calibrate(a, b, length) { return calibrate(this, a, b, length) }
  moveUnderlay(change, keep = true) { return moveUnderlay(this, change, keep) }
  turnUnderlay(degrees) { return turnUnderlay(this, degrees) }

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

  key(ev) { return pressed(this, ev) }

  // What the right button means: the part under it, unless it is selected with others already.
  chooseUnder(screen) {
    const hits = thingsAt(this.pickable(), this.view.toWorld(screen), this.mm(6))
    if (hits.some((t) => this.selection.has(t.k))) return
    this.select(hits.length ? [hits[0].k] : [])
  }

  // A second finger, or a pointer that is taken away: what is drawn point by point goes on afterwards.
  interrupted() {
    if (this.tool.interrupted) this.tool.interrupted()
    else this.tool.cancel()
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

