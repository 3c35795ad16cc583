// Keys, palette and shortcuts sheet. Labels come from people's files: they are set as text, never as HTML.

// Light or dark is remembered by the browser, for all pages.
const DARK = "centreline-dark"

function keptDark() {
  try { return localStorage.getItem(DARK) === "true" } catch { return false }
}

function keepDark(on) {
  try { localStorage.setItem(DARK, String(on)) } catch { /* a browser that keeps nothing asks again */ }
}

const ON_DARK = {"--cl-paper": "invert(.9) hue-rotate(180deg)", "--cl-ground": "#191919", "--cl-ink": "#eceff1"}

const LOOK_MS = 400  // how often it is looked whether something waits while the line is cut

// Actions that show a page begin so.
const GO = "go."

const STYLE = `
.cl-over { position: fixed; inset: 0; background: rgba(0,0,0,.35); z-index: 5000; display: flex; justify-content: center;
  align-items: flex-start; padding-top: 12vh; font-family: Roboto, sans-serif; }
.cl-box { background: #fff; color: #1c1c1c; width: min(560px, 92vw); max-height: 70vh; border-radius: 8px; overflow: hidden;
  box-shadow: 0 12px 40px rgba(0,0,0,.4); display: flex; flex-direction: column; }
.cl-dark .cl-box { background: #23272b; color: #eee; }
.cl-box input { font: inherit; font-size: 16px; padding: 14px 16px; border: 0; border-bottom: 1px solid #8884; outline: none;
  background: transparent; color: inherit; }
.cl-list { overflow: auto; padding: 6px 0; margin: 0; list-style: none; }
.cl-list li { padding: 7px 16px; display: flex; justify-content: space-between; gap: 16px; cursor: pointer; font-size: 14px; }
.cl-list li[aria-selected=true] { background: #1976d233; }
.cl-list h3 { font-size: 12px; font-weight: 500; margin: 10px 16px 4px; opacity: .7; }
.cl-lost { position: fixed; bottom: 0; inset-inline: 0; background: #b3261e; color: #fff; padding: 10px 20px; z-index: 6000;
  font: 15px Roboto, sans-serif; text-align: center; }
kbd { font: 12px ui-monospace, monospace; border: 1px solid #8886; border-radius: 4px; padding: 1px 6px; white-space: nowrap; }
.cl-title { padding: 14px 16px; margin: 0; font-size: 17px; font-weight: 500; border-bottom: 1px solid #8884; }`

export function keyOf(event) {
  const parts = []
  if (event.ctrlKey || event.metaKey) { parts.push("Ctrl") }
  if (event.altKey) { parts.push("Alt") }
  const named = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const bare = !/^[A-Z0-9]$/.test(named) && event.key.length === 1
  if (event.shiftKey && !bare) { parts.push("Shift") }
  return [...parts, named].join("+")
}

function typing(event) {
  const at = event.composedPath()[0]
  if (!(at instanceof HTMLElement)) { return false }
  return at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)
}

// Whether a key was pressed in a window that lies over the page: it has the keys. One that is just closing has them no more.
function overThePage(event) {
  const window = event.composedPath().find((el) => el instanceof Element && el.classList.contains("MuiDialog-container"))
  return window !== undefined && window.style.opacity !== "0"
}

// Lists to choose from open by a click only, so far as the component goes: these keys are the click.
const OPENERS = new Set(["Enter", " ", "ArrowDown", "ArrowUp"])

function isShutList(at) {
  return at instanceof HTMLElement && at.classList.contains("MuiSelect-select") && at.getAttribute("aria-expanded") === "false"
}

// A table keeps Tab to itself, also at its last cell: there it goes on, else nobody gets out of it without a mouse.
function leaveTable(event) {
  const at = event.composedPath()[0]
  const cell = event.key === "Tab" && at instanceof HTMLElement ? at.closest(".tabulator-cell.tabulator-editing") : null
  const table = cell && cell.closest(".tabulator-table")
  if (!table) { return }
  const cells = [...table.querySelectorAll(".tabulator-cell.tabulator-editable")]
  if (cell === cells[event.shiftKey ? 0 : cells.length - 1]) { event.stopImmediatePropagation() }
}

function dark() {
  const paper = getComputedStyle(document.body).backgroundColor.match(/\d+/g)
  return paper !== null && paper.length >= 3 && (Number(paper[0]) + Number(paper[1]) + Number(paper[2])) < 384
}

// Says once, `soon()` after it was asked, that nobody has pressed or moved anything for a while and the browser has time.
const REST_MS = 800, HANDS = ["keydown", "pointerdown", "pointermove", "wheel"]

function whenAtRest(tell) {
  let moved = performance.now(), waiting = 0
  const busy = () => { moved = performance.now() }
  for (const name of HANDS) { addEventListener(name, busy, {capture: true, passive: true}) }
  function look() {
    waiting = 0
    if (performance.now() - moved < REST_MS) { soon() } else { (self.requestIdleCallback ?? setTimeout)(tell) }
  }
  function soon() { waiting ||= setTimeout(look, REST_MS / 4) }
  return {
    soon,
    release() {
      clearTimeout(waiting)
      for (const name of HANDS) { removeEventListener(name, busy, {capture: true}) }
    },
  }
}

export function render({model, view}) {
  drawByModelsAlone()
  const ours = document.createElement("div")
  const style = document.createElement("style")
  style.textContent = STYLE
  const goes = () => model.actions.filter(({id}) => id.startsWith(GO))  // in the order of the list of pages
  const marked = marker((id) => goes().findIndex((action) => action.id === GO + id))
  const pages = pagesBeside(view, marked.mark, () => { if (model.ahead) { restful.soon() } })
  let before = null

  function close() {
    ours.replaceChildren(style)
    if (before instanceof HTMLElement) { before.focus() }
    before = null
  }

  const lost = document.createElement("div")
  lost.className = "cl-lost"
  lost.setAttribute("role", "alert")

  function banner(text) {
    lost.textContent = text
    lost.style.display = text ? "block" : "none"
  }

  function frame(label) {
    before ??= document.activeElement
    const over = document.createElement("div")
    over.className = dark() ? "cl-over cl-dark" : "cl-over"
    over.dir = model.direction
    over.addEventListener("pointerdown", (e) => { if (e.target === over) { close() } })
    const box = document.createElement("div")
    box.className = "cl-box"
    box.setAttribute("role", "dialog")
    box.setAttribute("aria-modal", "true")
    box.setAttribute("aria-label", label)
    over.append(box)
    ours.replaceChildren(style, over)
    return box
  }

  function line(action) {
    const item = document.createElement("li")
    const label = document.createElement("span")
    label.textContent = action.label
    item.append(label)
    if (action.keys || action.hint) {
      const keys = document.createElement("kbd")
      keys.textContent = action.keys || action.hint
      item.append(keys)
    }
    return item
  }

  // Pages that are there are turned at once; the server hears of it.
  function tell(id) {
    const turn = id.startsWith(GO) ? pages.turn(id.slice(GO.length)) : 0
    model.send_msg(turn ? {run: id, turn} : {run: id})
  }

  function run(id) {
    close()
    tell(id)
  }

  // The list of pages tells the server by itself.
  function navigated(event) {
    const path = event.composedPath()
    if (!path.some((el) => el instanceof Element && el.classList.contains("cl-nav"))) { return }
    const item = path.find((el) => el instanceof Element && el.classList.contains("MuiListItemButton-root"))
    const place = item ? [...item.getRootNode().querySelectorAll(".MuiListItemButton-root")].indexOf(item) : -1
    const action = goes()[place]
    const turn = action ? pages.turn(action.id.slice(GO.length)) : 0
    if (turn) { model.send_msg({turn}) }
  }

  function palette() {
    const box = frame(model.texts.search)
    const input = document.createElement("input")
    input.placeholder = model.texts.search
    input.setAttribute("aria-label", model.texts.search)
    input.setAttribute("role", "combobox")
    input.setAttribute("aria-expanded", "true")
    input.setAttribute("aria-controls", "cl-palette-list")
    const list = document.createElement("ul")
    list.className = "cl-list"
    list.id = "cl-palette-list"
    list.setAttribute("role", "listbox")
    list.setAttribute("aria-label", model.texts.search)
    box.append(input, list)
    let found = [], at = 0
    function paint() {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
      found = model.actions.filter((a) => words.every((w) => a.label.toLowerCase().includes(w)))
      at = Math.min(at, Math.max(0, found.length - 1))
      list.replaceChildren(...found.map((action, i) => {
        const item = line(action)
        item.setAttribute("role", "option")
        item.id = `cl-option-${i}`
        item.setAttribute("aria-selected", String(i === at))
        item.addEventListener("click", () => run(action.id))
        return item
      }))
      if (found.length) { input.setAttribute("aria-activedescendant", `cl-option-${at}`) }
      else {
        const none = document.createElement("li")
        none.setAttribute("role", "option")
        none.setAttribute("aria-disabled", "true")
        none.textContent = model.texts.nothing
        list.append(none)
        input.removeAttribute("aria-activedescendant")
      }
      list.children[at]?.scrollIntoView({block: "nearest"})
    }
    input.addEventListener("input", () => { at = 0; paint() })
    input.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown") { at = Math.min(at + 1, found.length - 1); paint(); e.preventDefault() }
      if (e.key === "ArrowUp") { at = Math.max(at - 1, 0); paint(); e.preventDefault() }
      if (e.key === "Enter" && found[at]) { run(found[at].id); e.preventDefault() }
      if (e.key === "Tab") { e.preventDefault() }
    })
    paint()
    input.focus()
  }

  function sheet() {
    const box = frame(model.texts.shortcuts)
    box.tabIndex = -1
    const title = document.createElement("h2")
    title.className = "cl-title"
    title.textContent = model.texts.shortcuts
    const list = document.createElement("div")
    list.className = "cl-list"
    list.tabIndex = 0
    const groups = new Map()
    for (const action of model.actions.filter((a) => a.keys || a.hint)) {
      groups.set(action.group, [...(groups.get(action.group) ?? []), action])
    }
    for (const [name, actions] of groups) {
      const heading = document.createElement("h3")
      heading.textContent = name
      const lines = document.createElement("ul")
      lines.style.cssText = "list-style: none; padding: 0; margin: 0"
      lines.append(...actions.map(line))
      list.append(heading, lines)
    }
    box.append(title, list)
    box.focus()
  }

  // A shut list takes Enter, space and arrows for itself, also with Ctrl: those are the page's.
  function passList(event) {
    const ours = event.ctrlKey || event.altKey || event.metaKey
    if (!ours || !isShutList(event.composedPath()[0]) || !model.actions.some((a) => a.keys === keyOf(event))) { return }
    event.stopImmediatePropagation()
    pressed(event)
  }

  function pressed(event) {
    if (ours.children.length > 1) {
      if (event.key === "Escape") { close(); event.preventDefault(); event.stopPropagation() }
      return
    }
    const at = event.composedPath()[0]
    if (isShutList(at) && OPENERS.has(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      at.click()
      event.preventDefault()
      return
    }
    const key = keyOf(event)
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (typing(event) && (plain || /^Ctrl\+(Shift\+)?[ZYACVX]$/.test(key))) { return }
    if (event.defaultPrevented || overThePage(event)) { return }
    const same = key === "Ctrl+Y" ? "Ctrl+Shift+Z" : key
    const action = model.actions.find((a) => a.keys === same)
    if (!action) { return }
    event.preventDefault()
    if (action.id === "palette") { palette() }
    else if (action.id === "shortcuts") { sheet() }
    else { tell(action.id) }
  }

  model.on("msg:custom", (data) => {
    if (data.open === "palette") { palette() }
    if (data.open === "shortcuts") { sheet() }
    if (data.more) { restful.soon() }
    if (typeof data.visit === "string" && data.visit.startsWith("/") && !data.visit.startsWith("//")) { location.assign(data.visit) }
  })
  const restful = whenAtRest(() => { if (pages.layAhead()) { restful.soon() } else { model.send_msg({rest: true}) } })
  const server = view.model.document
  let cut = null, looking = 0
  // what is said of the work must be true at each moment: a change made after the cut is nowhere but here
  const tellOfCut = () => {
    const text = waitsHere(cut) ? model.texts.lost_unsaved : model.texts.lost
    if (lost.textContent !== text) { banner(text) }
  }
  server.on_event("connection_lost", (_, event) => {
    cut = event.connection.deref() ?? null
    if (cut) { keepWhileCut(cut) }
    tellOfCut()
    clearInterval(looking)
    looking = setInterval(tellOfCut, LOOK_MS)
  })
  server.on_event("client_reconnected", () => {
    clearInterval(looking)
    banner("")
    pages.reconnected()
    if (cut) { deliver(cut) }
    cut = null
  })
  document.documentElement.dir = model.direction
  const tellReady = () => {
    if (!model.ready) { return }
    document.documentElement.dataset.centreline = "ready"
    if (model.ahead) { restful.soon() }
    document.title = model.caption  // set as text; the frame round the page has put its own there meanwhile
    if (keptDark() && !model.dark) { model.send_msg({dark: true}) }
  }
  model.on("dark", () => { keepDark(model.dark); ground() })
  ground()
  // pictures of white paper, and what lies on them, on a dark page
  function ground() {
    const style = document.documentElement.style
    for (const [name, value] of Object.entries(ON_DARK)) {
      if (model.dark) { style.setProperty(name, value) } else { style.removeProperty(name) }
    }
  }
  const told = () => pages.told(model.here)
  model.on("here", told)
  told()
  model.on("ready", tellReady)
  model.on("caption", () => { document.title = model.caption })
  tellReady()
  document.addEventListener("keydown", pressed)
  document.addEventListener("keydown", leaveTable, true)
  document.addEventListener("keydown", passList, true)
  document.addEventListener("click", navigated, true)
  model.on("remove", () => {
    document.removeEventListener("keydown", pressed)
    document.removeEventListener("keydown", leaveTable, true)
    document.removeEventListener("keydown", passList, true)
    document.removeEventListener("click", navigated, true)
    pages.release()
    marked.release()
    restful.release()
    clearInterval(looking)
  })
  banner("")
  ours.append(style)
  const both = document.createElement("div")
  both.append(ours, lost)
  return both
}
