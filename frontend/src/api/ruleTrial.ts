import { sendJson } from "./http";
import type { RuleDraft } from "./types";

/** What a rule would have done on past records. */
export interface RuleTrial {
  start: string;
  end: string;
  /** The time between two evaluations. */
  step: string;
  /** How many groups there are; `series` has those that matter most. */
  groups: number;
  series: TrialCurve[];
  firings: TrialFiring[];
  totalFirings: number;
  /** Alerts in a week by threshold, in ascending order; empty for kinds without thresholds. */
  perWeek: TrialRate[];
  proposal?: TrialProposal;
}

export interface TrialCurve {
  labels: Record<string, string>;
  /** Pairs of time and value. */
  points: (string | number | null)[][];
}

export interface TrialFiring {
  labels: Record<string, string>;
  from: string;
  /** Absent while it still fires at the end. */
  to?: string;
  value: number | null;
  severity: string;
  reason: string;
}

export interface TrialRate {
  threshold: number;
  firings: number;
}

export interface TrialProposal {
  threshold: number;
  for: string;
  recoverThreshold?: number;
  perWeek: number;
}

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
