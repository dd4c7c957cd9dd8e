import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cancelDeletion, getDeletions } from "../../api/admin";
import type { Deletion } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { useChange } from "../../hooks/useChange";
import { formatDateTime, formatInteger, timeOf } from "../../models/format";
import { exploreHref } from "../../models/route";
import { DeleteForm } from "./DeleteForm";
import { ListPanel } from "./ListPanel";

/** How often active deletions are polled. */
const WATCH_MS = 1_000;

const isActive = ({ state }: Deletion) => state === "waiting" || state === "running";

/** Deletions by query: finished, running and waiting. */
export function DeletionsPanel() {
  const [open, setOpen] = useState(false);
  const list = useQuery({
    queryKey: ["deletions"],
    queryFn: ({ signal }) => getDeletions(signal),
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? WATCH_MS : false),
  });
  return (
    <ListPanel
      title="Deletions"
      note="by query; deleted records are removed from disk for good"
      list={list}
      heads={["State", "Query", "Time range", "Requested", "Progress", "Deleted#", ""]}
      row={(deletion) => <DeletionRow key={deletion.id} deletion={deletion} />}
      empty="No deletions."
      aside={
        <button type="button" className="button" onClick={() => setOpen(true)}>
          Delete records…
        </button>
      }
    >
      {open && <DeleteForm onClose={() => setOpen(false)} />}
    </ListPanel>
  );
}

function DeletionRow({ deletion }: { deletion: Deletion }) {
  const cancel = useChange(cancelDeletion, ["deletions"]);
  const { query, state, segmentsDone, segmentsTotal } = deletion;
  return (
    <tr>
      <td className={state === "failed" ? "danger-text" : isActive(deletion) ? undefined : "muted"}>{state}</td>
      <td className="stacked-wide">
        <a className="mono admin-query" href={exploreHref(query, "all")} title="Show what matches now in Explore">
          {query}
        </a>
        {deletion.error && <div className="danger-text">{deletion.error}</div>}
        <ErrorText error={cancel.error} />
      </td>
      <td className="admin-when">{rangeText(deletion)}</td>
      <td className="admin-when">{formatDateTime(timeOf(deletion.created), false)}</td>
      <td>
        {isActive(deletion) ? (
          <progress
            aria-label={`Progress of deleting ${query}`}
            value={segmentsDone}
            max={Math.max(1, segmentsTotal)}
          />
        ) : (
          <span className="muted">{`${formatInteger(segmentsDone)} of ${formatInteger(segmentsTotal)} segments`}</span>
        )}
      </td>
      <td className="num">{formatInteger(deletion.deleted)}</td>
      <td className="admin-actions">
        {isActive(deletion) && (
          <button
            type="button"
            className="button"
            disabled={cancel.isPending}
            aria-label={`Cancel deletion of ${query}`}
            onClick={() => cancel.mutate(deletion.id)}
          >
            Cancel
          </button>
        )}
      </td>
    </tr>
  );
}

function rangeText({ start, end }: Deletion): string {
  if (!start && !end) return "all time";
  const from = start ? `from ${formatDateTime(timeOf(start), false)}` : "";
  const to = end ? `to ${formatDateTime(timeOf(end), false)}` : "";
  return `${from} ${to}`.trim();
}
