/**
 * Builds the browser bundle into static/dist/ (git-ignored):
 *   candor.css, candor.js, theme.js and the fonts they name, through esbuild;
 *   icons.svg, a sprite of only those Tabler icons that templates and Python name.
 */
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const out = path.join(root, "static", "dist");
const icons = path.join(root, "node_modules", "@tabler", "icons", "icons");

/** Places that may name an icon: every template, and Python that registers navigation, steps or tones. */
const SOURCES = ["templates", "core", "datamap", "lab", "pia", "reports"];
const NAMED = [
  /<c-icon[^>]*?\sname="([a-z0-9-]+)"/g,
  /\sicon="([a-z0-9-]+)"/g,
  /[(,\s]icon\s*=\s*["']([a-z0-9-]+)["']/g,
];

async function* files(folder) {
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "__pycache__") yield* files(full);
    } else if (/\.(html|py)$/.test(entry.name)) {
      yield full;
    }
  }
}

/** @returns {Promise<Map<string, string>>} icon name -> the file that first names it */
async function iconsUsed() {
  const used = new Map();
  const listed = await readFile(path.join(root, "frontend", "icons.txt"), "utf8");
  for (const name of listed.split(/\s+/).filter(Boolean)) used.set(name, "frontend/icons.txt");
  for (const source of SOURCES) {
    for await (const file of files(path.join(root, source))) {
      const text = await readFile(file, "utf8");
      for (const pattern of NAMED) {
        for (const match of text.matchAll(pattern)) {
          if (!used.has(match[1])) used.set(match[1], path.relative(root, file));
        }
      }
    }
  }
  return used;
}

async function symbol(name, namedIn) {
  const [base, style] = name.endsWith("-filled") ? [name.slice(0, -7), "filled"] : [name, "outline"];
  const file = path.join(icons, style, `${base}.svg`);
  if (!existsSync(file)) throw new Error(`No Tabler icon "${name}" (named in ${namedIn})`);
  const svg = await readFile(file, "utf8");
  const body = svg.slice(svg.indexOf("<svg"));
  const inner = body.slice(body.indexOf(">") + 1, body.lastIndexOf("</svg>")).replace(/\s+/g, " ").trim();
  const paint =
    style === "filled"
      ? 'fill="currentColor"'
      : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${inner}</symbol>`;
}

async function sprite() {
  const used = await iconsUsed();
  const names = [...used.keys()].sort();
  const symbols = await Promise.all(names.map((name) => symbol(name, used.get(name))));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
  await writeFile(path.join(out, "icons.svg"), svg);
  return names.length;
}

const options = {
  absWorkingDir: root,
  entryPoints: {
    candor: "frontend/js/main.js",
    theme: "frontend/js/theme.js",
    styles: "frontend/css/main.css",
  },
  outdir: "static/dist",
  bundle: true,
  minify: true,
  sourcemap: false,
  target: ["es2021", "chrome109", "firefox115", "safari16"],
  format: "iife",
  loader: { ".woff2": "file", ".svg": "dataurl" },
  assetNames: "fonts/[name]",
  legalComments: "none",
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, minify: false, sourcemap: "inline" });
  await sprite();
  await context.watch();
  console.log("Watching frontend/ (icons are collected at start)");
} else {
  await esbuild.build(options);
  console.log(`static/dist is built (${await sprite()} icons)`);
}
