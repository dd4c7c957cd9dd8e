import { t } from "../../i18n";
import { useEffect, useState } from "react";
import type { Row } from "../../api/types";
import { formatDateTime, formatInteger, timeOf } from "../../models/format";

/** How long it stays after the list came to rest. */
const SHOWN_MS = 1_200;

interface Props {
  /** The first row in sight. */
  index: number;
  row: Row | undefined;
  count: number;
}

/** Where in the result one is, shown while the list moves. */
export function ScrollReadout({ index, row, count }: Props) {
  const [rested, setRested] = useState(index);
  useEffect(() => {
    const timer = setTimeout(() => setRested(index), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [index]);
  const time = timeOf(row?._time);
  return (
    <div
      className="scroll-readout"
      aria-hidden="true"
      data-shown={rested !== index ? "" : undefined}
      style={{ transform: `translateY(${(index / Math.max(1, count - 1)) * 90}cqh)` }}
    >
      {!Number.isNaN(time) && <b>{formatDateTime(time, false)}</b>}{" "}
      {t("{current} of {found}", { current: formatInteger(index + 1), found: formatInteger(count) })}
    </div>
  );
}
