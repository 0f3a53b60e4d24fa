import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { configDefaults } from "vitest/config";

/**
 * Write the list of files the service worker keeps, with a version that changes when any of them
 * does. The worker imports nothing, so the list is put in place of two names in its own file.
 */
function shellList(): Plugin {
  return {
    name: "waymark-shell-list",
    enforce: "post",
    generateBundle(_options, bundle) {
      const worker = bundle["sw.js"];
      if (!worker || worker.type !== "chunk") return;
      const kept = Object.keys(bundle).filter((name) => /\.(js|css|woff2)$/.test(name) && name !== "sw.js");
      const files = ["/", ...kept.sort().map((name) => `/${name}`)];
      let version = 5381;
      for (const char of files.join()) version = ((version * 33) ^ char.charCodeAt(0)) >>> 0;
      worker.code = worker.code
        .replaceAll("__SHELL_FILES__", JSON.stringify(files))
        .replaceAll("__SHELL_VERSION__", JSON.stringify(version.toString(36)));
    },
  };
}

/** A manifest for each language beside English, from its catalogue: what the launcher says of the installed app. */
function manifests(): Plugin {
  const catalogues = join(import.meta.dirname, "src/i18n/catalogues");
  const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  return {
    name: "waymark-manifests",
    generateBundle() {
      const english = read(join(import.meta.dirname, "public/manifest.webmanifest"));
      for (const name of readdirSync(catalogues)) {
        const language = name.replace(/\.json$/, "");
        const words = read(join(catalogues, name)) as Record<string, string>;
        const say = (text: string) => words[text] || text;
        const shortcuts = (english["shortcuts"] as { name: string }[]).map((one) => ({ ...one, name: say(one.name) }));
        const source = JSON.stringify({ ...english, lang: language, description: say(String(english["description"])), shortcuts }, null, 2);
        this.emitFile({ type: "asset", fileName: `manifest.${language}.webmanifest`, source });
      }
    },
  };
}

/** In development the API answers from the server that `make run` started. */
const server = process.env["WAYMARK_SERVER"] ?? "http://localhost:8000";
const proxied = ["/api", "/_allauth", "/o", "/accounts", "/health", "/calendar/"];

export default defineConfig({
  plugins: [shellList(), manifests()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // a strict CSP refuses data: URLs
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", sw: "src/sw/sw.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, changeOrigin: true, headers: { Origin: server } }])) },
  test: {
    environment: "happy-dom",
    exclude: [...configDefaults.exclude, "dist/**"],
    restoreMocks: true,
    setupFiles: ["tests/setup.ts"],
  },
});
