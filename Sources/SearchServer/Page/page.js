// What both pages need: elements, the theme, the server's answers, marked words.

/** The element of an id. */
export const byID = (id) => document.getElementById(id);

/** A new element with attributes and children; strings become text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return made;
}

// Storage may be forbidden; then nothing is remembered.
function stored(storage, key) {
  try { return window[storage].getItem(key); } catch { return null; }
}

function store(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key); else window[storage].setItem(key, value);
  } catch { /* not remembered */ }
}

export const remembered = (key) => stored("localStorage", "decoy." + key);
export const remember = (key, value) => store("localStorage", "decoy." + key, value);

/** Light, dark or as the system has it; the button goes round. */
export function installTheme(button) {
  const themes = ["auto", "light", "dark"];
  const names = { auto: "◐ Auto", light: "○ Light", dark: "● Dark" };
  let theme = themes.includes(remembered("theme")) ? remembered("theme") : "auto";
  const show = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = names[theme];
    button.setAttribute("aria-label", `Colours: ${theme}`);
  };
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    remember("theme", theme === "auto" ? null : theme);
    show();
  });
  show();
}

/** What the server said instead of an answer; status 0 where it said nothing. */
export class ServerError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

const tokenKey = "decoy.token";
let asking = null;

/** Asks for the token once, however many requests wait for it; false where none is given. */
function askToken() {
  asking ??= new Promise((resolve) => {
    const given = element("input", { id: "token", type: "password", autocomplete: "off", required: true });
    const form = element("form", { method: "dialog" },
      element("p", {}, element("label", { for: "token" }, "Token"), " ", given),
      element("button", { value: "given" }, "Go on"));
    const dialog = element("dialog", { class: "small", "aria-labelledby": "token-title" },
      element("h2", { id: "token-title" }, "This server asks for a token"), form);
    // An Enter in the field is a submission too; only Esc gives no token.
    dialog.addEventListener("close", () => {
      const isGiven = dialog.returnValue === "given" && given.value !== "";
      if (isGiven) store("sessionStorage", tokenKey, given.value);
      dialog.remove();
      asking = null;
      resolve(isGiven);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}

/** The server's answer to a request as a value; throws ServerError, and AbortError where the signal says so. */
export async function ask(path, { parameters, body, signal } = {}) {
  const address = parameters ? path + "?" + new URLSearchParams(parameters) : path;
  for (;;) {
    const token = stored("sessionStorage", tokenKey);
    const headers = { Accept: "application/json" };
    if (token) headers.Authorization = "Bearer " + token;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response, value;
    try {
      response = await fetch(address, {
        method: body === undefined ? "GET" : "POST", headers, signal, cache: "no-store",
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      value = await response.json();
    } catch (error) {
      if (error.name === "AbortError") throw error;
      if (!response) throw new ServerError(0, "The server does not answer.");
      if (response.ok) throw new ServerError(0, "The server's answer broke off.");
      value = {};
    }
    if (response.status === 401) {
      if (await askToken()) continue;
      throw new ServerError(401, "The server asks for a token.");
    }
    if (!response.ok) throw new ServerError(response.status, value.detail ?? value.title ?? `Status ${response.status}.`);
    return value;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text as nodes, with marks around ranges of its UTF-8 bytes. */
export function marked(text, ranges = []) {
  const bytes = encoder.encode(text);
  const nodes = [];
  let end = 0;
  for (const [from, to] of ranges) {
    if (!(from >= end && to > from && to <= bytes.length)) continue;
    if (from > end) nodes.push(decoder.decode(bytes.subarray(end, from)));
    nodes.push(element("mark", {}, decoder.decode(bytes.subarray(from, to))));
    end = to;
  }
  if (end < bytes.length) nodes.push(decoder.decode(bytes.subarray(end)));
  return nodes;
}

/** What is marked anywhere in the snippets of an answer, in lower case. */
export function markedWords(answer) {
  const found = new Set();
  for (const { highlights } of Object.values(answer.documents)) {
    if (!highlights) continue;
    const bytes = encoder.encode(highlights.text);
    for (const [from, to] of highlights.ranges) found.add(decoder.decode(bytes.subarray(from, to)).toLowerCase());
  }
  return found;
}

const words = /[\p{L}\p{M}\p{N}]+/gu;

/** A text as nodes, with marks around the words of a set of lower-case words. */
export function markedBy(text, wanted) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(words)) {
    if (!wanted.has(match[0].toLowerCase())) continue;
    if (match.index > end) nodes.push(text.slice(end, match.index));
    nodes.push(element("mark", {}, match[0]));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

/** The words of a text in lower case. */
export const wordsOf = (text) => (text.match(words) ?? []).map((word) => word.toLowerCase());

/** A table from titles and rows of texts or nodes; columns of numbers are named by their place; rows of kind "fold" become blocks where it is narrow. */
export function table(caption, titles, rows, numbers = [], kind = null) {
  const side = (place) => (numbers.includes(place) ? { class: "number" } : {});
  return element("table", { class: kind },
    caption ? element("caption", {}, caption) : null,
    element("thead", {}, element("tr", {},
      titles.map((title, place) => element("th", { scope: "col", ...side(place) }, title)))),
    element("tbody", {}, rows.map((row) => element("tr", {},
      row.map((cell, place) => element("td", { ...side(place), "data-title": titles[place] }, cell))))));
}

/** A score with as many digits as tell neighbours apart. */
export function scoreText(score) {
  if (!Number.isFinite(score)) return "–";
  return Math.abs(score) >= 100 ? score.toFixed(1) : Math.abs(score) >= 10 ? score.toFixed(2) : score.toFixed(4);
}

/** A share in percent, small ones with a digit behind the point. */
export const percent = (share) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

/** A number with its noun. */
export const counted = (count, one, more = one + "s") => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

/** Whether keys are meant for what has the focus. */
export const isTyping = (target) =>
  target instanceof HTMLElement && target.closest("input, select, textarea, [contenteditable]") !== null;
