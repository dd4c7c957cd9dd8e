import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import InputsPage from "./InputsPage";

const INPUTS = {
  inputs: [
    {
      id: "tcp",
      protocol: "auto",
      address: "127.0.0.1:5140",
      state: "RUNNING",
      received: 12345,
      rejected: 0,
      bytes: 2048,
      errors: 0,
      connections: 1,
    },
  ],
  connections: [
    {
      id: "c-1",
      input: "tcp",
      peer: "10.0.0.7:40112",
      protocol: "syslog",
      records: 99,
      bytes: 1024,
      since: "2026-11-21T09:00:00Z",
      errors: 3,
    },
  ],
};
const FILTER = { minLevel: "INFO", includeCategories: ["A"], excludeCategories: [], drop: "app:=chatty" };

describe("InputsPage", () => {
  it("lists inputs and connections, which link to their host's records", async () => {
    serve({ inputs: () => json(INPUTS) });
    draw(<InputsPage />);
    expect(await screen.findByText("12,345")).toBeTruthy();
    const href = decodeURIComponent(screen.getByRole("link", { name: "10.0.0.7:40112" }).getAttribute("href") ?? "");
    expect(href).toContain('host:="10.0.0.7"');
  });

  it("changes the record filter", async () => {
    let put: unknown;
    serve({
      inputs: () => json(INPUTS),
      filter: (_, init) => {
        if (init?.method === "PUT") put = JSON.parse(init.body as string);
        return json(put ?? FILTER);
      },
    });
    draw(<InputsPage />);
    fireEvent.change(await screen.findByLabelText("Exclude categories"), { target: { value: "NOISE, , DEBUGGING" } });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(put).toEqual({ ...FILTER, excludeCategories: ["NOISE", "DEBUGGING"] }));
  });

  it("shows no filter where the server has none", async () => {
    serve({ inputs: () => json(INPUTS) });
    draw(<InputsPage />);
    await screen.findByText("12,345");
    await waitFor(() => expect(screen.queryByText("Record filter")).toBeNull());
  });
});
