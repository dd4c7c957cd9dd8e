import { formatBytes, formatInteger } from "./format";

export interface CostLine {
  name: string;
  value: string;
}

/** The measurements of `explain` as readable lines. The names' endings tell counts, bytes and milliseconds apart. */
export function costLines(run: Record<string, unknown>, prefix = ""): CostLine[] {
  return Object.entries(run).flatMap(([name, value]): CostLine[] => {
    const words = `${prefix}${wordsOf(name)}`;
    if (typeof value === "number") return [{ name: words, value: amount(name, value) }];
    if (typeof value === "string") return [{ name: words, value }];
    if (Array.isArray(value))
      return value.flatMap((one, index) => (isObject(one) ? costLines(rest(one), `${titleOf(one, index)}: `) : []));
    return isObject(value) ? costLines(value, `${words}: `) : [];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function titleOf(one: Record<string, unknown>, index: number): string {
  const name = one["name"] ?? one["stage"] ?? one["pipe"];
  return typeof name === "string" ? name : `${index + 1}`;
}

function rest(one: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(one).filter(([name]) => !["name", "stage", "pipe"].includes(name)));
}

/** "blocksRead" → "blocks read". */
function wordsOf(name: string): string {
  if (name === "millis") return "time";
  return name
    .replace(/([A-Z])/g, " $1")
    .toLowerCase()
    .trim();
}

function amount(name: string, value: number): string {
  if (/bytes/i.test(name)) return formatBytes(value);
  if (/millis|ms$/i.test(name)) return `${value < 10 ? value.toFixed(1) : formatInteger(value)} ms`;
  return formatInteger(value);
}
