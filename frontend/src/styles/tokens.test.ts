import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../models/levels";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** The tokens of one theme: the first or the second of each pair of colours. */
function theme(index: number): Map<string, string> {
  const pairs = [...css.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
  return new Map(pairs.map((match) => [match[1] ?? "", match[2 + index] ?? ""]));
}

const light = theme(0);
const dark = theme(1);

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = [
  "--text",
  "--muted",
  "--accent",
  "--link",
  "--danger",
  "--warning",
  "--level-none",
  "--ansi-green",
  ...LEVELS.map((level) => `--level-${level.toLowerCase()}`),
];
const SURFACES = ["--bg", "--surface", "--hover", "--accent-soft", "--chosen"];

const themes: [string, Map<string, string>][] = [
  ["light", light],
  ["dark", dark],
];

describe.each(themes)("the %s theme", (_, tokens) => {
  const colour = (name: string) => {
    const value = tokens.get(name);
    expect(value, name).toMatch(/^#[0-9a-f]{6}$/);
    return value ?? "";
  };

  it.each(TEXT.flatMap((text) => SURFACES.map((surface) => [text, surface])))(
    "keeps %s readable on %s (WCAG AA)",
    (text, surface) => {
      expect(contrast(colour(text), colour(surface))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ["--on-accent", "--accent"],
    ["--danger", "--danger-soft"],
    ["--warning", "--warning-soft"],
    ["--text", "--danger-soft"],
    ["--text", "--share"],
    ["--text", "--selection"],
    ["--on-mark-found", "--mark-found"],
    ["--text", "--mark"],
    ["--muted", "--mark"],
    ["--level-warn", "--mark"],
    ["--level-error", "--mark"],
    ["--level-fatal", "--mark"],
    ["--surface", "--danger"],
  ])("keeps %s readable on %s (WCAG AA)", (text, surface) => {
    expect(contrast(colour(text), colour(surface))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    "--fill-error",
    "--fill-fatal",
    "--series-1",
    "--series-2",
    "--series-3",
    "--series-4",
    "--series-5",
    "--series-6",
  ])("keeps the chart colour %s apart from the surface (WCAG AA for graphics)", (fill) =>
    expect(contrast(colour(fill), colour("--surface"))).toBeGreaterThanOrEqual(3),
  );
});

it.each(LEVELS.map((level) => `--fill-${level.toLowerCase()}`).concat("--fill-none"))(
  "keeps %s to be seen on both surfaces",
  (fill) => {
    for (const tokens of [light, dark])
      expect(contrast(tokens.get(fill) ?? "", tokens.get("--surface") ?? "")).toBeGreaterThanOrEqual(1.9);
  },
);

it("defines every colour for both themes", () => {
  expect(css.match(/: #[0-9a-f]{3,8}/g)).toBeNull();
  expect(light.size).toBeGreaterThan(30);
});
