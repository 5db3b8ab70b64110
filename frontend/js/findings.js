/**
 * A list of findings, [data-findings], by keyboard and in bulk:
 *   j, k           go to the next or previous [data-finding]; a, r, c, u, x act on the one that has the focus;
 *                  a, r and u go on to the next open one at once, what they say is sent one after the other;
 *   [data-do]      the buttons those keys press;
 *   #bulk          ticked columns: [data-select-page], [data-select-all], [data-selected], [data-needs-selection];
 *   [data-threshold]  "accept the sure ones": data-counts says how many would be, for 0.00, 0.01 ... 1.00.
 * Letters act only while the focus is inside the list, so they are nobody's surprise (WCAG 2.1.4).
 */
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const DOES = { a: "accept", r: "reject", c: "change", u: "take-back" };

const list = () => document.querySelector("[data-findings]");
const rows = () => [...(list()?.querySelectorAll("[data-finding]") ?? [])];
const line = (row) => (row?.matches("tr") ? row : row?.querySelector("tr"));
const BOX = '.cell-check input[type="checkbox"]';

/** Decisions made with a key and not sent yet, and the one that is on its way: one after the other, in their order. */
const waiting = [];
let sending = null;
/** The row that held the focus when its answer came. */
let held = null;

function go(row) {
  const target = line(row);
  if (!target) return;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

function step(current, by) {
  const all = rows();
  const at = all.indexOf(current);
  const next = current ? all[at + by] : all[by > 0 ? 0 : all.length - 1];
  if (next) go(next);
  else list().querySelector(`[data-do="${by > 0 ? "next" : "previous"}"]`)?.focus();
}

function tick(row) {
  const box = row.querySelector(BOX);
  if (!box) return;
  box.checked = !box.checked;
  showSelection();
}

function key(event) {
  if (!list() || event.ctrlKey || event.metaKey || event.altKey) return;
  const current = event.target.closest("[data-finding]");
  if (event.key === "Escape" && current) leave(current);
  else if (event.target.closest(TYPING)) return;
  else if (!event.target.closest("[data-findings]") && event.target !== document.body) return;
  else if (event.key === "j" || event.key === "k") step(current, event.key === "j" ? 1 : -1);
  else if (event.key === "x" && current) tick(current);
  else if (DOES[event.key] && current) press(current, DOES[event.key], event.repeat);
  else return;
  event.preventDefault();
}

/** Escape closes the form in a row, else it leaves the list. */
function leave(row) {
  const cancel = row.querySelector('[data-do="cancel"]');
  if (cancel) cancel.click();
  else document.activeElement.blur();
}

const isBusy = (row) => sending?.id === row.id || waiting.some(({ id }) => id === row.id);

/** A key that is held down decides nothing: only the first stroke counts. */
function press(row, what, isRepeated) {
  const button = row.querySelector(`[data-do="${what}"]`);
  if (isRepeated || (!button && !isBusy(row))) return;
  if (what === "change") button?.click();
  else decide(row, what);
}

/** On to the next open row at once, so that no key is lost while the server answers. */
function decide(row, what) {
  waiting.push({ id: row.id, what });
  row.setAttribute("aria-busy", "true");
  const rest = rows().slice(rows().indexOf(row) + 1);
  const next = rest.find((one) => one.hasAttribute("data-open") && !isBusy(one));
  if (next && what !== "take-back") go(next);
  send();
}

function send() {
  if (sending || !waiting.length) return;
  const { id, what } = waiting.shift();
  const button = document.getElementById(id)?.querySelector(`[data-do="${what}"]`);
  if (!button) {
    send();
    return;
  }
  sending = { id, form: button.form };
  button.click();
}

/** The next one; after a failure the rest is dropped and the focus goes back to where it happened. */
function answered({ detail }) {
  if (!sending || sending.form !== detail.requestConfig.elt) return;
  const { id } = sending;
  sending = null;
  if (!detail.successful && detail.xhr.status !== 409) {
    for (const one of [{ id }, ...waiting.splice(0)]) document.getElementById(one.id)?.removeAttribute("aria-busy");
    go(document.getElementById(id));
  }
  send();
}

/** A filter or another page would take away the rows whose decisions are not sent yet: it waits for them. */
function patient(event) {
  const { elt, target, issueRequest } = event.detail;
  if (!sending || target !== list()) return;
  event.preventDefault();
  const later = () => {
    if (sending) setTimeout(later, 50);
    else if (elt.isConnected) issueRequest(true);
    else list().querySelector(`a[href="${CSS.escape(elt.getAttribute("href"))}"]`)?.click(); // the numbers beside it changed
  };
  later();
}

const beforeSwap = ({ detail }) => {
  held = detail.target.contains(document.activeElement) ? detail.target.id : null;
};

/** The focus that a swap took away comes back: to the form that was opened, or to the row itself. */
function swapped(event) {
  const row = held && held === event.detail.target?.id ? document.getElementById(held) : null;
  held = null;
  if (!row?.matches("[data-finding]")) return;
  const field = row.querySelector("select");
  if (field) field.focus();
  else go(row);
}

function showSelection() {
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  const boxes = [...(list()?.querySelectorAll(BOX) ?? [])];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = bulk.querySelector("[data-select-all]");
  const page = bulk.querySelector("[data-select-page]");
  page.checked = chosen > 0 && chosen === boxes.length;
  page.indeterminate = chosen > 0 && chosen < boxes.length;
  const note = bulk.querySelector("[data-selected]");
  const total = all?.checked ? Number(all.dataset.total) : chosen;
  note.textContent = total ? note.dataset.some.replace("%n", total.toLocaleString(document.documentElement.lang)) : note.dataset.none;
  for (const button of bulk.querySelectorAll("[data-needs-selection]")) button.disabled = total === 0;
}

function changed(event) {
  if (event.target.matches("[data-select-page]")) {
    for (const box of list().querySelectorAll(BOX)) box.checked = event.target.checked;
  }
  if (event.target.matches(`[data-select-page], [data-select-all], ${BOX}`)) showSelection();
}

function threshold(box) {
  const counts = box.dataset.counts.split(",").map(Number);
  const range = box.querySelector("[data-threshold-range]");
  const number = box.querySelector("[data-threshold-number]");
  const show = (value) => {
    const count = counts[Math.min(100, Math.max(0, Math.round(value * 100)))] ?? 0;
    box.querySelector("[data-threshold-count]").textContent = count.toLocaleString(document.documentElement.lang);
    box.querySelector("[data-threshold-expected]").value = count;
    box.querySelector("[data-threshold-submit]").disabled = count === 0;
  };
  range.addEventListener("input", () => {
    number.value = Number(range.value).toFixed(2);
    show(Number(range.value));
  });
  number.addEventListener("input", () => {
    range.value = number.value;
    show(Number(number.value));
  });
  show(Number(range.value));
}

/** The table whose fields are shown, marked in the list at its side. */
function markTable() {
  const table = (search) => new URLSearchParams(search).get("table") ?? "";
  for (const link of document.querySelectorAll(".table-list a")) {
    if (table(link.search) === table(location.search)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export function start(root = document) {
  if (root === document) {
    document.addEventListener("keydown", key);
    document.addEventListener("change", changed);
    document.addEventListener("candor:restored", showSelection);
    document.addEventListener("htmx:confirm", patient);
    document.addEventListener("htmx:beforeSwap", beforeSwap);
    document.addEventListener("htmx:afterSwap", swapped); // at once: a key pressed before things settle must find the focus
    document.addEventListener("htmx:afterRequest", answered);
    document.addEventListener("htmx:pushedIntoHistory", markTable);
    window.addEventListener("beforeunload", (event) => sending && event.preventDefault());
  }
  for (const box of root.querySelectorAll("[data-threshold]")) {
    if (box.dataset.ready) continue;
    box.dataset.ready = "1";
    threshold(box);
  }
  showSelection();
}
