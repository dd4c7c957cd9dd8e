import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cancelDeletion, getDeletions } from "../../api/admin";
import { errorText, isAbsent } from "../../api/http";
import type { Deletion } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { formatDateTime, formatInteger, timeOf } from "../../models/format";
import { exploreHref } from "../../models/route";
import { DeleteForm } from "./DeleteForm";

/** How often a deletion that goes on is looked at. */
const WATCH_MS = 1_000;

const isActive = ({ state }: Deletion) => state === "waiting" || state === "running";

/** What was deleted by query and what is about to be. */
export function DeletionsPanel() {
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["deletions"],
    queryFn: ({ signal }) => getDeletions(signal),
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? WATCH_MS : false),
  });
  if (isAbsent(error)) return null;
  return (
    <Panel
      title="Deletions"
      note="of records by query, gone from disk for good"
      error={error}
      aside={
        <button type="button" className="button" onClick={() => setOpen(true)}>
          Delete records…
        </button>
      }
    >
      {data?.length === 0 && <p className="empty-row">Nothing was deleted by query.</p>}
      {data && data.length > 0 && (
        <Table className="stacked" heads={["State", "Records", "Within", "Asked for", "Gone through", "Deleted#", ""]}>
          {data.map((deletion) => (
            <DeletionRow key={deletion.id} deletion={deletion} />
          ))}
        </Table>
      )}
      {open && <DeleteForm onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function DeletionRow({ deletion }: { deletion: Deletion }) {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelDeletion(deletion.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["deletions"] }),
  });
  const { query, state, segmentsDone, segmentsTotal } = deletion;
  const problem = deletion.error ?? (cancel.error ? errorText(cancel.error) : undefined);
  return (
    <tr>
      <td className={state === "failed" ? "danger-text" : isActive(deletion) ? undefined : "muted"}>{state}</td>
      <td className="stacked-wide">
        <a className="mono admin-query" href={exploreHref(query, "all")} title="Look at what matches now, in Explore">
          {query}
        </a>
        {problem && <div className="danger-text">{problem}</div>}
      </td>
      <td className="admin-when">{rangeText(deletion)}</td>
      <td className="admin-when">{formatDateTime(timeOf(deletion.created), false)}</td>
      <td>
        {isActive(deletion) ? (
          <progress
            aria-label={`Segments gone through for ${query}`}
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
            aria-label={`Cancel the deletion of ${query}`}
            onClick={() => cancel.mutate()}
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
