import type { ConnectionInfo } from "../../api/types";
import { useNow } from "../../hooks/useNow";
import { formatBytes, formatInteger, formatSpan } from "../../models/format";
import { equals } from "../../models/queryEdit";
import { exploreHref } from "../../models/route";

/** A peer's address without its port; records carry it as `host` where the sender names none. */
function hostOf(peer: string): string {
  return peer.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}

/** Everybody who is connected right now, busiest first. */
export function ConnectionsTable({ connections }: { connections: readonly ConnectionInfo[] }) {
  const now = useNow(1_000);
  const sorted = [...connections].sort((a, b) => b.records - a.records);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>Connections</h2>
        <span className="panel-note">{formatInteger(connections.length)} open</span>
      </div>
      {sorted.length === 0 && <p className="empty-row">Nobody is connected.</p>}
      {sorted.length > 0 && (
        <div className="table-scroll connections">
          <table className="table">
            <thead>
              <tr>
                <th>Peer</th>
                <th>Input</th>
                <th>Protocol</th>
                <th className="num">Records</th>
                <th className="num">Bytes</th>
                <th className="num">Connected for</th>
                <th className="num">Errors</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((connection) => (
                <tr key={connection.id}>
                  <td className="mono">
                    <a href={exploreHref(equals("host", hostOf(connection.peer)), "1h")} title="Records of this host">
                      {connection.peer}
                    </a>
                  </td>
                  <td>{connection.input}</td>
                  <td className="muted">{connection.protocol}</td>
                  <td className="num">{formatInteger(connection.records)}</td>
                  <td className="num">{formatBytes(connection.bytes)}</td>
                  <td className="num">{formatSpan(now - Date.parse(connection.since))}</td>
                  <td className={connection.errors > 0 ? "num danger-text" : "num muted"}>{formatInteger(connection.errors)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
