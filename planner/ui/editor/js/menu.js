// The menu of the right button, the menu key and Shift+F10: what can be done with what is selected, with the keys that do it.

import {boxOfThings} from "./overlay.js"
import {pointsOf} from "./corners.js"
import {el} from "./elements.js"

const ALIGNMENTS = ["left", "centre", "right", "top", "middle", "bottom"]
const UNLOCKED = new Set(["floor", "zones", "routes", "issues", "labels", "grid", "rulers", "underlay"])

// Entries: {text, keys, run, disabled} or null for a line between groups.
export function entriesFor(ed, ui) {
  const w = (code, values) => ed.word(`editor.${code}`, values), things = ed.selected(), movable = ed.movable()
  const act = (name, args = {}) => () => ed.act(name, args)
  const ends = [
    {text: w("menu.paste"), keys: "Ctrl+V", run: act("paste")},
    {text: w("menu.select_all"), keys: "Ctrl+A", run: act("select_all")},
    {text: w("menu.fit_all"), keys: "Shift+1", run: act("fit_all")},
    {text: w("menu.true_scale"), keys: "Ctrl+0", run: act("true_scale")},
    {text: w(ed.options.snap ? "menu.snap_off" : "menu.snap_on"), keys: "S", run: () => { ed.options.snap = !ed.options.snap; ui.toolChanged() }},
  ]
  if (!things.length) return [...["wall", "door", "item", "measure"].map((id) => ({text: w(`tool.${id}`), keys: ui.letterOf(id), run: () => ed.use(id)})), null, ...ends]
  const items = things.filter((t) => t.t === "item"), doors = things.filter((t) => t.t === "door"), one = things.length === 1 ? things[0] : null
  const turnable = movable.some((t) => t.t !== "door" && t.t !== "window"), layer = one ? one.y : null
  const groups = [
    [
      {text: w("menu.properties"), keys: "Enter", run: () => ui.focusFirstField()},
      ...(one && pointsOf(one).length ? [{text: w(one.t === "wall" ? "menu.ends" : "menu.corners"), run: () => ui.openCorners()}] : []),
      {text: w("menu.zoom"), keys: "Shift+2", run: act("fit_selection")},
      ...(one && one.b ? [{text: w("whole_bank"), run: () => ed.select([...ed.things.values()].filter((t) => t.b === one.b).map((t) => t.k))}] : []),
    ],
    [
      ...(turnable ? [{text: w("menu.turn_left"), keys: "R", run: act("rotate", {degrees: 90})}, {text: w("menu.turn_right"), keys: "Shift+R", run: act("rotate", {degrees: -90})}, {text: w("menu.turn_by"), run: () => ui.openTurning()}] : []),
      ...(doors.length ? [{text: w("menu.flip_hinge"), keys: "F", run: act("flip", {what: "hinge"})}, {text: w("menu.flip_swing"), keys: "X", run: act("flip", {what: "swing"})}] : []),
      ...(items.length ? [{text: w(items.every((t) => t.pin) ? "menu.unpin" : "menu.pin"), keys: "P", run: act("pin")}] : []),
    ],
    [
      {text: w("menu.cut"), keys: "Ctrl+X", run: act("cut"), disabled: !movable.length},
      {text: w("menu.copy"), keys: "Ctrl+C", run: act("copy"), disabled: !movable.length},
      {text: w("menu.duplicate"), keys: "Ctrl+D", run: act("duplicate"), disabled: !movable.length},
      ...(movable.length ? [{text: w("menu.array"), run: () => ui.openArray()}] : []),
    ],
    movable.length > 1 ? ALIGNMENTS.map((to) => ({text: w(`align.${to}`), run: act("align", {to})})) : [],
    movable.length > 2 ? ["x", "y"].map((axis) => ({text: w(`distribute.${axis}`), run: act("distribute", {axis})})) : [],
    layer && ed.layers[layer] ? [
      {text: w("menu.hide_layer", {layer: w(`layer.${layer}`)}), run: () => ui.turnLayer(layer, "show")},
      ...(UNLOCKED.has(layer) ? [] : [{text: w("menu.lock_layer", {layer: w(`layer.${layer}`)}), run: () => ui.turnLayer(layer, "lock")}]),
    ] : [],
    ends.slice(0, 1),
    [{text: w("action.delete"), keys: "Delete", run: act("delete"), disabled: !movable.length}],
  ]
  return groups.filter((g) => g.length).flatMap((g, n) => (n ? [null, ...g] : g))
}

export class ContextMenu {
  constructor(root, stage) {
    this.root = root
    this.stage = stage
    this.box = null
    this.away = (ev) => { if (this.box && !ev.composedPath().includes(this.box)) this.close(false) }
  }

  // At a place in the stage's pixels; kept inside the editor.
  open(entries, [x, y], label) {
    this.close(false)
    this.back = this.root.getRootNode().activeElement || this.stage
    const buttons = []
    this.box = el("div", {class: "ed-menu", role: "menu", "aria-label": label, tabindex: "-1"}, ...entries.map((entry) => {
      if (!entry) return el("div", {class: "ed-menu-line", role: "separator"})
      const button = el("button", {type: "button", role: "menuitem", tabindex: "-1", disabled: Boolean(entry.disabled), onclick: () => { this.close(true); entry.run() }},
        el("span", {text: entry.text}), el("kbd", {text: entry.keys || "", dir: "ltr"}))
      if (!entry.disabled) buttons.push(button)
      return button
    }))
    this.box.addEventListener("keydown", (ev) => this.key(ev, buttons))
    this.box.addEventListener("contextmenu", (ev) => ev.preventDefault())
    this.root.append(this.box)
    const stage = this.stage.getBoundingClientRect(), root = this.root.getBoundingClientRect(), own = this.box.getBoundingClientRect()
    const low = Math.min(root.height, globalThis.innerHeight - root.top) - 4, high = Math.max(4, 4 - root.top)  // what is seen of the editor
    const left = Math.min(stage.left - root.left + x, root.width - own.width - 4), top = Math.min(stage.top - root.top + y, low - own.height)
    this.box.style.left = `${Math.max(4, left)}px`
    this.box.style.top = `${Math.max(high, top)}px`
    this.box.style.maxHeight = `${Math.max(120, low - Math.max(high, top))}px`
    if (buttons.length) buttons[0].focus({preventScroll: true})
    document.addEventListener("pointerdown", this.away, true)
  }

  key(ev, buttons) {
    ev.stopPropagation()
    const at = buttons.indexOf(this.root.getRootNode().activeElement), count = buttons.length
    const next = {ArrowDown: at + 1, ArrowUp: at - 1 + count, Home: 0, End: count - 1}[ev.key]
    if (next !== undefined && count) { ev.preventDefault(); buttons[next % count].focus(); return }
    if (ev.key === "Escape" || ev.key === "Tab") { ev.preventDefault(); this.close(true); return }
    if (ev.key.length !== 1 || ev.ctrlKey || ev.altKey || ev.metaKey || ev.key === " ") return
    const letter = ev.key.toLowerCase(), turned = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)]
    const found = turned.find((b) => b.textContent.trim().toLowerCase().startsWith(letter))
    if (found) found.focus()
  }

  close(giveBack) {
    if (!this.box) return
    document.removeEventListener("pointerdown", this.away, true)
    this.box.remove()
    this.box = null
    if (giveBack && this.back) this.back.focus({preventScroll: true})
  }

  get isOpen() { return Boolean(this.box) }
}

// Where a menu asked for by key belongs: at the middle of the selection as far as it is seen, else in the middle.
export function placeForKeys(ed) {
  const things = ed.selected(), [w, h] = ed.view.size()
  if (!things.length) return [w / 2, h / 2]
  const box = boxOfThings(things), [x, y] = ed.view.toScreen([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
  return [Math.min(Math.max(x, 8), w - 8), Math.min(Math.max(y, 8), h - 8)]
}
