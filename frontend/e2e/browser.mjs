/**
 * Finds a Chromium for the browser test: CHROME_PATH, then an installed one, then the one bundled by @sparticuz/chromium.
 * The bundled build includes the shared libraries and fonts that a bare machine lacks; they are unpacked into node_modules/.cache.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as playwright } from "playwright-core";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const COMMON_ARGS = ["--no-sandbox", "--font-render-hinting=none", "--disable-dev-shm-usage"];

export async function launchBrowser() {
  const installed = [process.env.CHROME_PATH, ...INSTALLED].find((path) => path && existsSync(path));
  if (installed) {
    return playwright.launch({ executablePath: installed, headless: true, args: COMMON_ARGS });
  }
  const bundled = await unpackBundled();
  return playwright.launch({ ...bundled, headless: true });
}

async function unpackBundled() {
  const cache = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules", ".cache", "chromium");
  mkdirSync(cache, { recursive: true });
  // The package unpacks into the temporary directory, and brings its libraries along only where it takes the machine
  // for a bare Amazon Linux 2023; both are read from the environment at import and at unpacking.
  const before = { ...process.env };
  process.env.TMPDIR = cache;
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    chromium.setGraphicsMode = false;
    const executablePath = await chromium.executablePath();
    return {
      executablePath,
      args: [...COMMON_ARGS, "--no-zygote", "--disable-gpu"],
      env: {
        ...before,
        // A machine without a locale makes the browser's language tag one that Intl refuses.
        LANG: "en_US.UTF-8",
        LC_ALL: "en_US.UTF-8",
        FONTCONFIG_FILE: writeFontConfig(cache),
        LD_LIBRARY_PATH: [join(cache, "al2023", "lib"), before.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      },
    };
  } finally {
    for (const name of ["TMPDIR", "AWS_EXECUTION_ENV", "FONTCONFIG_PATH", "LD_LIBRARY_PATH", "HOME"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

/** The package's own font configuration names directories of another machine; without any font the browser crashes. */
function writeFontConfig(cache) {
  const file = join(cache, "fontconfig.xml");
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${cache}</dir>
  <dir>/usr/share/fonts</dir>
  <dir>~/.fonts</dir>
  <cachedir>${join(cache, "fontconfig")}</cachedir>
</fontconfig>
`,
  );
  return file;
}
