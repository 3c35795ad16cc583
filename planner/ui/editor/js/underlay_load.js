// The picture under the plan is fetched once and kept while the page stands, wherever it is moved meanwhile; one that cannot be
// shown says why.

export async function showUnderlay(ed, image) {
  const before = ed.scan
  if (!image) {
    ed.underlay = null
    told(ed)
    return
  }
  if (before && before.from === image.url) {
    ed.underlay = {...image, url: before.url, trouble: before.trouble}
    told(ed)
    return
  }
  if (before && before.url) URL.revokeObjectURL(before.url)
  const scan = ed.scan = {from: image.url, url: "", trouble: ""}
  ed.underlay = {...image, url: ""}
  told(ed)
  try {
    const answer = await fetch(image.url)
    if (answer.ok) scan.url = URL.createObjectURL(await answer.blob())
    else scan.trouble = answer.status === 422 ? await answer.text() : ed.word("editor.underlay_lost")
  } catch { scan.trouble = ed.word("editor.underlay_lost") }
  if (ed.scan !== scan) {  // another picture has taken its place meanwhile
    if (scan.url) URL.revokeObjectURL(scan.url)
    return
  }
  if (ed.underlay) ed.underlay = {...ed.underlay, url: scan.url, trouble: scan.trouble}
  if (scan.trouble) ed.ui.complain(scan.trouble)
  told(ed)
}

function told(ed) {
  ed.ui.underlayChanged()
  ed.repaint()
}
