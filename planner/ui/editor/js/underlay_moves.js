// A scan under the plan: brought to scale by two points, moved, turned.

import {distance} from "./geometry.js"
import {degreesText, measure} from "./units.js"

export function calibrate(ed, a, b, length) {
  const image = ed.underlay, drawn = distance(a, b)
  if (!image || drawn < 1) return
  const f = length / drawn, about = (v, centre) => centre + (v - centre) * f
  moveUnderlay(ed, {x: about(image.x, a[0]), y: about(image.y, a[1]), w: image.w * f, h: image.h * f, odd: false})
  ed.ui.underlayChanged()
  ed.announce(ed.word("editor.said.scaled", {length: measure(length)}))
  ed.use("select")
}

// x, y: its left lower corner; w, h: its size in millimetres.
export function moveUnderlay(ed, change, keep = true) {
  ed.underlay = {...ed.underlay, ...change}
  const {x, y, w, alpha, angle, odd, kept} = ed.underlay, h = odd ? kept : ed.underlay.h  // once it is scaled its own shape is kept
  if (keep) ed.sendMessage({type: "underlay", place: {x, y, w, h, alpha, degrees: Math.round((angle * 180000) / Math.PI) / 1000}})
  ed.repaint()
}

// Its middle stays where it is; the picture itself is turned about its left lower corner.
export function turnUnderlay(ed, degrees) {
  const image = ed.underlay
  if (!image) return
  const turned = ((((degrees + 180) % 360) + 360) % 360) - 180, angle = (turned * Math.PI) / 180
  const half = (a) => [(Math.cos(a) * image.w - Math.sin(a) * image.h) / 2, (Math.sin(a) * image.w + Math.cos(a) * image.h) / 2]
  const [was, is] = [half(image.angle), half(angle)]
  moveUnderlay(ed, {angle, x: image.x + was[0] - is[0], y: image.y + was[1] - is[1]})
  ed.ui.underlayChanged()
  ed.announce(ed.word("editor.said.underlay_turned", {degrees: degreesText(turned)}))
}
