// While the line to the server is cut, and until the page has the server's state again, what people do is kept and then sent.
// BokehJS drops it (no socket yet) or throws (a socket that is still opening); the page looks as if it had heard the click.

// Keep what `connection` is asked to send from now on; what makes the line itself goes through. `deliver` sends what was kept.
function keepWhileCut(connection) {
  if (connection.kept) { return }
  const kept = connection.kept = [], own = Object.getPrototypeOf(connection), page = connection.session.document
  connection.send = (message) => {
    if (message.msgtype() === "PATCH-DOC") { kept.push(message) } else { own.send.call(connection, message) }
  }
  connection._receiver = new connection._receiver.constructor()  // else a message cut in its middle is read on with the next one
  // BokehJS lays the page anew without the arrays that came beside it: pages with charts or tables of numbers stayed dead
  connection._pull_doc_json = async () => {
    const pulled = await own._pull_doc_json.call(connection)
    page.replace_with_json = (json) => page.constructor.from_json(json, [], pulled.buffers).destructively_move(page)
    return pulled
  }
}

function deliver(connection) {
  const kept = connection.kept ?? []
  delete connection.kept
  delete connection.send
  delete connection._pull_doc_json
  for (const message of kept) {
    showAgain(connection.session.document, message)
    connection.send(message)
  }
}

// The page was laid anew from the server's state, which does not know yet what was typed meanwhile.
function showAgain(page, {content, buffers}) {
  const events = content.events.filter(({kind, model}) => kind === "ModelChanged" && page.get_model_by_id(model.id))
  if (events.length) { page.apply_json_patch({events}, buffers) }
}

// What the page sends by itself, or that changes nothing: no work is lost with it.
const IDLE = new Set(["selection", "preview", "ready"])

function isWork({kind, attr, msg_data}) {
  if (kind === "ModelChanged") { return attr.startsWith("value") }
  const said = msg_data?.values?.data
  return kind === "MessageSent" && !(said?.turn || said?.rest || IDLE.has(said?.type) || String(said?.run ?? "").startsWith("go."))
}

// Whether something that people did is in this window alone: drawn and not answered, or kept since the line is cut.
function waitsHere(connection) {
  const drawn = [...allDeep(".ed-root", document)].some(({editor}) => editor?.pending.length > 0)
  return drawn || (connection?.kept ?? []).some(({content}) => content.events.some(isWork))
}
