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
