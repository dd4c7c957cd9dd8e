import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { draw, json, serve } from "../../testing/server";
import { QueryBox } from "./QueryBox";

const problem = { detail: "Expected a value", code: "query_syntax", line: 1, column: 7 };

const box = (value: string, failed?: typeof problem) => (
  <QueryBox label="Query" value={value} onChange={vi.fn()} onRun={vi.fn()} problem={failed} />
);

describe("QueryBox", () => {
  it("underlines an error before the query runs, without a message", async () => {
    serve({ explain: () => json(problem, 400) });
    draw(box("level:"));
    await waitFor(() => expect(document.querySelector(".cm-lintRange-error")).not.toBeNull());
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("keeps the cursor when the editor replaces the plain field", async () => {
    serve({ explain: () => json({ canonical: "" }) });
    // The editor is loaded once; this test needs it to be still loading.
    vi.resetModules();
    const { QueryBox: Fresh } = await import("./QueryBox");
    draw(<Fresh label="Query" value="level:=ERROR" onChange={vi.fn()} onRun={vi.fn()} />);
    const plain = screen.getByRole<HTMLInputElement>("textbox", { name: "Query" });
    plain.focus();
    plain.setSelectionRange(5, 5);
    await waitFor(() => expect(document.querySelector(".cm-content")).not.toBeNull());
    expect(plain.isConnected).toBe(false);
    expect(document.activeElement).toBe(document.querySelector(".cm-content"));
  });

  it("hides the error once the query is corrected", async () => {
    serve({ explain: () => json({ canonical: "level:x" }) });
    draw(box("level:x", problem));
    expect(screen.getByRole("alert").textContent).toContain("Expected a value");
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });
});
