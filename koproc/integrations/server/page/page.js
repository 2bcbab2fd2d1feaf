// The front page. What it shows is a view that the server gives: the document, its glossary, and both as HTML. A correction sends the view
// back with what changed, and the answer is the next view; undo is the view before. Offsets count code points, as everywhere in koproc.

import { words } from "./words.js";

const find = (id) => document.getElementById(id);
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ } };

let language = stored("koproc-language") ?? (navigator.language.startsWith("ko") ? "ko" : "en");
let theme = stored("koproc-theme");
let view = null;
let stores = false;
let unsaved = false;
let before = []; // the views that undo goes back to
let turn = Promise.resolve(); // corrections are sent one after the other

const say = (key, values = {}) => (words[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
const named = (group, code) => words[language][group][code] ?? code;

function tell(message, failed = false) {
  find("status").textContent = message;
  find("status").classList.toggle("failed", failed);
}

// ---- the server

async function ask(path, body) {
  let response;
  const file = body instanceof Blob;
  const type = file ? "application/octet-stream" : "application/json";
  try {
    response = await fetch(path, body && { method: "POST", headers: { "Content-Type": type }, body: file ? body : JSON.stringify(body) });
  } catch {
    throw new Error(say("unreachable"));
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? `${response.status} ${response.statusText}`);
  }
  return response;
}

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    tell(error.message, true);
    return undefined;
  }
}

// ---- an article comes in

async function analyse() {
  const text = find("article").value;
  if (!text.trim()) return;
  const published = find("published").value || undefined;
  find("analyse").disabled = true;
  tell(say("working"));
  await attempt(async () => {
    view = await (await ask("page/view", { text, published, language })).json();
    before = [];
    unsaved = false;
    find("input").open = false;
    find("result").hidden = false;
    show();
    const { mentions, claims, events } = view.document;
    tell(say("done", { names: mentions.length, claims: claims.length + events.length, rows: view.rows.length }));
    find("heading").focus();
  });
  find("analyse").disabled = false;
}

async function open(file) {
  await attempt(async () => {
    const articles = await (await ask(`page/article?name=${encodeURIComponent(file.name)}`, file)).json();
    find("article").value = articles[0].text;
    find("published").value = articles[0].published?.slice(0, 10) ?? "";
    await analyse();
    if (articles.length > 1) tell(say("first", { n: articles.length }));
  });
}

function drop(event) {
  document.body.classList.remove("dropping");
  const [file] = event.dataTransfer.files;
  const text = event.dataTransfer.getData("text/plain");
  if (!file && !text) return;
  event.preventDefault();
  if (file) {
    open(file);
  } else {
    find("article").value = text;
    analyse();
  }
}

// ---- the view

function show() {
  find("heading").innerHTML = view.heading;
  find("legend").innerHTML = view.legend;
  find("text").innerHTML = view.text;
  find("claim-tables").innerHTML = view.claims || `<p class="hint">${say("noClaims")}</p>`;
  find("row-count").textContent = view.rows.length;
  find("correction-count").textContent = say("correctionCount", { rows: view.decisions.length, sentences: view.touched.length });
  find("undo").disabled = before.length === 0;
  find("lexicon").disabled = view.decisions.length === 0;
  showRows();
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (typeof value === "boolean") made.toggleAttribute(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// Rows that did not change stay as they are, with the focus and what is being typed.
function showRows() {
  const held = new Map([...find("rows").children].map((line) => [line.dataset.row, line]));
  const lines = view.rows.map((row) => {
    const key = language + JSON.stringify(row);
    return held.get(key) ?? rowElement(row, key);
  });
  const focused = document.activeElement?.dataset.control;
  find("rows").replaceChildren(...lines);
  if (focused && document.activeElement?.dataset.control !== focused) {
    [...find("rows").querySelectorAll("[data-control]")].find((control) => control.dataset.control === focused)?.focus();
  }
}

function rowElement(row, key) {
  const { ko } = row;
  const decide = (changes) => correct({ decision: { ...row, ...changes } });
  const toggle = (status) => decide({ status: row.status === status ? "" : status });
  const cell = (word, ...children) => element("td", { "data-label": say(word) }, ...children);
  const names = [element("strong", { lang: "ko" }, ko), ...row.variants.map((name) => element("span", { class: "more", lang: "ko" }, name))];
  const english = element("input", {
    value: row.en, lang: "en", autocomplete: "off", "aria-label": say("englishOf", { ko }), "data-control": `en ${ko}`,
    change: (event) => {
      const en = event.target.value.trim();
      if (en) decide({ en, status: "approved" });
      else event.target.value = row.en;
    },
  });
  const kind = kindSelect(row.kind, { "aria-label": say("kindOf", { ko }), "data-control": `kind ${ko}` });
  kind.addEventListener("change", () => decide({ kind: kind.value, status: "approved" }));
  const button = (word, status) => element("button", {
    type: "button", class: word, "aria-pressed": String(row.status === status), "aria-label": say(`${word}Row`, { ko }),
    "data-control": `${word} ${ko}`, click: () => toggle(status),
  }, say(word));
  const source = [named("sources", row.en_source)];
  if (row.status === "needs review") source.push(" ", element("span", { class: "review" }, "?"), " ", say("review"));
  return element("tr", { "data-row": key, "data-status": row.status },
    cell("korean", ...names), cell("English", english), cell("kind", kind),
    element("td", { "data-label": say("count"), class: "right" }, String(row.count)),
    cell("source", element("span", {}, ...source)),
    cell("decision", element("div", { class: "row" }, button("accept", "approved"), button("reject", "rejected"))));
}

function kindSelect(chosen, attributes, extra = []) {
  const codes = [...new Set([...Object.keys(words[language].labels), ...extra, chosen])].filter(Boolean);
  return element("select", attributes, ...codes.map((code) => element("option", { value: code, selected: code === chosen }, named("labels", code))));
}

// ---- corrections

function correct(change, worked = say("changed")) {
  turn = turn.then(() => attempt(async () => {
    const { document: record, decisions, touched } = view;
    const next = await (await ask("page/review", { document: record, decisions, touched, language, ...change })).json();
    if (worked) {
      before.push(view);
      unsaved = true;
      tell(worked);
    }
    view = next;
    show();
    return true;
  }));
  return turn;
}

function undo() {
  view = before.pop() ?? view;
  correct({}, ""); // the language may have changed since
  tell(say("undone"));
}

// ---- what a mark means

let described = null;

function describe(mark) {
  const { document: record } = view;
  const { id } = mark.dataset;
  const mention = record.mentions.find((item) => item.id === id);
  const time = record.times.find((item) => item.id === id);
  const lines = [];
  if (mention) {
    lines.push(element("strong", { lang: "en" }, mention.en));
    lines.push(element("span", {}, `${named("labels", mention.label)} · ${named("sources", mention.en_source)}`));
    const evidence = named("found", mention.source) + (["", mention.source].includes(mention.evidence) ? "" : ` (${mention.evidence})`);
    lines.push(element("span", {}, `${say("evidence")}: ${evidence} · ${Math.round(mention.score * 100)}%`));
    lines.push(element("span", { class: "hint" }, say("toCorrect")));
  } else if (time) {
    lines.push(element("strong", {}, time.value ?? time.text), element("span", {}, named("types", time.type)));
  } else {
    lines.push(element("strong", {}, mark.dataset.about));
    lines.push(element("span", {}, record.quantities.find((item) => item.id === id)?.dimension ?? ""));
  }
  const card = find("card");
  card.replaceChildren(...lines);
  card.hidden = false;
  described?.removeAttribute("aria-describedby");
  described = mark;
  mark.setAttribute("aria-describedby", "card");
  beside(card, mark.getClientRects()[0]);
}

function beside(floating, box) {
  const margin = 8;
  const left = Math.max(margin, Math.min(box.left, innerWidth - floating.offsetWidth - margin));
  const under = box.bottom + floating.offsetHeight + margin < innerHeight;
  floating.style.left = `${left + scrollX}px`;
  floating.style.top = `${(under ? box.bottom : box.top - floating.offsetHeight) + scrollY}px`;
}

function hideCard() {
  find("card").hidden = true;
  described?.removeAttribute("aria-describedby");
  described = null;
}

// ---- the editor of a name

let edited = null; // { start, end } in code points, and the mention that is corrected

const characters = () => [...view.document.text];

function edit(place, mention = null) {
  edited = place && { ...place, mention };
  hideCard();
  find("mark").hidden = true;
  find("editor-error").textContent = "";
  find("editor-title").textContent = say(mention ? "name" : "newName");
  find("span").hidden = !place;
  find("typed-field").hidden = Boolean(place);
  find("typed").required = !place;
  find("typed").value = "";
  find("no-name").hidden = !mention;
  find("everywhere-field").hidden = !place;
  find("everywhere").checked = true;
  find("english").value = mention?.en ?? "";
  const known = [...new Set(view.document.mentions.map((item) => item.label))];
  find("label").replaceChildren(...kindSelect("", {}, known).children);
  find("label").value = mention?.label ?? "ORG";
  showSpan();
  find("editor").showModal();
  (place ? find("label") : find("typed")).focus();
}

function showSpan() {
  if (!edited) return;
  const text = characters();
  const { start, end } = edited;
  const around = (from, to) => text.slice(Math.max(0, from), to).join("").split("\n");
  const surface = text.slice(start, end).join("");
  find("before").textContent = around(start - 12, start).at(-1);
  find("surface").textContent = surface;
  find("after").textContent = around(end, end + 12)[0];
  find("everywhere-word").textContent = say("everywhere", { n: view.document.text.split(surface).length - 1 });
}

function move([side, step]) {
  const next = { ...edited, [side]: edited[side] + Number(step) };
  const text = characters();
  if (next.start < 0 || next.end > text.length || next.start >= next.end || text.slice(next.start, next.end).includes("\n")) return;
  edited = next;
  if (edited.mention && find("english").value === edited.mention.en) find("english").value = "";
  showSpan();
}

function placeOf(name) {
  const at = view.document.text.indexOf(name);
  if (!name || at < 0) return null;
  const start = [...view.document.text.slice(0, at)].length;
  return { start, end: start + [...name].length };
}

async function apply(label) {
  const typed = find("typed").value.trim();
  const place = edited ?? placeOf(typed);
  if (!place) {
    find("editor-error").textContent = say("notInText", { name: typed });
    find("typed").focus();
    return;
  }
  const { start, end } = place;
  const mention = edited?.mention?.id ?? null;
  const en = label === null ? "" : find("english").value.trim();
  const correction = { start, end, label, en, mention, everywhere: find("everywhere").checked };
  find("editor").close();
  await correct({ correction });
  const here = view.document.mentions.find((item) => item.start === start);
  find("d1").querySelector(here ? `[data-id="${here.id}"]` : `#d1-${sentenceStart(start)}`)?.focus();
}

const sentenceStart = (offset) => view.document.sentences.find((item) => item.start <= offset && offset < item.end)?.start;

// ---- a name is marked by selecting it

function selected() {
  const selection = getSelection();
  if (!view || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const sentence = (range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer).closest?.(".s");
  if (!sentence || !find("d1").contains(sentence) || !sentence.id) return null;
  const inside = document.createRange();
  inside.selectNodeContents(sentence);
  const until = (node, offset) => {
    const part = inside.cloneRange();
    part.setEnd(node, offset);
    return [...part.toString()].length;
  };
  const whole = [...inside.toString()];
  let from = until(range.startContainer, range.startOffset);
  let to = sentence.contains(range.endContainer) ? until(range.endContainer, range.endOffset) : whole.length;
  while (from < to && !whole[from].trim()) from += 1;
  while (from < to && !whole[to - 1].trim()) to -= 1;
  const start = Number(sentence.id.split("-")[1]);
  return from < to && to - from <= 80 ? { start: start + from, end: start + to, box: range.getBoundingClientRect() } : null;
}

function offerMark() {
  const place = selected();
  const mark = find("mark");
  mark.hidden = !place;
  if (place) {
    hideCard();
    beside(mark, place.box);
  }
}

// ---- downloads

async function take(path, body, file) {
  await attempt(async () => {
    const response = await ask(path, body);
    const url = URL.createObjectURL(await response.blob());
    element("a", { href: url, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    unsaved = false;
    const missing = response.headers.get("Koproc-Left-Out");
    tell(missing ? say("partly", { file, n: missing }) : say("downloaded", { file }));
  });
}

const touched = () => (find("whole").checked ? null : view.touched);

async function save() {
  await attempt(async () => {
    const { document: record, decisions } = view;
    const held = await (await ask("store", { document: record, decisions, touched: touched() })).json();
    unsaved = false;
    tell(say("saved", held));
  });
}

// ---- language and light

function speak() {
  document.documentElement.lang = language;
  for (const item of document.querySelectorAll("[data-word]")) item.textContent = say(item.dataset.word);
  for (const item of document.querySelectorAll("[data-label]:not(td)")) item.setAttribute("aria-label", say(item.dataset.label));
  for (const item of document.querySelectorAll("[data-placeholder]")) item.placeholder = say(item.dataset.placeholder);
  find("language").textContent = say("other");
  find("language").lang = language === "ko" ? "en" : "ko";
  if (stores) find("drop-hint").textContent = say("dropHintStore");
  lighten();
  if (view) correct({}, "");
}

function lighten() {
  if (theme) document.documentElement.dataset.theme = theme;
  find("theme").textContent = say(isDark() ? "light" : "dark");
}

const isDark = () => (theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

// ---- what happens when

const markOf = (event) => event.target.closest?.("#d1 [data-about]");

find("article-form").addEventListener("submit", (event) => { event.preventDefault(); analyse(); });
find("article").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) analyse(); });
find("file").addEventListener("change", (event) => { if (event.target.files[0]) open(event.target.files[0]); event.target.value = ""; });
addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
addEventListener("drop", drop);

addEventListener("pointerover", (event) => { const mark = markOf(event); if (mark && getSelection().isCollapsed) describe(mark); });
addEventListener("pointerout", (event) => {
  if (markOf(event) && !event.relatedTarget?.closest?.("#card") && document.activeElement !== described) hideCard();
});
find("card").addEventListener("pointerleave", hideCard);
find("d1").addEventListener("focusin", (event) => { const mark = markOf(event); if (mark?.matches(":focus-visible")) describe(mark); });
find("d1").addEventListener("focusout", hideCard);
find("d1").addEventListener("click", (event) => {
  const mention = view.document.mentions.find((item) => item.id === markOf(event)?.dataset.id);
  if (mention && getSelection().isCollapsed) edit({ start: mention.start, end: mention.end }, mention);
});
find("d1").addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.matches("mark[data-id]")) {
    event.preventDefault();
    event.target.click();
  }
});
addEventListener("keydown", (event) => { if (event.key === "Escape") hideCard(); });

document.addEventListener("selectionchange", offerMark);
find("mark").addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
find("mark").addEventListener("click", () => { const place = selected(); if (place) edit({ start: place.start, end: place.end }); });

find("add").addEventListener("click", () => edit(null));
find("editor-form").addEventListener("submit", (event) => { event.preventDefault(); apply(find("label").value); });
find("no-name").addEventListener("click", () => apply(null));
find("cancel").addEventListener("click", () => find("editor").close());
for (const button of document.querySelectorAll("[data-move]")) button.addEventListener("click", () => move(button.dataset.move.split(" ")));
find("undo").addEventListener("click", undo);

for (const button of document.querySelectorAll("[data-format]")) {
  const { format } = button.dataset;
  button.addEventListener("click", () => take(`glossary/convert?format=${format}`, { rows: view.rows }, `koproc-glossary.${format}`));
}
find("lexicon").addEventListener("click", () => take("glossary/convert?format=tsv", { rows: view.decisions }, "koproc-lexicon.tsv"));
find("sentences").addEventListener("click", () => take("sentences", { document: view.document, touched: touched() }, "koproc-sentences.txt"));
find("store").addEventListener("click", save);
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

find("language").addEventListener("click", () => { language = language === "ko" ? "en" : "ko"; remember("koproc-language", language); speak(); });
find("theme").addEventListener("click", () => { theme = isDark() ? "light" : "dark"; remember("koproc-theme", theme); lighten(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", lighten);

speak();
attempt(async () => {
  stores = (await (await ask("health")).json()).stores;
  find("store").hidden = !stores;
  if (stores) find("drop-hint").textContent = say("dropHintStore");
});
