import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useSize } from "../../hooks/useSize";

/** Rows rendered beyond the visible ones, so that quick scrolling shows no blank area. */
const OVERSCAN = 20;

/** Scrolling up by more than this is done by the user and not by rounding, in pixels. */
const SCROLL_SLACK = 4;

export interface FixedWindow {
  list: RefObject<HTMLDivElement | null>;
  first: number;
  last: number;
  onScroll: () => void;
  /** Scrolls as little as it takes for a row to be visible. */
  reveal: (index: number) => void;
}

interface Following {
  /** Whether the list stays scrolled to its end. */
  follow: boolean;
  onLeaveEnd: () => void;
  onReachEnd: () => void;
}

/**
 * The visible rows of a list whose rows all have the same height. Without measuring, a list with a
 * hundred thousand moving rows is cheap: nothing here depends on their number.
 */
export function useFixedWindow(
  count: number,
  rowHeight: number,
  { follow, onLeaveEnd, onReachEnd }: Following,
): FixedWindow {
  const list = useRef<HTMLDivElement>(null);
  const { height } = useSize(list);
  const [scrolled, setScrolled] = useState(0);
  const followedTop = useRef(0);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !follow) return;
    element.scrollTop = element.scrollHeight;
    followedTop.current = element.scrollTop;
  });

  function onScroll() {
    const element = list.current;
    if (!element) return;
    const { scrollTop, clientHeight, scrollHeight } = element;
    setScrolled(scrollTop);
    const atEnd = scrollTop + clientHeight >= scrollHeight - SCROLL_SLACK;
    // A list that grows in height scrolls up, but is still at its end.
    if (follow && !atEnd && scrollTop < followedTop.current - SCROLL_SLACK) onLeaveEnd();
    else if (!follow && atEnd && scrollTop > scrolled) onReachEnd();
  }

  function reveal(index: number) {
    const element = list.current;
    if (!element) return;
    const start = index * rowHeight;
    const least = start + rowHeight - element.clientHeight;
    element.scrollTop = Math.min(start, Math.max(least, element.scrollTop));
  }

  // While following, render the end to which the list will scroll; the scroll event would be a frame late.
  const top = follow ? Math.max(0, count * rowHeight - height) : scrolled;
  const first = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + OVERSCAN);
  return { list, first, last, onScroll, reveal };
}
