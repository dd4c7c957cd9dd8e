import type { InputInfo } from "../../api/types";
import { useMetrics } from "../../hooks/useMetrics";
import { formatBytes, formatInteger, formatRate } from "../../models/format";

/** Everything that listens. */
export function InputsTable({ inputs }: { inputs: readonly InputInfo[] }) {
  const { history } = useMetrics();
  const rates = history[history.length - 1]?.inputs ?? {};
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>Inputs</h2>
      </div>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>Input</th>
              <th>Protocol</th>
              <th>Address</th>
              <th>State</th>
              <th className="num">Connections</th>
              <th className="num">Records/s</th>
              <th className="num">Received</th>
              <th className="num">Rejected</th>
              <th className="num">Bytes</th>
              <th className="num">Errors</th>
            </tr>
          </thead>
          <tbody>
            {inputs.map((input) => (
              <tr key={input.id}>
                <td>{input.id}</td>
                <td className="muted">{input.protocol}</td>
                <td className="mono">{input.address}</td>
                <td>
                  <span className="state" data-state={input.state}>
                    {input.state}
                  </span>
                </td>
                <td className="num">{formatInteger(input.connections)}</td>
                <td className="num">{formatRate(rates[input.id] ?? 0)}</td>
                <td className="num">{formatInteger(input.received)}</td>
                <td className={input.rejected > 0 ? "num danger-text" : "num muted"}>{formatInteger(input.rejected)}</td>
                <td className="num">{formatBytes(input.bytes)}</td>
                <td className={input.errors > 0 ? "num danger-text" : "num muted"}>{formatInteger(input.errors)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
