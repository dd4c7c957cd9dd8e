import { describe, expect, it } from "vitest";
import type { Alert } from "../api/types";
import { byUrgency } from "./alertOrder";

function alert(name: string, change: Partial<Alert>): Alert {
  const base = { rule: name, name, labels: {}, value: 1, reason: "", silenced: false } as Partial<Alert>;
  return { ...base, state: "FIRING", severity: "warning", since: "2026-11-21T10:00:00Z", ...change } as Alert;
}

describe("byUrgency", () => {
  it("puts the most serious first among those that need somebody, then the latest", () => {
    const alerts = [
      alert("later warning", { since: "2026-11-21T11:00:00Z" }),
      alert("pending", { state: "PENDING", severity: "critical" }),
      alert("silenced", { severity: "critical", silenced: true }),
      alert("critical", { severity: "critical", since: "2026-11-21T09:00:00Z" }),
      alert("error", { severity: "error" }),
      alert("warning", {}),
    ];
    expect(alerts.sort(byUrgency).map(({ name }) => name)).toEqual([
      "critical",
      "error",
      "later warning",
      "warning",
      "pending",
      "silenced",
    ]);
  });
});
