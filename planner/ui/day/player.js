// One simulated day played: people walk, wait and are served on the plan. Time passes here; nothing is asked of Python.
// Space plays and pauses, arrows go back and on a minute (with Shift a quarter of an hour), Home and End to the doors' times.
const INK = { walking: "#5b6b7b", waiting: "#e07b00", served: "#2e8b57", late: "#c0392b" };
const SPEEDS = [30, 60, 120, 300, 600];
const SECOND = 1000;
const NEAR_MM = 1500;

export function render({ model, el }) {
  const root = make("div", "cl-player", el);
  const bar = make("div", "bar", root);
  const play = make("button", "play", bar);
  play.type = "button";
  const clock = make("output", "clock", bar);
  const slider = make("input", "time", bar);
  slider.type = "range";
  slider.step = "1";
  const speed = make("select", "speed", bar);
  const crowd = make("label", "crowd", bar), crowded = make("input", "", crowd);
  crowded.type = "checkbox";
  crowd.append(document.createTextNode(model.words.density));
  const storeys = make("div", "storeys", root);
  storeys.setAttribute("role", "group");
  const stage = make("div", "stage", root);
  const floor = make("div", "floor", stage);
  const picture = make("img", "", floor);
  const canvas = make("canvas", "", floor);
  const queues = make("div", "queues", stage);
  const key = make("p", "key", root);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let now = 0, playing = false, last = null, request = 0, cursor = [], lines = [], storey = 0, on_storey = [];
  let day = {};  // what is built: the model may have the next day's before it is

  function make(tag, name, parent) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    parent.append(made);
    return made;
  }

  const told = (seconds) => {
    const minutes = Math.floor(seconds / 60);
    return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  };

  // the move that a visitor is in: searched forwards from the one of the frame before
  function move_of(who, at) {
    const moves = day.people[who];
    let i = cursor[who];
    if (i >= moves.length || moves[i] > at) i = 0;
    while (i + 5 < moves.length && moves[i + 5] <= at) i += 5;
    cursor[who] = i;
    return i < moves.length && moves[i] <= at && at < moves[i + 1] ? i : -1;
  }

  function along(way, part) {
    if (way.length === 1) return way[0];
    let total = 0;
    const parts = [];
    for (let i = 1; i < way.length; i++) {
      const d = Math.hypot(way[i][0] - way[i - 1][0], way[i][1] - way[i - 1][1]);
      parts.push(d);
      total += d;
    }
    let left = part * total;
    for (let i = 0; i < parts.length; i++) {
      if (left <= parts[i] || i === parts.length - 1) {
        const share = parts[i] ? Math.min(1, left / parts[i]) : 0;
        return [way[i][0] + share * (way[i + 1][0] - way[i][0]), way[i][1] + share * (way[i + 1][1] - way[i][1])];
      }
      left -= parts[i];
    }
    return way[way.length - 1];
  }

  // how thickly people stand: each of them spreads over a metre and a half, and what overlaps grows darker
  function draw_density(pen, scale, left, top) {
    const data = day, reach = NEAR_MM * scale;
    for (let who = 0; who < data.people.length; who++) {
      const i = move_of(who, now);
      if (i < 0) continue;
      const [start, end, , way] = data.people[who].slice(i, i + 5);
      if (data.on[way] !== storey) continue;
      const [x, y] = along(data.ways[way], (now - start) / Math.max(1, end - start));
      const px = (10 * x - left) * scale, py = (-10 * y - top) * scale;
      const spread = pen.createRadialGradient(px, py, 0, px, py, reach);
      spread.addColorStop(0, "rgba(192, 57, 43, .38)");
      spread.addColorStop(1, "rgba(192, 57, 43, 0)");
      pen.fillStyle = spread;
      pen.fillRect(px - reach, py - reach, 2 * reach, 2 * reach);
    }
  }

  function draw_people() {
    const data = day, box = floor.getBoundingClientRect();
    if (!box.width || !data.people.length) return;
    const [left, top, width] = day.shown[storey].frame;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(box.width * ratio)) canvas.width = Math.round(box.width * ratio);
    if (canvas.height !== Math.round(box.height * ratio)) canvas.height = Math.round(box.height * ratio);
    const pen = canvas.getContext("2d"), scale = canvas.width / width;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    if (crowded.checked) draw_density(pen, scale, left, top);
    const size = Math.max(3 * ratio, 230 * scale);
    const there = data.storeys.map(() => 0);
    for (let who = 0; who < data.people.length; who++) {
      const i = move_of(who, now);
      if (i < 0) continue;
      const [start, end, doing, way, bank] = data.people[who].slice(i, i + 5);
      there[data.on[way]] += 1;
      if (data.on[way] !== storey) continue;
      const [x, y] = along(data.ways[way], (now - start) / Math.max(1, end - start));
      const late = doing === 1 && now - start > data.banks[bank].within_s;
      pen.fillStyle = late ? INK.late : [INK.walking, INK.waiting, INK.served][doing];
      pen.strokeStyle = "#1d2733";
      pen.lineWidth = Math.max(0.5, 0.12 * size);
      const px = (10 * x - left) * scale, py = (-10 * y - top) * scale;
      pen.beginPath();
      if (late) { pen.moveTo(px, py - size * 1.2); pen.lineTo(px + size * 1.2, py); pen.lineTo(px, py + size * 1.2); pen.lineTo(px - size * 1.2, py); pen.closePath(); }
      else pen.arc(px, py, size, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
    canvas.dataset.shown = String(there[storey]);
    on_storey.forEach((number, n) => { number.textContent = String(there[n]); });
  }

  function draw_queues() {
    const data = day;
    const minute = Math.min(data.inside.length - 1, Math.max(0, Math.floor(now / 60) - data.first));
    lines.forEach(({ served, waiting, number, most }, n) => {
      const [w, s] = data.counts[n][minute];
      served.style.width = `${(100 * s) / most}%`;
      waiting.style.width = `${(100 * w) / most}%`;
      number.textContent = model.words.queue.replace("{waiting}", w).replace("{served}", s);
    });
  }

  function draw() {
    if (!day.banks) return;
    clock.value = told(now);
    slider.value = String(Math.round(now));
    slider.setAttribute("aria-valuetext", told(now));
    draw_people();
    draw_queues();
  }

  function frame(stamp) {
    if (!playing) return;
    if (last !== null) {
      // who wants no motion gets a picture a second instead of a film
      const passed = stamp - last;
      if (still.matches && passed < SECOND) { request = requestAnimationFrame(frame); return; }
      now += (passed / SECOND) * Number(speed.value);
      last = stamp;
      if (now >= 60 * day.last) { now = 60 * day.last; set_playing(false); }
      draw();
    } else last = stamp;
    request = requestAnimationFrame(frame);
  }

  function set_playing(on) {
    playing = on;
    last = null;
    cancelAnimationFrame(request);
    play.textContent = on ? model.words.pause : model.words.play;
    root.dataset.playing = on ? "1" : "";
    if (on) {
      if (now >= 60 * day.last) now = 60 * day.first;
      request = requestAnimationFrame(frame);
    }
  }

  function go_to(seconds) {
    now = Math.min(60 * day.last, Math.max(60 * day.first, seconds));
    last = null;
    draw();
  }

  function keys(event) {
    if (event.target === speed || event.target === crowded || event.ctrlKey || event.altKey || event.metaKey) return;
    const rtl = getComputedStyle(root).direction === "rtl";
    const on = rtl ? "ArrowLeft" : "ArrowRight", back = rtl ? "ArrowRight" : "ArrowLeft";
    const step = event.shiftKey ? 900 : 60;
    if (event.key === " " && event.target.tagName !== "BUTTON") set_playing(!playing);
    else if (event.key === on || event.key === "ArrowUp") go_to(now + step);
    else if (event.key === back || event.key === "ArrowDown") go_to(now - step);
    else if (event.key === "Home") go_to(60 * day.first);
    else if (event.key === "End") go_to(60 * day.last);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function show_storey(n) {
    const {picture: href, frame} = day.shown[n];
    storey = n;
    floor.style.maxWidth = `calc(64vh * ${frame[2] / Math.max(frame[3], 1)})`;  // the whole floor is seen at once
    picture.src = href;
    [...storeys.children].forEach((button, k) => button.setAttribute("aria-pressed", String(k === n)));
  }

  // a button for each storey, with how many are on it now; nothing to choose where there is one
  function build_storeys() {
    on_storey = [];
    storeys.replaceChildren();
    storeys.setAttribute("aria-label", model.words.storey);
    storeys.hidden = day.shown.length < 2;
    day.shown.forEach(({ name }, n) => {
      const button = make("button", "storey", storeys);
      button.type = "button";
      const label = make("span", "", button), number = make("span", "many", button);
      label.textContent = name;
      number.setAttribute("aria-hidden", "true");
      on_storey.push(number);
      button.addEventListener("click", () => { show_storey(n); draw(); });
    });
    if (day.shown.length) show_storey(0);
  }

  function build() {
    set_playing(false);
    const data = day = model.data;
    root.hidden = !data.banks;
    if (!data.banks) return;
    root.setAttribute("dir", model.words.dir);
    cursor = data.people.map(() => 0);
    slider.min = String(60 * data.first);
    slider.max = String(60 * data.last);
    slider.setAttribute("aria-label", model.words.time);
    clock.setAttribute("aria-label", model.words.time);
    speed.setAttribute("aria-label", model.words.speed);
    speed.replaceChildren(...SPEEDS.map((value) => {
      const option = document.createElement("option");
      option.value = String(value);
      option.textContent = model.words.times.replace("{speed}", value);
      option.selected = value === 120;
      return option;
    }));
    floor.hidden = crowd.hidden = !data.people.length;
    build_storeys();
    picture.alt = model.words.alt;
    canvas.setAttribute("aria-hidden", "true");
    lines = [];
    queues.replaceChildren();
    data.banks.forEach((bank, n) => {
      const most = Math.max(1, ...data.counts[n].map(([w, s]) => w + s));
      const name = make("span", "name", queues);
      name.textContent = bank.name;
      const line = make("span", "line", queues);
      const served = make("i", "served", line), waiting = make("i", "waiting", line);
      lines.push({ served, waiting, number: make("span", "number", queues), most });
    });
    key.replaceChildren();
    for (const name of data.people.length ? ["walking", "waiting", "late", "served"] : ["waiting", "served"]) {
      const part = make("span", name, key);
      part.style.setProperty("--ink", INK[name]);
      part.textContent = model.words[name];
    }
    now = Math.min(60 * data.last, 60 * data.first + 3600);
    draw();
  }

  play.addEventListener("click", () => set_playing(!playing));
  crowded.addEventListener("change", draw);
  slider.addEventListener("input", () => go_to(Number(slider.value)));
  root.addEventListener("keydown", keys);
  picture.addEventListener("load", draw);
  const watch = new ResizeObserver(() => draw());
  watch.observe(floor);
  model.on(["data"], build);
  model.on("remove", () => { set_playing(false); watch.disconnect(); });
  build();
}
