/** One-letter keys: the element with [data-key="n"] is clicked by n, unless somebody is typing. */
const TYPING = "input, textarea, select, [contenteditable]";

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
