// Who reaches whom: one row a caller, one column a listener, each cell says why.
import {element} from "./element.mjs";

const WORDS = {carried: ["open", "good"], blocked: ["blocked", "bad"], "cannot tell": ["cannot tell", "doubt"]};

export function drawMatrix(state) {
  const why = document.getElementById("matrix-why");
  const head = element("tr", {}, element("th", {scope: "col"}, "caller"),
    ...state.listeners.map((one) => element("th", {scope: "col"}, one.name)));
  const rows = state.callers.filter((caller) => caller.doors).map((caller) => element("tr", {},
    element("th", {scope: "row"}, caller.name),
    ...state.listeners.map((listener) => {
      const door = caller.doors[listener.address];
      const [word, kind] = WORDS[door.verdict];
      const cell = element("button", {type: "button", class: kind}, word);
      cell.setAttribute("aria-label", `${caller.name} to ${listener.name}: ${word}`);
      cell.addEventListener("click", () => {
        why.textContent = `${caller.name} to ${listener.name}: ${door.why}`
          + (door.change ? `. What would open it: ${door.change}` : "");
        why.className = kind;
      });
      return element("td", {}, cell);
    })));
  document.getElementById("matrix").replaceChildren(
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
  const hidden = state.callers.length - rows.length;
  why.textContent = hidden ? `and ${hidden} more callers, which the form knows` : "";
}
