/**
 * Repeatable rows of a Django formset: [data-rows="prefix"] holds [data-row] blocks and a <template> of an empty one
 * (with __prefix__ where the number goes). A removed row ticks its DELETE box, or goes if it was never saved.
 */
import { announce, word } from "./words.js";

const total = (box) => box.querySelector(`[name="${box.dataset.rows}-TOTAL_FORMS"]`);

function add(box) {
  const count = total(box);
  const number = Number(count.value);
  const html = box.querySelector("template").innerHTML.replaceAll("__prefix__", String(number));
  const holder = document.createElement("div");
  holder.innerHTML = html;
  const row = holder.firstElementChild;
  box.querySelector("[data-rows-list]").append(row);
  count.value = number + 1;
  document.dispatchEvent(new CustomEvent("candor:swapped", { detail: row }));
  return row;
}

function remove(box, row) {
  const mark = row.querySelector('[name$="-DELETE"]');
  const saved = row.querySelector('[name$="-id"]')?.value;
  if (mark) {
    mark.checked = true;
    mark.value = "on";
    row.hidden = true;
  }
  if (!saved) for (const field of row.querySelectorAll("[required]")) field.required = false;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.querySelector("[data-rows-add]")?.focus();
  announce(word("removed"));
}

export function start(root = document) {
  for (const box of root.querySelectorAll("[data-rows]")) {
    if (box.dataset.rowsReady) continue;
    box.dataset.rowsReady = "1";
    box.addEventListener("click", (event) => {
      if (event.target.closest("[data-rows-add]")) add(box).querySelector("input:not([type=hidden]), select, textarea")?.focus();
      const button = event.target.closest("[data-row-remove]");
      if (button) remove(box, button.closest("[data-row]"));
    });
    // Text kept over a sign-in may have more rows than the fresh form.
    box.closest("form")?.addEventListener("candor:restore", (event) => {
      const wanted = event.detail
        .map(([name]) => name.match(new RegExp(`^${box.dataset.rows}-(\\d+)-`))?.[1])
        .reduce((most, number) => Math.max(most, number === undefined ? 0 : Number(number) + 1), 0);
      while (Number(total(box).value) < wanted) add(box);
    });
  }
}
