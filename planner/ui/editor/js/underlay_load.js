// The picture under the plan is fetched once and kept while the page stands, wherever it is moved meanwhile; one that cannot be
// shown says why. What a project kept before turns and crops of pages were honoured gives another shape than the picture has: it
// is shown in its own, as wide as it was, and asks to be scaled again.

export async function showUnderlay(ed, image) {
  const before = ed.scan
  if (!image) {
    ed.underlay = null
    told(ed)
    return
  }
  if (before && before.from === image.url) {
    ed.underlay = shaped(image, before)
    told(ed)
    return
  }
  if (before && before.url) URL.revokeObjectURL(before.url)
  const scan = ed.scan = {from: image.url, url: "", trouble: "", ratio: 0, slack: 0}
  ed.underlay = {...image, url: ""}
  told(ed)
  try {
    const answer = await fetch(image.url)
    if (answer.ok) {
      scan.url = URL.createObjectURL(await answer.blob())
      await takeShape(scan)
    } else scan.trouble = answer.status === 422 ? await answer.text() : ed.word("editor.underlay_lost")
  } catch { scan.trouble = ed.word("editor.underlay_lost") }
  if (ed.scan !== scan) {  // another picture has taken its place meanwhile
    if (scan.url) URL.revokeObjectURL(scan.url)
    return
  }
  if (ed.underlay) ed.underlay = shaped(ed.underlay, scan)
  if (scan.trouble) ed.ui.complain(scan.trouble)
  told(ed)
}

const ANOTHER_SHAPE = 0.01

export function shaped(image, {url, trouble, ratio, slack}) {
  const odd = Boolean(ratio) && Math.abs(image.h / image.w / ratio - 1) > ANOTHER_SHAPE + slack
  return {...image, url, trouble, odd, kept: image.h, h: odd ? image.w * ratio : image.h}
}

// Height to width of the picture itself, and how exactly its pixels can tell it.
function takeShape(scan) {
  return new Promise((done) => {
    const picture = new Image()
    picture.onload = () => {
      const [wide, tall] = [picture.naturalWidth, picture.naturalHeight]
      if (wide && tall) Object.assign(scan, {ratio: tall / wide, slack: 1 / Math.min(wide, tall)})
      done()
    }
    picture.onerror = () => done()  // the drawing shows nothing then
    picture.src = scan.url
  })
}

function told(ed) {
  ed.ui.underlayChanged()
  ed.repaint()
}
