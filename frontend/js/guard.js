import { word } from "./words.js";

/** Nothing takes a double click twice: the second submit of a form is stopped, its buttons show they are busy. */
export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method.toLowerCase() !== "post" || form.hasAttribute("data-no-guard")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    // After the browser has collected the form: a disabled button would not be sent.
    setTimeout(() => busy(form, true), 0);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => busy(form, false));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-sent]");
    if (form) busy(form, false);
  });
}

/** Marks a form's buttons busy (or free again). */
export function busy(form, isBusy) {
  if (!isBusy) delete form.dataset.sent;
  for (const button of form.elements) {
    if (button.type !== "submit") continue;
    button.disabled = isBusy;
    if (isBusy) {
      button.setAttribute("aria-busy", "true");
      button.title = word("sending");
    } else {
      button.removeAttribute("aria-busy");
      button.removeAttribute("title");
    }
  }
}
