// The parts as a list for screen readers: arrows go through it and select, Enter goes to the place.

import {Panel, el} from "./elements.js"
import {boxOf} from "./geometry.js"
import {lengthText, withUnit} from "./units.js"

export class PartsList extends Panel {
  stale = true

  fill() {
    if (!this.stale && this.box.children.length) return
    this.stale = false
    this.box.replaceChildren(...this.ed.pickable().map((t, i) => el("li", {role: "option", id: `ed-part-${i}`, "data-key": t.k, "aria-selected": String(this.ed.selection.has(t.k)), text: describe(t, this.ed)})))
    this.atPart = 0
    this.mark()
  }

  selectionChanged() {
    for (const option of this.box.children) option.setAttribute("aria-selected", String(this.ed.selection.has(option.dataset.key)))
  }

  mark() {
    const option = this.box.children[this.atPart]
    if (option) this.box.setAttribute("aria-activedescendant", option.id)
  }

  key(ev) {
    const step = {ArrowDown: 1, ArrowUp: -1}[ev.key], count = this.box.children.length
    if (!count || (!step && ev.key !== " " && ev.key !== "Enter")) return
    if (ev.altKey || ev.ctrlKey) return
    ev.preventDefault()
    ev.stopPropagation()
    if (step) this.atPart = (this.atPart + step + count) % count
    const key = this.box.children[this.atPart].dataset.key
    if (step && !ev.shiftKey) this.ed.select([key])
    else if (ev.key === "Enter") { this.ed.select([key]); this.ed.fitSelection(); this.stage.focus() } else this.ed.toggle(key)
    this.mark()
  }
}

function describe(t, ed) {
  const b = boxOf(t.r)
  return `${ed.nameOf(t)}, ${lengthText(b[0])} ${lengthText(b[1])}, ${withUnit(`${lengthText(b[2] - b[0])} × ${lengthText(b[3] - b[1])}`)}`
}
