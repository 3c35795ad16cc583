// Tools that put things down: doors and windows in walls, fittings of the catalogue.

import {boxOf} from "./geometry.js"
import {hostsOf, moveThing, slideTo, stripRound} from "./parts.js"
import {snapDrag, snapIndex} from "./snap.js"
import {isPartOfNumber, lengthText, readLength, withUnit} from "./units.js"

const USES = ["internal", "entrance", "exit", "entrance_exit", "staff"]

// Doors and windows slide along the walls under the hand; typing gives the width, Tab the use.
export class OpeningTool {
  constructor(ed, id) {
    this.ed = ed
    this.id = id
    this.typed = ""
    this.use = "internal"
    this.width = id === "door" ? 1000 : 1200
  }

  status() { return `editor.status.${this.id}` }
  down() {}
  sceneChanged() {}

  move(p, ev = {}) {
    const ed = this.ed, o = ed.overlay, free = ev.altKey || !ed.options.snap
    this.hand = p
    o.clear("draft", "measure", "hint")
    this.place = slideTo(hostsOf(ed.things.values(), this.id === "door" && this.use === "internal"), p, this.width, free ? {} : {step: ed.gridStep(), tol: ed.mm(8)})
    if (!this.place) return o.label("hint", p, ed.word("editor.hint.no_wall"), "bad", 0, -18)
    o.rings("draft", [stripRound(this.place.e, 70)], "ed-draft")
    const use = this.id === "door" ? ` · ${ed.word(`editor.use.${this.use}`)}` : ""
    const reason = this.place.what ? ` · ${ed.reason(this.place)}` : ""
    o.label("hint", p, `${withUnit(this.typed ? `[${this.typed}]` : lengthText(this.width))}${use}${reason}`, this.typed ? "typed" : "strong", 0, -18)
  }

  up(p, ev) {
    this.move(p, ev)
    if (!this.place) return
    const near = this.place.at
    if (this.id === "door") this.ed.commit({op: "add_door", near, use: this.use, width_mm: this.width}, null, {selectNew: true})
    else this.ed.commit({op: "add_window", near, width_mm: this.width}, null, {selectNew: true})
  }

  key(ev) {
    if (ev.ctrlKey || ev.metaKey || ev.altKey) return false
    if (isPartOfNumber(ev.key)) this.typed += ev.key
    else if (ev.key === "Backspace" && this.typed) this.typed = this.typed.slice(0, -1)
    else if (ev.key === "Tab" && this.id === "door" && this.hand) this.use = USES[(USES.indexOf(this.use) + 1) % USES.length]
    else if (ev.key === "Enter" && this.typed) {
      const width = readLength(this.typed)
      if (width) this.width = width
      this.typed = ""
    } else return false
    if (this.hand) this.move(this.hand)
    return true
  }

  cancel() {
    const had = Boolean(this.typed)
    this.typed = ""
    this.ed.endGesture()
    return had
  }
}

// A fitting of the catalogue under the hand, with the floor it needs; R turns it.
export class ItemTool {
  constructor(ed) {
    this.ed = ed
    this.id = "item"
    this.angle = 0
  }

  status() { return "editor.status.item" }
  down() {}
  sceneChanged() { this.index = null }

  ghostThing(at) {
    const kind = this.ed.catalogue.find((c) => c.id === this.ed.options.item) || this.ed.catalogue[0]
    if (!kind) return null
    return moveThing({k: "new", t: "item", r: kind.r, z: kind.z, o: [0, 0], a: 0}, {degrees: this.angle, about: [0, 0], dx: at[0], dy: at[1]})
  }

  move(p, ev) {
    const ed = this.ed, o = ed.overlay
    this.hand = p
    this.index = this.index || snapIndex([...ed.things.values()].filter((t) => ed.shows(t)))
    const start = this.ghostThing([0, 0])
    if (!start) return
    const found = snapDrag(this.index, start.r, boxOf(start.r), p[0], p[1], {tol: ed.mm(7), grid: ed.gridStep(), free: ev.altKey || !ed.options.snap, view: ed.view.box()})
    this.at = [found.dx, found.dy]
    const thing = this.ghostThing(this.at)
    o.clear("draft", "guides", "hint")
    o.rings("draft", thing.z.map(([, ring]) => ring), "ed-zone")
    o.rings("draft", [thing.r], "ed-draft")
    for (const [x1, y1, x2, y2] of found.guides) o.line("guides", [[x1, y1], [x2, y2]], "ed-guide")
    const reason = found.reasons.map((r) => ed.reason(r)).filter(Boolean).join(" · ")
    o.label("hint", [this.at[0], boxOf(thing.r)[3]], reason || ed.kindWord(ed.options.item), "", 0, -14)
    ed.preview({op: "add_item", kind: ed.options.item, at: this.at, rotation_deg: this.angle})
  }

  up(p, ev) {
    this.move(p, ev)
    if (this.at) this.ed.commit({op: "add_item", kind: this.ed.options.item, at: this.at, rotation_deg: this.angle}, null, {selectNew: true})
  }

  key(ev) {
    if (ev.key.toLowerCase() !== "r" || ev.ctrlKey || ev.metaKey || ev.altKey) return false
    this.angle = (this.angle + (ev.shiftKey ? 270 : 90)) % 360
    if (this.hand) this.move(this.hand, ev)
    return true
  }

  cancel() {
    this.ed.endGesture()
    return false
  }
}
