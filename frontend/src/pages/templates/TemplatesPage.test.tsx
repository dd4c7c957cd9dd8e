import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import TemplatesPage from "./TemplatesPage";

const TEMPLATE = {
  id: "00000000000000ab",
  template: "Failed password for <*>",
  level: "WARN",
  firstSeen: "2026-11-21T09:00:00Z",
  lastSeen: "2026-11-21T10:00:00Z",
  firstHost: "web-1",
  firstApp: "sshd",
  count: 1234,
  example: "Failed password for root",
};
const MARK = { id: 3, text: "deploy 1.4.2", time: "2026-11-21T08:00:00Z" };

function open(templates: unknown[] = [TEMPLATE], marks: unknown[] = [MARK]) {
  const sent: unknown[] = [];
  const calls = serve({
    templates: () => json(templates),
    "templates/00000000000000ab": () => json({ ...TEMPLATE, days: { "2026-11-21": 1234 } }),
    marks: (_, init) => {
      if (init?.method) sent.push(JSON.parse(init.body as string));
      return json(marks);
    },
  });
  draw(<TemplatesPage />);
  return { calls, sent };
}

describe("TemplatesPage", () => {
  it("lists templates, and opens one with its example and its days", async () => {
    open();
    expect((await screen.findByRole("link", { name: "1,234" })).getAttribute("href")).toContain("#/explore?q=");
    fireEvent.click(screen.getByRole("button", { name: "Failed password for <*>" }));
    expect(screen.getByText("Failed password for root")).toBeTruthy();
    expect(await screen.findByText(/^Records by day/)).toBeTruthy();
  });

  it("selects what is new since a mark", async () => {
    const { calls } = open();
    await screen.findByRole("option", { name: /^deploy 1.4.2/ });
    fireEvent.change(screen.getByLabelText("New since"), { target: { value: "mark:3" } });
    await waitFor(() => expect(calls.some(({ searchParams }) => searchParams.get("since") === "mark:3")).toBe(true));
    expect(window.location.hash).toBe("#/templates?since=mark%3A3");
  });

  it("sets a mark", async () => {
    const { sent } = open();
    fireEvent.change(await screen.findByLabelText("What happened"), { target: { value: " deploy 1.5 " } });
    fireEvent.click(screen.getByRole("button", { name: "Set mark" }));
    await waitFor(() => expect(sent).toEqual([{ text: "deploy 1.5" }]));
  });

  it("teaches how templates and marks come to be", async () => {
    open([], []);
    expect(await screen.findByText(/^No templates yet/)).toBeTruthy();
    expect(await screen.findByText(/curl -X POST http/)).toBeTruthy();
  });
});
