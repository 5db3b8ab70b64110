/** Small screens: the side navigation slides in; Escape, the scrim of the page or a link closes it. */
export function start() {
  const side = document.getElementById("side");
  const opener = document.querySelector("[data-side-open]");
  if (!side || !opener) return;
  const set = (open) => {
    side.classList.toggle("open", open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("a, button")?.focus();
    else if (side.contains(document.activeElement)) opener.focus();
  };
  opener.addEventListener("click", () => set(!side.classList.contains("open")));
  side.querySelector("[data-side-close]")?.addEventListener("click", () => set(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && side.classList.contains("open")) set(false);
  });
  document.addEventListener("click", (event) => {
    if (side.classList.contains("open") && !side.contains(event.target) && !opener.contains(event.target)) set(false);
  });
}
