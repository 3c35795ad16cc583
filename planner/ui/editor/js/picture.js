// The picture of the editor: the plan through Bokeh, and over it issues, selection and gestures in hand.

import {boxOf, distance} from "./geometry.js"
import {boxOfThings} from "./overlay.js"
import {areas, bodies, gridLines, hatches, issueAreas, labels, sizeText, strokes, underlay, walls, zones} from "./paint.js"
import {OPENINGS} from "./parts.js"
import {measure} from "./units.js"

export function paint(ed) {
  const on = ed.layersOn(), ink = ed.ink, view = ed.view, list = [...ed.things.values()]
  const moved = ed.painted !== view.ranges
  ed.painted = view.ranges
  if (ed.wanted === "all") {
    const loose = list.filter((t) => t.t === "wall" && ed.pending.some((g) => g.patch.has(t.k)))
    view.background(ink.paper)
    view.put("underlay", underlay(ed.underlay, on))
    view.put("areas", areas(list, ed.ground, ink, on, Boolean(ed.underlay && on.underlay)))
    view.put("zones", zones(list, ink, on))
    view.put("walls", walls(list, ed.ground, ink, on, loose))
    view.put("bodies", bodies(list, ink, on))
    view.put("hatches", hatches(list, ink, on))
    view.put("strokes", strokes(list, ed.ground, ed.routes, ed.issuesFresh, ink, on))
  }
  if (ed.wanted === "all" || moved) {
    view.put("grid", gridLines(view.box(), view.scale, ink, on.grid))
    view.put("labels", labels(list, ink, on, view.scale, ed.words, (t) => ed.kindWord(t.t === "door" ? `use_${t.s}` : t.s || t.t), ed.inFrame()))
    ed.ui.viewChanged()
  }
  ed.wanted = ""
  paintIssues(ed)
  paintIncumbent(ed)
  paintSelection(ed)
}

// The best layout a search has found so far, over the one that stands.
export function paintIncumbent(ed) {
  if (!ed.view.ranges) return
  ed.overlay.clear("incumbent")
  ed.overlay.rings("incumbent", ed.incumbent, "ed-incumbent")
}

export function paintIssues(ed) {
  if (!ed.view.ranges) return
  const shown = ed.live ? ed.live.issues : ed.issues, stale = ed.live ? Boolean(ed.previewing.old) : !ed.issuesFresh, o = ed.overlay
  ed.view.put("issues", issueAreas(shown, ed.ink, ed.layersOn(), stale))
  o.clear("issues")
  const said = ed.live && ed.warned ? ed.refusal() : null  // told beside the hand already
  const told = said ? [placeOfWarning(ed)] : measured(ed)  // where words stand already: those that would lie on them are told by the list alone
  if (ed.layers.issues.on) for (const issue of shown) {
    const cls = `${issue.severity}${stale ? " stale" : ""}`
    for (const line of issue.lines || []) o.line("issues", line, `ed-blocked ${cls}`)
    if (issue.at) {
      o.warning(issue.at, cls)
      const [x, y] = ed.view.toScreen(issue.at)
      if (issue === said || told.some(([tx, ty]) => Math.abs(tx - x) < 200 && Math.abs(ty - y) < 44)) continue
      told.push([x, y])
      if (issue.short) o.label("issues", issue.at, issue.short, cls, 0, 24)
      if (issue.clause && ed.view.scale > 0.015) o.label("issues", issue.at, issue.clause, `${cls} small`, 0, 42)
    }
  }
  ed.ui.issuesChanged(shown, ed.flow, stale, stale || !ed.flowFresh || Boolean(ed.live))
}

// Where the measure of the one part that is selected stands, told likewise.
function measured(ed) {
  const things = ed.selected(), one = things.length === 1 && !OPENINGS.has(things[0].t) && things[0].t !== "wall" ? things[0] : null
  if (!one || ed.tool !== ed.tools.select || ed.tools.select.drag) return []
  const box = boxOf(one.r), [x, y] = ed.view.toScreen([(box[0] + box[2]) / 2, box[1]])
  return [[x, y - 4]]
}

// Where the word beside the hand stands, told as a place whose own word would lie on it.
function placeOfWarning(ed) {
  const [at, down] = ed.warned, [x, y] = ed.view.toScreen(at)
  return [x, y + down - 24]
}

export function paintSelection(ed) {
  const o = ed.overlay, things = ed.selected()
  o.clear("selection", "handles", "marks")
  for (const t of ed.things.values()) if (t.pin && ed.shows(t)) {
    const b = boxOf(t.r)
    if ((b[2] - b[0]) * ed.view.scale > 14) o.padlock([b[2] - ed.mm(8), b[3] - ed.mm(9)])
  }
  if (!things.length) return
  o.rings("selection", things.map((t) => t.r), "ed-selected")
  if (ed.tool !== ed.tools.select || ed.tools.select.drag) return
  const box = boxOfThings(things), one = things.length === 1 ? things[0] : null
  if (one && one.t === "wall") one.e.forEach((p, i) => o.handle(p, "square", `end:${i}`, ed.word("editor.handle.end")))
  else if (one && ["outline", "hole", "space", "column", "obstacle", "free"].includes(one.t)) {
    one.r.forEach((p, i) => {
      const q = one.r[(i + 1) % one.r.length]
      if (distance(p, q) * ed.view.scale > 40 && one.r.length < 60) o.handle([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2], "diamond", `mid:${i}`, ed.word("editor.handle.insert"))
    })
    one.r.forEach((p, i) => o.handle(p, "square", `corner:${i}`, ed.word("editor.handle.corner")))
  }
  if (!one || one.t === "item" || one.t === "column" || one.t === "obstacle" || one.t === "free") {
    const top = [(box[0] + box[2]) / 2, box[3]], away = [top[0], top[1] + ed.mm(24)]
    o.line("handles", [top, away], "ed-stem")
    o.handle(away, "round", "turn", ed.word("editor.handle.turn"))
  }
  if (things.length < 400 && one) {
    if (one.t === "wall") o.label("selection", [(one.e[0][0] + one.e[1][0]) / 2, (one.e[0][1] + one.e[1][1]) / 2], measure(distance(...one.e)), "quiet", 0, -16, "length")
    else if (!OPENINGS.has(one.t)) o.label("selection", [(box[0] + box[2]) / 2, box[1]], sizeText(box), "quiet", 0, 20, "width")
  }
}

export function ghost(ed, things) {
  ed.overlay.clear("ghost", "handles")
  ed.overlay.rings("ghost", things.map((t) => t.r), "ed-ghost")
  const zoned = things.length <= 60 ? things.flatMap((t) => (t.z || []).map(([, ring]) => ring)) : []
  if (ed.layers.zones.on) ed.overlay.rings("ghost", zoned, "ed-zone")
}
