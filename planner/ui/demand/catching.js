// Several cells pasted onto a table go to the server as text. One cell alone goes where it was pasted.

const SEVERAL = /[\t\n]/

// A table of HTML as lines of text: some programs give the cells in no other way. Nothing of it runs or is shown.
export function linesOf(table) {
  const lines = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()))
  return lines.map((cells) => cells.join("\t")).join("\n")
}

function cellsOf(clipboard) {
  const text = clipboard.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "")
  if (SEVERAL.test(text)) { return text }
  const table = new DOMParser().parseFromString(clipboard.getData("text/html"), "text/html").querySelector("table")
  const lines = table ? linesOf(table) : ""
  return SEVERAL.test(lines) ? lines : ""
}

export function render({model}) {
  function pasted(event) {
    const path = event.composedPath().filter((el) => el instanceof Element)
    if (!path.some((el) => el.classList.contains(model.over))) { return }
    const text = cellsOf(event.clipboardData)
    if (!text) { return }
    event.preventDefault()
    event.stopPropagation()
    const cell = path.find((el) => el.classList.contains("tabulator-cell")), row = cell?.closest(".tabulator-row")
    const rows = row ? [...row.parentNode.querySelectorAll(".tabulator-row")] : []
    const at = row ? rows.indexOf(row) : 0
    model.send_msg({text, row: at, column: cell?.getAttribute("tabulator-field") ?? ""})
  }
  document.addEventListener("paste", pasted, true)
  model.on("remove", () => document.removeEventListener("paste", pasted, true))
  return document.createElement("div")
}
