// The console: what the program tells (one event a message) becomes requests, a tree for each, and a lit way.
import {darken, drawPicture, showHop, showWall} from "./picture.mjs";
import {drawMatrix} from "./matrix.mjs";
import {prepareForm} from "./form.mjs";
import {element} from "./element.mjs";

const MOST = 200;
const hops = new Map(); // by number: the request, its answer, logs, children
const traces = new Map(); // by trace id: what belongs to it, in order
const list = document.getElementById("requests");
let state = null;
let chosen = null;

function traceOf(event) {
  if (!traces.has(event.trace)) traces.set(event.trace, []);
  return traces.get(event.trace);
}

const handlers = {
  request(event) {
    const hop = {...event, children: [], logs: [], answer: null};
    hops.set(event.hop, hop);
    traceOf(event).push(hop);
    const parent = hops.get(event.parent);
    if (parent) parent.children.push(hop);
    else {
      addRow(hop);
      darken();
    }
    showHop(hop, state);
    now(`${event.source} asks ${event.load_balancer}:${event.port} for ${event.path}`);
  },
  answer(event) {
    const hop = hops.get(event.hop);
    if (!hop) return;
    hop.answer = event;
    showHop(hop, state);
    updateRow(hop);
    now(`${event.source} got ${event.status} from ${event.load_balancer}:${event.port} in ${event.ms} ms`
      + (event.why ? `: ${event.why}` : ""));
  },
  denied(event) {
    const wall = {...event, denied: true, children: [], logs: []};
    const parent = hops.get(event.parent);
    if (parent) parent.children.push(wall);
    else {
      addRow(wall);
      darken();
    }
    showWall(wall, state);
    now(`${event.source} is kept from ${event.target}:${event.port}: ${event.why}. `
      + (event.change ? `What would open it: ${event.change}` : ""), "bad");
    if (chosen) showDetail(chosen, false);
  },
  log(event) {
    const hop = hops.get(event.hop);
    if (hop) hop.logs.push(`${event.function}  ${event.line}`);
  },
  report(event) {
    const hop = hops.get(event.hop);
    if (hop) hop.report = event;
  },
  reloaded() { load(); },
  problem(event) { now(event.text, "bad"); },
};

function now(text, kind = "") {
  const place = document.getElementById("now");
  place.textContent = text;
  place.className = kind;
}

function addRow(hop) {
  const row = element("button", {type: "button"},
    element("span", {class: "status"}), element("span", {class: "what"}), element("span", {class: "ms"}),
    element("span", {class: "who"}));
  row.addEventListener("click", () => choose(hop));
  hop.row = row;
  list.prepend(element("li", {}, row));
  while (list.children.length > MOST) {
    list.lastElementChild.remove();
  }
  if (hops.size > 20 * MOST) for (const key of [...hops.keys()].slice(0, 10 * MOST)) hops.delete(key);
  if (traces.size > 10 * MOST) for (const key of [...traces.keys()].slice(0, 5 * MOST)) traces.delete(key);
  updateRow(hop);
}

function updateRow(hop) {
  let root = hop;
  while (hops.get(root.parent)) root = hops.get(root.parent);
  if (!root.row) return;
  const [status, what, ms, who] = root.row.children;
  if (root.denied) {
    status.textContent = "wall";
    status.className = "status bad";
    what.textContent = `${root.target}:${root.port}`;
    who.textContent = `${root.source}: ${root.why}`;
  } else {
    status.textContent = root.answer ? root.answer.status : "…";
    status.className = `status ${root.answer ? (root.answer.status < 400 ? "good" : "bad") : ""}`;
    what.textContent = `${root.method} ${root.path}`;
    ms.textContent = root.answer ? `${root.answer.ms} ms` : "";
    who.textContent = `${root.source} → ${root.load_balancer}:${root.port}`
      + (root.answer && root.answer.target ? ` → ${short(root.answer.target)}` : "");
  }
  if (chosen === root) showDetail(root, false);
}

const short = (address) => address.split(".").slice(1).join(".") || address;

function choose(hop, focus = false) {
  if (chosen && chosen.row) chosen.row.removeAttribute("aria-current");
  chosen = hop;
  hop.row.setAttribute("aria-current", "true");
  showDetail(hop, focus);
  darken();
  for (const one of flat(hop)) (one.denied ? showWall : showHop)(one, state, true);
}

const flat = (hop) => [hop, ...hop.children.flatMap(flat)];

function tree(hop) {
  const told = hop.denied
    ? element("span", {class: "bad"}, `${hop.source} ✕ ${hop.target}:${hop.port}  ${hop.why}`)
    : element("span", {}, `${hop.source} → ${hop.load_balancer}:${hop.port}`
      + (hop.answer && hop.answer.target ? ` → ${short(hop.answer.target)}` : "")
      + `  ${hop.method} ${hop.path}  ${hop.answer ? hop.answer.status : "…"}`
      + (hop.answer ? `  ${hop.answer.ms} ms` : "")
      + (hop.report && hop.report.init_ms ? `  (cold start ${Math.round(hop.report.init_ms)} ms)` : ""));
  const item = element("li", {}, told);
  if (hop.denied && hop.change) item.append(element("div", {}, `what would open it: ${hop.change}`));
  if (hop.children.length) item.append(element("ul", {class: "tree"}, ...hop.children.map(tree)));
  return item;
}

function showDetail(hop, focus) {
  const section = document.getElementById("detail-section");
  const place = document.getElementById("detail");
  section.hidden = false;
  document.getElementById("detail-heading").textContent =
    hop.denied ? `${hop.source} and the wall` : `${hop.method} ${hop.path}`;
  const parts = [element("ul", {class: "tree top"}, tree(hop))];
  const add = (title, text) => text && parts.push(element("h3", {}, title), element("pre", {}, text));
  for (const one of flat(hop).filter((each) => !each.denied)) {
    const name = `${one.source} → ${one.load_balancer}:${one.port}`;
    const answer = one.answer || {};
    add(`${name}: why`, answer.why);
    add(`${name}: event`, answer.request_event && JSON.stringify(answer.request_event, null, 2));
    add(`${name}: answer`, answer.body);
    add(`${name}: logs`, one.logs.join("\n"));
  }
  parts.push(element("p", {}, `trace ${hop.trace || "none"}`));
  place.replaceChildren(...parts);
  if (focus) document.getElementById("detail-heading").focus();
}

list.addEventListener("keydown", (event) => {
  const rows = [...list.querySelectorAll("button")];
  const at = rows.indexOf(document.activeElement);
  const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1}[event.key];
  if (to === undefined || !rows[to]) return;
  event.preventDefault();
  rows[to].focus();
  rows[to].click();
});

async function load() {
  const answer = await fetch("/state");
  state = await answer.json();
  document.title = `${state.name} · console`;
  document.getElementById("title").textContent = state.title;
  const address = document.getElementById("address");
  address.replaceChildren(...state.public.map((url) => element("a", {href: url, target: "_blank", rel: "noreferrer"}, url)));
  drawPicture(state);
  drawMatrix(state);
  prepareForm(state);
}

function listen() {
  const connection = document.getElementById("connection");
  const source = new EventSource("/events");
  source.onopen = () => { connection.textContent = "live"; connection.className = "live"; };
  source.onerror = () => { connection.textContent = "the program has ended"; connection.className = "lost"; };
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (handlers[event.event]) handlers[event.event](event);
  };
}

await load();
listen();
