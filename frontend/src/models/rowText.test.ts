import { describe, expect, it } from "vitest";
import { pairsOf, rowText, toMarkdown } from "./rowText";
import { chooseZone } from "./zone";

const EVENT = {
  _time: "2026-11-21T09:00:00.5Z",
  _stream: '{app="shop"}',
  app: "shop",
  level: "INFO",
  event: "paid",
  total: "12",
};

describe("pairsOf", () => {
  it("is what a row without a message has to say", () => {
    expect(pairsOf(EVENT)).toEqual([
      ["event", "paid"],
      ["total", "12"],
    ]);
    expect(pairsOf(EVENT, ["event"])).toEqual([["total", "12"]]);
  });

  it("is bounded", () => {
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, "x".repeat(9_999)]));
    expect(pairsOf(wide)).toHaveLength(40);
    expect(pairsOf(wide)[0]?.[1]).toHaveLength(200);
  });
});

describe("toMarkdown", () => {
  it("has the message between fences that it cannot end, and the fields in a table", () => {
    chooseZone("utc");
    const lines = toMarkdown({ _msg: "a ```` b\u001b[0m", app: "x|y\nz" }).split("\n");
    expect(lines).toEqual(["`````", "a ```` b", "`````", "", "| Field | Value |", "|---|---|", "| app | x\\|y z |"]);
  });
});

describe("rowText", () => {
  it("shows no escape sequences", () => {
    expect(rowText({ _msg: "\u001b[31mred\u001b[0m" })).toBe("red");
  });

  it("is a line with the date, whatever the screen shows", () => {
    chooseZone("utc");
    expect(rowText({ ...EVENT, _msg: "done\nand more" }, ["event"])).toBe(
      "2026-11-21 09:00:00.500  INFO  shop  paid  done\nand more",
    );
    expect(rowText({ ...EVENT, event: "two words" })).toBe(
      '2026-11-21 09:00:00.500  INFO  shop  event="two words" total=12',
    );
  });
});
