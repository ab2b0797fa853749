// What is shown of one hit on demand: the document, how its score comes about, and what mining makes of the query.
import { ask, byID, counted, element, markedBy, markedWords, percent, scoreText, table } from "/page/page.js";
import { snippet } from "/page/columns.js";

/** Lexical explanations are asked for this many documents, so that hits of other columns are among them. */
const explained = 100;
let shown = 0;

/** Opens the dialog with what a promise of nodes brings; a later opening wins. */
async function open(title, promise) {
  const dialog = byID("details");
  const body = byID("details-body");
  const number = (shown += 1);
  byID("details-title").replaceChildren(title);
  body.replaceChildren(element("p", { class: "note" }, "Loading …"));
  if (!dialog.open) dialog.showModal();
  body.scrollTop = 0;
  body.focus();
  try {
    const nodes = await promise;
    if (number === shown) body.replaceChildren(...nodes);
  } catch (error) {
    if (number === shown) body.replaceChildren(element("p", { class: "problem" }, error.message));
  }
}

/** The whole document, with the words that were marked in its snippet. */
export function showDocument(hit, answer) {
  open(answer.documents[hit.id]?.title || hit.id, documentNodes(hit.id, markedWords(answer)));
}

async function documentNodes(id, found) {
  const document = await ask("/documents/" + encodeURIComponent(id));
  const nodes = [
    element("p", { class: "label" }, document.id),
    element("p", { class: "text", dir: "auto" }, markedBy(document.text, found)),
  ];
  if (document.metadata && Object.keys(document.metadata).length > 0) {
    nodes.push(table("Metadata", ["Key", "Value"], Object.entries(document.metadata).map(([key, value]) => [
      key, typeof value === "string" ? value : JSON.stringify(value),
    ])));
  }
  return nodes;
}

/** How the score of a hit comes about. */
export function showExplanation(hit, column, answer) {
  const title = answer.documents[hit.id]?.title || hit.id;
  open(`Why ${hit.rank} in ${column.name}? ${title}`, explanationNodes(hit, column, answer));
}

async function explanationNodes(hit, column, answer) {
  const nodes = [];
  if (column.mode === "dense") {
    nodes.push(element("p", {}, element("strong", {}, scoreText(hit.score)),
      ` is the cosine of the angle between the query's vector and the document's, as the model ${column.model ?? column.name} `
      + "makes them: 1 is the same direction, 0 nothing in common. No single word makes it up."));
  } else if (column.mode === "hybrid") {
    nodes.push(element("p", {}, element("strong", {}, scoreText(hit.score)),
      " is what the fusion of words (BM25) and vectors makes of both scores; below are the parts."));
  }
  if (answer.columns.length > 1) {
    nodes.push(table("The same document in all columns", ["Column", "Rank", "Score"],
      answer.columns.map((one) => {
        const there = one.hits.find((other) => other.id === hit.id);
        return [one.name, there ? String(there.rank) : `> ${answer.k}`, there ? scoreText(there.score) : "–"];
      }), [1, 2]));
  }
  if (column.mode === "lexical") nodes.unshift(...await lexicalNodes(hit, answer));
  else if (answer.columns.some((one) => one.mode === "lexical")) nodes.push(...await lexicalNodes(hit, answer));
  return nodes;
}

/** BM25's sum over the query's terms. */
async function lexicalNodes(hit, answer) {
  const found = await ask("/search", {
    parameters: { q: answer.query, k: Math.max(answer.k, explained), mode: "lexical", explain: "true" },
  });
  const explanation = found.hits.find((one) => one.id === hit.id)?.explanation;
  if (!explanation) {
    return [element("p", { class: "note" }, `It is not among the first ${found.k} by words.`)];
  }
  const { similarity, parts } = explanation;
  const length = explanation.weightedLength ?? explanation.documentLength;
  const rows = parts.map((part) => [
    part.term + (part.queryFrequency === 1 ? "" : ` × ${scoreText(part.queryFrequency)}`),
    frequencyText(part), part.documentFrequency.toLocaleString("en"), scoreText(part.inverseDocumentFrequency),
    scoreText(part.contribution),
  ]);
  if (explanation.proximity !== undefined) rows.push(["nearness of the terms", "", "", "", scoreText(explanation.proximity)]);
  rows.push([element("strong", {}, "sum"), "", "", "", element("strong", {}, scoreText(explanation.score))]);
  return [
    table("BM25: what each term of the query adds (tf: times in this document, df: documents with it)", ["Term", "tf", "df", "idf", "Adds"], rows,
      [1, 2, 3, 4]),
    element("p", { class: "note" },
      `Variant ${similarity.variant}, k1 ${similarity.k1}, b ${similarity.b}; the document has `
      + `${counted(Number(length.toFixed(1)), "term")}, ${explanation.averageLength.toFixed(1)} on average over `
      + `${counted(explanation.documentCount, "document")}.`),
  ];
}

function frequencyText(part) {
  const fields = (part.fields ?? []).filter((field) => field.frequency > 0);
  if (fields.length === 0) return String(part.frequency);
  return `${scoreText(part.weightedFrequency)} = ` + fields.map((one) => `${one.name} ${one.frequency} × ${one.weight}`).join(" + ");
}

/** Why mining left a document out, by the name of the reason. */
const reasons = {
  positive: "a right answer", notInPool: "not among the documents that may be negatives",
  belowRangeMin: "ranked above the window", missingDocument: "no text",
  duplicateOfPositive: "the same text as a right answer", nearDuplicateOfPositive: "nearly the text of a right answer",
  duplicateOfNegative: "the same text as a better candidate", nearDuplicateOfNegative: "nearly the text of a better candidate",
  relativeMargin: "too near to the right answer's score", absoluteMargin: "too near to the right answer's score",
  maxScore: "score above the limit", minScore: "score below the limit", judgedRelevant: "judged relevant",
  sameGroup: "from the source of a right answer", answer: "holds an answer", teacher: "a second retriever doubts it",
  queryIsDocument: "the query was made of it", otherSource: "found by another source", surplus: "better ones were enough",
  tooFew: "too few passed", notSampled: "not drawn",
};

/** What mining makes of an answer of /negatives. */
export function minedNodes(mined) {
  const titleOf = (id) => mined.documents[id]?.title || id;
  const document = (fate) => {
    const highlights = mined.documents[fate.document]?.highlights;
    return element("div", { dir: "auto" }, element("strong", {}, titleOf(fate.document)),
      highlights?.text ? element("p", { class: "snippet" }, snippet(highlights)) : null);
  };
  const place = (fate) => (fate.rank === undefined ? "–" : String(fate.rank + 1));
  const score = (fate) => (fate.score === undefined ? "–" : scoreText(fate.score));
  const doubt = (fate) =>
    (fate.falseNegativeProbability === undefined ? "–" : percent(fate.falseNegativeProbability));
  const nodes = [];
  nodes.push(mined.negatives.length === 0
    ? element("p", {}, "Mining would take no negative for this query.")
    : table("Would be mined", ["Document", "Candidate", "Score", "False negative?"],
      mined.negatives.map((fate) => [document(fate), place(fate), score(fate), doubt(fate)]), [1, 2, 3], "fold"));
  const rejected = mined.rejected.filter((fate) => fate.fate !== "positive");
  if (rejected.length > 0) {
    nodes.push(element("details", {}, element("summary", {}, `${counted(rejected.length, "candidate")} left out, and why`),
      table(null, ["Document", "Why", "Candidate", "Score", "False negative?"],
        rejected.map((fate) => [document(fate), reason(fate, titleOf), place(fate), score(fate), doubt(fate)]), [2, 3, 4], "fold")));
  }
  return nodes;
}

function reason(fate, titleOf) {
  const { value, limit, document } = fate.evidence ?? {};
  const parts = [reasons[fate.fate] ?? fate.fate];
  if (document !== undefined) parts.push(`“${titleOf(document)}”`);
  if (value !== undefined) parts.push(scoreText(value) + (limit === undefined ? "" : ` (limit ${scoreText(limit)})`));
  return parts.join(": ");
}
