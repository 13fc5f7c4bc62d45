// A request as anybody, to any listener; the proof's verdict is shown before it is sent.
import {element} from "./element.mjs";

const form = document.getElementById("form");
const verdict = document.getElementById("verdict");
let state = null;

export function prepareForm(told) {
  state = told;
  fill("as", told.callers.map((one) => [one.name, one.name]));
  fill("to", told.listeners.map((one) => [one.name, one.name + (one.behind.length ? ` (${one.behind.join(", ")})` : "")]));
  tell();
}

function fill(id, options) {
  const select = document.getElementById(id);
  const before = select.value;
  select.replaceChildren(...options.map(([value, text]) => element("option", {value}, text)));
  if (options.some(([value]) => value === before)) select.value = before;
}

function tell() {
  const caller = state.callers.find((one) => one.name === form.as.value);
  const listener = state.listeners.find((one) => one.name === form.to.value);
  const door = caller?.doors?.[listener?.address];
  verdict.textContent = !door ? "" : door.verdict === "carried" ? "the proof: carried"
    : `the proof: ${door.verdict}: ${door.why}${door.change ? `. What would open it: ${door.change}` : ""}`;
  verdict.className = `wide ${door ? {carried: "good", blocked: "bad"}[door.verdict] || "doubt" : ""}`;
}

form.addEventListener("change", () => state && tell());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const send = document.getElementById("send");
  send.disabled = true;
  send.textContent = "asking…";
  const headers = form.headers.value.split("\n").filter((text) => text.includes(":"))
    .map((text) => [text.slice(0, text.indexOf(":")).trim(), text.slice(text.indexOf(":") + 1).trim()]);
  const asked = {as: form.as.value, to: form.to.value, method: form.method.value, target: form.path.value,
    headers, body: form.body.value};
  try {
    const answer = await fetch("/ask", {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(asked)});
    const told = await answer.json();
    verdict.textContent = told.wrong || (told.status ? `${told.status} in ${told.ms} ms` : `${told.fault}. ${told.denial ? `${told.denial.why}. What would open it: ${told.denial.change}` : ""}`);
    verdict.className = `wide ${told.status && told.status < 400 ? "good" : "bad"}`;
  } catch (fault) {
    verdict.textContent = `the program does not answer: ${fault.message}`;
    verdict.className = "wide bad";
  } finally {
    send.disabled = false;
    send.textContent = "Send";
  }
});
