// A week of duties: people down, days across. A duty is dragged to another person or day, or moved by keys:
// Enter picks it up, arrows walk, Enter puts it down, Delete takes it away, Escape lets go.
export function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "cl-roster-grid";
  const live = document.createElement("div");
  live.setAttribute("aria-live", "polite");
  live.className = "cl-said";
  el.append(box, live);
  let held = null;
  let at = null;

  const say = (text) => { live.textContent = text; };
  const cellOf = (person, date) => box.querySelector(`td[data-person="${CSS.escape(person)}"][data-date="${CSS.escape(date)}"]`);
  const send = (from, to) => model.send_msg({
    type: "move", person: from.person, date: from.date, to_person: to ? to.person : "", to_date: to ? to.date : "",
  });

  function let_go() {
    if (held) { const cell = cellOf(held.person, held.date); if (cell) cell.classList.remove("held"); }
    held = null;
  }

  function pick(cell) {
    let_go();
    held = { person: cell.dataset.person, date: cell.dataset.date };
    cell.classList.add("held");
    say(model.words.held.replace("{duty}", cell.getAttribute("aria-label")));
  }

  function put(cell) {
    const from = held;
    let_go();
    if (from && cell.dataset.open === "1" && !(from.person === cell.dataset.person && from.date === cell.dataset.date)) {
      send(from, { person: cell.dataset.person, date: cell.dataset.date });
    }
  }

  function focus(cell) {
    if (!cell) return;
    box.querySelectorAll('td[tabindex="0"]').forEach((c) => c.setAttribute("tabindex", "-1"));
    cell.setAttribute("tabindex", "0");
    cell.focus();
    at = { person: cell.dataset.person, date: cell.dataset.date };
  }

  function beside(cell, key) {
    const row = cell.parentElement;
    const column = [...row.children].indexOf(cell);
    const rtl = getComputedStyle(box).direction === "rtl";
    if (key === "ArrowUp" && row.previousElementSibling) return row.previousElementSibling.children[column];
    if (key === "ArrowDown" && row.nextElementSibling) return row.nextElementSibling.children[column];
    const step = (key === "ArrowRight") !== rtl ? cell.nextElementSibling : cell.previousElementSibling;
    return (key === "ArrowRight" || key === "ArrowLeft") && step && step.tagName === "TD" ? step : null;
  }

  function keys(event) {
    const cell = event.target.closest("td");
    if (!cell) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      focus(beside(cell, event.key));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (held) put(cell); else if (cell.dataset.duty) pick(cell);
    } else if (event.key === "Escape") {
      let_go();
      say("");
    } else if (event.key === "Delete" && cell.dataset.duty && !model.locked) {
      event.preventDefault();
      send({ person: cell.dataset.person, date: cell.dataset.date }, null);
    }
  }

  function paint() {
    const data = model.data;
    box.replaceChildren();
    if (!data.days) return;
    box.setAttribute("dir", data.dir);
    const table = document.createElement("table");
    const caption = document.createElement("caption");
    caption.textContent = data.caption;
    const head = document.createElement("thead");
    const top = document.createElement("tr");
    const corner = document.createElement("th");
    corner.scope = "col";
    corner.textContent = data.corner;
    top.append(corner);
    for (const day of data.days) {
      const th = document.createElement("th");
      th.scope = "col";
      const name = document.createElement("span");
      name.textContent = day.label;
      th.append(name);
      if (day.short) {
        const mark = document.createElement("span");
        mark.className = "short";
        mark.textContent = day.short;
        th.append(mark);
      }
      top.append(th);
    }
    head.append(top);
    const body = document.createElement("tbody");
    for (const person of data.people) {
      const row = document.createElement("tr");
      const name = document.createElement("th");
      name.scope = "row";
      const who = document.createElement("span");
      who.textContent = person.name;
      const what = document.createElement("small");
      what.textContent = person.told;
      name.append(who, what);
      row.append(name);
      person.cells.forEach((cell, i) => row.append(cell_for(person, cell, data.days[i])));
      body.append(row);
    }
    table.append(caption, head, body);
    box.append(table);
    const first = (at && cellOf(at.person, at.date)) || box.querySelector("td");
    if (first) first.setAttribute("tabindex", "0");
  }

  function cell_for(person, cell, day) {
    const td = document.createElement("td");
    td.dataset.person = person.id;
    td.dataset.date = day.date;
    td.dataset.open = day.open ? "1" : "";
    td.setAttribute("tabindex", "-1");
    td.setAttribute("aria-label", `${person.name}, ${day.label}: ${cell.told}`);
    if (!day.open) td.classList.add("closed");
    if (cell.away) td.classList.add("away");
    const text = document.createElement("span");
    text.textContent = cell.text;
    td.append(text);
    if (cell.duty) {
      td.dataset.duty = "1";
      text.className = "duty" + (cell.changed ? " changed" : "");
      text.title = cell.told;
      text.draggable = !model.locked;
      text.addEventListener("dragstart", (event) => {
        pick(td);
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", td.getAttribute("aria-label"));
      });
      text.addEventListener("dragend", let_go);
    }
    td.addEventListener("dragover", (event) => {
      if (held && day.open) { event.preventDefault(); td.classList.add("over"); }
    });
    td.addEventListener("dragleave", () => td.classList.remove("over"));
    td.addEventListener("drop", (event) => { event.preventDefault(); td.classList.remove("over"); put(td); });
    td.addEventListener("click", () => focus(td));
    return td;
  }

  box.addEventListener("keydown", keys);
  model.on(["data", "locked"], paint);
  paint();
}
