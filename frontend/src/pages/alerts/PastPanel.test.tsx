import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { TrialQuestion } from "../../api/ruleTrial";
import type { RuleDraft } from "../../api/types";
import type { ChartFrame } from "../../components/chart/chartOptions";
import { draw, json, serve } from "../../testing/server";
import { NEW_RULE } from "../../models/rules";
import { PastPanel } from "./PastPanel";
import { ThresholdLine } from "./ThresholdLine";

// A chart needs a canvas, which jsdom lacks; the browser test has one.
vi.mock("../../components/chart/TimeChart", () => ({ default: () => null }));

const START = Date.parse("2026-11-01T00:00:00Z");
const at = (minute: number) => new Date(START + minute * 60_000).toISOString();

function open(draft: RuleDraft = NEW_RULE) {
  const asked: TrialQuestion[] = [];
  serve({
    "alerts/rules/test": (_, init) => {
      const question = JSON.parse(init?.body as string) as TrialQuestion;
      asked.push(question);
      const fires = question.rule.threshold === 10;
      return json({
        start: at(0),
        end: at(7 * 24 * 60),
        step: "1m",
        groups: 1,
        series: [
          {
            labels: { app: "web" },
            points: [
              [at(0), 4],
              [at(1), 40],
              [at(2), 3],
            ],
          },
        ],
        firings: fires
          ? [
              {
                labels: { app: "web" },
                from: at(1),
                to: at(2),
                value: 40,
                severity: "warning",
                reason: "40 > 10 over 1m",
              },
            ]
          : [],
        totalFirings: fires ? 1 : 0,
        perWeek: [
          { threshold: 5, firings: 3 },
          { threshold: 50, firings: 0 },
        ],
        proposal: { threshold: 45, for: "1m", recoverThreshold: 36, perWeek: 0 },
      });
    },
  });
  function Form() {
    const [rule, setRule] = useState(draft);
    return (
      <>
        <PastPanel draft={rule} onChange={(part) => setRule({ ...rule, ...part })} />
        <output>{JSON.stringify(rule)}</output>
      </>
    );
  }
  draw(<Form />);
  return asked;
}

const rule = () => JSON.parse(document.querySelector("output")?.textContent ?? "{}") as RuleDraft;

describe("PastPanel", () => {
  it("tries the draft, also without a name, and says when it would have fired", async () => {
    const asked = open();
    expect(await screen.findByText("It would have fired 1 time:")).toBeTruthy();
    expect(screen.getByText(/40 > 10 over 1m/)).toBeTruthy();
    expect(asked[0]).toMatchObject({ rule: { ...NEW_RULE, name: "Draft" }, maxPerWeek: 1 });
    const { start = "", end = "" } = asked[0] ?? {};
    expect(Date.parse(end) - Date.parse(start)).toBe(7 * 86_400_000);
  });

  it("applies the proposal by one click, and tries again", async () => {
    const asked = open();
    fireEvent.click(await screen.findByRole("button", { name: "Apply" }));
    expect(rule()).toMatchObject({ threshold: 45, for: "1m", recoverThreshold: 36 });
    expect(await screen.findByText("It would not have fired.")).toBeTruthy();
    expect(asked.at(-1)?.rule).toMatchObject({ threshold: 45, recoverThreshold: 36 });
  });

  it("asks for another range and for another number of alerts a week", async () => {
    const asked = open();
    fireEvent.click(await screen.findByRole("button", { name: "24h" }));
    fireEvent.change(await screen.findByRole("combobox"), { target: { value: "5" } });
    await waitFor(() => expect(asked.at(-1)?.maxPerWeek).toBe(5));
    const { start = "", end = "" } = asked.at(-1) ?? {};
    expect(Date.parse(end) - Date.parse(start)).toBe(86_400_000);
  });
});

describe("ThresholdLine", () => {
  const frame: ChartFrame = { left: 40, top: 10, width: 500, height: 100, start: 0, end: 1, low: 0, high: 200 };

  function line(value: number) {
    const moves: string[] = [];
    draw(
      <ThresholdLine
        frame={frame}
        value={value}
        comparison=">"
        meaning="3 alerts a week"
        onMove={(next) => moves.push(`move ${next}`)}
        onPut={(next) => moves.push(`put ${next}`)}
      />,
    );
    const slider = screen.getByRole("slider", { name: "Threshold" });
    slider.setPointerCapture = () => undefined;
    return { slider, moves };
  }

  it("stands at its value and says what it causes", () => {
    const { slider } = line(50);
    expect(slider.style.top).toBe("85px");
    expect(slider.getAttribute("aria-valuetext")).toBe("50: 3 alerts a week");
  });

  it("follows the pointer, and is put down where it is released", () => {
    const { slider, moves } = line(50);
    const pointer = (type: string, clientY: number) =>
      fireEvent(slider, new MouseEvent(type, { bubbles: true, cancelable: true, clientY }));
    pointer("pointermove", 60);
    pointer("pointerdown", 85);
    pointer("pointermove", 60);
    pointer("pointermove", -40);
    pointer("pointerup", 35);
    expect(moves).toEqual(["move 100", "move 200", "put 150"]);
  });

  it("moves with the arrow keys", () => {
    const { slider, moves } = line(50);
    for (const key of ["ArrowUp", "ArrowDown", "PageUp", "End", "a"]) fireEvent.keyDown(slider, { key });
    expect(moves).toEqual(["put 51", "put 49", "put 60", "put 200"]);
  });
});
