/**
 * A [data-table] box: text filter, chips ([data-chip="column-value"] against tr[data-chips]), sorting by the heading
 * (th[data-sort="text|number"]; a cell may carry data-value), and CSV of the rows that are shown.
 */
import { announce, word } from "./words.js";

const rowsOf = (box) => [...box.querySelectorAll("tbody > tr")].filter((row) => !row.hasAttribute("data-detail"));

/** What a reader would read out of a cell: initials in a badge are decoration. */
function text(cell) {
  const copy = cell.cloneNode(true);
  for (const decoration of copy.querySelectorAll('[aria-hidden="true"]')) decoration.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function filter(box) {
  const wanted = (box.querySelector("[data-table-filter]")?.value ?? "").trim().toLowerCase();
  const chip = box.querySelector('[data-chip][aria-pressed="true"]')?.dataset.chip ?? "";
  let shown = 0;
  for (const row of rowsOf(box)) {
    const fits =
      (!wanted || text(row).toLowerCase().includes(wanted)) &&
      (!chip || (row.dataset.chips ?? "").split(" ").includes(chip));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  const none = box.querySelector("[data-table-none]");
  if (none) none.hidden = shown > 0;
  announce(word("rows", { count: shown }));
}

function sort(box, head) {
  const index = [...head.parentElement.children].indexOf(head);
  const down = head.getAttribute("aria-sort") === "ascending";
  const value = (row) => {
    const cell = row.children[index];
    const raw = cell?.dataset.value ?? (cell ? text(cell) : "");
    return head.dataset.sort === "number" ? Number.parseFloat(raw.replace(/[^\d.-]/g, "")) || 0 : raw.toLowerCase();
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang));
  const body = box.querySelector("tbody");
  const rows = rowsOf(box).sort((a, b) => (down ? -1 : 1) * compare(value(a), value(b)));
  body.append(...rows);
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
}

/** A cell that a spreadsheet would run as a formula is given a leading apostrophe. */
function csvCell(value) {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

function csv(box) {
  const head = [...box.querySelectorAll("thead th")];
  const keep = head.map((cell) => !cell.hasAttribute("data-noexport"));
  const lines = [head.filter((_, i) => keep[i]).map((cell) => csvCell(text(cell)))];
  for (const row of rowsOf(box).filter((row) => !row.hidden)) {
    lines.push([...row.children].filter((_, i) => keep[i]).map((cell) => csvCell(cell.dataset.value ?? text(cell))));
  }
  return `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

function download(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  link.download = `${name || "table"}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function ready(box) {
  box.querySelector("[data-table-filter]")?.addEventListener("input", () => filter(box));
  box.querySelector("[data-table-export]")?.addEventListener("click", () => download(box.dataset.table, csv(box)));
  for (const chip of box.querySelectorAll("[data-chip]")) {
    chip.addEventListener("click", () => {
      for (const other of box.querySelectorAll("[data-chip]")) other.setAttribute("aria-pressed", String(other === chip));
      filter(box);
    });
  }
  for (const head of box.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(box, head));
  }
}

export function start(root = document) {
  for (const box of root.querySelectorAll("[data-table]")) {
    if (box.dataset.tableReady) continue;
    box.dataset.tableReady = "1";
    ready(box);
  }
}
