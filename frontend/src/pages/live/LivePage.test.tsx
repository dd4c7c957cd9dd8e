import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, eventStream, json, serve } from "../../testing/server";
import LivePage from "./LivePage";

const record = (message: string, level = "INFO") => ({ _time: "2026-11-21T09:00:00Z", _msg: message, level });

function open(hash = "#/live?q=*") {
  window.history.replaceState(null, "", hash);
  const tail = eventStream();
  const calls = serve({ tail: tail.answer });
  draw(<LivePage />);
  const send = (event: string, data: unknown) => act(async () => Promise.resolve(tail.send(event, data)));
  return {
    calls,
    send,
    asked: () => calls.filter(({ pathname }) => pathname.endsWith("/tail")).map((url) => url.searchParams.get("query")),
  };
}

describe("LivePage", () => {
  it("shows records as they arrive, and marks gaps", async () => {
    const { send } = open();
    await send("records", [record("one"), record("two", "ERROR")]);
    await send("gap", { dropped: 1234 });
    expect(await screen.findByText("two")).toBeTruthy();
    expect(await screen.findByText(/1,234 records were dropped/)).toBeTruthy();
  });

  it("does not move while paused and counts new records", async () => {
    const { send } = open();
    await send("records", [record("one")]);
    await screen.findByText("one");
    fireEvent.click(screen.getByRole("button", { name: "Pause" }));
    await send("records", [record("two"), record("three")]);
    const waiting = await screen.findByRole("button", { name: "Paused · 2 new" });
    expect(screen.queryByText("two")).toBeNull();
    fireEvent.click(waiting);
    expect(await screen.findByText("three")).toBeTruthy();
  });

  it("renders only the visible rows, however many there are", async () => {
    const { send } = open();
    await send(
      "records",
      Array.from({ length: 5_000 }, (_, index) => record(`row ${index}`)),
    );
    await screen.findByText("row 4999");
    expect(document.querySelectorAll(".tail-row").length).toBeLessThan(80);
  });

  it("leaves out the server's own records until somebody asks for them", async () => {
    const { asked, send } = open("#/live");
    await waitFor(() => expect(asked()).toEqual(['-app:in("logcaster", "host-metrics", "logcaster-canary")']));
    fireEvent.click(screen.getByRole("button", { name: "Show LogCaster’s own records as well" }));
    await waitFor(() => expect(asked()[1]).toBe("*"));
    await send("records", [record("cpu 12 %")]);
    await screen.findByText("cpu 12 %");
  });

  it("reconnects with another level, and starts over", async () => {
    const { send, asked } = open();
    await send("records", [record("one")]);
    await screen.findByText("one");
    fireEvent.change(screen.getByLabelText("Minimum level"), { target: { value: "WARN" } });
    await waitFor(() => expect(asked()).toEqual(["*", "level:>=WARN"]));
    await waitFor(() => expect(screen.queryByText("one")).toBeNull());
    expect(window.location.hash).toContain("level=WARN");
  });

  it("takes the minimum level from a number key, and pauses by the space bar", async () => {
    const { send, asked } = open();
    await send("records", [record("one")]);
    await screen.findByText("one");
    fireEvent.keyDown(document.body, { key: "5" });
    await waitFor(() => expect(asked()).toEqual(["*", "level:>=ERROR"]));
    fireEvent.keyDown(document.body, { key: "1" });
    await waitFor(() => expect(asked()).toEqual(["*", "level:>=ERROR", "*"]));
    fireEvent.keyDown(document.body, { key: " " });
    const resume = await screen.findByRole("button", { name: "Resume" });
    // There it presses the button, which the browser does by itself.
    fireEvent.keyDown(resume, { key: " " });
    expect(screen.getByRole("button", { name: "Resume" })).toBeTruthy();
    fireEvent.keyDown(document.body, { key: " " });
    await screen.findByRole("button", { name: "Pause" });
  });

  it("colours rows by rules, which the address keeps", async () => {
    const { send } = open();
    await send("records", [record("disk full"), record("fine")]);
    await screen.findByText("fine");
    fireEvent.click(screen.getByRole("button", { name: "Highlights" }));
    fireEvent.click(screen.getByRole("button", { name: "Add a rule" }));
    const input = await screen.findByRole("textbox", { name: "What rule 1 looks for" });
    fireEvent.change(input, { target: { value: "/(/" } });
    await screen.findByText(/This is no regular expression/);
    fireEvent.change(input, { target: { value: "disk" } });
    await waitFor(() => expect(document.querySelectorAll(".tail-row[data-mark]")).toHaveLength(1));
    expect(window.location.hash).toContain("hl=0%3Adisk");
    fireEvent.click(screen.getByRole("button", { name: "Remove rule 1" }));
    await waitFor(() => expect(document.querySelectorAll(".tail-row[data-mark]")).toHaveLength(0));
  });

  it("shows what is taken out, by whom, and where that is set", async () => {
    const { send, calls } = open();
    fireEvent.change(screen.getByLabelText("Records shown"), { target: { value: "also" } });
    await waitFor(() => expect(calls.some((url) => url.searchParams.get("taken") === "also")).toBe(true));
    await send("records", [{ ...record("gone"), _taken_by: "no health", _taken_why: "drop" }]);
    await screen.findByText("not stored: no health (drop)");
    fireEvent.click(screen.getByText("gone"));
    expect(screen.getByRole("link", { name: "Show where that is set" }).getAttribute("href")).toBe("#/transforms");
  });

  it("leads from a cell of the map to its records", async () => {
    const { send } = open();
    await send("records", [record("one")]);
    await screen.findByText("one");
    const map = screen.getByRole("link", { name: /Records by level/ });
    fireEvent.keyDown(map, { key: "ArrowLeft" });
    fireEvent.keyDown(map, { key: "ArrowUp" });
    await waitFor(() => expect(map.getAttribute("href")).toMatch(/level%3A%3DFATAL/));
    expect(map.getAttribute("href")).toMatch(/#\/explore/);
  });

  it("opens a record and pauses meanwhile", async () => {
    const { send } = open();
    await send("records", [record("one")]);
    fireEvent.click(await screen.findByText("one"));
    expect(screen.getByRole("complementary", { name: "Record" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Resume" })).toBeTruthy();
  });

  it("shows an error in the query and does not retry", async () => {
    const calls = serve({
      tail: () => json({ detail: "unexpected )", code: "query_syntax", line: 1, column: 3 }, 400),
    });
    window.history.replaceState(null, "", "#/live?q=*");
    draw(<LivePage />);
    expect((await screen.findByRole("alert")).textContent).toBe("column 3: unexpected )");
    expect(calls.filter(({ pathname }) => pathname.endsWith("/tail"))).toHaveLength(1);
  });
});
