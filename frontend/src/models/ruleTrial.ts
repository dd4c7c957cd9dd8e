import { t } from "../i18n";
import type { RuleTrial, TrialCurve, TrialFiring, TrialRate } from "../api/ruleTrial";
import { formatLabels } from "./alerts";
import { formatDecimal, formatInteger } from "./format";

const WEEK_MS = 7 * 86_400_000;

/** Alerts in a week at the rule's own threshold. */
export function ownRate({ start, end, totalFirings }: RuleTrial): number {
  return (totalFirings * WEEK_MS) / Math.max(1, Date.parse(end) - Date.parse(start));
}

/** Alerts in a week at a threshold between those that were tried; beyond them, that of the nearest. */
export function rateAt(rates: readonly TrialRate[], threshold: number): number | undefined {
  const above = rates.findIndex((rate) => rate.threshold >= threshold);
  const next = above < 0 ? rates[rates.length - 1] : rates[above];
  const previous = above > 0 ? rates[above - 1] : undefined;
  if (!next) return undefined;
  if (!previous || next.threshold <= previous.threshold) return next.firings;
  const share = (threshold - previous.threshold) / (next.threshold - previous.threshold);
  return previous.firings + share * (next.firings - previous.firings);
}

/** A number of alerts in a week: whole from ten on, so that it does not flicker while a threshold moves. */
export function formatPerWeek(rate: number): string {
  if (rate >= 10) return formatInteger(Math.round(rate));
  return rate > 0 && rate < 0.1 ? "<0.1" : formatDecimal(rate, 1);
}

/** A value rounded to a step that is small for its axis, so that dragging gives round numbers. */
export function snap(value: number, span: number): number {
  const step = snapStep(span);
  // Rounded again, because 3 * 0.1 is not 0.3.
  return Number((Math.round(value / step) * step).toPrecision(12));
}

/** About a two-hundredth of an axis: 1, 2 or 5 times a power of ten. */
export function snapStep(span: number): number {
  const rough = Math.max(Math.abs(span), 1e-9) / 200;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
}

export interface AlignedCurves {
  times: number[];
  series: { name: string; values: (number | null)[] }[];
}

/** Curves on one time axis; groups without a value at a time have a gap there. */
export function alignCurves(curves: readonly TrialCurve[], most: number): AlignedCurves {
  const shown = curves.slice(0, most).map(({ labels, points }) => ({
    name: formatLabels(labels) || t("all records"),
    values: new Map(points.map(([time, value]) => [timeOfPoint(time), finite(value)])),
  }));
  const times = [...new Set(shown.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  return {
    times,
    series: shown.map(({ name, values }) => ({ name, values: times.map((time) => values.get(time) ?? null) })),
  };
}

function timeOfPoint(time: unknown): number {
  if (typeof time === "number") return time < 1e11 ? time * 1000 : time;
  return typeof time === "string" ? Date.parse(time) : Number.NaN;
}

function finite(value: unknown): number | null {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export interface GroupFirings {
  name: string;
  count: number;
  /** Together, in milliseconds. */
  lasted: number;
  last: TrialFiring;
}

/** Firings by group, those that fired most often first. */
export function firingsByGroup(trial: RuleTrial): GroupFirings[] {
  const groups = new Map<string, GroupFirings>();
  const end = Date.parse(trial.end);
  for (const firing of trial.firings) {
    const name = formatLabels(firing.labels) || t("all records");
    const lasted = (firing.to ? Date.parse(firing.to) : end) - Date.parse(firing.from);
    const known = groups.get(name);
    groups.set(name, {
      name,
      count: (known?.count ?? 0) + 1,
      lasted: (known?.lasted ?? 0) + lasted,
      last: firing,
    });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || b.lasted - a.lasted);
}
