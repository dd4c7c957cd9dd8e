import type { Asked } from "../../api/query";
import type { Rows } from "../../hooks/useRows";
import { plural, rich, t } from "../../i18n";
import { formatSpan } from "../../models/format";
import { CostMenu } from "./CostMenu";

interface Props {
  asked: Asked;
  found: Rows;
  matched: number | undefined;
  /** Whether all matching rows can be scrolled to, and not only those that are loaded. */
  whole: boolean;
  /** Whether the rows are computed results rather than records. */
  aggregated: boolean;
}

/** The number of results, the elapsed time, and whether there are more. */
export function ResultStatus({ asked, found, matched, whole, aggregated }: Props) {
  const { rows, status, elapsedMs, stale } = found;
  if (status === "failed" || status === "idle") return null;
  if (stale)
    return (
      <span className="result-status muted" role="status">
        {status === "cancelled" ? t("Cancelled. These are the earlier results") : t("Searching…")}
      </span>
    );
  const more = matched !== undefined && matched > rows.length;
  const all = whole && more && status === "done";
  const shown = all ? matched : rows.length;
  return (
    <span className="result-status muted" role="status">
      {more && !all
        ? t("{shown} of {all} records", { shown, all: matched })
        : aggregated
          ? plural(shown, "{n} row", "{n} rows")
          : plural(shown, "{n} record", "{n} records")}
      {status === "running" && "…"}
      {status === "cancelled" && `, ${t("cancelled [[query]]")}`}

      {status === "done" && " "}
      {status === "done" && rich("in {time}", { time: <CostMenu asked={asked} label={formatSpan(elapsedMs)} /> })}
    </span>
  );
}
