/** Texts come translated from the server, as data-word-… attributes of <template id="words">. */
export function word(key, values = {}) {
  const name = `word${key[0].toUpperCase()}${key.slice(1)}`;
  const text = document.getElementById("words")?.dataset[name] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, value) => values[value] ?? whole);
}

const region = () => document.getElementById("live");

/** Says a short text to screen readers without moving the focus. */
export function announce(text) {
  const live = region();
  if (live) live.textContent = text;
}

/** Shows a notice in the corner; it stays until closed when it tells of a failure. One of a `kind` takes the other's place. */
export function toast(text, tone = "info", kind = "") {
  const box = document.getElementById("toasts");
  if (!box) return;
  if (kind) box.querySelector(`[data-kind="${kind}"]`)?.remove();
  const notice = document.createElement("div");
  notice.className = `notice notice-${tone}`;
  notice.dataset.kind = kind;
  notice.setAttribute("role", tone === "bad" ? "alert" : "status");
  const body = document.createElement("div");
  body.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "notice-close";
  close.textContent = "×";
  close.setAttribute("aria-label", word("close"));
  close.addEventListener("click", () => notice.remove());
  notice.append(body, close);
  box.append(notice);
  if (tone !== "bad") setTimeout(() => notice.remove(), 6000);
}
