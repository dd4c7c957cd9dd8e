import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The server that the development server hands API calls to. */
const SERVER = process.env.LOGCASTER_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  // Relative addresses, so the console also works below a path of a reverse proxy.
  base: "./",
  plugins: [react()],
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
