import { useInputs } from "../../hooks/useInputs";
import { useMetrics } from "../../hooks/useMetrics";
import { errorText } from "../../api/http";
import { formatCount, formatRate } from "../../models/format";
import { routeHash } from "../../models/route";

/** What listens, and how much comes in over it. */
export function InputsPanel() {
  const { data, error } = useInputs();
  const { history } = useMetrics();
  const rates = history[history.length - 1]?.inputs ?? {};
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>Inputs</h2>
        <span className="spacer" />
        <a className="panel-note" href={routeHash("inputs")}>
          {data ? `${formatCount(data.connections.length)} connections` : "Connections"}
        </a>
      </div>
      {error && <p className="empty-row">{errorText(error)}</p>}
      {data && (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>Input</th>
                <th>Address</th>
                <th className="num">Conn.</th>
                <th className="num">Records/s</th>
                <th className="num">Received</th>
                <th className="num">Errors</th>
              </tr>
            </thead>
            <tbody>
              {data.inputs.map((input) => (
                <tr key={input.id}>
                  <td>
                    <a href={routeHash("inputs")}>{input.id}</a> <span className="muted">{input.protocol}</span>
                  </td>
                  <td className="mono">{input.address}</td>
                  <td className="num">{formatCount(input.connections)}</td>
                  <td className="num">{formatRate(rates[input.id] ?? 0)}</td>
                  <td className="num">{formatCount(input.received)}</td>
                  <td className={input.errors > 0 ? "num danger-text" : "num muted"}>{formatCount(input.errors)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
