import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Transform } from "../../api/transforms";
import { draw, json, serve } from "../../testing/server";
import TransformsPage from "./TransformsPage";

const LIST: Transform[] = [
  { name: "mask", action: "redact", filter: "app:=shop", options: { kinds: ["card"] } },
  { name: "thin out", action: "sample", options: { oneOf: 10 } },
];

const stage = (name: string, records: unknown[]) => ({
  name,
  in: 1,
  selected: 1,
  out: records.length,
  dropped: 1 - records.length,
  errors: 0,
  redacted: {},
  millis: 0.2,
  records,
});

function open(put: () => Response = () => json(LIST)) {
  const sent: { headers: Headers; body: unknown }[] = [];
  const previews: unknown[] = [];
  const listed = () =>
    new Response(JSON.stringify(LIST), { headers: { etag: '"4"', "content-type": "application/json" } });
  serve({
    transforms: (_, init) => {
      if (init?.method !== "PUT") return listed();
      sent.push({ headers: new Headers(init.headers), body: JSON.parse(init.body as string) });
      return put();
    },
    "transforms/counts": () => json([{ ...stage("mask", []), in: 1234, out: 1234, dropped: 0, seconds: 1 }]),
    "transforms/types": () => json([{ type: "upper_case" }]),
    "transforms/versions": () =>
      json([
        { version: 4, time: "2026-11-21T09:00:00Z", author: "anna", copyOf: null, current: true },
        { version: 3, time: "2026-11-20T09:00:00Z", author: "ben", copyOf: 1, current: false },
      ]),
    "transforms/rollback": (url) => {
      sent.push({ headers: new Headers(), body: url.search });
      return json(LIST);
    },
    "transforms/preview": (_, init) => {
      previews.push(JSON.parse(init?.body as string));
      return json({
        records: [{ _msg: "card 4242" }],
        stages: [stage("mask", [{ _msg: "card ****" }]), stage("thin out", [])],
      });
    },
  });
  draw(<TransformsPage />);
  return { sent, previews };
}

const names = () => screen.getAllByRole("listitem").map((item) => item.querySelector(".transform-name b")?.textContent);

describe("TransformsPage", () => {
  it("shows the transforms in order with their counts, and what the chosen one does to records", async () => {
    open();
    expect(await screen.findByText("1,234 in")).toBeTruthy();
    expect((await screen.findByText("card 4242")).tagName).toBe("DEL");
    expect(screen.getByText("card ****").tagName).toBe("INS");
    fireEvent.click(screen.getByRole("button", { name: /^thin out.*dropped/ }));
    expect(screen.getByText("No record is left.")).toBeTruthy();
  });

  it("moves a transform by the arrow keys, and applies the order with the version it was read at", async () => {
    const { sent } = open();
    const handle = await screen.findByRole("button", { name: /^Move mask, 1 of 2/ });
    fireEvent.keyDown(handle, { key: "ArrowDown" });
    expect(names().filter(Boolean)).toEqual(["thin out", "mask"]);
    fireEvent.click(screen.getByRole("button", { name: "Apply to incoming records" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.headers.get("if-match")).toBe('"4"');
    expect((sent[0]?.body as Transform[]).map(({ name }) => name)).toEqual(["thin out", "mask"]);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Discard" })).toBeNull());
  });

  it("says so when somebody else has changed the list, and keeps the draft", async () => {
    open(() => json({ detail: "changed" }, 412));
    fireEvent.change(await screen.findByLabelText("Add a transform"), { target: { value: "drop" } });
    expect(names().filter(Boolean)).toEqual(["mask", "drop", "thin out"]);
    fireEvent.click(screen.getByRole("button", { name: "Apply to incoming records" }));
    expect(await screen.findByText(/^Somebody else has changed/)).toBeTruthy();
    expect(names().filter(Boolean)).toEqual(["mask", "drop", "thin out"]);
  });

  it("offers the transforms of plug-ins", async () => {
    open();
    fireEvent.change(await screen.findByLabelText("Add a transform"), { target: { value: "plugin" } });
    expect((await screen.findByRole("option", { name: "upper_case" })).closest("select")).toBeTruthy();
  });

  it("rolls back to an earlier version", async () => {
    const { sent } = open();
    fireEvent.click(await screen.findByRole("button", { name: "Roll back to this" }));
    await waitFor(() => expect(sent.map(({ body }) => body)).toEqual(["?version=3"]));
  });
});
