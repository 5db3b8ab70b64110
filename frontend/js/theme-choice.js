const KEY = "candor-theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light"|"dark"|"system"} what this reader chose, or "system" */
export function chosen() {
  try {
    return localStorage.getItem(KEY) || "system";
  } catch {
    return "system";
  }
}

export function apply(choice) {
  const dark = choice === "dark" || (choice === "system" && system.matches);
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
}

export function choose(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Storage is off: the choice holds for this page only.
  }
  apply(choice);
}

system.addEventListener("change", () => apply(chosen()));
