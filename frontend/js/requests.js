/** What every htmx request needs: the CSRF token, a message when it fails, and modules for what was swapped in. */
import { toast, word } from "./words.js";

export function start(onSwap) {
  let told = false;
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    // A form that is not right yet is shown again with its errors, and both texts of a conflict.
    // What the server says of a failure in its own words goes into the corner.
    if (xhr.status === 422 || xhr.status === 409 || xhr.getResponseHeader("HX-Retarget") === "#toasts") {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
    // The session ended: the sign-in must not land inside a panel, and what is typed here must not be reloaded away.
    const page = xhr.responseText.match(/<body[^>]*data-page="(\w+)"/)?.[1];
    if (xhr.status === 401 || (page && page !== document.body.dataset.page)) {
      event.detail.shouldSwap = false;
      if (!told) toast(word("signedOut"), "bad");
      told = true;
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const reference = event.detail.xhr.getResponseHeader("X-Request-ID") ?? "";
    toast(word(event.detail.xhr.status === 403 ? "refused" : "failed", { reference }), "bad", "failed");
  });
  document.addEventListener("htmx:sendError", (event) => {
    const { verb, triggeringEvent } = event.detail.requestConfig;
    if (verb !== "get" || triggeringEvent) toast(word("offline"), "bad", "offline"); // not for what asks by itself
  });
  document.addEventListener("htmx:afterSettle", (event) => onSwap(event.detail.elt));
  document.addEventListener("candor:swapped", (event) => onSwap(event.detail));
}
