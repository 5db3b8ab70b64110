/**
 * <form data-autosave="URL"> saves itself a moment after the last key and when a field loses focus.
 *
 * It posts the form (CSRF token included) with `Accept: application/json`. Answers:
 *   2xx {"version": 5, "saved_at": "2026-11-22T17:00:00Z", ...}  -> [name=version] is set, [data-saved] says so,
 *        event `candor:saved` with the body as detail;
 *   409 {...both texts...}       -> event `candor:conflict` (if nobody prevents it: a notice);
 *   401/403 or the sign-in page  -> what was typed is kept for after the sign-in.
 * One request at a time; a change made meanwhile is sent after it, with the new version.
 */
import { keep } from "./keep.js";
import { announce, toast, word } from "./words.js";

const DELAY = 900;

class Autosave {
  constructor(form) {
    this.form = form;
    this.timer = 0;
    this.sending = false;
    this.dirty = false;
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later(150));
    form.addEventListener("candor:save-now", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !form.dataset.sent) event.preventDefault();
    });
  }

  later(delay = DELAY) {
    this.dirty = true;
    this.say(word("typing"), "typing");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.sending || this.form.dataset.sent) return;
    this.sending = true;
    this.dirty = false;
    this.say(word("saving"), "saving");
    try {
      await this.send();
    } catch {
      this.dirty = true;
      this.say(word("unsaved"), "error");
      this.timer = setTimeout(() => this.save(), 10_000);
    } finally {
      this.sending = false;
      if (this.dirty && this.status !== "error") this.later();
    }
  }

  async send() {
    const body = new FormData(this.form);
    const response = await fetch(this.form.dataset.autosave, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      credentials: "same-origin",
    });
    if (response.redirected || response.status === 401 || response.status === 403) return this.signedOut();
    const json = response.headers.get("Content-Type")?.includes("json");
    const answer = json ? await response.json() : {};
    if (response.status === 409) return this.conflict(answer);
    if (response.status === 400 || response.status === 422) return this.invalid(answer);
    if (!response.ok) throw new Error(`autosave ${response.status}`);
    return this.saved(answer);
  }

  saved(answer) {
    const version = this.form.elements.namedItem("version");
    if (version && answer.version !== undefined) version.value = answer.version;
    const at = answer.saved_at ? new Date(answer.saved_at) : new Date();
    const clock = at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    this.say(word("saved", { time: clock }), "saved");
    this.tell("candor:saved", answer);
  }

  conflict(answer) {
    this.say(word("conflict"), "error");
    if (this.tell("candor:conflict", answer)) toast(word("conflict"), "bad");
  }

  invalid(answer) {
    this.say(answer.detail || word("invalid"), "error");
    this.tell("candor:invalid", answer);
  }

  signedOut() {
    this.dirty = false;
    keep(this.form);
    this.say(word("signedOut"), "error");
    toast(word("signedOut"), "bad");
  }

  tell(name, detail) {
    return this.form.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
  }

  say(text, state) {
    this.status = state;
    for (const place of this.form.querySelectorAll("[data-saved]")) {
      place.textContent = text;
      place.dataset.state = state;
    }
    if (state === "error") announce(text);
  }
}

export function start(root = document) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (form.dataset.autosaveReady) continue;
    form.dataset.autosaveReady = "1";
    new Autosave(form);
  }
}
