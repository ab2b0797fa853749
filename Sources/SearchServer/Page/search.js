// The search page: results while one types, what is asked in the address, keys.
import { ask, byID, counted, element, installTheme, isTyping } from "/page/page.js";
import { Columns } from "/page/columns.js";
import { minedNodes, showDocument, showExplanation } from "/page/details.js";

/** Milliseconds without a key after which a query is asked, and after which waiting is shown. */
const [pause, patience] = [120, 250];

const query = byID("query");
const count = byID("count");
let answer = null;
/** The right answers that were marked for the query. */
let answers = new Set();
let isMining = false;
let request = null;
let mining = null;
let timer = 0;
/** The query that is shown or on its way. */
let wanted = "";
/** Whether the address is one to come back to: the next change makes a new one. */
let isSettled = true;

const columns = new Columns({
  open: (hit) => showDocument(hit, answer),
  explain: (hit, column) => showExplanation(hit, column, answer),
  toggle: (hit) => toggle(hit.id),
  isAnswer: (id) => answers.has(id),
});

installTheme(byID("theme"));
query.addEventListener("input", (event) => { if (!event.isComposing) later(); });
query.addEventListener("compositionend", later);
count.addEventListener("change", () => search());
byID("search").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
  isSettled = true;
});
byID("help").addEventListener("click", () => byID("keys").showModal());
window.addEventListener("popstate", readAddress);
document.addEventListener("keydown", key);
readAddress();
start();

/** Says what is served. */
async function start() {
  try {
    const systems = await ask("/systems");
    const { documents, analyzer } = systems.index;
    byID("about").textContent = `${counted(documents, "document")}${analyzer ? `, analyzer “${analyzer}”` : ""}, `
      + `${counted(systems.columns.length, "system")}: ${systems.columns.map((column) => column.name).join(", ")}.`;
    byID("review").hidden = !systems.review;
  } catch (error) {
    if (!wanted) showProblem(error, start);
  }
}

/** Takes query, number of results and right answers from the address. */
function readAddress() {
  const given = new URLSearchParams(location.search);
  query.value = given.get("q") ?? "";
  const k = given.get("k");
  if ([...count.options].some((option) => option.value === k)) count.value = k;
  search({ marked: given.getAll("answer") });
  isSettled = true;
}

function writeAddress() {
  const given = new URLSearchParams();
  if (query.value.trim()) {
    given.set("q", query.value);
    if (count.value !== "10") given.set("k", count.value);
    for (const id of answers) given.append("answer", id);
  }
  const address = given.size > 0 ? "/?" + given : "/";
  if (address === location.pathname + location.search) return;
  history[isSettled ? "pushState" : "replaceState"](null, "", address);
  isSettled = false;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => search(), pause);
}

/** Asks for what is typed; an answer to an earlier question is dropped. */
async function search({ marked } = {}) {
  clearTimeout(timer);
  const text = query.value.trim();
  if (marked) answers = new Set(marked);
  else if (text !== wanted) answers = new Set();
  wanted = text;
  writeAddress();
  document.title = text ? `${text} – Decoy` : "Decoy: search";
  request?.abort();
  const mine = new AbortController();
  request = mine;
  byID("start").hidden = text !== "";
  if (text === "") return showNothing();
  const waiting = setTimeout(() => busy(true), patience);
  try {
    const found = await ask("/compare", { parameters: { q: text, k: count.value }, signal: mine.signal });
    if (request !== mine) return;
    answer = found;
    showProblem(null);
    columns.show(found);
    byID("status").textContent = summary(found);
    showMining();
  } catch (error) {
    if (request !== mine || error.name === "AbortError") return;
    answer = null;
    columns.clear();
    byID("status").textContent = "";
    byID("mining").hidden = true;
    showProblem(error, () => search());
  } finally {
    clearTimeout(waiting);
    if (request === mine) busy(false);
  }
}

function showNothing() {
  answer = null;
  columns.clear();
  busy(false);
  showProblem(null);
  byID("status").textContent = "";
  byID("mining").hidden = true;
}

function busy(isBusy) {
  byID("results").setAttribute("aria-busy", String(isBusy));
}

function summary(found) {
  const documents = new Set(found.columns.flatMap((column) => column.hits.map((hit) => hit.id))).size;
  if (documents === 0) return `No document matches “${found.query}”.`;
  const where = found.columns.length > 1 ? ` in ${found.columns.length} columns` : "";
  return `${counted(documents, "document")}${where}, ${found.took_ms.toFixed(1)} ms`;
}

function showProblem(error, retry) {
  const box = byID("problem");
  box.hidden = error === null;
  box.replaceChildren();
  if (error === null) return;
  const label = error.status === 401 ? "Enter the token" : "Try again";
  box.append(error.message + " ", element("button", { type: "button", onclick: retry }, label));
}

function toggle(id) {
  if (!answers.delete(id)) answers.add(id);
  writeAddress();
  columns.showAnswers();
  showMining();
}

/** The panel of negatives: what was marked, and on demand what would be mined. */
async function showMining() {
  mining?.abort();
  const panel = byID("mining");
  panel.hidden = answers.size === 0;
  byID("mined").replaceChildren();
  if (answers.size === 0) return;
  const titleOf = (id) => answer?.documents[id]?.title || id;
  byID("answers").replaceChildren("Right answers: ", ...[...answers].map((id) => element("span", { class: "chip", dir: "auto" },
    titleOf(id), element("button", { type: "button", "aria-label": `Not a right answer: ${titleOf(id)}`, onclick: () => toggle(id) }, "×"))),
  element("button", { type: "button", id: "mine", "aria-expanded": String(isMining), onclick: () => showNegatives(!isMining) },
    isMining ? "Hide the negatives" : "Show the negatives"));
  if (!isMining) return;
  const mine = new AbortController();
  mining = mine;
  const parameters = [["q", wanted], ...[...answers].map((id) => ["positive", id])];
  try {
    const mined = await ask("/negatives", { parameters, signal: mine.signal });
    if (mining === mine) byID("mined").replaceChildren(...minedNodes(mined));
  } catch (error) {
    if (mining !== mine || error.name === "AbortError") return;
    byID("mined").replaceChildren(element("p", { class: "problem" }, error.message));
  }
}

function showNegatives(isWanted) {
  isMining = isWanted;
  showMining();
  byID("mine")?.focus();
  if (isMining) byID("mining").scrollIntoView({ block: "nearest" });
}

/** To the end of the query, so that it can be typed on. */
function focusQuery() {
  query.focus();
  query.setSelectionRange(query.value.length, query.value.length);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.target !== query || event.isComposing) return;
    if (event.key === "ArrowDown") columns.focusFirst();
    else if (event.key === "Escape" && query.value === "") query.blur();
    else return;
    event.preventDefault();
    return;
  }
  const { hit, column } = columns.focused ?? {};
  switch (event.key) {
  case "/": query.focus(); query.select(); break;
  case "?": byID("keys").showModal(); break;
  case "j": case "ArrowDown": columns.move(1); break;
  case "k": case "ArrowUp": if (!columns.move(-1)) focusQuery(); break;
  case "l": case "ArrowRight": columns.moveColumn(1); break;
  case "h": case "ArrowLeft": columns.moveColumn(-1); break;
  case "e": if (!hit) return; showExplanation(hit, column, answer); break;
  case "a": if (!hit) return; toggle(hit.id); break;
  case "n": if (answers.size === 0) return; showNegatives(!isMining); break;
  default: return;
  }
  event.preventDefault();
}
