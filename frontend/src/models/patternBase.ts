import { t } from "../i18n";
import type { Mark } from "../api/templates";
import { formatDateTime, formatDecimal, formatInteger, formatSpan } from "./format";
import type { FixedRange } from "./timeRange";

/** Two ranges to compare: the one that is looked at, and the one it is compared with. */
export interface BaseChoice {
  id: string;
  label: string;
  range: FixedRange;
  base: FixedRange;
}

const DAY_MS = 86_400_000;
const MARKS_OFFERED = 10;

/** The closed range of a question; an open range has nothing before it to compare with. */
export function rangeOf({ start, end }: { start?: number; end?: number }): FixedRange | undefined {
  return start !== undefined && end !== undefined && end > start ? { start, end } : undefined;
}

/** What the records of a range can be compared with. A mark inside the range divides it into before and after. */
export function baseChoices(range: FixedRange, marks: readonly Mark[]): BaseChoice[] {
  const length = range.end - range.start;
  const earlier = (ms: number): FixedRange => ({ start: range.start - ms, end: range.end - ms });
  const choices: BaseChoice[] = [
    { id: "before", label: t("the {span} before", { span: formatSpan(length) }), range, base: earlier(length) },
    { id: "yesterday", label: t("the same time yesterday"), range, base: earlier(DAY_MS) },
    { id: "week", label: t("the same time last week"), range, base: earlier(7 * DAY_MS) },
  ].filter(({ id }) => id === "before" || length <= (id === "week" ? 7 * DAY_MS : DAY_MS));
  const inside = marks
    .map((mark) => ({ mark, time: Date.parse(mark.time) }))
    .filter(({ time }) => time > range.start && time < range.end)
    .sort((a, b) => b.time - a.time)
    .slice(0, MARKS_OFFERED);
  for (const { mark, time } of inside) {
    choices.push({
      id: `mark:${mark.id}`,
      label: t("before {text} ({time})", { text: mark.text, time: formatDateTime(time, false) }),
      range: { start: time, end: range.end },
      base: { start: range.start, end: time },
    });
  }
  return choices;
}

/** What a range can be explained against: first the rest of the range that it was zoomed in from. */
export function explainChoices(
  range: FixedRange,
  around: FixedRange | undefined,
  marks: readonly Mark[],
): BaseChoice[] {
  const others = baseChoices(range, marks);
  if (!around) return others;
  const label = t("the rest of the {span} around it", { span: formatSpan(around.end - around.start) });
  return [{ id: "around", label, range, base: around }, ...others];
}

/** How a template's share changed: "×3.2", "÷4". */
export function formatRatio(ratio: number): string {
  const factor = ratio >= 1 ? ratio : 1 / ratio;
  const text = factor < 10 ? formatDecimal(factor, 1) : formatInteger(Math.round(factor));
  return `${ratio >= 1 ? "×" : "÷"}${text}`;
}
