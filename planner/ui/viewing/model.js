// A model in three dimensions: drag turns it, Shift or the right button moves it, wheel and + - come nearer; arrow keys do the same.
const STEP = 1.2
const TURN = Math.PI / 24
const START = { round: -0.6, over: 0.85 }
// which box shows and hides a part of the model
const SWITCHED = { walls_above: 'above', above: 'above', fittings: 'fittings' }
const FIELD = 0.7 // of view, radians
const CORNER = `#version 300 es
in vec3 place; in vec3 normal; in vec4 rgba;
uniform mat4 seen;
out vec4 colour;
void main() {
  vec3 n = normalize(normal);
  float lit = 0.64 + 0.36 * max(dot(n, normalize(vec3(0.35, 0.85, 0.45))), 0.0) + 0.12 * max(dot(n, normalize(vec3(-0.6, 0.1, -0.5))), 0.0);
  colour = vec4(pow(rgba.rgb, vec3(1.0 / 2.2)) * lit, rgba.a);
  gl_Position = seen * vec4(place, 1.0);
}`
const POINT = `#version 300 es
precision mediump float;
in vec4 colour; out vec4 shown;
void main() { shown = vec4(colour.rgb * colour.a, colour.a); }`

const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
const unit = (a) => { const long = Math.hypot(...a) || 1; return a.map((x) => x / long) }

// where the eye is, seen from the middle, for a turn `round` the upright and a height `over` the floor
export function eye({ round, over, far, at }) {
  return [at[0] + far * Math.cos(over) * Math.sin(round), at[1] + far * Math.sin(over), at[2] + far * Math.cos(over) * Math.cos(round)]
}

// the matrix from the scene to the screen, column by column
export function seen(view, aspect) {
  const from = eye(view)
  const back = unit(minus(from, view.at))
  const right = unit(cross([0, 1, 0], back))
  const up = cross(back, right)
  const near = view.far / 50
  const deep = view.far * 6
  const f = 1 / Math.tan(FIELD / 2)
  const look = [right[0], up[0], back[0], 0, right[1], up[1], back[1], 0, right[2], up[2], back[2], 0,
    -dot(right, from), -dot(up, from), -dot(back, from), 1]
  const lens = [f / Math.max(aspect, 1e-6), 0, 0, 0, 0, f, 0, 0, 0, 0, (deep + near) / (near - deep), -1, 0, 0, 2 * deep * near / (near - deep), 0]
  return times(lens, look)
}

// the least box round the corners of all surfaces
export function bounds(surfaces) {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (const { corners } of surfaces)
    for (let k = 0; k < corners.length; k++) {
      low[k % 3] = Math.min(low[k % 3], corners[k])
      high[k % 3] = Math.max(high[k % 3], corners[k])
    }
  return { low, high }
}

// the nearest view, from the first side, in which every corner of the box is on the screen
export function framed({ low, high }, aspect) {
  const at = low.map((x, k) => (x + high[k]) / 2)
  const corners = [...Array(8).keys()].map((n) => [0, 1, 2].map((k) => (n >> k & 1 ? high : low)[k]))
  const fits = (far) => {
    const m = seen({ ...START, at, far }, aspect)
    return corners.every(([x, y, z]) => {
      const [a, b, w] = [0, 1, 3].map((r) => m[r] * x + m[4 + r] * y + m[8 + r] * z + m[12 + r])
      return w > 0 && Math.abs(a) < w * 0.96 && Math.abs(b) < w * 0.96
    })
  }
  let [near, far] = [0, (Math.hypot(...minus(high, low)) || 1) * 10]
  for (let n = 0; n < 24; n++) {
    const middle = (near + far) / 2
    if (fits(middle)) far = middle
    else near = middle
  }
  return { ...START, at, far }
}

// one buffer of corners, normals and colours; solid faces before those one sees through
function packed(surfaces) {
  const ordered = [...surfaces].sort((a, b) => b.rgba[3] - a.rgba[3])
  const count = ordered.reduce((sum, s) => sum + s.corners.length / 3, 0)
  const data = new Float32Array(count * 10)
  let at = 0
  let solid = 0
  for (const { corners, rgba } of ordered) {
    for (let k = 0; k < corners.length; k += 9) {
      const p = [0, 1, 2].map((n) => [corners[k + 3 * n], corners[k + 3 * n + 1], corners[k + 3 * n + 2]])
      const normal = unit(cross(minus(p[1], p[0]), minus(p[2], p[0])))
      for (const corner of p) { data.set([...corner, ...normal, ...rgba], at); at += 10 }
    }
    if (rgba[3] >= 1) solid = at / 10
  }
  return { data, count, solid }
}

function program(gl) {
  const made = gl.createProgram()
  for (const [kind, text] of [[gl.VERTEX_SHADER, CORNER], [gl.FRAGMENT_SHADER, POINT]]) {
    const shader = gl.createShader(kind)
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader))
    gl.attachShader(made, shader)
  }
  gl.linkProgram(made)
  gl.useProgram(made)
  return made
}

export function render({ model, el }) {
  const say = (name) => model.words[name] || name
  const root = document.createElement('div')
  root.className = 'model'
  const canvas = document.createElement('canvas')
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', `${say('alt')} ${say('keys')}`)
  canvas.style.height = model.tall
  const bar = document.createElement('div')
  bar.className = 'bar'
  root.append(canvas, bar)
  el.append(root)
  const gl = canvas.getContext('webgl2', { antialias: true, preserveDrawingBuffer: true })
  if (!gl) {
    root.replaceChildren(document.createTextNode(say('no_webgl')))
    return
  }
  let used, where, buffer
  const begin = () => {
    used = program(gl)
    where = gl.getUniformLocation(used, 'seen')
    buffer = gl.createBuffer()
  }
  begin()
  let surfaces = []
  let hidden = new Set(['above'])
  let drawn = { count: 0, solid: 0 }
  let view = framed({ low: [0, 0, 0], high: [1, 1, 1] }, 1)
  let asked = 0

  function fill() {
    const shown = surfaces.filter((s) => !hidden.has(SWITCHED[s.part]))
    drawn = packed(shown)
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, drawn.data, gl.STATIC_DRAW)
    for (const [name, wide, from] of [['place', 3, 0], ['normal', 3, 12], ['rgba', 4, 24]]) {
      const at = gl.getAttribLocation(used, name)
      gl.enableVertexAttribArray(at)
      gl.vertexAttribPointer(at, wide, gl.FLOAT, false, 40, from)
    }
    paint()
  }

  function paint() {
    if (asked) return
    asked = requestAnimationFrame(() => {
      asked = 0
      const scale = window.devicePixelRatio || 1
      const [w, h] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)]
      if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h]
      gl.viewport(0, 0, w, h)
      gl.clearColor(...(model.dark ? [0.1, 0.1, 0.1, 1] : [1, 1, 1, 1]))
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT)
      gl.enable(gl.DEPTH_TEST)
      gl.enable(gl.CULL_FACE)
      gl.uniformMatrix4fv(where, false, new Float32Array(seen(view, w / Math.max(h, 1))))
      gl.depthMask(true)
      gl.disable(gl.BLEND)
      gl.drawArrays(gl.TRIANGLES, 0, drawn.solid)
      gl.enable(gl.BLEND)
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
      gl.depthMask(false)
      gl.drawArrays(gl.TRIANGLES, drawn.solid, drawn.count - drawn.solid)
      gl.depthMask(true)
      canvas.dataset.faces = String(drawn.count / 3)
    })
  }

  let box = { low: [0, 0, 0], high: [1, 1, 1] }
  const least = () => framed(box, 1).far
  const fit = () => { view = framed(box, canvas.clientWidth / Math.max(canvas.clientHeight, 1)); paint() }
  const zoom = (factor) => { view = { ...view, far: Math.min(Math.max(view.far / factor, 2), least() * 2) }; paint() }
  const turn = (round, over) => {
    view = { ...view, round: view.round + round, over: Math.min(Math.max(view.over + over, 0.05), Math.PI / 2 - 0.01) }
    paint()
  }
  // along the floor, as the hand sees it
  const move = (right, ahead) => {
    const step = view.far / 700
    const [s, c] = [Math.sin(view.round), Math.cos(view.round)]
    const { at } = view
    view = { ...view, at: [at[0] - step * (right * c + ahead * s), at[1], at[2] - step * (-right * s + ahead * c)] }
    paint()
  }
  const above = () => { view = { ...view, round: 0, over: Math.PI / 2 - 0.01 }; paint() }

  const button = (sign, name, run) => addButton(bar, say, sign, name, run)
  button('+', 'zoom_in', () => zoom(STEP))
  button('−', 'zoom_out', () => zoom(1 / STEP))
  button('⟲', 'turn_left', () => turn(-TURN, 0))
  button('⟳', 'turn_right', () => turn(TURN, 0))
  button('⊤', 'from_above', above)
  button('⤢', 'fit', fit)
  for (const name of ['above', 'fittings']) {
    const label = document.createElement('label')
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.checked = !hidden.has(name)
    box.addEventListener('change', () => { hidden[box.checked ? 'delete' : 'add'](name); fill() })
    label.append(box, ` ${say(name)}`)
    bar.append(label)
  }

  let from = null
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId)
    canvas.focus({ preventScroll: true })
    from = [event.clientX, event.clientY, event.shiftKey || event.button > 0]
  })
  canvas.addEventListener('pointermove', (event) => {
    if (!from) return
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]]
    if (from[2]) move(dx, dy)
    else turn(-dx / 200, dy / 200)
    from = [event.clientX, event.clientY, from[2]]
  })
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => { from = null })
  canvas.addEventListener('contextmenu', (event) => event.preventDefault())
  canvas.addEventListener('wheel', (event) => {
    if (event.deltaY > 0 && view.far >= least() * 1.2) return // from there on the wheel is the page's
    event.preventDefault()
    zoom(Math.exp(-event.deltaY / 500))
  }, { passive: false })
  const far = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
  canvas.addEventListener('keydown', (event) => {
    const way = far[event.key]
    if (way && event.shiftKey) move(way[0] * -40, way[1] * -40)
    else if (way) turn(way[0] * TURN, way[1] * -TURN)
    else if (event.key === '+' || event.key === '=') zoom(STEP)
    else if (event.key === '-') zoom(1 / STEP)
    else if (event.key === '0') fit()
    else return
    event.preventDefault()
    event.stopPropagation()
  })

  function load() {
    if (!model.glb) return
    const bytes = Uint8Array.from(atob(model.glb), (c) => c.charCodeAt(0))
    surfaces = read(bytes.buffer)
    box = bounds(surfaces)
    fill()
    fit()
  }
  canvas.addEventListener('webglcontextlost', (event) => event.preventDefault()) // it comes back, and all is drawn anew
  canvas.addEventListener('webglcontextrestored', () => { begin(); fill() })
  const size = new ResizeObserver(paint)
  size.observe(canvas)
  model.on('glb', load)
  model.on('dark', paint)
  model.on('remove', () => { size.disconnect(); cancelAnimationFrame(asked); gl.getExtension('WEBGL_lose_context')?.loseContext() })
  load()
}
