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

/** In development the API answers from the server that `make run` started. */
const server = process.env["WAYMARK_SERVER"] ?? "http://localhost:8000";
const proxied = ["/api", "/_allauth", "/o", "/accounts", "/health"];

export default defineConfig({
  plugins: [shellList()],
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
