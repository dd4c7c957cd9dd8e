import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cancelDeletion, getDeletions } from "../../api/admin";
import type { Deletion } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import { formatDateTime, formatInteger, timeOf } from "../../models/format";
import { exploreHref } from "../../models/route";
import { DeleteForm } from "./DeleteForm";
import { ListPanel } from "./ListPanel";

/** How often active deletions are polled. */
const WATCH_MS = 1_000;

function stateName(state: Deletion["state"]): string {
  switch (state) {
    case "waiting":
      return t("waiting");
    case "running":
      return t("running [[deletion]]");
    case "done":
      return t("done");
    case "failed":
      return t("failed");
    case "cancelled":
      return t("cancelled");
    default:
      return state;
  }
}

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
      title={t("Deletions")}
      note={t("by query; deleted records are removed from disk for good")}
      list={list}
      heads={[t("State"), t("Query"), t("Time range"), t("Requested"), t("Progress"), `${t("Deleted")}#`, ""]}
      row={(deletion) => <DeletionRow key={deletion.id} deletion={deletion} />}
      empty={t("No deletions. “Delete records…” counts what a query matches, and deletes only after you confirm.")}
      aside={
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t("Delete records…")}
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
      <td className={state === "failed" ? "danger-text" : isActive(deletion) ? undefined : "muted"}>
        {stateName(state)}
      </td>
      <td className="stacked-wide">
        <a className="mono admin-query" href={exploreHref(query, "all")} title={t("Show what matches now in Explore")}>
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
            aria-label={t("Progress of deleting {query}", { query })}
            value={segmentsDone}
            max={Math.max(1, segmentsTotal)}
          />
        ) : (
          <span className="muted">
            {t("{done} of {total} segments", {
              done: segmentsDone,
              total: segmentsTotal,
            })}
          </span>
        )}
      </td>
      <td className="num">{formatInteger(deletion.deleted)}</td>
      <td className="admin-actions">
        {isActive(deletion) && (
          <button
            type="button"
            className="button"
            disabled={cancel.isPending}
            aria-label={t("Cancel deletion of {query}", { query })}
            onClick={() => cancel.mutate(deletion.id)}
          >
            {t("Cancel")}
          </button>
        )}
      </td>
    </tr>
  );
}

function rangeText({ start, end }: Deletion): string {
  if (!start && !end) return t("all time");
  const from = start ? t("from {start}", { start: formatDateTime(timeOf(start), false) }) : "";
  const to = end ? t("to {end}", { end: formatDateTime(timeOf(end), false) }) : "";
  return `${from} ${to}`.trim();
}
