import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../../testing/server";
import { MASK } from "../../../models/channels";
import ChannelsTab from "./ChannelsTab";

const KINDS = [
  {
    type: "webhook",
    options: [
      { name: "url", type: "URL", required: true, secret: false, address: true, help: "where to send the notices" },
      { name: "secret", type: "TEXT", required: false, secret: true, address: false, help: "key of the signature" },
    ],
  },
];
const CHANNEL = {
  id: "c1",
  name: "on-call",
  type: "webhook",
  options: { url: "https://hooks.example.org/a", secret: MASK },
  enabled: true,
  match: { team: "shop" },
};
const LETTER = {
  id: 7,
  channel: "c1",
  notice: "n",
  title: "Errors",
  attempts: 9,
  error: "answered 503",
  created: "2026-11-21T09:00:00Z",
};

function open(channels: unknown[] = [CHANNEL], test = json({ delivered: true })) {
  const sent: { call: string; body: unknown }[] = [];
  const note = (url: URL, init: RequestInit | undefined, answer: Response) => {
    if (init?.method)
      sent.push({
        call: `${init.method} ${url.pathname.replace("/api/v1/", "")}`,
        body: init.body ? JSON.parse(init.body as string) : undefined,
      });
    return answer;
  };
  serve({
    channels: (url, init) => note(url, init, json(channels)),
    "channels/c1": (url, init) => note(url, init, json(CHANNEL)),
    "channels/c1/test": (url, init) => note(url, init, test),
    "channels/kinds": () => json(KINDS),
    "channels/dead-letters": () => json([LETTER]),
    "channels/dead-letters/7/send": (url, init) => note(url, init, new Response(null, { status: 202 })),
    "alerts/routes": (url, init) => note(url, init, json({ routes: [], isDefault: true })),
    "alerts/maintenance": () => json([]),
  });
  draw(<ChannelsTab />);
  return sent;
}

describe("ChannelsTab", () => {
  it("teaches what to do without any channel", async () => {
    open([]);
    expect(await screen.findByText(/^No channels: alerts are only shown here/)).toBeTruthy();
    expect(await screen.findByText(/^No routes of your own/)).toBeTruthy();
  });

  it("sends a test and shows that it was delivered", async () => {
    const sent = open();
    fireEvent.click(await screen.findByRole("button", { name: "Send a test to on-call" }));
    expect(await screen.findByText("✓ The test was delivered.")).toBeTruthy();
    expect(sent).toEqual([{ call: "POST channels/c1/test", body: undefined }]);
  });

  it("shows why a test was not delivered", async () => {
    open([CHANNEL], json({ title: "Bad gateway", detail: "hooks.example.org answered 503." }, 502));
    fireEvent.click(await screen.findByRole("button", { name: "Send a test to on-call" }));
    expect((await screen.findByRole("alert")).textContent).toBe("hooks.example.org answered 503.");
  });

  it("keeps a masked secret, and asks for it again when the address changes", async () => {
    const sent = open();
    fireEvent.click(await screen.findByRole("button", { name: "Edit on-call" }));
    const sheet = within(await screen.findByRole("dialog"));
    fireEvent.change(sheet.getByLabelText(/^URL/), { target: { value: "https://other.example.org" } });
    fireEvent.click(sheet.getByRole("button", { name: "Save" }));
    expect(sheet.getByText("Enter this again: its receiver has changed.")).toBeTruthy();
    expect(sent).toEqual([]);
    fireEvent.change(sheet.getByLabelText(/^Secret/), { target: { value: "new" } });
    fireEvent.click(sheet.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(sent).toEqual([
        {
          call: "PUT channels/c1",
          body: {
            name: "on-call",
            type: "webhook",
            options: { url: "https://other.example.org", secret: "new" },
            enabled: true,
            match: { team: "shop" },
          },
        },
      ]),
    );
  });

  it("shows and changes which alerts a channel always takes", async () => {
    const sent = open();
    expect(await screen.findByText("always takes team=shop")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Edit on-call" }));
    const sheet = within(await screen.findByRole("dialog"));
    const labels = sheet.getByLabelText(/^Always takes/);
    expect((labels as HTMLTextAreaElement).value).toBe("team=shop");
    fireEvent.change(labels, { target: { value: "severity" } });
    fireEvent.click(sheet.getByRole("button", { name: "Save" }));
    expect(sheet.getByText(/^Each line is a label/)).toBeTruthy();
    expect(sent).toEqual([]);
    fireEvent.change(labels, { target: { value: "severity=critical" } });
    fireEvent.click(sheet.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({ match: { severity: "critical" } });
  });

  it("creates a route", async () => {
    const sent = open();
    await screen.findByText(/^No routes of your own/);
    fireEvent.click(screen.getByRole("button", { name: "New route" }));
    const sheet = within(await screen.findByRole("dialog"));
    fireEvent.change(sheet.getByLabelText("Name"), { target: { value: "critical" } });
    fireEvent.change(sheet.getByLabelText(/^Alerts that meet/), { target: { value: "severity=critical" } });
    fireEvent.click(sheet.getByLabelText("every channel that is on"));
    fireEvent.click(sheet.getByLabelText("on-call"));
    fireEvent.click(sheet.getByRole("button", { name: "Create" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      call: "PUT alerts/routes",
      body: { routes: [{ name: "critical", match: ["severity=critical"], channels: ["c1"], groupBy: ["rule"] }] },
    });
  });

  it("sends a dead letter again", async () => {
    const sent = open();
    fireEvent.click(await screen.findByRole("button", { name: "Send again" }));
    await waitFor(() => expect(sent).toEqual([{ call: "POST channels/dead-letters/7/send", body: undefined }]));
  });
});
