// Keys on the drawing: what they do, and the cross that draws without a mouse.

import {act} from "./acts.js"
import {nudge} from "./nudge.js"
import {measure} from "./units.js"

const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}

// True where the key was ours.
export function pressed(ed, ev) {
  const key = ev.key, letter = key.length === 1 ? key.toLowerCase() : key, mod = ev.ctrlKey || ev.metaKey
  if (key === "Escape") return ed.escape()
  if (key === "ContextMenu" || (key === "F10" && ev.shiftKey)) { ed.openMenu(); return true }
  if (ed.tool.key && ed.tool.key(ev)) return true
  if (crossKey(ed, ev)) return true
  if (mod) {
    const found = {z: ev.shiftKey ? "redo" : "undo", y: "redo", a: "select_all", d: "duplicate", c: "copy", x: "cut", v: "paste"}[letter]
    if (found) { act(ed, found); return true }
    if (key === "0") { ed.trueScale(); return true }
    return false
  }
  if (ev.shiftKey && ev.code === "Digit1") { ed.fitAll(); return true }
  if (ev.shiftKey && ev.code === "Digit2") { ed.fitSelection(); return true }
  if (ARROWS[key] && ed.movable().length) {
    const step = ev.altKey ? 1 : ed.gridStep() * (ev.shiftKey ? 10 : 1)
    nudge(ed, ARROWS[key][0] * Math.round(step), ARROWS[key][1] * Math.round(step))
    return true
  }
  if (ev.altKey) return false
  if (key === "Enter" && ed.selection.size && ed.tool === ed.tools.select) { ed.ui.focusFirstField(); return true }
  if (key === "Delete" || key === "Backspace") { act(ed, "delete"); return true }
  if (key === "Tab") return ed.cycle(ev.shiftKey ? -1 : 1)
  if (letter === "r") { act(ed, "rotate", {degrees: ev.shiftKey ? -90 : 90}); return true }
  if (letter === "p") { act(ed, "pin"); return true }
  if (letter === "f" || letter === "x") { act(ed, "flip", {what: letter === "f" ? "hinge" : "swing"}); return true }
  if (letter === "g") { ed.layers.grid.on = !ed.layers.grid.on; ed.repaint(); ed.ui.layersChanged(); return true }
  if (letter === "s") { ed.options.snap = !ed.options.snap; ed.ui.toolChanged(); ed.announce(ed.word(ed.options.snap ? "editor.said.snap_on" : "editor.said.snap_off")); return true }
  if (key === "+" || key === "=" || key === "-") { const [w, h] = ed.view.size(); ed.zoom([w / 2, h / 2], key === "-" ? 0.8 : 1.25); return true }
  const tool = ed.ui.toolOf(letter)
  if (tool && !ev.shiftKey) { ed.use(tool); return true }
  return false
}

// For tools that draw, arrows move a cross and Enter is its click: what a hand can draw, keys can.
function crossKey(ed, ev) {
  const step = ARROWS[ev.key]
  if (ed.tool === ed.tools.select || ed.tool === ed.tools.hand || !ed.view.ranges || ev.ctrlKey || ev.metaKey) return false
  if (!step && ev.key !== "Enter") return false
  const grid = ed.gridStep(), far = ev.altKey ? 1 : grid * (ev.shiftKey ? 10 : 1), [left, low, right, high] = ed.view.box()
  const middle = [(left + right) / 2, (low + high) / 2].map((v) => Math.round(Math.round(v / grid) * grid)), set = ed.tool.points || []
  const here = ed.cross || set[set.length - 1] || middle, hand = {altKey: !step && ev.altKey}
  const there = step ? [here[0] + step[0] * far, here[1] + step[1] * far].map(Math.round) : here
  if (!step && ed.cross) { ed.tool.down(there, hand); ed.tool.up(there, hand); ed.cross = ed.cross || there } else {
    ed.cross = there
    ed.tool.move(there, hand)
  }
  ed.announce(ed.word("editor.said.cross", {x: measure(ed.cross[0]), y: measure(ed.cross[1])}))
  ed.refreshStatus()
  return true
}
