// The picture under the plan beside the picture: strength, angle, scale by two points.

import {Panel, el} from "./elements.js"
import {degreesText, readAngle} from "./units.js"

export class UnderlayPanel extends Panel {
  // The picture under the plan: scale it by two points, make it fainter, take it off.
  changed() {
    const image = this.ed.underlay
    this.box.hidden = !image
    if (!image) return
    const alpha = el("input", {type: "range", min: "10", max: "100", value: String(Math.round(image.alpha * 100)), "aria-label": this.w("opacity")})
    alpha.addEventListener("input", () => this.ed.moveUnderlay({alpha: Number(alpha.value) / 100}, false))
    alpha.addEventListener("change", () => this.ed.moveUnderlay({alpha: Number(alpha.value) / 100}))
    const turned = el("input", {type: "text", value: degreesText((image.angle * 180) / Math.PI), inputmode: "decimal", "data-field": "underlay-angle"})
    turned.addEventListener("change", () => {
      const degrees = readAngle(turned.value)
      if (degrees === null) { this.complain(this.w("not_an_angle", {given: turned.value})); turned.value = degreesText((image.angle * 180) / Math.PI) } else this.ed.turnUnderlay(degrees)
    })
    for (const input of [alpha, turned]) input.addEventListener("keydown", (ev) => ev.stopPropagation())
    const quarter = (by, name) => el("button", {type: "button", class: "ed-go", text: this.w(`menu.${name}`), onclick: () => this.ed.turnUnderlay((this.ed.underlay.angle * 180) / Math.PI + by)})
    const state = image.trouble || (image.url ? "" : this.w("underlay_comes"))
    const odd = image.odd ? [el("p", {class: "ed-trouble", text: this.w("underlay_odd")})] : []
    this.box.replaceChildren(el("h3", {text: this.w("layer.underlay")}), ...(state ? [el("p", {class: image.trouble ? "ed-trouble" : "ed-quiet", text: state})] : []), ...odd,
      el("label", {class: "ed-field"}, el("span", {text: this.w("layer_opacity")}), alpha, el("span")),
      el("label", {class: "ed-field"}, el("span", {text: this.w("field.angle")}), turned, el("span", {class: "ed-unit", text: "°"})),
      el("div", {class: "ed-row"}, quarter(90, "turn_left"), quarter(-90, "turn_right")), el("div", {class: "ed-row"},
      el("button", {type: "button", class: "ed-go", text: this.w("tool.underlay"), onclick: () => { this.ed.use("underlay"); this.stage.focus() }}),
      el("button", {type: "button", class: "ed-go", text: this.w("tool.calibrate"), onclick: () => { this.ed.use("calibrate"); this.stage.focus() }})))
  }
}
