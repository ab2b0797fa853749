// Review: a person says of suspected negatives whether they are wrong. The server keeps the state; an answer counts when the server says so.
import {
  ask, byID, counted, element, installTheme, isTyping, markedBy, percent, remember, remembered, scoreText, table, wordsOf,
} from "/page/page.js";

const names = { wrong: "truly wrong", relevant: "relevant", unsure: "unsure" };
const retryDelay = 3000;

let reviewer = "";
let state = null;
/** A request that the server has not taken yet. */
let pending = null;
let timer = 0;
/** Words of the last query that are marked, by the query. */
const queryWords = new Map();

installTheme(byID("theme"));
byID("reviewer").value = remembered("reviewer") ?? "";
byID("who").addEventListener("submit", (event) => {
  event.preventDefault();
  begin(byID("reviewer").value.trim());
});
for (const button of document.querySelectorAll("[data-verdict]")) {
  button.addEventListener("click", () => answer(button.dataset.verdict));
}
byID("undo").addEventListener("click", undo);
byID("undo-last").addEventListener("click", undo);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const verdict = { w: "wrong", r: "relevant", u: "unsure" }[event.key.toLowerCase()];
  if (verdict) answer(verdict);
  else if (event.key.toLowerCase() === "z") undo();
  else return;
  event.preventDefault();
});
begin(byID("reviewer").value.trim());

function begin(name) {
  if (pending?.isAnswer) return;
  reviewer = name;
  byID("intro").hidden = name !== "";
  if (name === "") {
    byID("reviewer").focus();
    return;
  }
  send({ path: "/review/state", options: { parameters: { reviewer } } });
}

function answer(verdict) {
  if (pending || !state?.question) return;
  const question = state.question;
  send({
    path: "/review/answers", isAnswer: true, said: `“${names[verdict]}”`,
    options: { body: { reviewer, query: question.query, document: question.candidate.id, verdict } },
  });
}

function undo() {
  if (pending || !state?.canUndo) return;
  send({ path: "/review/undo", isAnswer: true, said: "the undoing", options: { body: { reviewer } } });
}

/** Sends a request until the server takes or refuses it. */
async function send(request) {
  clearTimeout(timer);
  pending = request;
  document.body.setAttribute("aria-busy", "true");
  enable(false);
  try {
    const answered = await ask(request.path, request.options);
    pending = null;
    state = answered;
    remember("reviewer", reviewer);
    showProblem(null);
    await show(request.said);
  } catch (error) {
    const mayPass = error.status === 0 || error.status === 429 || error.status >= 500;
    if (mayPass) timer = setTimeout(() => send(request), retryDelay);
    else pending = null;
    const lost = request.isAnswer ? `Not saved yet: ${request.said}. ` : "";
    showProblem(
      lost + error.message + (mayPass ? " It is tried again every three seconds." : ""),
      mayPass || error.status === 401 ? () => send(request) : () => begin(reviewer));
    enable(false);
  } finally {
    if (!pending) document.body.removeAttribute("aria-busy");
  }
}

function showProblem(text, retry) {
  const box = byID("problem");
  box.hidden = text === null;
  if (text === null) box.replaceChildren();
  else box.replaceChildren(text + " ", element("button", { type: "button", id: "retry", onclick: retry }, "Try again"));
}

function enable(isReady) {
  for (const button of document.querySelectorAll("[data-verdict]")) button.disabled = !isReady;
  for (const id of ["undo", "undo-last"]) byID(id).disabled = !isReady || !state?.canUndo;
}

async function show(saved) {
  const question = state.question;
  byID("intro").hidden = true;
  byID("question").hidden = !question;
  byID("done").hidden = Boolean(question);
  showProgress();
  showReviewers();
  enable(true);
  byID("status").textContent = saved ? `Saved: ${saved}.` : "";
  if (!question) return;
  byID("asked").textContent = question.text;
  showPassages(question);
  const notes = [];
  if (question.falseNegativeProbability !== undefined) {
    notes.push(`Estimated to be a false negative with ${percent(question.falseNegativeProbability)} probability`);
  }
  if (question.rank !== undefined) notes.push(`candidate ${question.rank + 1}`);
  if (question.score !== undefined) notes.push(`score ${scoreText(question.score)}`);
  if (question.verdict) notes.push(`you said “${names[question.verdict] ?? question.verdict}” before`);
  byID("doubt").textContent = notes.join(" · ");
  for (const button of document.querySelectorAll("[data-verdict]")) {
    button.setAttribute("aria-pressed", String(button.dataset.verdict === question.verdict));
  }
  // Keys are for the question now, no longer for the name.
  if (isTyping(document.activeElement) || document.activeElement.disabled) byID("asked").focus();
  const known = await wordsThatCount(question.text);
  if (state?.question === question) showPassages(question, known);
}

function showPassages(question, known = queryWords.get(question.text) ?? new Set(wordsOf(question.text))) {
  byID("positives-title").textContent = question.positives.length > 1 ? "Right answers" : "A right answer";
  byID("positives").replaceChildren(...question.positives.map((one) => passage(one, known)));
  if (question.positives.length === 0) byID("positives").append(element("p", { class: "note" }, "None is known."));
  byID("candidate").replaceChildren(passage(question.candidate, known));
}

function passage(document, known) {
  return element("article", { class: "passage" },
    document.title ? element("h3", { dir: "auto" }, markedBy(document.title, known)) : null,
    element("p", { class: "text", dir: "auto" }, markedBy(document.text, known)),
    element("p", { class: "label" }, document.id));
}

/** The query's words but those that the index leaves out; all of them where the server cannot say. */
async function wordsThatCount(text) {
  if (queryWords.has(text)) return queryWords.get(text);
  let found = new Set(wordsOf(text));
  try {
    const analysis = await ask("/analyze", { parameters: { text } });
    const bytes = new TextEncoder().encode(text);
    const kept = analysis.tokens.filter(({ terms }) => terms?.length !== 0).flatMap(({ start, end }) =>
      wordsOf(new TextDecoder().decode(bytes.subarray(start, end))));
    if (kept.length > 0) found = new Set(kept);
  } catch { /* all words */ }
  queryWords.set(text, found);
  return found;
}

function showProgress() {
  const mine = state.reviewers.find((one) => one.name === state.reviewer);
  byID("progress").hidden = false;
  byID("bar").max = Math.max(1, state.total);
  byID("bar").value = state.answered;
  byID("bar").textContent = `${state.answered} of ${state.total}`;
  const counts = Object.entries(names).map(([verdict, name]) => `${mine?.verdicts[verdict] ?? 0} ${name}`);
  byID("counts").textContent = `${state.answered} of ${counted(state.total, "question")} answered: ${counts.join(", ")}`;
}

function showReviewers() {
  byID("agreement").hidden = state.reviewers.length < 2;
  byID("reviewers").replaceChildren(table(null, ["Reviewer", "Answered", ...Object.values(names)],
    state.reviewers.map((one) => [
      one.name, String(one.answered), ...Object.keys(names).map((verdict) => String(one.verdicts[verdict] ?? 0)),
    ]), [1, 2, 3, 4]));
  byID("agreements").replaceChildren();
  if (state.agreements.length === 0) return;
  byID("agreements").append(table(
    "Agreement: Cohen's κ is 1 where two always agree and 0 where they agree as often as by chance.",
    ["Reviewers", "Questions of both", "Same verdict", "κ"],
    state.agreements.map((pair) => [
      pair.reviewers.join(" and "), String(pair.questions), percent(pair.observed),
      pair.kappa === undefined || pair.kappa === null ? "–" : pair.kappa.toFixed(2),
    ]), [1, 2, 3]));
}
