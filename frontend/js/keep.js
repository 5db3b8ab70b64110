/**
 * Keeps what was typed when the session ended in the middle of a form.
 *
 * On submit a form's values go into this tab's sessionStorage. If the next page is the sign-in (or an error page), they
 * stay, and come back when the form's page is shown again. If the next page is anything else, the form got
 * through and the copy is dropped. Passwords, files and hidden fields are never kept.
 */
import { word } from "./words.js";

const KEY = "candor-kept-form";
const SKIP = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
};
const write = (kept) => {
  try {
    if (kept) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is off or full: nothing is kept, the form works as ever.
  }
};

const keepable = (field) => field.name && !SKIP.has(field.type) && field.autocomplete !== "one-time-code";

function values(form) {
  const kept = [];
  for (const field of form.elements) {
    if (!keepable(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      kept.push([field.name, field.value, field.checked]);
    } else if (field.multiple) {
      kept.push([field.name, null, [...field.selectedOptions].map((option) => option.value)]);
    } else {
      kept.push([field.name, field.value, null]);
    }
  }
  return kept;
}

function fill(form, kept) {
  for (const [name, value, state] of kept) {
    for (const field of [...form.elements].filter((one) => one.name === name && keepable(one))) {
      if (Array.isArray(state)) for (const option of field.options) option.selected = state.includes(option.value);
      else if (state === null) field.value = value;
      else if (field.value === value) field.checked = state;
    }
  }
}

const place = (form) => form.id || [...document.forms].indexOf(form);

export function keep(form) {
  const { user } = document.body.dataset;
  const typed = values(form);
  if (typed.length) write({ path: location.pathname + location.search, form: place(form), user, values: typed });
}

export function start() {
  const kind = document.body.dataset.page;
  const kept = read();
  if (kept && kind === "signin") waitForSignIn(kept);
  else if (kept && kind === "error") offerBack(kept);
  else if (kept?.waiting && kept.path === location.pathname + location.search) restore(kept);
  else if (kept && !kept.waiting) write(null);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-forget")) write(null);
    else if (form.method === "post" && kind !== "signin" && !form.hasAttribute("data-no-keep")) keep(form);
  });
}

function waitForSignIn(kept) {
  write({ ...kept, waiting: true });
  for (const form of document.querySelectorAll('main form[method="post"]:not([id="logout-from-stage"])')) {
    const next = form.elements.namedItem("next") ?? form.appendChild(document.createElement("input"));
    next.type = "hidden";
    next.name = "next";
    next.value = kept.path;
  }
  const note = document.querySelector("[data-kept-note]");
  if (note) note.hidden = false;
}

function offerBack(kept) {
  write({ ...kept, waiting: true });
  const link = document.querySelector("[data-kept-back]");
  if (link) {
    link.href = kept.path;
    link.hidden = false;
  }
}

function restore(kept) {
  write(null);
  if (kept.user !== document.body.dataset.user) return; // another person signed in: it is not theirs
  const form = typeof kept.form === "string" ? document.getElementById(kept.form) : document.forms[kept.form];
  if (!form) return;
  form.dispatchEvent(new CustomEvent("candor:restore", { detail: kept.values, bubbles: true }));
  fill(form, kept.values);
  form.dispatchEvent(new CustomEvent("candor:restored", { bubbles: true }));
  const notice = document.createElement("div");
  notice.className = "notice notice-good";
  notice.setAttribute("role", "status");
  notice.textContent = word("restored");
  form.prepend(notice);
}
