import { describe, expect, it } from "vitest";
import { modules, sourceTexts, textsOf, type Place } from "../testing/sourceTexts";
import ko, { FILES } from "./ko";

const TEXTS = modules().map(sourceTexts);
const KEYS = TEXTS.flatMap(({ keys }) => keys);
const show = ({ file, line, text }: Place) => `${file}:${line}: ${text}`;
const names = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join(" ");

describe("the Korean catalogue", () => {
  it("has every text of the source", () => {
    expect(KEYS.length).toBeGreaterThan(20);
    expect(KEYS.filter(({ text }) => !(text in ko.texts)).map(show)).toEqual([]);
  });

  it("has no text that the source lost", () => {
    const used = new Set(KEYS.map(({ text }) => text));
    expect(Object.keys(ko.texts).filter((text) => !used.has(text))).toEqual([]);
  });

  it("has a text once", () => {
    const all = Object.values(FILES).flatMap((file) => Object.keys(file));
    expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
  });

  it("keeps the values of every text", () => {
    const lost = Object.entries(ko.texts).filter(([english, korean]) => names(english) !== names(korean));
    expect(lost).toEqual([]);
  });

  it("is Korean", () => {
    // Only what both languages write alike is the same in both.
    const alike = /^(?:UTC|CPU|CSV|JSON|Markdown)$/;
    expect(Object.entries(ko.texts).filter(([english, korean]) => english === korean && !alike.test(english))).toEqual(
      [],
    );
  });
});

describe("the source", () => {
  it("names its texts as literals, so that they can be found", () => {
    expect(TEXTS.flatMap(({ unreadable }) => unreadable).map(show)).toEqual([]);
  });

  it("leaves no text untranslated", () => {
    expect(TEXTS.flatMap(({ untranslated }) => untranslated).map(show)).toEqual([]);
  });
});

describe("reading texts from a module", () => {
  it("finds keys and what was forgotten", () => {
    const found = textsOf(
      "a.tsx",
      `const title = msg("Rules");
       export const A = ({ n, busy }) => (
         <p aria-label="Rows of the table" className="very wide" title={busy ? \`Wait for \${n}\` : t("Done")}>
           {t("Hello {who}", { who: t("world") })} and {busy && "Saving…"} <code>stats count()</code>
           {plural(n, "{n} row", "{n} rows")}
         </p>
       );
       const hint = "Type a name";`,
    );
    expect(found.keys.map(({ text }) => text)).toEqual(["Rules", "Done", "Hello {who}", "world", "{n} rows"]);
    expect(found.untranslated.map(({ text }) => text)).toEqual([
      '"Rows of the table"',
      "`Wait for ${n}`",
      "and",
      '"Saving…"',
      '"Type a name"',
    ]);
    expect(found.unreadable).toEqual([]);
  });

  it("refuses a text that is not a literal", () => {
    expect(textsOf("a.ts", "const a = t(name);").unreadable).toHaveLength(1);
  });
});
