import { act, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { eventStream, serve } from "../testing/server";
import { metricsStore } from "../hooks/metricsStore";
import { ConnectionBanner } from "./ConnectionBanner";

describe("ConnectionBanner", () => {
  it("shows a lost connection until it is restored", async () => {
    let up = false;
    const stream = eventStream();
    serve({
      "metrics/stream": (url, init) => (up ? stream.answer(url, init) : Promise.reject(new TypeError("refused"))),
    });
    const stop = metricsStore.start();
    render(<ConnectionBanner />);
    const banner = await screen.findByRole("alert");
    expect(banner.textContent).toContain("Connection lost. The server cannot be reached. Retrying");
    up = true;
    act(() => screen.getByRole("button", { name: "Retry now" }).click());
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    stop();
  });
});
