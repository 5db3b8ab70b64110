/**
 * Small wiring by attribute:
 *   [data-copy="#id"|text]     copies a text;
 *   [data-theme-choice]        light, dark or as the system;
 *   [data-print]               prints the page;
 *   [data-open="dialog-id"]    opens a <dialog>, [data-close] closes it;
 *   [data-submit-on-change]    sends its form when a choice changes;
 *   [data-shows-when="name=value|value"]  a block seen only while a field of its form has such a value.
 */
import { announce, toast, word } from "./words.js";
import { choose, chosen } from "./theme-choice.js";

async function copy(button) {
  const target = button.dataset.copy;
  const text = target.startsWith("#") ? document.querySelector(target)?.textContent.trim() : target;
  try {
    await navigator.clipboard.writeText(text ?? "");
    toast(word("copied"), "good");
  } catch {
    toast(word("copyFailed"), "warn");
  }
}

function markTheme() {
  for (const choice of document.querySelectorAll("[data-theme-choice]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === chosen()));
  }
}

function click(event) {
  const on = (selector) => event.target.closest(selector);
  const copier = on("[data-copy]");
  if (copier) copy(copier);
  const theme = on("[data-theme-choice]");
  if (theme) {
    choose(theme.dataset.themeChoice);
    markTheme();
    announce(theme.textContent.trim());
  }
  if (on("[data-print]")) window.print();
  const opener = on("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (on("[data-close]")) on("dialog")?.close();
  const notice = on("[data-dismiss]");
  if (notice) notice.closest(".notice")?.remove();
}

function fieldValues(form, name) {
  const entries = new FormData(form).getAll(name);
  return entries.length ? entries : [""];
}

function conditions(form) {
  for (const block of form.querySelectorAll("[data-shows-when]")) {
    const [name, wanted] = block.dataset.showsWhen.split("=");
    const shown = fieldValues(form, name).some((value) => wanted.split("|").includes(value));
    block.hidden = !shown;
  }
}

export function start(root = document) {
  if (root === document) {
    document.addEventListener("click", click);
    document.addEventListener("change", (event) => {
      if (event.target.closest("[data-submit-on-change]")) event.target.form?.requestSubmit();
      if (event.target.form) conditions(event.target.form);
    });
  }
  markTheme();
  for (const form of document.forms) conditions(form);
}
