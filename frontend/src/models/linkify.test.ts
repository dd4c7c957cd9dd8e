import { describe, expect, it } from "vitest";
import { linkify } from "./linkify";

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

describe("linkify", () => {
  it("finds addresses, and leaves the punctuation around them", () => {
    expect(links("see https://a.example/x?y=1, (http://b.example/z) or https://c.example/w_(v).")).toEqual([
      "https://a.example/x?y=1",
      "http://b.example/z",
      "https://c.example/w_(v)",
    ]);
    expect(links('{"url":"https://a.example/x"}')).toEqual(["https://a.example/x"]);
  });

  it("keeps every character of the text", () => {
    for (const text of ["", "none", "https://a.example", "a https://b.example/) c", "https://", "javascript:alert(1)"])
      expect(
        linkify(text)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
  });

  it("never links to anything but a web page", () => {
    expect(links("javascript:alert(1) data:text/html,x file:///etc/passwd ftp://x.example")).toEqual([]);
  });
});
