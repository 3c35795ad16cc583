// Rulers along the top and the left of the picture, in what lengths are shown in, with a mark where the cursor is.

import {SVG} from "./overlay.js"
import {gridSteps, rulerText} from "./units.js"

export const RULER_PX = 18, NUMBER_PX = 58, DIGIT_PX = 7  // pixels: of a ruler, that a number needs, and a digit

export class Rulers {
  constructor(stage, view) {
    this.view = view
    this.strips = ["x", "y"].map((axis) => {
      const svg = document.createElementNS(SVG, "svg")
      svg.setAttribute("class", `ed-ruler ${axis}`)
      svg.setAttribute("aria-hidden", "true")
      stage.append(svg)
      return svg
    })
    this.marks = this.strips.map(() => null)
  }

  show(on) {
    for (const svg of this.strips) svg.classList.toggle("off", !on)
    this.on = on
  }

  paint() {
    if (!this.on || !this.view.ranges) return
    const {x0, y0, x1, y1, scale, h} = this.view.ranges, [minor, major] = gridSteps(scale)
    const each = [1, 2, 5, 10].map((n) => n * major).find((mm) => mm * scale >= NUMBER_PX) || 10 * major
    this.strip(0, x0, x1, (mm) => (mm - x0) * scale, minor, major, each)
    this.strip(1, y0, y1, (mm) => h - (mm - y0) * scale, minor, major, each)
    if (this.cursor) this.cursorAt(this.cursor)
  }

  strip(axis, low, high, placeOf, minor, major, each) {
    const svg = this.strips[axis], per = Math.round(major / minor), many = Math.round(each / minor), lines = [], made = []
    for (let i = Math.ceil(low / minor); i * minor <= high; i++) {
      const at = placeOf(i * minor).toFixed(1), from = i % many === 0 ? 0 : i % per === 0 ? 10 : 14
      lines.push(axis === 0 ? `M${at} ${from}V${RULER_PX}` : `M${from} ${at}H${RULER_PX}`)
      if (i % many === 0 && isWhole(rulerText(i * minor), placeOf(i * minor), axis)) made.push(numberAt(rulerText(i * minor), placeOf(i * minor), axis))
    }
    const ticks = document.createElementNS(SVG, "path")
    ticks.setAttribute("d", lines.join(""))
    const mark = this.marks[axis] = document.createElementNS(SVG, "path")
    mark.setAttribute("class", "ed-ruler-mark")
    svg.replaceChildren(ticks, ...made, mark)
  }

  // Where the hand is, in millimetres of the plan.
  cursorAt(p) {
    this.cursor = p
    if (!this.on || !this.marks[0]) return
    const [x, y] = this.view.toScreen(p)
    this.marks[0].setAttribute("d", `M${x.toFixed(1)} 0V${RULER_PX}`)
    this.marks[1].setAttribute("d", `M0 ${y.toFixed(1)}H${RULER_PX}`)
  }
}

// Whether nothing of a number would lie under the other ruler: −15 would be read as 15.
function isWhole(text, at, axis) {
  return axis === 0 ? at + 3 >= RULER_PX : at - 3 - DIGIT_PX * text.length >= RULER_PX
}

function numberAt(text, at, axis) {
  const made = document.createElementNS(SVG, "text")
  made.textContent = text
  if (axis === 0) { made.setAttribute("x", at + 3); made.setAttribute("y", 10) } else made.setAttribute("transform", `translate(10 ${at - 3}) rotate(-90)`)
  return made
}
