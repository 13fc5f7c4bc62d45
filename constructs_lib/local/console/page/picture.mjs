// The picture of the environment, and the way of a request through it.
const SVG = "http://www.w3.org/2000/svg";
const SHOWN_MS = 6000;
const place = document.getElementById("picture");

export function drawPicture(state) {
  const parsed = new DOMParser().parseFromString(state.svg, "image/svg+xml");
  place.replaceChildren(document.importNode(parsed.documentElement, true));
}

export function darken() {
  for (const old of place.querySelectorAll("[data-way]")) old.remove();
  for (const old of place.querySelectorAll(".lit, .wall")) old.classList.remove("lit", "wall");
}

function box(address) {
  if (!address) return null;
  for (const group of place.querySelectorAll("g[data-address]")) {
    if (group.dataset.address.split(" ").includes(address)) return group;
  }
  return null;
}

function partyBox(name, state) {
  const caller = state.callers.find((one) => one.name === name);
  if (caller && box(caller.party)) return box(caller.party);
  const wanted = name === "internet" ? "internet" : name;
  for (const group of place.querySelectorAll("g.a-outside, g.a-caller, g.a-elsewhere")) {
    if (group.textContent.toLowerCase().includes(wanted.toLowerCase())) return group;
  }
  return null;
}

function middle(group) {
  const rect = group.querySelector("rect");
  const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name)));
  return {x: x + w / 2, y: y + h / 2, left: x, right: x + w, w, h};
}

function line(key, from, to, label, kind) {
  const svg = place.querySelector("svg");
  for (const old of svg.querySelectorAll(`[data-way="${key}"]`)) old.remove();
  const forwards = to.x > from.x;
  const start = {x: forwards ? from.right : from.left, y: from.y};
  const end = {x: forwards ? to.left : to.right, y: to.y};
  const bend = Math.max(30, Math.abs(end.x - start.x) / 2) * (forwards ? 1 : -1);
  const way = document.createElementNS(SVG, "path");
  way.setAttribute("d", `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`);
  way.setAttribute("class", `way ${kind}`);
  way.dataset.way = key;
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("x", (start.x + end.x) / 2);
  text.setAttribute("y", (start.y + end.y) / 2 - 18);
  text.setAttribute("text-anchor", "middle");
  text.setAttribute("class", `way-label ${kind}`);
  text.dataset.way = key;
  text.textContent = label;
  svg.append(way, text);
  setTimeout(() => { way.remove(); text.remove(); }, SHOWN_MS);
}

function light(group, name) {
  if (!group) return;
  group.classList.add(name);
  setTimeout(() => group.classList.remove(name), SHOWN_MS);
}

const edge = (to) => ({x: 0, y: to.y, left: 0, right: 8});

export function showHop(hop, state) {
  if (!state) return;
  const source = partyBox(hop.source, state);
  const door = box(hop.listener) || box(state.listeners.find((one) => one.address === hop.listener)?.load_balancer);
  if (!door) return;
  const answer = hop.answer;
  const kind = !answer ? "" : answer.status < 500 ? "done" : "bad";
  light(source, "lit");
  light(door, "lit");
  const to = middle(door);
  line(`${hop.hop}a`, source ? middle(source) : edge(to), to, `:${hop.port}${answer ? ` ${answer.ms} ms` : ""}`, kind);
  const target = answer && box(answer.target);
  if (target) {
    light(target, answer.status < 500 ? "lit" : "wall");
    line(`${hop.hop}b`, to, middle(target), String(answer.status), kind);
  }
}

export function showWall(wall, state) {
  if (!state) return;
  const source = partyBox(wall.source, state);
  const door = box(wall.listener) || box(wall.target) || box(wall.hop);
  light(door, "wall");
  light(source, "lit");
  const key = `wall-${wall.source}-${wall.target}-${wall.port}`;
  if (door && door !== source) {
    line(key, source ? middle(source) : edge(middle(door)), middle(door), `✕ :${wall.port}`, "bad");
  } else if (source) {
    const from = middle(source);
    line(key, from, {x: from.right + 120, y: from.y, left: from.right + 110, right: 0}, `✕ ${wall.target}:${wall.port}`, "bad");
  }
}
