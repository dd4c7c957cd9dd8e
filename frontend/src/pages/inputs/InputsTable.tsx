import type { InputInfo } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Table, Trouble } from "../../components/Table";
import { useMetrics } from "../../hooks/useMetrics";
import { t } from "../../i18n";
import { formatBytes, formatInteger, formatRate } from "../../models/format";
import { inputKey } from "../../models/metricsHistory";

/** The inputs. */
export function InputsTable({ inputs }: { inputs: readonly InputInfo[] }) {
  const { history } = useMetrics();
  const rates = history[history.length - 1]?.rows ?? {};
  const several = inputs.some(({ node }) => node !== undefined);
  const behind = inputs.some(({ lag }) => lag !== undefined);
  return (
    <Panel title={t("Inputs")}>
      <Table
        heads={[
          ...(several ? [t("Node")] : []),
          t("Input"),
          t("Protocol"),
          t("Address"),
          t("State"),
          `${t("Connections")}#`,
          `${t("Records/s")}#`,
          `${t("Received")}#`,
          `${t("Rejected")}#`,
          `${t("Bytes")}#`,
          `${t("Errors")}#`,
          ...(behind ? [`${t("Behind by")}#`] : []),
        ]}
      >
        {inputs.map((input) => (
          <tr key={inputKey(input)}>
            {several && <td>{input.node}</td>}
            <td>{input.id}</td>
            <td className="muted">{input.protocol}</td>
            <td className="mono">{input.address}</td>
            <td>
              <span className="state" data-state={input.state}>
                {input.state}
              </span>
            </td>
            <td className="num">{formatInteger(input.connections)}</td>
            <td className="num">{formatRate(rates[inputKey(input)] ?? 0)}</td>
            <td className="num">{formatInteger(input.received)}</td>
            <Trouble count={input.rejected} />
            <td className="num">{formatBytes(input.bytes)}</td>
            <Trouble count={input.errors} />
            {behind && (
              <td className="num" title={t("Messages that wait at the source")}>
                {input.lag === undefined ? "–" : formatInteger(input.lag)}
              </td>
            )}
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
