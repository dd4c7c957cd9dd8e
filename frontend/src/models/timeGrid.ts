/** The most points of a grid: more than a wide screen has pixels. */
const MOST_POINTS = 4_000;

/**
 * Evenly spaced times from the step that contains the start to the one that contains the end, so that a step without a
 * value is seen as such. The steps are aligned to `anchor`, a time that lies on one.
 */
export function gridOf(start: number, end: number, stepMs: number, anchor = 0): number[] {
  if (!(stepMs > 0) || !Number.isFinite(start) || !Number.isFinite(end) || end < start) return [];
  const first = anchor + Math.floor((start - anchor) / stepMs) * stepMs;
  const last = anchor + Math.floor((end - anchor) / stepMs) * stepMs;
  const count = Math.min(MOST_POINTS, Math.round((last - first) / stepMs) + 1);
  return Array.from({ length: count }, (_, index) => first + index * stepMs);
}

/** The least distance of ascending times; `undefined` for fewer than two. */
export function stepOf(times: readonly number[]): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < times.length; index++) {
    const distance = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (distance > 0) least = Math.min(least, distance);
  }
  return Number.isFinite(least) ? least : undefined;
}
