/**
 * A list of findings, [data-findings], by keyboard and in bulk:
 *   j, k           go to the next or previous [data-finding]; a, r, c, u, x act on the one that has the focus;
 *   [data-do]      the buttons those keys press;
 *   #bulk          ticked columns: [data-select-page], [data-select-all], [data-selected], [data-needs-selection];
 *   [data-threshold]  "accept the sure ones": data-counts says how many would be, for 0.00, 0.01 ... 1.00.
 * Letters act only while the focus is inside the list, so they are nobody's surprise (WCAG 2.1.4).
 */
import { announce, word } from "./words.js";

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const DOES = { a: "accept", r: "reject", c: "change", u: "take-back" };

const list = () => document.querySelector("[data-findings]");
const rows = () => [...(list()?.querySelectorAll("[data-finding]") ?? [])];
const line = (row) => (row?.matches("tr") ? row : row?.querySelector("tr"));
const BOX = '.cell-check input[type="checkbox"]';

/** The row that has the focus, and the one to go to once a decision was made on it. */
let moveFrom = null;

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
  if (!list() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const inside = event.target.closest("[data-findings]");
  if (!inside && event.target !== document.body) return;
  const current = event.target.closest("[data-finding]");
  if (event.key === "j" || event.key === "k") step(current, event.key === "j" ? 1 : -1);
  else if (event.key === "Escape" && current) document.activeElement.blur();
  else if (event.key === "x" && current) tick(current);
  else if (DOES[event.key] && current) press(current, DOES[event.key]);
  else return;
  event.preventDefault();
}

function press(row, what) {
  const button = row.querySelector(`[data-do="${what}"]`);
  if (!button) return;
  moveFrom = row.id;
  button.click();
}

/** After a row was swapped: on to the next open one after a decision, back to the row after a look. */
function swapped(event) {
  const id = event.detail.target?.id ?? event.detail.elt?.id;
  const row = id && moveFrom === id ? document.getElementById(id) : null;
  if (!row) return;
  moveFrom = null;
  const field = row.querySelector("select");
  if (field) {
    field.focus();
    return;
  }
  const all = rows();
  const rest = all.slice(all.indexOf(row) + 1);
  go(row.hasAttribute("data-open") ? row : (rest.find((one) => one.hasAttribute("data-open")) ?? row));
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

/** The table that is shown, marked in the list at its side. */
function markTable(event) {
  const link = event.target.closest?.("[data-table-link]");
  if (!link) return;
  for (const other of document.querySelectorAll("[data-table-link][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

export function start(root = document) {
  if (root === document) {
    document.addEventListener("keydown", key);
    document.addEventListener("change", changed);
    document.addEventListener("htmx:afterSwap", swapped); // at once: a key pressed before things settle must find the focus
    document.addEventListener("click", markTable);
  }
  for (const box of root.querySelectorAll("[data-threshold]")) {
    if (box.dataset.ready) continue;
    box.dataset.ready = "1";
    threshold(box);
  }
  showSelection();
}
