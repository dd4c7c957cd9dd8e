import type { Rect } from "./dashboards";

/** The grid of a dashboard: panels never overlap, and rise as far as they can. */

export const COLUMNS = 12;
const MOST_HEIGHT = 40;

interface Item extends Rect {
  id: string;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** In reading order. */
export function inOrder<T extends Item>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.y - b.y || a.x - b.x);
}

/** Lets every panel rise, from the top; `first` says who goes before others in the same row. */
function settle<T extends Item>(items: readonly T[], first: (item: T) => number): T[] {
  const placed: T[] = [];
  for (const item of [...items].sort((a, b) => a.y + first(a) - (b.y + first(b)) || a.x - b.x)) {
    const free = (y: number) => placed.every((other) => !overlap({ ...item, y }, other));
    let { y } = item;
    while (!free(y)) y++;
    while (y > 0 && free(y - 1)) y--;
    placed.push({ ...item, y });
  }
  return inOrder(placed);
}

/** The panels without overlaps and gaps. */
export function tidy<T extends Item>(items: readonly T[]): T[] {
  return settle(items.map(fitted), () => 0);
}

function fitted<T extends Item>(item: T): T {
  const width = Math.min(COLUMNS, Math.max(1, item.width));
  return {
    ...item,
    width,
    height: Math.min(MOST_HEIGHT, Math.max(1, item.height)),
    x: Math.min(COLUMNS - width, Math.max(0, item.x)),
    y: Math.max(0, item.y),
  };
}

/** The panels after one has got another place or size; others make room. */
export function place<T extends Item>(items: readonly T[], id: string, rect: Partial<Rect>): T[] {
  const old = items.find((item) => item.id === id);
  if (!old) return [...items];
  const next = fitted({ ...old, ...rect });
  // Among panels of one row, one that comes from above goes behind the others, and else before them.
  const bias = next.y > old.y ? 0.5 : -0.5;
  return settle(
    items.map((item) => (item.id === id ? next : item)),
    (item) => (item.id === id ? bias : 0),
  );
}

/** Moves a panel in a direction by the least that changes something. */
export function nudge<T extends Item>(items: readonly T[], id: string, dx: number, dy: number): T[] {
  const old = items.find((item) => item.id === id);
  if (!old) return [...items];
  for (let step = 1; step <= MOST_HEIGHT; step++) {
    const next = place(items, id, { x: old.x + step * dx, y: old.y + step * dy });
    if (!sameLayout(items, next)) return next;
    if (dy === 0) break;
  }
  return [...items];
}

function sameLayout(a: readonly Item[], b: readonly Item[]): boolean {
  const places = new Map(b.map((item) => [item.id, item]));
  return a.every((item) => {
    const other = places.get(item.id);
    return (
      other && other.x === item.x && other.y === item.y && other.width === item.width && other.height === item.height
    );
  });
}

/** The row below all panels. */
export function bottom(items: readonly Rect[]): number {
  return Math.max(0, ...items.map(({ y, height }) => y + height));
}
