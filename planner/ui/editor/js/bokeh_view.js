// The drawing surface: a Bokeh figure, reached through the few names of BokehJS that tests/ui/test_editor_contract.py holds.
// Any object with the same methods (toScreen, toWorld, scale, show, put, size) could stand in its place.

export class BokehView {
  constructor(name) {
    this.name = name
    this.ranges = null
  }

  // The figure's model and view, once Bokeh has built them.
  find() {
    const documents = globalThis.Bokeh ? globalThis.Bokeh.documents : []
    for (const doc of documents) {
      const model = doc.get_model_by_name(this.name)
      const view = model && globalThis.Bokeh.index.find_one(model)
      if (view && view.frame && view.canvas_view) {
        this.model = model
        this.view = view
        this.sources = Object.fromEntries(model.renderers.filter((r) => r.name && r.data_source).map((r) => [r.name, r.data_source]))
        this.shown = {}
        return true
      }
    }
    return false
  }

  size() {
    const box = this.view.canvas_view.el.getBoundingClientRect()
    return [box.width, box.height]
  }

  // Pixels per millimetre, the same both ways.
  get scale() {
    return this.ranges ? this.ranges.scale : 0.02
  }

  box() {
    const {x0, y0, x1, y1} = this.ranges
    return [x0, y0, x1, y1]
  }

  toScreen([x, y]) {
    const {x0, y1, scale} = this.ranges
    return [(x - x0) * scale, (y1 - y) * scale]
  }

  toWorld([sx, sy]) {
    const {x0, y1, scale} = this.ranges
    return [x0 + sx / scale, y1 - sy / scale]
  }

  // Show the place round `centre` at `scale`; both ranges span size / scale, so the aspect is exactly 1 : 1.
  show(centre, scale) {
    const [w, h] = this.size()
    if (w < 2 || h < 2) return
    const least = 1e-4, most = 4
    scale = Math.min(Math.max(scale, least), most)
    const x0 = centre[0] - w / scale / 2, x1 = centre[0] + w / scale / 2
    const y0 = centre[1] - h / scale / 2, y1 = centre[1] + h / scale / 2
    this.ranges = {x0, x1, y0, y1, scale, w, h}
    this.model.x_range.setv({start: x0, end: x1}, {sync: false})
    this.model.y_range.setv({start: y0, end: y1}, {sync: false})
  }

  fit(box, margin = 0.08) {
    const [w, h] = this.size()
    const wide = Math.max(box[2] - box[0], 100), high = Math.max(box[3] - box[1], 100)
    const scale = Math.min(w / wide, h / high) * (1 - 2 * margin)
    this.show([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], scale)
  }

  // Zoom by a factor, the place under the cursor staying under it.
  zoomAt([sx, sy], factor) {
    const before = this.toWorld([sx, sy]), {w, h} = this.ranges
    const scale = Math.min(Math.max(this.scale * factor, 1e-4), 4)
    this.show([before[0] + (w / 2 - sx) / scale, before[1] - (h / 2 - sy) / scale], scale)
  }

  pan(dsx, dsy) {
    const [x0, y0, x1, y1] = this.box()
    this.show([(x0 + x1) / 2 - dsx / this.scale, (y0 + y1) / 2 + dsy / this.scale], this.scale)
  }

  // After a resize: same middle, same scale.
  settle() {
    if (!this.ranges) return
    const [x0, y0, x1, y1] = this.box()
    this.show([(x0 + x1) / 2, (y0 + y1) / 2], this.scale)
  }

  // Columns of one layer of the picture; told to nobody else, since Python has the truth already. Those that it shows already are
  // not put again: Bokeh would paint the whole picture anew.
  put(layer, columns) {
    const source = this.sources[layer]
    if (!source || alike(this.shown[layer], columns)) return
    this.shown[layer] = columns
    source.setv({data: columns}, {sync: false, check_eq: false})
  }

  background(colour) {
    this.model.setv({background_fill_color: colour, border_fill_color: colour}, {sync: false})
  }
}

// Whether two values of columns, lists of lists, are the same to the last number.
export function alike(a, b) {
  if (a === b) return true
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !alike(a[i], b[i])) return false
    return true
  }
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => name in b && alike(a[name], b[name]))
}
