import { sendJson } from "./http";
import type { components } from "./schema";
import type { RuleDraft } from "./types";

type Schemas = components["schemas"];

/** What a rule would have done on past records. */
export type RuleTrial = Schemas["TrialAnswer"];
/** The values of a group, as pairs of time and value. */
export type TrialCurve = Schemas["Curve"];
export type TrialFiring = Schemas["Firing"];
/** Alerts in a week at a threshold. */
export type TrialRate = Schemas["PerWeek"];

/** A rule on past records. */
export interface TrialQuestion {
  rule: RuleDraft;
  start: string;
  end: string;
  /** How often the proposed rule may fire in a week. */
  maxPerWeek: number;
}

export const tryRule = (question: TrialQuestion, signal?: AbortSignal) =>
  sendJson<RuleTrial>("POST", "alerts/rules/test", question, signal);
