// The properties of what is selected: exact fields, "mixed" where several parts differ, and the command that each edit is.

import {pin} from "./acts.js"
import {Corners} from "./corners.js"
import {Panel, el, giveBack, inHand, typed} from "./elements.js"
import {CHOICES, fieldsOf, readField, writeField} from "./fields.js"
import {unitText} from "./units.js"

const UNITS = {angle: "°", name: "", share: "%"}  // of fields that are no lengths

export class Inspector extends Panel {
  corners = new Corners(this)

  show(things) {
    const ed = this.ed, box = this.box, held = inHand(box), keys = things.map((t) => t.k).join()
    box.replaceChildren()
    if (!things.length) { box.append(el("h3", {text: this.w("nothing")}), el("p", {class: "ed-quiet", text: this.w("nothing_hint")})) } else {
      box.append(el("h3", {text: things.length === 1 ? ed.nameOf(things[0]) : this.w("many", {count: things.length})}))
      if (things.length === 1 && things[0].b) box.append(el("button", {type: "button", class: "ed-link", text: this.w("whole_bank"), onclick: () => ed.select([...ed.things.values()].filter((t) => t.b === things[0].b).map((t) => t.k))}))
      for (const field of fieldsOf(things)) box.append(this.field(field, things))
      if (things.some((t) => t.t === "item")) box.append(this.pinField(things))
      if (things.every((t) => t.t === "free")) box.append(this.freeField(things))
      const corners = things.length === 1 ? this.corners.fold(things[0]) : null
      if (corners) box.append(corners)
    }
    giveBack(box, held, keys === this.keys)
    this.keys = keys
  }

  field(name, things) {
    const values = [...new Set(things.map((t) => readField(t, name)))], mixed = values.length > 1
    if (CHOICES[name]) return this.choice(name, things, mixed ? "mixed" : values[0])
    const input = el("input", {type: "text", value: mixed ? "" : values[0], placeholder: mixed ? this.w("mixed") : "", "data-field": name, autocomplete: "off", inputmode: name === "name" ? "text" : "decimal", dir: "auto"})
    const unit = name in UNITS ? UNITS[name] : unitText()
    typed(input, (text) => {
      if (things.every((t) => writeField(t, name, text))) return this.ed.typed(things, (t) => writeField(t, name, text))
      this.complain(this.w(name === "share" ? "not_a_share" : "not_a_number", {given: text}))
      return false
    }, () => this.stage.focus())
    return el("label", {class: "ed-field"}, el("span", {text: this.w(`field.${name}`)}), input, el("span", {class: "ed-unit", text: unit}))
  }

  choice(name, things, value) {
    const {words, command} = CHOICES[name], select = el("select", {"data-field": name})
    if (!words.includes(value)) select.append(el("option", {value: "", text: this.w("mixed")}))
    for (const word of words) select.append(el("option", {value: word, text: this.w(`${name}.${word}`)}))
    select.value = words.includes(value) ? value : ""
    select.addEventListener("change", () => { if (words.includes(select.value)) this.ed.commit(null, null, {commands: things.map((t) => command(t.k, select.value))}) })
    select.addEventListener("keydown", (ev) => ev.stopPropagation())
    return el("label", {class: "ed-field"}, el("span", {text: this.w(`field.${name}`)}), select, el("span"))
  }

  // What an area is kept free of: anything, or one module by its name.
  freeField(things) {
    const select = el("select", {"data-field": "free"}), values = new Set(things.map((t) => t.mi))
    if (values.size > 1) select.append(el("option", {value: "?", text: this.w("mixed")}))
    for (const [id, name] of [["", this.w("free.all")], ...things[0].of]) select.append(el("option", {value: id, text: name}))
    select.value = values.size > 1 ? "?" : things[0].mi
    select.addEventListener("change", () => { if (select.value !== "?") this.ed.commit(null, null, {commands: things.map((t) => ({op: "set_free", key: t.k, module: select.value}))}) })
    select.addEventListener("keydown", (ev) => ev.stopPropagation())
    return el("label", {class: "ed-field"}, el("span", {text: this.w("field.free")}), select, el("span"))
  }

  pinField(things) {
    const box = el("input", {type: "checkbox", "data-field": "pin"})
    const items = things.filter((t) => t.t === "item")
    box.checked = items.every((t) => t.pin)
    box.indeterminate = !box.checked && items.some((t) => t.pin)
    box.addEventListener("change", () => pin(this.ed, items))
    return el("label", {class: "ed-check"}, box, document.createTextNode(this.w("pinned")))
  }

  focusField(name) {
    const field = this.box.querySelector(`[data-field="${name}"]`)
    if (field) { field.focus(); field.select() }
  }

  openCorners() {
    const fold = this.box.querySelector(".ed-corners")
    fold.open = true
    this.focusField("corner:0:0")
  }

  focusFirstField() {
    const field = this.box.querySelector("input, select")
    if (field) { field.focus(); if (field.select) field.select() }
  }
}
