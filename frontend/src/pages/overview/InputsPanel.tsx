import { Panel } from "../../components/Panel";
import { Table, Trouble } from "../../components/Table";
import { useInputs } from "../../hooks/useInputs";
import { useMetrics } from "../../hooks/useMetrics";
import { t } from "../../i18n";
import { formatCount, formatRate } from "../../models/format";
import { inputKey } from "../../models/metricsHistory";
import { routeHash } from "../../models/route";

/** TCP, UDP and HTTP are listed even before something arrives. */
const ALWAYS_SHOWN = 3;

/** The inputs and their rates. */
export function InputsPanel() {
  const { data, error } = useInputs();
  const { history } = useMetrics();
  const inputs = data?.inputs ?? [];
  const used = inputs.filter(
    ({ received, connections, errors }, index) => index < ALWAYS_SHOWN || received + connections + errors > 0,
  );
  const rates = history[history.length - 1]?.rows ?? {};
  const aside = (
    <a className="panel-note" href={routeHash("inputs")}>
      {data ? t("{count} connections", { count: formatCount(data.connections.length) }) : t("Connections")}
    </a>
  );
  return (
    <Panel title={t("Inputs")} aside={aside} error={error}>
      {data && (
        <Table
          heads={[
            t("Input"),
            t("Address"),
            `${t("Conn.")}#`,
            `${t("Records/s")}#`,
            `${t("Received")}#`,
            `${t("Errors")}#`,
          ]}
        >
          {used.map((input) => (
            <tr key={inputKey(input)}>
              <td>
                <a href={routeHash("inputs")}>
                  {input.node !== undefined && <span className="muted">{input.node} </span>}
                  {input.id} <span className="muted">{input.protocol}</span>
                </a>
              </td>
              <td className="mono">{input.address}</td>
              <td className="num">{formatCount(input.connections)}</td>
              <td className="num">{formatRate(rates[inputKey(input)] ?? 0)}</td>
              <td className="num">{formatCount(input.received)}</td>
              <Trouble count={input.errors} />
            </tr>
          ))}
        </Table>
      )}
      {used.length < inputs.length && (
        <p className="inputs-more">
          <a href={routeHash("inputs")}>
            {t("{count} more inputs without records", { count: inputs.length - used.length })}
          </a>
        </p>
      )}
    </Panel>
  );
}
