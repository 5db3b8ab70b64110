/**
 * Destructive acts ask: <form data-confirm="What is lost" data-confirm-title="Delete x?" data-confirm-yes="Delete">,
 * or the same attributes on one submit button. The answer comes from a <dialog>, so focus and Escape work.
 */
export function start() {
  const dialog = document.getElementById("confirm");
  if (!dialog) return;
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const source = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!source.dataset.confirm || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(dialog, source.dataset).then((yes) => {
        if (!yes) return;
        form.dataset.confirmed = "1";
        form.requestSubmit(event.submitter ?? undefined);
        delete form.dataset.confirmed;
      });
    },
    true,
  );
}

function ask(dialog, { confirm, confirmTitle, confirmYes }) {
  dialog.querySelector("[data-confirm-text]").textContent = confirm;
  const title = dialog.querySelector("[data-confirm-heading]");
  const yes = dialog.querySelector("[data-confirm-yes]");
  title.textContent = confirmTitle || title.dataset.default;
  yes.textContent = confirmYes || yes.dataset.default;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
