// What can be read of a part and typed for it: the fields it has, their text, and the command that a text stands for.

import {angleOf, boxOf, distance} from "./geometry.js"
import {OPENINGS, ownSize} from "./parts.js"
import {degreesText, lengthText, readAngle, readLength, readShare} from "./units.js"

// Fields that are one of a few words, and the command that sets them.
const retype = (name) => (key, word) => ({op: "retype_door", key, [name]: word})
export const CHOICES = {
  use: {words: ["internal", "entrance", "exit", "entrance_exit", "staff"], command: retype("use")},
  swing: {words: ["in", "out", "slide", "none"], command: retype("swing")},
  kept: {words: ["unsaid", "stays", "may_go"], command: (key, word) => ({op: "set_structural", key, structural: {stays: true, may_go: false, unsaid: null}[word]})},
}

// The fields that all of these parts share.
export function fieldsOf(things) {
  const of = {
    item: ["name", "x", "y", "width", "depth", "angle"], wall: ["length", "angle", "thickness", "kept"], door: ["width", "use", "swing", ...(things.length === 1 && things[0].share !== undefined ? ["share"] : [])], window: ["width"],
    column: ["x", "y", "width", "depth"], obstacle: ["x", "y", "width", "depth"], free: ["x", "y", "width", "depth"], space: ["name", "x", "y", "width", "depth"], outline: [], hole: [],
  }
  return things.map((t) => of[t.t] || []).reduce((shared, fields) => shared.filter((f) => fields.includes(f)))
}

export function readField(t, name) {
  if (name === "name") return t.n || ""
  if (name === "angle") return degreesText(t.t === "wall" ? angleOf(...t.e) : t.a)
  if (name === "use") return t.s
  if (name === "share") return String(Math.round(t.share * 10) / 10)
  if (name === "swing") return t.swing
  if (name === "kept") return t.kept || "unsaid"
  return lengthText(fieldMm(t, name))
}

// A length of a part in millimetres, whatever it is shown in.
function fieldMm(t, name) {
  const b = boxOf(t.r)
  if (name === "x") return b[0]
  if (name === "y") return b[1]
  if (name === "thickness") return t.w
  if (name === "length" || OPENINGS.has(t.t)) return Math.round(distance(...t.e))
  const [wide, deep] = t.t === "item" ? ownSize(t) : [b[2] - b[0], b[3] - b[1]]
  return Math.round(name === "width" ? wide : deep)
}

// The command that gives a field this text; null where the text is none.
export function writeField(t, name, text) {
  const b = boxOf(t.r), key = t.k
  if (name === "name") return {op: "rename", key, name: text}
  if (name === "angle") { const degrees = readAngle(text); return degrees === null ? null : {op: "set_angle", key, degrees} }
  if (name === "share") { const percent = readShare(text); return percent === null ? null : {op: "set_entrance_share", key, share: percent / 100} }
  const mm = readLength(text)
  if (mm === null) return null
  if (name === "x") return {op: "set_place", key, x_mm: mm, y_mm: b[1]}
  if (name === "y") return {op: "set_place", key, x_mm: b[0], y_mm: mm}
  if (name === "length") return {op: "set_length", key, length_mm: mm}
  if (name === "thickness") return {op: "set_thickness", key, thickness_mm: mm}
  return {op: "set_size", key, width_mm: name === "width" ? mm : fieldMm(t, "width"), depth_mm: OPENINGS.has(t.t) ? 0 : name === "depth" ? mm : fieldMm(t, "depth")}
}
