import { useEffect, useMemo, useState } from "react";
import { parseDuration } from "../../models/format";
import { encodeRange, resolveRange, type Span, type TimeRange } from "../../models/timeRange";

/** A dashboard is not asked more often than this, whatever its file says. */
const LEAST_MS = 2_000;

/** The ends of a range, which all panels share; a refresh lets a relative range end now. */
export function useSpan(range: TimeRange, refresh: string | undefined): { span: Span; again: () => void } {
  const [now, setNow] = useState(() => Date.now());
  const key = encodeRange(range);
  const every = refresh === undefined ? undefined : parseDuration(refresh);
  useEffect(() => {
    if (every === undefined) return undefined;
    const timer = setInterval(
      () => {
        // Nobody looks at a hidden page.
        if (!document.hidden) setNow(Date.now());
      },
      Math.max(LEAST_MS, every),
    );
    return () => clearInterval(timer);
  }, [every]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the key is the range
  const span = useMemo(() => resolveRange(range, now), [key, now]);
  return { span, again: () => setNow(Date.now()) };
}
