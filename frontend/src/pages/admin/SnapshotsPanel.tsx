import { useQuery } from "@tanstack/react-query";
import { createSnapshot, deleteSnapshot, getSnapshots } from "../../api/admin";
import type { Snapshot } from "../../api/types";
import { AskTwice } from "../../components/AskTwice";
import { CopyButton } from "../../components/CopyButton";
import { ErrorText } from "../../components/ErrorText";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import { formatBytes, formatDateTime, timeOf } from "../../models/format";
import { ListPanel } from "./ListPanel";

/** Copies of the data directory, for backups. */
export function SnapshotsPanel() {
  const list = useQuery({ queryKey: ["snapshots"], queryFn: ({ signal }) => getSnapshots(signal) });
  const create = useChange(createSnapshot, ["snapshots"]);
  return (
    <ListPanel
      title={t("Snapshots")}
      note={t("copies of all stored data; unchanged files are shared")}
      list={list}
      error={create.error}
      heads={[t("Created"), t("Directory"), `${t("Size")}#`, ""]}
      row={(snapshot) => <SnapshotRow key={snapshot.id} snapshot={snapshot} />}
      empty={t("No snapshots. A snapshot can be copied elsewhere and opened as another server's data directory.")}
      aside={
        <button type="button" className="button" disabled={create.isPending} onClick={() => create.mutate()}>
          {create.isPending ? t("Creating snapshot…") : t("Create snapshot")}
        </button>
      }
    />
  );
}

function SnapshotRow({ snapshot: { id, created, path, bytes, control } }: { snapshot: Snapshot }) {
  const remove = useChange(deleteSnapshot, ["snapshots"]);
  return (
    <tr>
      <td className="admin-when">{formatDateTime(timeOf(created), false)}</td>
      <td className="stacked-wide">
        <span className="mono admin-query">{path}</span>{" "}
        <CopyButton text={path} label={t("Copy the path of snapshot {id}", { id })} />
        {!control && (
          <div className="muted">
            {t("Records only: rules and settings are in the shared control database, which is backed up on its own")}
          </div>
        )}
        <ErrorText error={remove.error} />
      </td>
      <td className="num">{formatBytes(bytes)}</td>
      <td className="admin-actions">
        <AskTwice
          label={t("Delete snapshot {id}", { id })}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(id)}
        />
      </td>
    </tr>
  );
}
