/**
 * <form data-upload>: a file is dropped or chosen, sent with progress, and the answer's page takes the place of this one
 * (the page's `main`, so messages and errors of the server are seen). Without the script the form is an ordinary one.
 */
import { busy } from "./guard.js";
import { announce, toast, word } from "./words.js";

export function size(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit && value < 10 ? 1 : 0;
  return `${value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits })} ${units[unit]}`;
}

function showChosen(form, input) {
  const name = form.querySelector("[data-upload-name]");
  const file = input.files[0];
  if (name) name.textContent = file ? `${file.name} · ${size(file.size)}` : "";
  const limit = Number(input.dataset.limit || 0);
  const tooLarge = Boolean(file && limit && file.size > limit);
  input.setCustomValidity(tooLarge ? word("tooLarge", { limit: size(limit) }) : "");
  if (tooLarge) input.reportValidity();
}

function drops(form, input) {
  const zone = form.querySelector(".drop");
  if (!zone) return;
  const over = (event, on) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function showAnswer(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const next = page.querySelector("main#main");
  const here = document.querySelector("main#main");
  if (!next || !here || page.body.dataset.page !== document.body.dataset.page) {
    location.assign(request.responseURL);
    return;
  }
  document.title = page.title;
  if (request.responseURL !== location.href) {
    history.replaceState({ upload: true }, "");
    history.pushState({ upload: true }, "", request.responseURL);
  }
  here.replaceWith(document.importNode(next, true));
  const main = document.querySelector("main#main");
  window.htmx?.process(main);
  document.dispatchEvent(new CustomEvent("candor:swapped", { detail: main }));
  main.focus();
  window.scrollTo(0, 0);
}

function send(form) {
  const bar = form.querySelector("progress");
  const note = form.querySelector("[data-upload-note]");
  const request = new XMLHttpRequest();
  const cancel = form.querySelector("[data-upload-cancel]");
  const failed = (text) => {
    busy(form, false);
    if (bar) bar.hidden = true;
    if (cancel) cancel.hidden = true;
    if (note) note.textContent = text;
    toast(text, "bad");
  };
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.round((100 * event.loaded) / event.total);
    if (bar) bar.value = percent;
    if (note) note.textContent = percent < 100 ? word("sent", { percent, size: size(event.total) }) : word("checking");
  });
  request.addEventListener("load", () => showAnswer(request));
  request.addEventListener("error", () => failed(word("uploadFailed")));
  request.addEventListener("abort", () => failed(word("uploadStopped")));
  if (bar) bar.hidden = false;
  if (cancel) {
    cancel.hidden = false;
    cancel.onclick = () => request.abort();
  }
  announce(word("sending"));
  request.send(new FormData(form));
}

function ready(form) {
  const input = form.querySelector('input[type="file"]');
  if (!input) return;
  drops(form, input);
  input.addEventListener("change", () => showChosen(form, input));
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return;
    event.preventDefault();
    form.dataset.sent = "1";
    send(form);
    busy(form, true);
  });
}

export function start(root = document) {
  // Back over an upload: the address alone would change, for the page was put in place by hand.
  if (root === document) window.addEventListener("popstate", ({ state }) => state?.upload && location.reload());
  for (const form of root.querySelectorAll("form[data-upload]")) {
    if (form.dataset.uploadReady) continue;
    form.dataset.uploadReady = "1";
    ready(form);
  }
}
