import type { Mark } from "../api/templates";

/** Marks so close to each other that one line stands for all of them. */
export interface MarkGroup {
  /** Between 0 and 1, from the start of the range to its end. */
  place: number;
  marks: Mark[];
}

/** The marks of a range as lines that are at least `apart` of its width away from each other. */
export function markGroups(marks: readonly Mark[], start: number, end: number, apart: number): MarkGroup[] {
  if (!(end > start)) return [];
  const groups: MarkGroup[] = [];
  const sorted = [...marks].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  for (const mark of sorted) {
    const place = (Date.parse(mark.time) - start) / (end - start);
    if (place < 0 || place > 1) continue;
    const last = groups[groups.length - 1];
    if (last && place - last.place < apart) last.marks.push(mark);
    else groups.push({ place, marks: [mark] });
  }
  return groups;
}

/** The latest mark that is not in the future. */
export function lastMark(marks: readonly Mark[], now: number): Mark | undefined {
  return marks
    .filter(({ time }) => Date.parse(time) <= now)
    .reduce<Mark | undefined>(
      (latest, mark) => (!latest || Date.parse(mark.time) >= Date.parse(latest.time) ? mark : latest),
      undefined,
    );
}
