// What menus, keys and panels can do with the parts that are selected: one command each.

import {flushNudge} from "./nudge.js"
import {boxOfThings} from "./overlay.js"
import {OPENINGS, moveThing} from "./parts.js"

export function act(ed, name, args = {}) {
  const things = ed.movable(), keys = things.map((t) => t.k)
  if (name === "undo" && ed.tool.takeBack?.()) return undefined  // a point of what is being drawn is the last step there is
  if (name === "undo" && ed.unsent.length) return ed.unsent.pop()  // it was not even made yet
  if (name === "undo" || name === "redo") { flushNudge(ed); return ed.sendMessage({type: name}) }
  if (name === "menu") return ed.openMenu()
  if (name === "select_all") return ed.select(ed.pickable().filter((t) => !["outline", "hole", "space"].includes(t.t)).map((t) => t.k))
  if (name === "fit_all") return ed.fitAll()
  if (name === "fit_selection") return ed.fitSelection()
  if (name === "true_scale") return ed.trueScale()
  if (name === "paste") return paste(ed)
  if (name === "units") return ed.ui.switchUnits()
  if (!keys.length) return undefined
  if (name === "copy" || name === "cut") return clip(ed, keys, name === "cut")
  if (name === "delete") return ed.commit({op: "delete", keys}, new Map(keys.map((k) => [k, null])))
  if (name === "duplicate") return duplicate(ed, keys)
  if (name === "rotate") return rotate(ed, things, args.degrees)
  if (name === "pin") return pin(ed, things)
  if (name === "flip") return flip(ed, things, args.what)
  return ed.commit({op: name, keys, ...args}, null, {selectNew: name === "array"})
}

// Python keeps the parts, so that they can be put down when those on the plan are gone, and on another page or storey too.
function clip(ed, keys, cut) {
  flushNudge(ed)
  ed.clipped = cut ? 0 : 1
  ed.sendMessage({type: "clip", level: ed.level, keys})
  if (cut) ed.commit({op: "delete", keys}, new Map(keys.map((k) => [k, null])))
  ed.announce(ed.word(cut ? "editor.said.cut" : "editor.said.copied", {count: keys.length}))
}

// What was cut goes back where it stood, what was copied goes beside it; once more goes one step farther.
function paste(ed) {
  const step = ed.besideStep(), [dx, dy] = ed.lastOffset || [step, -step], times = ed.clipped
  ed.clipped = times + 1
  ed.begin({type: "paste", level: ed.level, dx_mm: dx * times, dy_mm: dy * times}, new Map(), true)
}

function duplicate(ed, keys) {
  const standing = keys.filter((k) => ed.things.has(k))
  if (!standing.length) return
  const step = ed.besideStep(), [dx, dy] = ed.lastOffset || [step, -step]
  ed.commit({op: "duplicate", keys: standing, dx_mm: dx, dy_mm: dy}, null, {selectNew: true})
}

function rotate(ed, things, degrees) {
  const box = boxOfThings(things), about = [Math.round((box[0] + box[2]) / 2), Math.round((box[1] + box[3]) / 2)]
  const turning = things.filter((t) => !OPENINGS.has(t.t))
  if (turning.length) ed.commit({op: "rotate", keys: turning.map((t) => t.k), degrees, about}, new Map(turning.map((t) => [t.k, moveThing(t, {degrees, about})])))
}

export function pin(ed, things) {
  const items = things.filter((t) => t.t === "item")
  if (!items.length) return
  const pinned = !items.every((t) => t.pin)
  ed.commit({op: "set_pinned", keys: items.map((t) => t.k), pinned}, new Map(items.map((t) => [t.k, {...t, pin: pinned}])))
}

function flip(ed, things, what) {
  const doors = things.filter((t) => t.t === "door")
  if (doors.length) ed.commit(null, null, {commands: doors.map((t) => ({op: "flip_door", key: t.k, what}))})
}
