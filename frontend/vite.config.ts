import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The server that the development server hands API calls to. */
const SERVER = process.env.LOGCASTER_URL ?? "http://127.0.0.1:8080";

/**
 * The pages that people enter by, with their parts that are loaded on demand but always demanded, and how many bytes of
 * JavaScript these and all that they import may have.
 */
const ENTRIES = [
  { modules: ["pages/overview/OverviewPage", "components/chart/TimeChart"], most: 200_000 },
  // CodeMirror replaces a plain field once somebody writes, or the page has settled.
  { modules: ["pages/explore/ExplorePage", "components/chart/TimeChart"], most: 200_000 },
];

/** Fails the build when an entry page needs more JavaScript than promised, counted with gzip. */
function entryBudget(): Plugin {
  return {
    name: "entry-budget",
    apply: "build",
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const of = (module: string) =>
        chunks.find(({ moduleIds }) => moduleIds.some((id) => id.includes(`${module}.tsx`)));
      for (const { modules, most } of ENTRIES) {
        const needed = new Set<string>();
        const add = (name: string | undefined) => {
          if (name === undefined || needed.has(name)) return;
          needed.add(name);
          named.get(name)?.imports.forEach(add);
        };
        const roots = [chunks.find(({ isEntry }) => isEntry), ...modules.map(of)];
        if (roots.includes(undefined))
          this.error(`No chunk for ${modules.join(" or ")}; is it still loaded on demand?`);
        roots.forEach((chunk) => add(chunk?.fileName));
        const bytes = [...needed].reduce((sum, name) => sum + gzipSync(named.get(name)?.code ?? "").length, 0);
        this.info(`${modules[0]}: ${needed.size} chunks, ${bytes} bytes with gzip`);
        if (bytes > most) this.error(`${modules[0]} loads ${bytes} bytes of JavaScript, more than ${most}`);
      }
    },
  };
}

/** The fonts of nearly all text. */
const FONTS = /(?:inter|jetbrains-mono)-latin-wght-normal-[^/]*\.woff2$/;

/** Asks for the fonts together with the scripts: text that changes its width later moves what is around it. */
function preloadFonts(): Plugin {
  return {
    name: "preload-fonts",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => FONTS.test(name))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", href: `./${name}`, as: "font", type: "font/woff2", crossorigin: "" },
            injectTo: "head" as const,
          })),
    },
  };
}

export default defineConfig({
  // Relative addresses, so the console also works below a path of a reverse proxy.
  base: "./",
  plugins: [react(), entryBudget(), preloadFonts()],
  server: {
    proxy: {
      "/api": SERVER,
      "/actuator": SERVER,
    },
  },
  build: {
    target: "es2022",
    // Fonts stay files: inlined as data they would be loaded on every page, used or not.
    assetsInlineLimit: 0,
  },
  test: {
    restoreMocks: true,
    testTimeout: 120_000,
    // Only what draws needs a document, which costs a second per file to set up.
    projects: [
      // Logic keeps nothing from one test to the next, so its files share what they import.
      {
        extends: true,
        test: {
          name: "logic",
          environment: "node",
          include: ["src/**/*.test.ts"],
          isolate: false,
          unstubGlobals: true,
        },
      },
      {
        extends: true,
        test: {
          name: "ui",
          environment: "jsdom",
          include: ["src/**/*.test.tsx"],
          setupFiles: ["src/testing/setup.ts"],
        },
      },
    ],
  },
});
