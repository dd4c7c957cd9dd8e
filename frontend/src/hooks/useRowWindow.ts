import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import { RowHeights } from "../models/rowHeights";
import { useSize } from "./useSize";

/** Rows rendered beyond the visible ones, so that quick scrolling shows no blank area. */
const OVERSCAN = 16;

/** Browsers do not lay out boxes beyond some 17 million pixels; a longer list scrolls in larger steps. */
const HIGHEST_PX = 15_000_000;

export interface RowWindow {
  list: RefObject<HTMLDivElement | null>;
  /** The rows to render, with their distance from the beginning of the scrolled content. */
  items: { index: number; top: number }[];
  /** The height of the scrolled content. */
  height: number;
  /** The first and the last row in sight. */
  first: number;
  last: number;
  onScroll: () => void;
  /** Where rows differ in height: measures a rendered row, which names its `data-index`. */
  measure: (row: HTMLElement | null) => void;
  /** Scrolls as little as it takes to show a row, or until it is in the middle. */
  reveal: (index: number, where?: "near" | "middle") => void;
}

/**
 * The rendered part of a list of up to a million rows.
 *
 * @param layout what the heights of rows depend on: once it differs, rows are measured again
 */
export function useRowWindow(count: number, line: number, layout: string): RowWindow {
  const list = useRef<HTMLDivElement>(null);
  const { height: shown } = useSize(list);
  const [scrolled, setScrolled] = useState(0);
  const [, setMeasured] = useState(0);
  const [known, setKnown] = useState(() => ({ layout, heights: new RowHeights(line) }));
  if (known.layout !== layout) setKnown({ layout, heights: new RowHeights(line) });
  const { heights } = known;

  const total = heights.offsetOf(count);
  const height = Math.min(total, HIGHEST_PX);
  const scale = height < total ? (total - shown) / (height - shown) : 1;
  // A list that became shorter is scrolled further than its end until the browser says so.
  const top = Math.min(scrolled, Math.max(0, height - shown)) * scale;
  const first = heights.indexAt(top, count);
  const last = Math.min(count - 1, heights.indexAt(top + shown, count));
  const items = [];
  for (let index = Math.max(0, first - OVERSCAN); index <= Math.min(count - 1, last + OVERSCAN); index++)
    items.push({ index, top: heights.offsetOf(index) - top + top / scale });

  const observer = useRef<ResizeObserver>(undefined);
  const latest = useRef({ heights, first });
  useEffect(() => {
    latest.current = { heights, first };
  });
  useEffect(() => () => observer.current?.disconnect(), []);
  const measure = useCallback((row: HTMLElement | null) => {
    if (!row) return undefined;
    observer.current ??= new ResizeObserver((entries) => {
      const { heights: current, first: firstShown } = latest.current;
      let changed = 0;
      let above = 0;
      for (const { target } of entries) {
        const index = Number((target as HTMLElement).dataset.index);
        const size = (target as HTMLElement).offsetHeight;
        // A row that was taken away has no height.
        if (size === 0 || Number.isNaN(index)) continue;
        const change = current.set(index, size);
        if (change !== 0) changed++;
        if (index < firstShown) above += change;
      }
      if (changed === 0) return;
      // What is read stays in its place while rows above it turn out to be higher.
      if (above !== 0 && list.current) list.current.scrollTop += above;
      setMeasured((times) => times + 1);
    });
    const watching = observer.current;
    watching.observe(row);
    return () => watching.unobserve(row);
  }, []);

  function reveal(index: number, where: "near" | "middle" = "near") {
    const element = list.current;
    if (!element) return;
    const start = heights.offsetOf(index);
    const end = start + heights.heightOf(index);
    const now = element.scrollTop * scale;
    const spare = shown - (end - start);
    const wanted = where === "middle" ? start - spare / 2 : start < now ? start : end > now + shown ? end - shown : now;
    element.scrollTop = Math.max(0, wanted) / scale;
    setScrolled(element.scrollTop);
  }

  return {
    list,
    items,
    height,
    first,
    last,
    onScroll: () => setScrolled(list.current?.scrollTop ?? 0),
    measure,
    reveal,
  };
}
