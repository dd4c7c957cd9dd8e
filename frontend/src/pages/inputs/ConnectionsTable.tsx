import type { ConnectionInfo } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Table, Trouble } from "../../components/Table";
import { useNow } from "../../hooks/useNow";
import { t } from "../../i18n";
import { formatBytes, formatInteger, formatSpan } from "../../models/format";
import { equals } from "../../models/queryEdit";
import { exploreHref } from "../../models/route";

/** A peer's address without its port; the `host` of records whose sender names none. */
function hostOf(peer: string): string {
  return peer.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}

/** Open connections, busiest first. */
export function ConnectionsTable({ connections }: { connections: readonly ConnectionInfo[] }) {
  const now = useNow(1_000);
  const several = connections.some(({ node }) => node !== undefined);
  const sorted = [...connections].sort((a, b) => b.records - a.records);
  return (
    <Panel title={t("Connections")} note={t("{count} open", { count: connections.length })} className="connections">
      {sorted.length === 0 && <p className="empty-row">{t("No open connections.")}</p>}
      {sorted.length > 0 && (
        <Table
          heads={[
            ...(several ? [t("Node")] : []),
            t("Peer"),
            t("Input"),
            t("Protocol"),
            `${t("Records")}#`,
            `${t("Bytes")}#`,
            `${t("Connected for")}#`,
            `${t("Errors")}#`,
          ]}
        >
          {sorted.map((connection) => (
            <tr key={`${connection.node ?? ""} ${connection.id}`}>
              {several && <td>{connection.node}</td>}
              <td className="mono">
                <a href={exploreHref(equals("host", hostOf(connection.peer)), "1h")} title={t("Records of this host")}>
                  {connection.peer}
                </a>
              </td>
              <td>{connection.input}</td>
              <td className="muted">{connection.protocol}</td>
              <td className="num">{formatInteger(connection.records)}</td>
              <td className="num">{formatBytes(connection.bytes)}</td>
              <td className="num">{formatSpan(now - Date.parse(connection.since))}</td>
              <Trouble count={connection.errors} />
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}
