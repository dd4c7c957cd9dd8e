import { describe, expect, it } from "vitest";
import { ansiSpans, withoutAnsi } from "./ansi";

const E = "\u001b";

describe("ansiSpans", () => {
  it("gives colours and styles, and ends them", () => {
    expect(ansiSpans(`a${E}[1;31mb${E}[22mc${E}[39;4md${E}[0me`)).toEqual([
      { text: "a" },
      { text: "b", bold: true, color: 1 },
      { text: "c", color: 1 },
      { text: "d", underline: true },
      { text: "e" },
    ]);
    expect(ansiSpans(`${E}[92;44ma${E}[mb`)).toEqual([{ text: "a", color: 2, background: 4 }, { text: "b" }]);
  });

  it("takes colours of larger palettes for the nearest of the eight", () => {
    const color = (codes: string) => ansiSpans(`${E}[${codes}mx`)[0]?.color;
    expect([color("38;5;9"), color("38;5;196"), color("38;5;46"), color("38;5;21"), color("38;5;250")]).toEqual([
      1, 1, 2, 4, 7,
    ]);
    expect([color("38;2;200;30;20"), color("38:2:10:200:210"), color("38;2;9;9;9")]).toEqual([1, 6, 0]);
    expect(ansiSpans(`${E}[38;5;196;1mx`)).toEqual([{ text: "x", color: 1, bold: true }]);
  });

  it("shows no part of a sequence, also of one that was cut off or is none", () => {
    for (const noise of [`${E}[2K`, `${E}[?25l`, `${E}]0;title\u0007`, `${E}]8;;http://x${E}\\`, `${E}(B`, `${E}7`]) {
      expect(withoutAnsi(`a${noise}b`), JSON.stringify(noise)).toBe("ab");
    }
    for (const cut of [E, `${E}[`, `${E}[1;3`, `${E}]0;ti`]) expect(withoutAnsi(`a${cut}`)).toBe("a");
    expect(ansiSpans("")).toEqual([]);
  });
});
