// Puts the editor into the page: the figure below, the overlay above it, listeners on the stage between, and their release.

import {BokehView} from "./bokeh_view.js"
import {Editor} from "./controller.js"
import {SVG} from "./overlay.js"
import {ContextMenu, entriesFor, placeForKeys} from "./menu.js"
import {el} from "./elements.js"
import {Panels, UNITS_EVENT} from "./panels.js"

const ASK_AGAIN_MS = 4000, MOST_ASKED = 30


export function render({model}) {
  const stage = el("div", {class: "ed-stage", tabindex: "0", role: "application", "aria-roledescription": model.words["editor.stage_role"] || "", "aria-label": model.words["editor.stage"] || ""})
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("class", "ed-overlay")
  const root = el("div", {class: "ed-root", dir: model.rtl ? "rtl" : "ltr"}, stage)
  const panels = new Panels(root, stage, model.words)
  const view = new BokehView(model.figure_name)
  const ed = new Editor({view, svg, send: (data) => model.send_msg(data), words: model.words, ui: panels})
  panels.attach(ed)
  const menu = new ContextMenu(root, stage)
  ed.openMenu = (at) => menu.open(entriesFor(ed, panels), at || placeForKeys(ed), panels.w("menu"))
  stage.prepend(model.get_child("figure"), svg)

  const theme = () => {
    ed.dark = model.dark
    root.classList.toggle("dark", model.dark)
    ed.repaint()
  }
  model.on("dark", theme)
  model.on("msg:custom", (message) => ed.receive(message))

  const release = listen(stage, ed)
  const unitsChanged = () => panels.unitsChanged()
  globalThis.addEventListener(UNITS_EVENT, unitsChanged)
  const watcher = new ResizeObserver(() => {
    if (!view.model) return
    if (view.ranges) view.settle()
    ed.repaint()
  })
  watcher.observe(stage)
  let waiting = 0
  const begin = () => {
    waiting = 0
    if (!view.find() || view.size()[0] < 2) { waiting = requestAnimationFrame(begin); return }
    theme()
    ed.refreshStatus()
    ed.fitAll()
    ask(MOST_ASKED)
  }
  // what is told while the browser still fetches the page can be lost on the way: ask again until the plan is there
  let asking = 0
  const ask = (left) => {
    if (ed.rev > 0 || left <= 0) return
    model.send_msg({type: "ready"})
    asking = setTimeout(() => ask(left - 1), ASK_AGAIN_MS)
  }
  waiting = requestAnimationFrame(begin)
  model.on("remove", () => {
    menu.close(false)
    cancelAnimationFrame(waiting)
    clearTimeout(asking)
    watcher.disconnect()
    release()
    globalThis.removeEventListener(UNITS_EVENT, unitsChanged)
  })
  root.editor = ed
  return root
}

// Pointer, wheel and keys in the capture phase, so that nothing below sees a gesture that is ours.
function listen(stage, ed) {
  const pointers = new Map()
  let panning = null, space = false, pinch = null, lastClick = {at: 0, x: 0, y: 0}
  const at = (ev) => {
    const box = stage.getBoundingClientRect()
    return [ev.clientX - box.left, ev.clientY - box.top]
  }
  const inside = (ev) => ev.composedPath().some((n) => n.classList && n.classList.contains && n.classList.contains("ed-alert"))
  const on = {
    pointerdown(ev) {
      if (inside(ev)) return
      ev.preventDefault()
      ev.stopPropagation()
      stage.classList.remove("by-keys")
      stage.focus({preventScroll: true})
      try { stage.setPointerCapture(ev.pointerId) } catch { /* a pointer that is gone already cannot be held */ }
      pointers.set(ev.pointerId, at(ev))
      if (pointers.size === 2) { ed.interrupted(); pinch = spread(pointers); return }
      if (ev.button === 1 || space || ed.tool.id === "hand") { panning = at(ev); stage.classList.add("panning"); return }
      if (ev.button === 0) ed.pointer("down", at(ev), {altKey: ev.altKey, shiftKey: ev.shiftKey, ctrlKey: ev.ctrlKey, metaKey: ev.metaKey, target: ev.composedPath()[0]})
    },
    pointermove(ev) {
      ev.stopPropagation()
      const now = at(ev)
      if (pointers.has(ev.pointerId)) pointers.set(ev.pointerId, now)
      if (pinch && pointers.size === 2) {
        const next = spread(pointers)
        ed.pan(next.x - pinch.x, next.y - pinch.y)
        if (pinch.apart > 0) ed.zoom([next.x, next.y], next.apart / pinch.apart)
        pinch = next
      } else if (panning) {
        ed.pan(now[0] - panning[0], now[1] - panning[1])
        panning = now
      } else {
        const started = performance.now()
        ed.pointer("move", now, ev)
        ed.moveCost = performance.now() - started
      }
    },
    pointerup(ev) {
      ev.stopPropagation()
      pointers.delete(ev.pointerId)
      if (pinch) { if (!pointers.size) pinch = null; return }
      if (panning) { panning = null; stage.classList.remove("panning"); return }
      if (ev.button !== 0) return
      const now = at(ev), doubled = ev.timeStamp - lastClick.at < 350 && Math.hypot(now[0] - lastClick.x, now[1] - lastClick.y) < 5
      lastClick = {at: doubled ? 0 : ev.timeStamp, x: now[0], y: now[1]}
      if (doubled && ed.tool.double) ed.pointer("double", now, ev)
      else ed.pointer("up", now, ev)
    },
    pointercancel(ev) {
      pointers.delete(ev.pointerId)
      panning = pinch = null
      ed.interrupted()
    },
    wheel(ev) {
      ev.preventDefault()
      ev.stopPropagation()
      const step = ev.deltaMode === 1 ? 30 : 1
      ed.zoom(at(ev), Math.exp(-ev.deltaY * step * (ev.ctrlKey ? 0.01 : 0.0016)))
    },
    keydown(ev) {
      stage.classList.add("by-keys")
      if (ev.code === "Space" && ev.composedPath()[0] === stage) { space = true; stage.classList.add("panning"); ev.preventDefault(); return }
      if (ed.key(ev)) { ev.preventDefault(); ev.stopPropagation() }
    },
    keyup(ev) {
      if (ev.code === "Space") { space = false; stage.classList.remove("panning") }
      if (ev.key === "Alt") ev.preventDefault()
    },
    contextmenu(ev) {
      ev.preventDefault()
      if (ev.button !== 2) return  // asked for by key, which keydown has answered
      if (ed.tool.id !== "select") { ed.escape(); return }
      ed.chooseUnder(at(ev))
      ed.openMenu(at(ev))
    },
    dragstart(ev) { ev.preventDefault() },
    blur() { space = false; ed.flushNudge() },
  }
  const held = {capture: true, passive: false}
  for (const [name, handler] of Object.entries(on)) stage.addEventListener(name, handler, name === "keydown" || name === "keyup" ? {} : held)
  const list = stage.parentNode.querySelector(".ed-proxy")
  // what the list itself took, such as the arrows that go through it, must not move the part that they come to
  if (list) list.addEventListener("keydown", (ev) => { if (!ev.defaultPrevented) on.keydown(ev) })
  // Keys that nobody has in hand are the drawing's, as long as it is to be seen.
  const homeless = (ev) => { if (ev.target === document.body && seen(stage) && ed.key(ev)) ev.preventDefault() }
  document.addEventListener("keydown", homeless)
  return () => {
    document.removeEventListener("keydown", homeless)
    for (const [name, handler] of Object.entries(on)) stage.removeEventListener(name, handler, held)
  }
}

// A page that is put away keeps its place; what is on it is hidden.
function seen(el) {
  return el.offsetParent !== null && getComputedStyle(el).visibility !== "hidden"
}

function spread(pointers) {
  const [a, b] = [...pointers.values()]
  return {x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, apart: Math.hypot(a[0] - b[0], a[1] - b[1])}
}
