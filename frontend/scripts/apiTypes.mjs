/**
 * Writes src/api/schema.ts, the types of the server's JSON bodies, from src/api/openapi.json. With --check it writes
 * nothing and fails where the file is out of date.
 */
import { readFile, writeFile } from "node:fs/promises";
import openapiTypes, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";

const SOURCE = new URL("../src/api/openapi.json", import.meta.url);
const TARGET = new URL("../src/api/schema.ts", import.meta.url);
const HEADER = "// Generated from openapi.json by `npm run api`; do not edit.\n\n";

const api = JSON.parse(await readFile(SOURCE, "utf8"));
// The console wraps its calls itself and needs only the shapes of bodies.
const types = astToString(await openapiTypes({ ...api, paths: {} })).replace(/\/\*\*\n \* This file[^]*?\*\/\n/, "");
const wanted = await format(HEADER + types, { ...(await resolveConfig(TARGET)), parser: "typescript" });

if (!process.argv.includes("--check")) {
  await writeFile(TARGET, wanted);
} else if ((await readFile(TARGET, "utf8").catch(() => "")) !== wanted) {
  console.error("src/api/schema.ts does not match src/api/openapi.json. Renew it with: npm run api");
  process.exitCode = 1;
}
