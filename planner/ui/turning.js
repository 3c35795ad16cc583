// Turning pages. All pages lie on one another, each with its own size and scroll position, and only one is shown. Taken out of the
// layout and put back, as the components do it, a page with its charts is laid out anew, which takes a browser half a second.
// So an away page keeps its place; it is inert: not painted, not clicked, not reached by Tab, not read aloud.
//
// Each page is laid out by itself, once a frame, and only while it is shown: the components lay out the whole document,
// pages that nobody sees included, at each single change. tests/ui/test_turning.py holds the names of BokehJS used here.

const PASSES = ["update_layout", "measure_layout", "update_bbox", "_compute_layout", "after_layout", "r_after_render"]

// Stop layout at a page's holder, inwards and outwards. `left`: a page that nobody sees has something to be laid out.
function layOutAlone(holder, left) {
  const own = Object.fromEntries(PASSES.map((name) => [name, holder[name].bind(holder)]))
  const resized = holder.after_resize.bind(holder)
  let inside = false, waiting = 0, wanted = "", restyle = false

  function within(work) {
    const before = inside
    inside = true
    try { return work() } finally { inside = before }
  }
  function lay(away = false) {
    waiting = 0
    if ((holder.el.inert && !away) || !wanted) { return }
    within(() => {
      if (restyle) { own.update_layout() }
      wanted = "", restyle = false
      own.measure_layout()
      own.update_bbox()
      own._compute_layout()
      own.after_layout()
    })
    holder._layout_computed = true
  }
  function soon() {
    if (wanted && holder.el.inert) { left() }
    else if (wanted && !waiting) { waiting = requestAnimationFrame(() => lay()) }
  }
  // Before anybody turns to it: still out of sight, but for two frames the browser works out where everything of it lies, so that
  // what watches its own size, such as a table, has seen it too.
  function ahead() {
    if (!wanted || !holder.el.inert) { return false }
    holder.el.style.contentVisibility = "visible"
    lay(true)
    requestAnimationFrame(() => requestAnimationFrame(() => { holder.el.style.contentVisibility = "" }))
    return true
  }
  // passes over the whole document do not come in: nothing in here changes by them
  for (const name of PASSES) { holder[name] = (...given) => inside ? own[name](...given) : false }
  holder.invalidate_layout = () => { wanted = "all"; restyle = true; soon() }
  holder.compute_layout = () => { wanted ||= "sizes"; soon() }
  holder.after_resize = () => within(resized)
  return {soon, ahead}
}

// A chart asks the style of the page for the colour, width and font of each line and word before it takes its model's, and each
// time that its styles were just touched the browser works out all of the page's for it: two thirds of laying charts out. No
// sheet of ours or of the components names any (`--bk-…`), so that its models alone say how it looks.
function drawByModelsAlone() {
  Bokeh.require("core/visuals").VisualProperties.prototype._get_css_value = () => ""
}

// The pages beside `view`, a component of the shell; `here` is the id of the one that is shown, `mark(here)` marks it in the list;
// `left()` is called when a page that nobody sees has something to be laid out.
function pagesBeside(view, mark, left) {
  const alone = new Map()
  let here = "", stack = null, asked = 0, unheard = 0
  const watch = new MutationObserver(() => arrange())

  const idOf = ({el}) => [...el.classList].find((name) => name.startsWith("cl-page-"))?.slice("cl-page-".length) ?? ""
  function holders() {
    if (stack === null) {
      stack = view.parent?.child_views.find(({el}) => el.classList.contains("cl-stack")) ?? null
      if (stack !== null) { watch.observe(stack.shadow_el, {childList: true}) }
    }
    return stack === null ? [] : stack.child_views.filter((holder) => holder.el.isConnected && idOf(holder))
  }

  function arrange() {
    const all = holders(), shown = all.find((holder) => idOf(holder) === here)
    if (!shown) { return }  // not built yet: what is seen stays until it comes
    for (const holder of all) {  // built before it was wanted: it was never seen
      if (!alone.has(holder) && holder !== shown) { holder.el.inert = true }
    }
    const leaving = all.filter((holder) => holder !== shown && !holder.el.inert)
    const held = leaving.some(({el}) => el.getRootNode().activeElement === el) || document.activeElement === document.body
    if (leaving.length && held) { deepest()?.blur() }  // what was being typed is taken, as when people leave a field
    shown.el.inert = false
    for (const {el} of leaving) { el.inert = true }
    for (const holder of all) {
      if (!alone.has(holder)) { alone.set(holder, layOutAlone(holder, left)) }
    }
    alone.get(shown).soon()
    if (leaving.length && held) { goOnFrom(shown.el) }
  }

  return {
    // One page that nobody sees is laid out; whether there was one.
    layAhead: () => holders().some((holder) => alone.get(holder)?.ahead()),
    has: (id) => holders().some((holder) => idOf(holder) === id),
    // Show a page at once, before the server knows: how many times that was done, or 0 where there is no such page yet.
    turn(id) {
      if (!this.has(id)) { return 0 }
      here = id
      asked += 1
      arrange()
      mark(here)
      return asked
    },
    // What the server says is shown, and up to which of our own turns it knows: what is older than the last is not news.
    told([id, known]) {
      if (known < asked && asked > unheard) { return }
      here = id
      arrange()
      mark(here)
    },
    // The line was cut: turns made meanwhile were not heard, so that whatever the server says next is news.
    reconnected: () => { unheard = asked },
    release: () => watch.disconnect(),
  }
}

// Marks the page that is shown in the list of pages: the browser alone does, since an answer of the server about the page before
// may come after a turn. `placeOf(id)`: which item of the list is a page's.
function marker(placeOf) {
  let list = null, here = "", waiting = 0
  const watch = new MutationObserver(() => paint())

  function paint() {
    waiting = 0
    if (!list?.isConnected) {
      watch.disconnect()
      list = deepFind(".cl-nav", document)
      if (!list?.shadowRoot) { list = null; soon(); return }
      watch.observe(list.shadowRoot, {childList: true, subtree: true})
    }
    const place = placeOf(here)
    list.shadowRoot.querySelectorAll(".MuiListItemButton-root").forEach((item, i) => {
      if (i === place) { item.setAttribute("aria-current", "page") } else { item.removeAttribute("aria-current") }
    })
  }
  function soon() { waiting ||= requestAnimationFrame(paint) }
  addEventListener("resize", soon)  // a narrow window puts the list away and another in its place

  return {
    mark(id) { here = id; paint() },
    release() { watch.disconnect(); removeEventListener("resize", soon); cancelAnimationFrame(waiting) },
  }
}

// The first element of a kind, also in shadows.
function deepFind(css, root) {
  const found = root.querySelector(css)
  if (found) { return found }
  for (const {shadowRoot} of root.querySelectorAll("*")) {
    const inside = shadowRoot && deepFind(css, shadowRoot)
    if (inside) { return inside }
  }
  return null
}

// All elements of a kind, also in shadows.
function* allDeep(css, root) {
  yield* root.querySelectorAll(css)
  for (const {shadowRoot} of root.querySelectorAll("*")) { if (shadowRoot) { yield* allDeep(css, shadowRoot) } }
}

function deepest() {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) { at = at.shadowRoot.activeElement }
  return at === document.body ? null : at
}

// Tab goes on from here, though nothing has the focus: keys that nobody has in hand stay the drawing's.
function goOnFrom(el) {
  el.tabIndex = -1
  el.focus({preventScroll: true})
  el.blur()
  el.removeAttribute("tabindex")
}
