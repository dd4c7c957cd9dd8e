import type { Asked } from "../../api/query";
import type { Rows } from "../../hooks/useRows";
import { formatInteger, formatSpan } from "../../models/format";
import { CostMenu } from "./CostMenu";

interface Props {
  asked: Asked;
  found: Rows;
  matched: number | undefined;
  /** Whether all matching rows can be scrolled to, and not only those that are loaded. */
  whole: boolean;
  /** The name of a row, in the singular. */
  noun: string;
}

/** The number of results, the elapsed time, and whether there are more. */
export function ResultStatus({ asked, found, matched, whole, noun }: Props) {
  const { rows, status, elapsedMs, stale } = found;
  if (status === "failed" || status === "idle") return null;
  if (stale)
    return (
      <span className="result-status muted" role="status">
        {status === "cancelled" ? "Cancelled. These are the earlier results" : "Searching…"}
      </span>
    );
  const more = matched !== undefined && matched > rows.length;
  const all = whole && more && status === "done";
  const of = more && !all ? ` of ${formatInteger(matched)}` : "";
  return (
    <span className="result-status muted" role="status">
      {formatInteger(all ? matched : rows.length)}
      {of} {noun}
      {rows.length === 1 && of === "" ? "" : "s"}
      {status === "running" && "…"}
      {status === "cancelled" && ", cancelled"}
      {status === "done" && " in "}
      {status === "done" && <CostMenu asked={asked} label={formatSpan(elapsedMs)} />}
    </span>
  );
}
