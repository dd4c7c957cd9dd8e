import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, apiUrl, errorText, getJson, isAbsent, sendJson } from "./http";

afterEach(() => void vi.unstubAllGlobals());

function answer(status: number, body: string, type = "application/json") {
  const fetched = vi.fn<typeof fetch>(() =>
    Promise.resolve(new Response(status === 204 ? null : body, { status, headers: { "content-type": type } })),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

describe("apiUrl", () => {
  it("is relative to the page, encodes parameters and skips undefined ones", () => {
    expect(apiUrl("query", { query: 'a="b c"&', start: undefined, limit: 5, end: "" })).toBe(
      "api/v1/query?query=a%3D%22b+c%22%26&limit=5",
    );
    expect(apiUrl("inputs")).toBe("api/v1/inputs");
  });
});

describe("getJson", () => {
  it("throws problem details", async () => {
    answer(
      400,
      JSON.stringify({ title: "Bad Request", detail: "unexpected )", code: "query_syntax", line: 1, column: 7 }),
      "application/problem+json",
    );
    const error = await failure(getJson("query"));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, message: "unexpected )", problem: { code: "query_syntax", column: 7 } });
  });

  it("reports the status where the response is no problem document", async () => {
    answer(502, "<html>", "text/html");
    expect(errorText(await failure(getJson("query")))).toBe("The server answered 502.");
    answer(500, "{broken");
    expect(errorText(await failure(getJson("query")))).toBe("The server answered 500.");
  });

  it("distinguishes a missing path from a failure", async () => {
    answer(404, "{}");
    expect(isAbsent(await failure(getJson("patterns")))).toBe(true);
    answer(500, "{}");
    expect(isAbsent(await failure(getJson("patterns")))).toBe(false);
    expect(errorText(new TypeError("Failed to fetch"))).toBe("The server cannot be reached.");
  });
});

describe("sendJson", () => {
  it("sends JSON and returns nothing for an empty response", async () => {
    const fetched = answer(204, "");
    expect(await sendJson("PUT", "filter", { a: 1 })).toBeUndefined();
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({
      method: "PUT",
      body: '{"a":1}',
      headers: { "Content-Type": "application/json" },
    });
  });
});
