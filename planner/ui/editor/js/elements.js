// Parts of the page made by createElement and textContent only: names of files and people never become markup.

import {SVG} from "./overlay.js"

export function el(tag, options = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(options)) {
    if (name === "class") made.className = value
    else if (name === "text") made.textContent = value
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value)
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value)
  }
  made.append(...children)
  return made
}

export function icon(path) {
  const made = document.createElementNS(SVG, "svg")
  for (const [k, v] of Object.entries({viewBox: "0 0 19 19", width: 19, height: 19, "aria-hidden": "true", class: "ed-icon"})) made.setAttribute(k, v)
  const line = document.createElementNS(SVG, "path")
  line.setAttribute("d", path)
  made.append(line)
  return made
}

// A field of text that is taken when it is left or Enter is pressed, where it differs from what stood there; `take(text)` says
// false where it could not be read. Escape gives back what stood there, and the hand to the drawing.
export function typed(input, take, leave) {
  let last = input.value
  const apply = () => {
    if (!input.isConnected || input.dataset.going || input.value === last) return
    last = input.dataset.taken = input.value
    if (take(last) === false) last = input.value = input.defaultValue
  }
  for (const name of ["change", "blur"]) input.addEventListener(name, apply)
  input.addEventListener("keydown", (ev) => {
    if (ev.key === "Enter") apply()
    if (ev.key === "Escape") { last = input.value = input.defaultValue; leave() }
    ev.stopPropagation()
  })
  return input
}

// What is in hand among fields that are about to be built anew: which one, the caret, and text that nobody has taken yet.
export function inHand(box) {
  const at = box.getRootNode().activeElement
  if (!at || !box.contains(at) || !at.dataset.field) return null
  at.dataset.going = "1"  // a browser may tell a field that it was left while it is taken out
  const text = at.tagName === "INPUT" && at.type === "text"
  return {field: at.dataset.field, text: text && at.value !== at.defaultValue && at.value !== at.dataset.taken ? at.value : null, caret: text ? [at.selectionStart, at.selectionEnd, at.value.length] : null}
}

// Gives it back; the text only where the fields are of the same parts.
export function giveBack(box, held, same) {
  const again = held && box.querySelector(`[data-field="${held.field}"]`)
  if (!again) return
  again.focus()
  if (!held.caret || again.type !== "text") return
  if (held.text !== null && same) again.value = held.text
  const whole = held.caret[0] === 0 && held.caret[1] === held.caret[2]  // all of it was marked, to be typed over
  if (whole) again.select()
  else again.setSelectionRange(held.caret[0], held.caret[1])
}

// A panel beside the picture: its box, and what it shares with all others through `panels`.
export class Panel {
  constructor(panels, box) {
    this.panels = panels
    this.box = box
  }

  get ed() { return this.panels.ed }
  get stage() { return this.panels.stage }
  w(code, values) { return this.panels.w(code, values) }
  complain(text) { this.panels.complain(text) }
}
