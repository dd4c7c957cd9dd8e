import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { tr } from "../i18n";
import { GENERAL_KEYS, PAGE_KEYS } from "../models/pageKeys";
import { PAGE_TITLES, PAGES } from "../models/route";
import { draw } from "../testing/server";
import { ShortcutSheet } from "./ShortcutSheet";

/** The texts of an element and of all after it, up to the next heading. */
function textUnder(heading: HTMLElement): string {
  let text = "";
  for (let next = heading.nextElementSibling; next && next.tagName !== "H3"; next = next.nextElementSibling)
    text += next.textContent;
  return text;
}

describe("ShortcutSheet", () => {
  it.each(PAGES)("shows what the page %s offers before what works everywhere", (page) => {
    draw(<ShortcutSheet page={page} onClose={() => undefined} />);
    const headings = screen.getAllByRole("heading", { level: 3, hidden: true });
    expect(headings.map(({ textContent }) => textContent)).toEqual([tr(PAGE_TITLES[page]), "On every page"]);
    const [own = "", general = ""] = headings.map(textUnder);
    const { keys, hints } = PAGE_KEYS[page];
    expect(keys.length + hints.length).toBeGreaterThan(0);
    for (const text of [...keys.map(([, meaning]) => meaning), ...hints]) expect(own).toContain(tr(text));
    for (const [, meaning] of GENERAL_KEYS) expect(general).toContain(tr(meaning));
  });

  it.each(PAGES)("gives a key of the page %s one meaning", (page) => {
    const names = PAGE_KEYS[page].keys.map(([keys]) => keys);
    expect(new Set(names).size).toBe(names.length);
  });
});
