// What the editor calls things in the reader's language: parts, kinds, and what a snap holds on to.

export function word(ed, code, values = {}) {
  return (ed.words[code] || code).replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all))
}

export function kindWord(ed, kind) {
  return ed.words[`editor.kind.${kind}`] || String(kind || "").replace(/_/g, " ")
}

// What people call a part: its name, else its kind with the number of its id, else with the id.
export function nameOf(ed, thing) {
  if (!thing) return ""
  if (thing.n || !thing.i) return thing.n || kindWord(ed, thing.t)
  const kind = thing.t === "item" || thing.t === "obstacle" ? thing.s : thing.t, number = /^(.*?)-?0*(\d+)$/.exec(thing.i)
  const own = thing.i === kind || (number && (number[1] === kind || number[1] === thing.t))
  const about = thing.m ? ` · ${thing.m}` : ""  // of an area kept free: for whom alone
  return (own ? `${kindWord(ed, kind)}${number ? " " + number[2] : ""}` : `${kindWord(ed, kind)} ${thing.i}`) + about
}

export function reason(ed, {what, name, degrees}) {
  if (!what) return ""
  if (what === "grid") return ""
  return word(ed, `editor.snap.${what}`, {name: nameOf(ed, ed.things.get(name)), degrees: degrees === undefined ? "" : ((degrees % 360) + 360) % 360})
}
