import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createSnapshot, deleteSnapshot, getSnapshots } from "../../api/admin";
import { errorText, isAbsent } from "../../api/http";
import type { Snapshot } from "../../api/types";
import { AskTwice } from "../../components/AskTwice";
import { CopyButton } from "../../components/CopyButton";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { formatBytes, formatDateTime, timeOf } from "../../models/format";

/** Copies of the data directory, to be carried away as a backup. */
export function SnapshotsPanel() {
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey: ["snapshots"], queryFn: ({ signal }) => getSnapshots(signal) });
  const create = useMutation({
    mutationFn: createSnapshot,
    onSettled: () => client.invalidateQueries({ queryKey: ["snapshots"] }),
  });
  if (isAbsent(error)) return null;
  return (
    <Panel
      title="Snapshots"
      note="copies of everything stored, which share files with it"
      error={error ?? create.error}
      aside={
        <button type="button" className="button" disabled={create.isPending} onClick={() => create.mutate()}>
          {create.isPending ? "Making a snapshot…" : "Make a snapshot"}
        </button>
      }
    >
      {data?.length === 0 && (
        <p className="empty-row">No snapshots. Copy one away and open it as another server&apos;s data directory.</p>
      )}
      {data && data.length > 0 && (
        <Table className="stacked" heads={["Made", "Directory", "Size#", ""]}>
          {data.map((snapshot) => (
            <SnapshotRow key={snapshot.id} snapshot={snapshot} />
          ))}
        </Table>
      )}
    </Panel>
  );
}

function SnapshotRow({ snapshot }: { snapshot: Snapshot }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSnapshot(snapshot.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["snapshots"] }),
  });
  return (
    <tr>
      <td className="admin-when">{formatDateTime(timeOf(snapshot.created), false)}</td>
      <td className="stacked-wide">
        <span className="mono admin-query">{snapshot.path}</span>{" "}
        <CopyButton text={snapshot.path} label={`Copy the path of ${snapshot.id}`} />
        {remove.error && <div className="danger-text">{errorText(remove.error)}</div>}
      </td>
      <td className="num">{formatBytes(snapshot.bytes)}</td>
      <td className="admin-actions">
        <AskTwice
          label={`Delete the snapshot ${snapshot.id}`}
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
        />
      </td>
    </tr>
  );
}
