// A button of a picture's bar: its sign is seen, its name is said.
export function addButton(bar, say, sign, name, run) {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = sign
  made.title = say(name)
  made.setAttribute('aria-label', say(name))
  made.addEventListener('click', run)
  bar.append(made)
}

