import type { RuleTrial } from "../../api/ruleTrial";
import type { ChartFrame } from "../../components/chart/chartOptions";
import { t } from "../../i18n";
import { formatLabels } from "../../models/alerts";
import { formatDateTime, formatSpan } from "../../models/format";

/** More bars could not be told apart. */
const MOST = 400;

/** When the rule would have fired, as bars along the bottom of its chart. */
export function PastFirings({ trial, frame }: { trial: RuleTrial; frame: ChartFrame }) {
  const length = frame.end - frame.start;
  return trial.firings.slice(0, MOST).map(({ labels, from, to, reason }, index) => {
    const start = Date.parse(from);
    const end = to ? Date.parse(to) : frame.end;
    const left = ((start - frame.start) / length) * frame.width;
    const width = ((end - start) / length) * frame.width;
    return (
      <i
        key={index}
        className="past-firing"
        title={t("{start} for {end}  {labels}  {reason}", {
          start: formatDateTime(start, false),
          end: formatSpan(end - start),
          labels: formatLabels(labels),
          reason,
        })}
        style={{ left: frame.left + left, width: Math.max(2, width), top: frame.top + frame.height - 5 }}
      />
    );
  });
}
