import * as autosave from "./autosave.js";
import * as confirm from "./confirm.js";
import * as findings from "./findings.js";
import * as guard from "./guard.js";
import * as keep from "./keep.js";
import * as keys from "./keys.js";
import * as menus from "./menus.js";
import * as nav from "./nav.js";
import * as requests from "./requests.js";
import * as rows from "./rows.js";
import * as search from "./search.js";
import * as show from "./show.js";
import * as tables from "./tables.js";
import * as upload from "./upload.js";

const inPage = [rows, autosave, tables, upload, show, findings];

function begin() {
  for (const module of [confirm, ...inPage, guard, keep, keys, menus, nav, search]) module.start();
  requests.start((root) => inPage.forEach((module) => module.start(root ?? document)));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
