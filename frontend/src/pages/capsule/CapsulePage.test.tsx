import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { draw, json, serve } from "../../testing/server";
import CapsulePage from "./CapsulePage";
import CapsuleSheet from "./CapsuleSheet";

const DATA = {
  format: 1,
  title: "Down <img src=x onerror=alert(1)>",
  notes: "javascript:alert(1)",
  query: "app:=shop",
  start: "2026-03-01T09:00:00Z",
  end: "2026-03-01T10:00:00Z",
  made: "2026-03-01T10:05:00Z",
  redacted: { email: 2 },
  stepMillis: 60_000,
  histogram: [{ time: "2026-03-01T09:10:00Z", records: 4 }],
  patterns: [{ template: "order <N> <b>x</b>", records: 4 }],
  alerts: [{ time: "2026-03-01T09:20:00Z", name: "Slow", labels: "", from: "OK", to: "FIRING", reason: "8 > 5" }],
  records: [{ _time: "2026-03-01T09:10:00Z", _msg: "<script>alert(1)</script>", level: "ERROR", host: "<i>a</i>" }],
  cut: true,
};

function choose(html: string) {
  draw(<CapsulePage />);
  // The test's DOM cannot read files.
  const file = Object.assign(new File([html], "a.html"), { text: () => Promise.resolve(html) });
  fireEvent.change(screen.getByLabelText("File of a capsule"), { target: { files: [file] } });
}

describe("CapsulePage", () => {
  it("shows a file as text and asks nobody", async () => {
    const calls = serve({});
    const data = JSON.stringify(DATA).replaceAll("<", String.raw`\u003c`);
    choose(`<html><script type="application/json" id="logcaster-capsule">${data}</script></html>`);
    expect(await screen.findByRole("heading", { name: DATA.title })).toBeTruthy();
    expect(screen.getByText("<script>alert(1)</script>")).toBeTruthy();
    expect(screen.getByText("host=<i>a</i>")).toBeTruthy();
    expect(screen.getByText("Long values or further records are left out.")).toBeTruthy();
    expect(document.querySelectorAll("img, script, b")).toHaveLength(0);
    // The one link leads to the console's own Explore.
    const links = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(links).toHaveLength(1);
    expect(links[0]).toMatch(/^#\/explore\?q=app/);
    expect(calls).toEqual([]);
  });

  it("says why it refuses a file", async () => {
    serve({});
    choose("<html><script>alert(1)</script></html>");
    expect((await screen.findByRole("alert")).textContent).toContain("The file is no capsule");
  });
});

describe("CapsuleSheet", () => {
  afterEach(() => vi.restoreAllMocks());

  it("sends the notes, the chosen rows and what to hide, and saves the answer", async () => {
    const bodies: unknown[] = [];
    serve({
      capsules: (_, init) => {
        bodies.push(JSON.parse(init?.body as string));
        return new Response("<html></html>");
      },
    });
    const saved: string[] = [];
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:a", revokeObjectURL: () => undefined }));
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    const closed = vi.fn();
    draw(
      <CapsuleSheet
        asked={{ query: "app:=shop", start: 0, end: 1000 }}
        rows={[{ _msg: "order 1" }]}
        onClose={closed}
      />,
    );
    const hidden = { hidden: true };
    fireEvent.change(screen.getByRole("textbox", { name: "What happened", ...hidden }), { target: { value: "Down" } });
    fireEvent.click(screen.getByRole("checkbox", { name: "IP addresses", ...hidden }));
    fireEvent.click(screen.getByRole("button", { name: "Save the file", ...hidden }));
    await waitFor(() => expect(closed).toHaveBeenCalled());
    expect(saved).toEqual(["down.html"]);
    expect(bodies).toEqual([
      {
        title: "Down",
        notes: "",
        query: "app:=shop",
        start: "1970-01-01T00:00:00.000Z",
        end: "1970-01-01T00:00:01.000Z",
        redact: ["card", "email", "bearer", "url_password", "cloud_key"],
        language: "en",
        records: [{ _msg: "order 1" }],
      },
    ]);
  });

  it("shows why none was made", async () => {
    serve({ capsules: () => json({ detail: "Property 'query' is required." }, 400) });
    draw(<CapsuleSheet asked={{ query: "" }} onClose={() => undefined} />);
    fireEvent.click(screen.getByRole("button", { name: "Save the file", hidden: true }));
    expect(await screen.findByText("Property 'query' is required.")).toBeTruthy();
  });
});
