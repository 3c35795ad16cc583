// Pictures that share one view: wheel and pinch zoom at the pointer, drag pans, + - 0 and arrow keys do the same.
const NS = 'http://www.w3.org/2000/svg'
const STEP = 1.25
const MOST_ZOOM = 400
const COLOURS = { moved: '#c2410c', added: '#15803d', removed: '#b91c1c', picked: '#1d4ed8' }

function element(name, attributes = {}, parent = null) {
  const made = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  if (parent) parent.append(made)
  return made
}

// the smallest box round all pictures
export function around(boxes) {
  if (!boxes.length) return { x: 0, y: 0, w: 100, h: 100 }
  const left = Math.min(...boxes.map((b) => b[0]))
  const top = Math.min(...boxes.map((b) => b[1]))
  const right = Math.max(...boxes.map((b) => b[0] + b[2]))
  const low = Math.max(...boxes.map((b) => b[1] + b[3]))
  return { x: left, y: top, w: Math.max(right - left, 1), h: Math.max(low - top, 1) }
}

// the view after a zoom that keeps `at` where it is on the screen; never out of the whole's measure
export function zoomed(view, whole, factor, at) {
  const w = Math.min(Math.max(view.w / factor, whole.w / MOST_ZOOM), whole.w * 4)
  const k = w / view.w
  return { x: at[0] - (at[0] - view.x) * k, y: at[1] - (at[1] - view.y) * k, w, h: view.h * k }
}

export function render({ model, el }) {
  const root = document.createElement('div')
  const views = document.createElement('div')
  const bar = document.createElement('div')
  root.style.width = '100%'
  views.className = 'views'
  bar.className = 'bar'
  root.append(views, bar)
  el.append(root)
  let whole = around([])
  let view = { ...whole }
  let screens = []
  let picked = []
  let shown = ''

  const say = (name) => model.words[name] || name
  const button = (sign, name, run) => addButton(bar, say, sign, name, run)
  const middle = () => [view.x + view.w / 2, view.y + view.h / 2]
  const zoom = (factor, at = middle()) => { view = zoomed(view, whole, factor, at); paint() }
  const fit = () => { view = { ...whole }; paint() }
  const pan = (dx, dy) => { view = { ...view, x: view.x + dx, y: view.y + dy }; paint() }
  button('+', 'zoom_in', () => zoom(STEP))
  button('−', 'zoom_out', () => zoom(1 / STEP))
  button('⤢', 'fit', fit)
  const hint = document.createElement('span')
  bar.append(hint)

  function place(svg, event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse())
    return [at.x, at.y]
  }

  function build() {
    views.replaceChildren()
    screens = model.pictures.map((picture) => {
      const figure = document.createElement('figure')
      if (picture.title) {
        const caption = document.createElement('figcaption')
        caption.textContent = picture.title
        figure.append(caption)
      }
      const svg = element('svg', { tabindex: '0', role: 'img', 'aria-label': picture.alt || picture.title || '' })
      svg.style.height = model.tall
      const [x, y, width, height] = picture.box
      const image = element('image', { x, y, width, height, preserveAspectRatio: 'none' }, svg)
      image.setAttribute('href', picture.href)
      const marks = element('g', {}, svg)
      figure.append(svg)
      views.append(figure)
      listen(svg)
      return { svg, marks }
    })
    const now = JSON.stringify(model.pictures.map((p) => p.box))
    if (now !== shown) { // the same frame with another picture keeps the place one looks at
      shown = now
      whole = around(model.pictures.map((p) => p.box))
      view = { ...whole }
    }
    paint()
  }

  function paint() {
    hint.textContent = model.picking ? say(model.picking) : ''
    screens.forEach(({ svg, marks }, index) => {
      svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`)
      svg.classList.toggle('picking', Boolean(model.picking) && index === 0)
      const size = Math.max(view.w / (svg.clientWidth || 600), view.h / (svg.clientHeight || 400))
      marks.replaceChildren()
      const said = []
      for (const mark of model.marks[index] || []) draw(marks, mark, size, said)
      if (index === 0) drawPicked(marks, size)
    })
  }

  // `said`: boxes of the labels so far; one that would lie on another is left out until there is room
  function draw(parent, mark, size, said) {
    const colour = COLOURS[mark.tone] || COLOURS.moved
    if (mark.kind === 'ring') {
      element('polygon', { points: mark.points.map((q) => q.join(',')).join(' '), fill: colour, 'fill-opacity': 0.16,
        stroke: colour, 'stroke-width': 1.6 * size, 'stroke-dasharray': mark.dashed ? `${5 * size} ${4 * size}` : 'none' }, parent)
      return
    }
    const [px, py] = mark.p
    const [qx, qy] = mark.q
    const long = Math.hypot(qx - px, qy - py)
    if (long < 1e-9) return
    element('line', { x1: px, y1: py, x2: qx, y2: qy, stroke: colour, 'stroke-width': 2 * size }, parent)
    const ux = (qx - px) / long
    const uy = (qy - py) / long
    const head = Math.min(10 * size, long * 0.6)
    const wing = head * 0.45
    element('polygon', { fill: colour, points:
      `${qx},${qy} ${qx - ux * head - uy * wing},${qy - uy * head + ux * wing} ${qx - ux * head + uy * wing},${qy - uy * head - ux * wing}` }, parent)
    const box = [(px + qx) / 2 + 5 * size, (py + qy) / 2 - 17 * size, mark.label ? mark.label.length * 7 * size : 0, 14 * size]
    const free = said.every(([x, y, w, h]) => box[0] > x + w || x > box[0] + box[2] || box[1] > y + h || y > box[1] + box[3])
    if (mark.label && long > 26 * size && free) {
      said.push(box)
      const text = element('text', { x: (px + qx) / 2 + 5 * size, y: (py + qy) / 2 - 5 * size, fill: colour, 'font-size': 12 * size,
        'font-family': 'Roboto, Arial, sans-serif', 'font-weight': 600, stroke: '#fff', 'stroke-width': 3 * size, 'paint-order': 'stroke' }, parent)
      text.textContent = mark.label
    }
  }

  function drawPicked(parent, size) {
    const corners = model.picking === 'box' && picked.length === 2
      ? [picked[0], [picked[1][0], picked[0][1]], picked[1], [picked[0][0], picked[1][1]]] : picked
    if (corners.length > 1) {
      const name = corners.length > 2 ? 'polygon' : 'polyline'
      element(name, { points: corners.map((q) => q.join(',')).join(' '), fill: COLOURS.picked, 'fill-opacity': corners.length > 2 ? 0.12 : 0,
        stroke: COLOURS.picked, 'stroke-width': 2 * size }, parent)
    }
    for (const [cx, cy] of picked) element('circle', { cx, cy, r: 4 * size, fill: '#fff', stroke: COLOURS.picked, 'stroke-width': 2 * size }, parent)
  }

  function done() {
    const least = model.picking === 'ring' ? 3 : 2
    if (picked.length < least) return
    model.send_msg({ type: 'picked', mode: model.picking, points: picked.map((q) => [...q]) })
  }

  function listen(svg) {
    let from = null // where a drag began: on the screen, and the view then
    let moved = false
    const first = () => screens[0] && screens[0].svg === svg && model.picking
    // zooming out ends with the whole in view; from there on the wheel is the page's, which could not be scrolled past otherwise
    svg.addEventListener('wheel', (event) => {
      const away = event.deltaY > 0
      if (away && view.w >= whole.w * 0.999) return
      event.preventDefault()
      zoom(Math.exp(-event.deltaY / 400), place(svg, event))
      if (away && view.w >= whole.w) fit()
    }, { passive: false })
    svg.addEventListener('pointerdown', (event) => {
      if (event.button > 1) return
      event.preventDefault()
      svg.focus({ preventScroll: true })
      svg.setPointerCapture(event.pointerId)
      moved = false
      from = { x: event.clientX, y: event.clientY, view: { ...view }, at: place(svg, event), pan: event.button === 1 || !first() }
    })
    svg.addEventListener('pointermove', (event) => {
      if (!from) return
      const dx = event.clientX - from.x
      const dy = event.clientY - from.y
      if (!moved && Math.hypot(dx, dy) < 4) return
      moved = true
      if (!from.pan && model.picking === 'box') {
        picked = [from.at, place(svg, event)]
        paint()
        return
      }
      const scale = svg.getScreenCTM().a
      view = { ...from.view, x: from.view.x - dx / scale, y: from.view.y - dy / scale }
      paint()
    })
    svg.addEventListener('pointerup', (event) => {
      if (from && first() && event.button === 0) {
        if (model.picking === 'box') { if (moved) done() }
        else if (!moved) pick(place(svg, event))
      }
      from = null
    })
    svg.addEventListener('pointercancel', () => { from = null })
    svg.addEventListener('dblclick', () => { if (first() && model.picking === 'ring') done() })
    svg.addEventListener('keydown', (event) => {
      const step = view.w / 10
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }
      if (event.ctrlKey || event.altKey || event.metaKey) return
      if (event.key in moves) pan(...moves[event.key])
      else if (event.key === '+' || event.key === '=') zoom(STEP)
      else if (event.key === '-') zoom(1 / STEP)
      else if (event.key === '0') fit()
      else if (event.key === 'Enter' && first()) done()
      else if (event.key === 'Escape' && first() && picked.length) { picked = []; paint() }
      else if (event.key === 'Backspace' && first()) { picked = picked.slice(0, -1); paint() }
      else return
      event.preventDefault()
      event.stopPropagation()
    })
  }

  function pick(at) {
    const last = picked[picked.length - 1]
    const near = view.w / 400
    if (last && Math.hypot(at[0] - last[0], at[1] - last[1]) < near) return
    if (model.picking === 'line' && picked.length === 2) picked = []
    picked = [...picked, at]
    paint()
    if (model.picking === 'line' && picked.length === 2) done()
  }

  model.on('pictures', build)
  model.on('marks', paint)
  model.on('words', paint)
  const ground = () => root.classList.toggle('dark', model.dark)
  model.on('dark', ground)
  ground()
  model.on('picking', () => { picked = []; paint() })
  const watch = new ResizeObserver(paint)
  watch.observe(views)
  model.on('remove', () => watch.disconnect())
  build()
}
