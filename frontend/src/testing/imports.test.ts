import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const SRC = path.resolve(import.meta.dirname, "..");

/** What each module imports of the console's own modules; paths are relative to `src`. Types count too. */
function importGraph(): Map<string, string[]> {
  const modules = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  return new Map(modules.map((module) => [module, importsOf(module)]));
}

function importsOf(module: string): string[] {
  const text = readFileSync(path.join(SRC, module), "utf8");
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].flatMap(([, target = ""]) => {
    const base = path.join(path.dirname(module), target);
    return [`${base}.ts`, `${base}.tsx`].filter((name) => existsSync(path.join(SRC, name)));
  });
}

/** The first circle that a depth-first search meets, as its modules in order. */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (module: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(module)) return [...trail.slice(trail.indexOf(module)), module];
    if (done.has(module)) return undefined;
    for (const target of graph.get(module) ?? []) {
      const circle = visit(target, [...trail, module]);
      if (circle) return circle;
    }
    done.add(module);
    return undefined;
  };
  for (const module of graph.keys()) {
    const circle = visit(module, []);
    if (circle) return circle;
  }
  return undefined;
}

it("no module imports itself through others", () => {
  const graph = importGraph();
  expect(graph.get("App.tsx")).toContain("components/Shell.tsx");
  expect(findCircle(graph)).toBeUndefined();
});

it("finds a circle behind a module that is not part of it", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["d", "b"]],
    ["d", []],
  ]);
  expect(findCircle(graph)).toEqual(["b", "c", "b"]);
});
