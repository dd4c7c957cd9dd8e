import { act, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { DetailFields } from "../components/record/DetailFields";
import { Shell } from "../components/Shell";
import { PLAIN } from "../models/installation";
import { draw, json, serve } from "../testing/server";
import { loadInstallation, setInstallation } from "./useInstallation";

const ACTIONS = { onFilter: () => undefined };

describe("useInstallation", () => {
  afterEach(() => act(() => setInstallation(PLAIN)));

  it("shows the name beside the product's, as text", async () => {
    serve({ console: () => json({ name: "<b>Staging</b>", color: "#b3261e", links: [] }) });
    draw(<Shell page="admin">x</Shell>);
    await act(loadInstallation);
    expect(screen.getByText("<b>Staging</b>")).toBeTruthy();
    expect(document.documentElement.style.getPropertyValue("--installation")).toBe("#b3261e");
  });

  it("links values of fields", async () => {
    const link = { field: "trace_id", url: "https://traces.test/{value}", title: "Trace" };
    serve({ console: () => json({ name: null, color: null, links: [link] }) });
    draw(<DetailFields row={{ _msg: "x", trace_id: "4bf9" }} actions={ACTIONS} columns={[]} />);
    await act(loadInstallation);
    expect(screen.getByRole("link", { name: /Trace/ }).getAttribute("href")).toBe("https://traces.test/4bf9");
  });

  it("leaves the console as it is where the server has no answer", async () => {
    serve({});
    draw(<Shell page="admin">x</Shell>);
    await act(loadInstallation);
    expect(screen.getByText("LogCaster")).toBeTruthy();
  });
});
