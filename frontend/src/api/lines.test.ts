import { describe, expect, it } from "vitest";
import { LineSplitter, readNdjson } from "./lines";

function bodyOf(bytes: Uint8Array, sizes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += sizes)));
    },
  });
}

describe("LineSplitter", () => {
  it("finds the same lines wherever the text is cut", () => {
    const text = "one\r\ntwo\nthree\r\r\nlast";
    for (let cut = 0; cut <= text.length; cut++) {
      const splitter = new LineSplitter();
      const lines = [...splitter.push(text.slice(0, cut)), ...splitter.push(text.slice(cut))];
      expect(lines, `cut at ${cut}`).toEqual(["one", "two", "three", ""]);
      expect(splitter.end()).toBe("last");
    }
  });
});

describe("readNdjson", () => {
  it("reads objects from any chunks of bytes, also where a character is cut", async () => {
    const rows = [{ _msg: "grüße ☃ 𝄞" }, { _msg: "two" }, { _msg: "three" }];
    const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join("\n\n"));
    for (const size of [1, 2, 3, 7, 1000]) {
      const read: unknown[] = [];
      for await (const batch of readNdjson(bodyOf(bytes, size))) read.push(...batch);
      expect(read, `pieces of ${size}`).toEqual(rows);
    }
  });

  it("cancels the body when the reader leaves early", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('{"a":1}\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const batch of readNdjson(body)) {
      expect(batch).toEqual([{ a: 1 }]);
      break;
    }
    expect(cancelled).toBe(true);
  });
});
