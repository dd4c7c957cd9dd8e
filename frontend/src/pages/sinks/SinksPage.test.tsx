import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import SinksPage from "./SinksPage";

const SINK = {
  id: "s1",
  name: "siem",
  type: "http",
  enabled: true,
  filter: "level:>=ERROR",
  from: "now",
  batchSize: 1000,
  linger: "1s",
  queue: { maxBytes: "256MB", whenFull: "block" },
  options: { url: "https://siem.test", token: "********" },
  state: "failing",
  queued: 1200,
  queuedBytes: 2048,
  sent: 34567,
  retried: 12,
  dropped: { queue_full: 5 },
  deadLetters: 1,
  lagSeconds: 95,
  lastError: "Connection refused",
};
const option = { required: false, secret: false, address: false, help: "help" };
const TYPES = [
  { type: "file", batchSize: 1000, linger: "1s", options: [{ ...option, name: "path", type: "TEXT", required: true }] },
  { type: "http", batchSize: 500, linger: "1s", options: [{ ...option, name: "url", type: "URL", required: true }] },
];

function open(answer = "Connection refused by siem.test") {
  const sent: { path: string; body: unknown }[] = [];
  const take = (url: URL, init?: RequestInit) => {
    if (init?.method)
      sent.push({ path: url.pathname.slice(8), body: init.body ? JSON.parse(init.body as string) : undefined });
    return init?.method === "POST" && url.pathname.endsWith("/test")
      ? json({ detail: answer }, 502)
      : json(init?.method ? SINK : [SINK]);
  };
  serve({
    sinks: take,
    "sinks/types": () => json(TYPES),
    "sinks/s1/pause": take,
    "sinks/s1/test": take,
    "sinks/s1/replay": take,
    "sinks/s1/dead-letters": () =>
      json([{ id: 7, time: "2026-11-21T09:00:00Z", reason: "400 too long", records: 3, sample: [{ _msg: "long" }] }]),
    "sinks/s1/dead-letters/7/resend": take,
  });
  draw(<SinksPage />);
  return sent;
}

describe("SinksPage", () => {
  it("shows what a sink does, and why it does not", async () => {
    open();
    const sink = await screen.findByRole("listitem", { name: "siem" });
    expect(sink.textContent).toContain("failing");
    expect(sink.textContent).toContain("1,200 2 KB of 256MB");
    expect(sink.textContent).toContain("1m 35s");
    expect(sink.textContent).toContain("5 queue full");
    expect(within(sink).getByText("Connection refused")).toBeTruthy();
  });

  it("pauses, replays, and tests with the receiver's answer", async () => {
    const sent = open();
    fireEvent.click(await screen.findByRole("button", { name: "Pause" }));
    fireEvent.click(screen.getByRole("button", { name: "Replay…" }));
    fireEvent.change(screen.getByLabelText("Send again what is stored since"), { target: { value: "2h" } });
    fireEvent.click(screen.getByRole("button", { name: "Replay" }));
    await waitFor(() =>
      expect(sent).toEqual([
        { path: "sinks/s1/pause", body: undefined },
        { path: "sinks/s1/replay", body: { from: "2h" } },
      ]),
    );
    fireEvent.click(screen.getByRole("button", { name: "Test" }));
    expect(await screen.findByText("Connection refused by siem.test")).toBeTruthy();
  });

  it("says once what a test and the last attempt both say", async () => {
    open("Connection refused");
    fireEvent.click(await screen.findByRole("button", { name: "Test" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Connection refused");
    expect(screen.getAllByText("Connection refused")).toHaveLength(1);
  });

  it("sends dead letters again", async () => {
    const sent = open();
    fireEvent.click(await screen.findByRole("button", { name: "1 dead letter" }));
    expect(await screen.findByText("400 too long")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(sent[0]?.path).toBe("sinks/s1/dead-letters/7/resend"));
  });

  it("creates a sink with the options of its type", async () => {
    const sent = open();
    fireEvent.click(await screen.findByRole("button", { name: "New sink" }));
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(await screen.findByText("Required.")).toBeTruthy();
    fireEvent.change(screen.getByLabelText("Name", { exact: false }), { target: { value: "archive" } });
    fireEvent.change(screen.getByLabelText(/^Path/), { target: { value: "/var/log/all.jsonl" } });
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    await waitFor(() =>
      expect(sent[0]).toEqual({
        path: "sinks",
        body: {
          name: "archive",
          type: "file",
          enabled: true,
          filter: "",
          from: "now",
          queue: {},
          options: { path: "/var/log/all.jsonl" },
        },
      }),
    );
  });
});
