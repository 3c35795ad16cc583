// Layers: eye, lock and strength of each, and sets of them for what one is at.

import {LAYERS} from "./controller.js"
import {Panel, el, icon} from "./elements.js"

const BUILDING = ["walls", "openings", "columns", "rooms", "floor", "labels", "grid", "rulers"]
const PRESETS = {everything: "all", building: BUILDING, furniture: [...BUILDING, "fittings", "seats", "zones", "free"], checks: ["walls", "openings", "columns", "floor", "fittings", "seats", "free", "routes", "issues", "rulers"]}

export class LayersPanel extends Panel {
  rows() {
    this.buttons = {}
    const box = el("div", {class: "ed-layers"}, this.presets())
    for (const name of LAYERS) {
      const toggle = (what, path) => el("button", {type: "button", class: "ed-small", title: this.w(what, {layer: this.w(`layer.${name}`)}), "aria-label": this.w(what, {layer: this.w(`layer.${name}`)}), onclick: () => this.turn(name, what)}, icon(path))
      const eye = toggle("show", "M1 9.500Q9.500 1 18 9.500Q9.500 18 1 9.500M9.500 7a2.500 2.500 0 1 0 .01 0"), lock = toggle("lock", "M4 9h11v8H4zM6 9V6a3.500 3.500 0 0 1 7 0v3")
      if (["floor", "zones", "routes", "issues", "labels", "grid", "rulers", "underlay"].includes(name)) lock.style.visibility = "hidden"
      const strength = el("input", {type: "range", min: "10", max: "100", step: "10", class: "ed-strength", title: this.w("layer_opacity"), "aria-label": this.w("strength", {layer: this.w(`layer.${name}`)})})
      strength.addEventListener("input", () => { this.ed.layers[name].alpha = Number(strength.value) / 100; this.ed.repaint() })
      strength.addEventListener("keydown", (ev) => ev.stopPropagation())
      this.buttons[name] = [eye, lock, strength]
      box.append(el("div", {class: "ed-layer"}, el("span", {text: this.w(`layer.${name}`)}), strength, eye, lock))
    }
    return box
  }

  // Sets of layers for what one is at: all of them, the building, the furniture, what is wrong.
  presets() {
    const select = el("select", {"aria-label": this.w("presets")}, el("option", {value: "", text: this.w("presets")}), ...Object.keys(PRESETS).map((name) => el("option", {value: name, text: this.w(`preset.${name}`)})))
    select.addEventListener("change", () => {
      const shown = PRESETS[select.value]
      if (!shown) return
      for (const name of LAYERS) this.ed.layers[name].on = shown === "all" || shown.includes(name)
      this.ed.selection = new Set(this.ed.selected().filter((t) => this.ed.layers[t.y].on).map((t) => t.k))
      this.ed.settle()
      this.changed()
      select.value = ""
    })
    return el("label", {class: "ed-presets"}, select)
  }

  changed() {
    for (const [name, [eye, lock, strength]] of Object.entries(this.buttons)) {
      strength.value = String(Math.round(this.ed.layers[name].alpha * 100))
      strength.disabled = !this.ed.layers[name].on
      eye.setAttribute("aria-pressed", String(this.ed.layers[name].on))
      lock.setAttribute("aria-pressed", String(this.ed.layers[name].lock))
    }
  }

  turn(name, what) {
    const layer = this.ed.layers[name]
    if (what === "show") layer.on = !layer.on
    else layer.lock = !layer.lock
    this.ed.selection = new Set(this.ed.selected().filter((t) => this.ed.layers[t.y].on && !this.ed.layers[t.y].lock).map((t) => t.k))
    this.ed.settle()
    this.changed()
  }
}
