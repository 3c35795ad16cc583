// The table of parts: everything by typing, a page of rows at a time; of what is selected where that is several.

import {Panel, el} from "./elements.js"
import {fieldsOf, readField, writeField} from "./fields.js"

const PAGE = 40

export class PartsTable extends Panel {
  page = 0
  chosen = null

  fill() {
    const host = this.box, ed = this.ed
    const active = host.getRootNode().activeElement
    if (active && host.contains(active) && active.dataset.typing) return
    const all = [...ed.things.values()].filter((t) => t.t !== "outline" && t.t !== "hole"), chosen = all.filter((t) => ed.selection.has(t.k))
    const rows = chosen.length > 1 ? chosen : all, pages = Math.max(1, Math.ceil(rows.length / PAGE))
    const one = chosen.length === 1 ? chosen[0] : null, turned = one !== null && one.k !== this.chosen
    if (turned) this.page = Math.floor(rows.indexOf(one) / PAGE)  // to what was chosen on the plan
    this.chosen = one && one.k
    this.page = Math.min(this.page, pages - 1)
    const names = ["name", "x", "y", "width", "depth", "angle"]
    const head = el("tr", {}, el("th", {scope: "col", text: this.w("field.part")}), ...names.map((n) => el("th", {scope: "col", text: this.w(`field.${n}`)})))
    const body = rows.slice(this.page * PAGE, (this.page + 1) * PAGE).map((t) => el("tr", {"data-key": t.k, class: ed.selection.has(t.k) ? "chosen" : "", onclick: () => ed.select([t.k])},
      el("th", {scope: "row", text: ed.nameOf({...t, n: ""})}), ...names.map((n) => el("td", {}, ...this.cell(t, n)))))
    const turn = (by, text) => el("button", {type: "button", class: "ed-small", text, "aria-label": this.w(by < 0 ? "earlier" : "later"), onclick: () => { this.page = Math.min(Math.max(this.page + by, 0), pages - 1); this.fill() }})
    host.replaceChildren(el("table", {"aria-label": this.w("parts")}, el("thead", {}, head), el("tbody", {}, ...body)), el("div", {class: "ed-row"}, turn(-1, "‹"), el("span", {class: "ed-quiet", text: `${this.page + 1} / ${pages}`}), turn(1, "›")))
    if (turned) host.querySelector(".chosen").scrollIntoView({block: "nearest"})
  }

  cell(t, name) {
    const allowed = fieldsOf([t])
    const field = name === "width" && t.t === "wall" ? "length" : name
    if (!allowed.includes(field)) return []
    const value = readField(t, field), input = el("input", {type: "text", value, "aria-label": `${this.ed.nameOf(t)} ${this.w(`field.${field}`)}`, "data-typing": "1", dir: "auto"})
    input.addEventListener("click", (ev) => ev.stopPropagation())
    input.addEventListener("keydown", (ev) => { ev.stopPropagation(); if (ev.key === "Enter") input.blur() })
    input.addEventListener("change", () => {
      delete input.dataset.typing
      if (writeField(t, field, input.value)) { const text = input.value; this.ed.typed([t], (now) => writeField(now, field, text)) }
      else { this.complain(this.w("not_a_number", {given: input.value})); input.value = value }
    })
    return [input]
  }
}
