// Cards side by side, each a picture with a few lines and what may be done with it. Kept by their keys: a card that only gets
// another picture or line keeps its buttons, so that no click falls on one that has just gone.
export function render({ model, el }) {
  const list = document.createElement('ul')
  list.className = 'deck'
  list.style.width = '100%'
  el.append(list)
  const known = new Map(), pictures = new Map()

  const make = (tag, name, parent) => {
    const made = document.createElement(tag)
    if (name) made.className = name
    if (parent) parent.append(made)
    return made
  }
  const say = (node, text) => { if (node.textContent !== text) node.textContent = text }
  const send = (id, act, text = '') => model.send_msg({ type: 'act', card: id, act, text })

  function build(id) {
    const root = make('li', 'card')
    root.dataset.card = id
    const head = make('div', 'head', root)
    const parts = { root, head, title: make('h3', '', head), badge: make('span', 'badge', head), image: make('img', '', root), lines: make('ul', 'lines', root), acts: make('div', 'acts', root), buttons: new Map(), field: null }
    // by keys only: a card that moves under a pressed mouse would not hear the click
    root.addEventListener('focusin', (event) => { if (event.target.matches(':focus-visible')) root.scrollIntoView({ block: 'nearest' }) })
    return parts
  }

  // The name becomes a field: Enter keeps what is typed, Escape what was.
  function rename(parts, card, act) {
    if (parts.field) return
    const field = parts.field = make('input', 'name')
    let done = false
    field.value = card.title
    field.setAttribute('aria-label', act.label)
    field.maxLength = 80
    const end = (keep) => {
      if (done) return
      done = true
      parts.field = null
      field.replaceWith(parts.title)
      if (keep && field.value.trim() && field.value !== card.title) send(card.id, act.id, field.value)
      const button = parts.buttons.get(act.id)
      if (button) button.focus()
    }
    field.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key === 'Enter' || event.key === 'Escape') { event.preventDefault(); end(event.key === 'Enter') }
    })
    field.addEventListener('blur', () => end(true))
    parts.title.replaceWith(field)
    field.focus()
    field.select()
  }

  function fill(parts, card) {
    say(parts.title, card.title)
    parts.title.title = card.title
    say(parts.badge, card.badge || '')
    parts.badge.hidden = !card.badge
    parts.root.classList.toggle('chosen', Boolean(card.chosen))
    const href = pictures.get(card.picture)
    if (href && parts.image.getAttribute('src') !== href) parts.image.src = href
    parts.image.classList.toggle('waiting', !href)
    parts.image.alt = card.alt || card.title
    const texts = card.lines || []
    while (parts.lines.children.length > texts.length) parts.lines.lastChild.remove()
    texts.forEach((text, n) => say(parts.lines.children[n] || make('li', '', parts.lines), text))
    const wanted = new Set((card.acts || []).map((act) => act.id))
    for (const [id, button] of parts.buttons) if (!wanted.has(id)) { button.remove(); parts.buttons.delete(id) }
    for (const act of card.acts || []) {
      let button = parts.buttons.get(act.id)
      if (!button) {
        button = make('button', `act act-${act.id}`, parts.acts)
        button.type = 'button'
        parts.buttons.set(act.id, button)
      }
      say(button, act.label)
      button.setAttribute('aria-label', `${act.label}: ${card.title}`)
      button.disabled = Boolean(act.disabled)
      button.classList.toggle('main', Boolean(act.main))
      button.onclick = () => (act.names ? rename(parts, card, act) : send(card.id, act.id))
    }
  }

  function paint() {
    const cards = model.cards, ids = new Set(cards.map((card) => card.id))
    for (const [id, parts] of known) if (!ids.has(id)) { parts.root.remove(); known.delete(id) }
    cards.forEach((card, n) => {
      if (!known.has(card.id)) known.set(card.id, build(card.id))
      const parts = known.get(card.id)
      fill(parts, card)
      if (list.children[n] !== parts.root) list.insertBefore(parts.root, list.children[n] || null)
    })
    list.hidden = !cards.length
  }

  // Pictures are large and come once each; the cards name them.
  model.on('msg:custom', (message) => {
    if (message.type !== 'picture') return
    pictures.set(message.picture, message.href)
    paint()
  })
  const ground = () => list.classList.toggle('dark', model.dark)
  model.on('cards', paint)
  model.on('dark', ground)
  ground()
  paint()
  model.send_msg({ type: 'ready' })
}
