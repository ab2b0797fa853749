// The columns of results, the lines that follow a document from one to the next, and the movement of the focus among them.
import { byID, element, marked, markedBy, markedWords, scoreText } from "/page/page.js";

const svgNamespace = "http://www.w3.org/2000/svg";
/** The systems that look the same in every report, by their colour there. */
const known = ["after", "before", "control", "bm25", "hybrid", "untrained"];
/** Pixels below which a column is too narrow to stand beside others. */
const leastWidth = 215;

export class Columns {
  #results = byID("results");
  #tabs = byID("tabs");
  #actions;
  #answer = null;
  /** The hits' elements, by column and place. */
  #hits = [];
  #lines = document.createElementNS(svgNamespace, "svg");
  /** Where the focus is or was last. */
  #place = { column: 0, row: 0 };

  /** Actions: open, explain and toggle take a hit and its column; isAnswer takes an id. */
  constructor(actions) {
    this.#actions = actions;
    this.#lines.setAttribute("class", "lines");
    this.#lines.setAttribute("aria-hidden", "true");
    new ResizeObserver(() => this.#arrange()).observe(this.#results);
    for (const kind of ["focusin", "mouseover"]) {
      this.#results.addEventListener(kind, (event) => this.#point(event));
    }
    this.#results.addEventListener("mouseleave", () => this.#markSame(this.focused?.hit.id));
  }

  /** The hit that has the focus, with its column; undefined where none has. */
  get focused() {
    const item = document.activeElement?.closest?.(".hit");
    return item ? this.#hitOf(item) : undefined;
  }

  clear() {
    this.#answer = null;
    this.#hits = [];
    this.#results.replaceChildren();
    this.#tabs.hidden = true;
  }

  /** Shows an answer of /compare. */
  show(answer) {
    this.#answer = answer;
    const columns = answer.columns;
    if (this.#place.column >= columns.length) this.#place = { column: 0, row: 0 };
    this.#place.row = 0;
    this.#hits = columns.map((_, place) => this.#items(place));
    this.#results.style.setProperty("--columns", columns.length);
    this.#results.classList.toggle("alone", columns.length === 1);
    this.#results.replaceChildren(...columns.map((_, place) => this.#column(place)), this.#lines);
    this.#showTabs();
    this.#setTabStop();
    this.#arrange();
  }

  /** Shows anew which hits are right answers. */
  showAnswers() {
    for (const item of this.#hits.flat()) {
      const isAnswer = this.#actions.isAnswer(item.dataset.id);
      item.classList.toggle("answer", isAnswer);
      item.querySelector(".toggle").setAttribute("aria-pressed", String(isAnswer));
    }
  }

  /** Focuses the first hit of the column that was used last, or of the first that has any. */
  focusFirst() {
    const { column } = this.#place;
    const wanted = this.#hits[column]?.length ? column : this.#hits.findIndex((items) => items.length > 0);
    if (wanted >= 0) this.#focus(wanted, 0);
  }

  /** Moves the focus up or down; false above the first hit. */
  move(step) {
    if (!this.focused) {
      this.#focus(this.#place.column, this.#place.row);
      return true;
    }
    const { column, row } = this.#place;
    if (row + step < 0) return false;
    this.#focus(column, Math.min(row + step, this.#hits[column].length - 1));
    return true;
  }

  /** Moves the focus to a neighbouring column that has hits, to the same document where it is there. */
  moveColumn(step) {
    const { column, row } = this.#place;
    const id = this.#answer?.columns[column]?.hits[row]?.id;
    for (let next = column + step; next >= 0 && next < this.#hits.length; next += step) {
      if (this.#hits[next].length === 0) continue;
      const same = this.#hits[next].findIndex((item) => item.dataset.id === id);
      this.#focus(next, same >= 0 ? same : Math.min(row, this.#hits[next].length - 1));
      return;
    }
  }

  #focus(column, row) {
    const item = this.#hits[column]?.[row];
    if (!item) return;
    this.#place = { column, row };
    this.#showTabs();
    this.#setTabStop();
    item.querySelector(".title").focus();
    item.scrollIntoView({ block: "nearest" });
  }

  /** One hit at a time can be reached with the tab key; arrows lead to the others. */
  #setTabStop() {
    this.#hits.forEach((items, column) => items.forEach((item, row) => {
      const isHere = column === this.#place.column && row === this.#place.row;
      for (const button of item.querySelectorAll("button")) button.tabIndex = isHere ? 0 : -1;
    }));
  }

  #hitOf(item) {
    const [column, row] = [Number(item.dataset.column), Number(item.dataset.row)];
    return { column: this.#answer.columns[column], hit: this.#answer.columns[column].hits[row] };
  }

  #point(event) {
    const item = event.target.closest(".hit");
    if (item && event.type === "focusin") {
      this.#place = { column: Number(item.dataset.column), row: Number(item.dataset.row) };
      this.#setTabStop();
    }
    this.#markSame(item?.dataset.id ?? this.focused?.hit.id);
  }

  /** Marks a document in all columns. */
  #markSame(id) {
    for (const shown of this.#results.querySelectorAll("[data-id]")) {
      shown.classList.toggle("same", shown.dataset.id === id);
    }
  }

  #column(place) {
    const column = this.#answer.columns[place];
    const title = element("h2", { id: `column-${place}` }, column.name);
    const what = [column.mode, column.model].filter((word) => word && word !== column.name).join(", ");
    const body = column.hits.length === 0
      ? element("p", { class: "note" }, "No document matches.")
      : element("ol", {}, this.#hits[place]);
    return element("section", { class: "column " + this.#colour(place), "aria-labelledby": `column-${place}` },
      element("header", {}, title, " ", element("span", { class: "label" }, what)), body, this.#gone(place));
  }

  #colour(place) {
    const names = this.#answer.columns.map((column) => column.name);
    const index = known.indexOf(names[place]);
    if (index >= 0) return "series" + index;
    const others = names.filter((name) => !known.includes(name));
    return "series" + (known.length + (others.indexOf(names[place]) % 2));
  }

  #items(place) {
    const column = this.#answer.columns[place];
    const found = markedWords(this.#answer);
    return column.hits.map((hit, row) => {
      const { title, highlights } = this.#answer.documents[hit.id] ?? {};
      const isAnswer = this.#actions.isAnswer(hit.id);
      return element("li", {
        class: "hit" + (isAnswer ? " answer" : ""), "data-id": hit.id, "data-column": place, "data-row": row,
      },
        element("p", { class: "line" },
          element("span", { class: "rank" }, String(hit.rank)), this.#change(place, hit),
          element("span", { class: "score", title: "score" }, scoreText(hit.score))),
        element("h3", {}, element("button", {
          type: "button", class: "title", dir: "auto", onclick: () => this.#actions.open(hit, column),
        }, title ? markedBy(title, found) : hit.id)),
        highlights?.text ? element("p", { class: "snippet", dir: "auto" }, snippet(highlights)) : null,
        element("p", { class: "actions" },
          element("button", { type: "button", class: "explain", onclick: () => this.#actions.explain(hit, column) },
            "Explain"),
          " ",
          element("button", {
            type: "button", class: "toggle", "aria-pressed": String(isAnswer),
            onclick: () => this.#actions.toggle(hit, column),
          }, "Right answer")));
    });
  }

  /** How far a document came from the column before. */
  #change(place, hit) {
    if (place === 0) return null;
    const before = this.#answer.columns[place - 1];
    if (before.hits.length === 0) return null;
    const other = before.hits.find((one) => one.id === hit.id);
    if (!other) return badge("new", "new", `not among the first ${this.#answer.k} of ${before.name}`);
    const step = other.rank - hit.rank;
    if (step === 0) return badge("even", "=", `as in ${before.name}`);
    const [kind, sign] = step > 0 ? ["up", "▲"] : ["down", "▼"];
    return badge(kind, sign + Math.abs(step), `${other.rank} in ${before.name}`);
  }

  /** The documents of the column before that are not in this one. */
  #gone(place) {
    if (place === 0) return null;
    const before = this.#answer.columns[place - 1];
    const here = new Set(this.#answer.columns[place].hits.map((hit) => hit.id));
    const gone = before.hits.filter((hit) => !here.has(hit.id));
    if (gone.length === 0) return null;
    return element("div", { class: "gone" },
      element("h3", {}, `Gone since ${before.name}`),
      element("ul", {}, gone.map((hit) => element("li", { dir: "auto" },
        badge("down", "gone", `${hit.rank} in ${before.name}`), " ",
        this.#answer.documents[hit.id]?.title || hit.id, element("span", { class: "label" }, ` (was ${hit.rank})`)))));
  }

  #showTabs() {
    const isStacked = document.body.classList.contains("stacked");
    this.#tabs.hidden = !isStacked || !this.#answer;
    if (!this.#answer) return;
    this.#tabs.replaceChildren(...this.#answer.columns.map((column, place) => element("button", {
      type: "button", class: this.#colour(place), "aria-pressed": String(place === this.#place.column),
      onclick: () => {
        this.#place = { column: place, row: 0 };
        this.#showTabs();
        this.#setTabStop();
        this.#tabs.children[place].focus();
      },
    }, column.name, element("span", { class: "label" }, ` ${column.hits.length}`))));
    [...this.#results.querySelectorAll(".column")].forEach((column, place) => {
      column.classList.toggle("chosen", place === this.#place.column);
    });
  }

  /** Columns side by side where there is room, else one at a time; and the lines. */
  #arrange() {
    if (!this.#answer) return;
    const count = this.#answer.columns.length;
    document.body.classList.toggle("stacked", count > 1 && this.#results.clientWidth / count < leastWidth);
    this.#showTabs();
    this.#draw();
  }

  #draw() {
    this.#lines.replaceChildren();
    if (document.body.classList.contains("stacked")) return;
    const frame = this.#results.getBoundingClientRect();
    this.#lines.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
    const ends = this.#hits.map((items) => new Map(items.map((item) => {
      const box = item.getBoundingClientRect();
      return [item.dataset.id, {
        left: box.left - frame.left, right: box.right - frame.left, y: box.top - frame.top + 16,
        row: Number(item.dataset.row),
      }];
    })));
    for (let place = 1; place < ends.length; place += 1) {
      for (const [id, from] of ends[place - 1]) {
        const to = ends[place].get(id);
        if (to) {
          const kind = to.row < from.row ? "up" : to.row > from.row ? "down" : "even";
          const middle = (from.right + to.left) / 2;
          this.#path(id, kind, `M${from.right} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.left} ${to.y}`);
        } else {
          this.#path(id, "gone", `M${from.right} ${from.y} h14 m-4 -4 l8 8 m0 -8 l-8 8`);
        }
      }
    }
  }

  #path(id, kind, description) {
    const path = document.createElementNS(svgNamespace, "path");
    path.setAttribute("d", description);
    path.setAttribute("class", kind);
    path.dataset.id = id;
    this.#lines.append(path);
  }
}

function badge(kind, text, title) {
  return element("span", { class: "change " + kind, title }, text, element("span", { class: "hidden" }, ` (${title})`));
}

/** A stretch of a document with dots where there is more. */
export function snippet(highlights) {
  const nodes = marked(highlights.text, highlights.ranges);
  if (highlights.start > 0) nodes.unshift("… ");
  if (!/[.!?。！？…]["”’)]*\s*$/u.test(highlights.text)) nodes.push(" …");
  return nodes;
}
