// Moved by arrow keys: shown at once, sent as one step when the hand rests.

import {moveThing} from "./parts.js"
import {moveUnderlay} from "./underlay_moves.js"
import {measure} from "./units.js"

const NUDGE_PAUSE_MS = 350

export function nudge(ed, dx, dy) {
  const things = ed.movable()
  if (!things.length) return
  const n = ed.nudging || {dx: 0, dy: 0, keys: things.map((t) => t.k), base: new Map(things.map((t) => [t.k, t]))}
  n.dx += dx
  n.dy += dy
  clearTimeout(n.timer)
  n.timer = setTimeout(() => flushNudge(ed), NUDGE_PAUSE_MS)
  ed.nudging = n
  for (const [key, thing] of n.base) ed.things.set(key, moveThing(thing, {dx: n.dx, dy: n.dy}))
  ed.repaint()
  ed.ui.selectionChanged()
  ed.announce(ed.word("editor.said.moved", {dx: measure(n.dx), dy: measure(n.dy)}))
}

export function nudgeUnderlay(ed, dx, dy) {
  clearTimeout(ed.nudgedUnderlay)
  ed.nudgedUnderlay = setTimeout(() => flushNudge(ed), NUDGE_PAUSE_MS)
  moveUnderlay(ed, {x: ed.underlay.x + dx, y: ed.underlay.y + dy}, false)
}

export function flushNudge(ed) {
  if (ed.nudgedUnderlay) {
    clearTimeout(ed.nudgedUnderlay)
    ed.nudgedUnderlay = 0
    if (ed.underlay) moveUnderlay(ed, {})
  }
  const n = ed.nudging
  if (!n) return
  ed.nudging = null
  clearTimeout(n.timer)
  if (n.dx || n.dy) ed.commit({op: "move", keys: n.keys, dx_mm: n.dx, dy_mm: n.dy}, new Map([...n.base].map(([k, t]) => [k, moveThing(t, {dx: n.dx, dy: n.dy})])))
}
