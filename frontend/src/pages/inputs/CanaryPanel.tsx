import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isAbsent } from "../../api/http";
import { getCanary, runCanary, type CanaryRoute } from "../../api/sources";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import { formatInteger, formatSpan } from "../../models/format";

const POLL_MS = 10_000;

/** Records that the server sends itself through each input, and whether they were found by a query. */
export function CanaryPanel() {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["canary"],
    queryFn: ({ signal }) => getCanary(signal),
    refetchInterval: POLL_MS,
  });
  const run = useChange(async () => {
    const report = await runCanary();
    client.setQueryData(["canary"], report);
  }, []);
  if (isAbsent(error)) return null;
  const closed = Object.entries(data?.closed ?? {});
  return (
    <Panel
      title={t("Canary")}
      note={
        data &&
        (data.enabled
          ? t("a record through each input every {seconds} s", { seconds: data.intervalSeconds })
          : t("runs only on request"))
      }
      error={error ?? run.error}
      aside={
        <button type="button" className="button" disabled={run.isPending} onClick={() => run.mutate()}>
          {run.isPending ? t("Sending and searching…") : t("Send one now")}
        </button>
      }
    >
      {data?.routes.length === 0 && (
        <p className="empty-row">
          {t("Nothing sent yet. “Send one now” proves each open input: a record goes in, and a query must find it.")}
        </p>
      )}
      {data && data.routes.length > 0 && (
        <Table
          className="canary"
          heads={[
            t("Route"),
            t("State"),
            `${t("Sent")}#`,
            `${t("Lost")}#`,
            `${t("Searchable after")}#`,
            `${t("Median")}#`,
          ]}
        >
          {data.routes.map((route) => (
            <RouteRow key={route.route} route={route} />
          ))}
        </Table>
      )}
      {closed.map(([input, reason]) => (
        <p key={input} className="empty-row">
          {t("{input} is not tested: {reason}", { input, reason })}
        </p>
      ))}
    </Panel>
  );
}

const seconds = (value: number | null | undefined) =>
  value === null || value === undefined ? "–" : formatSpan(value * 1000);

function RouteRow({ route }: { route: CanaryRoute }) {
  const failing = route.lostInARow > 0;
  return (
    <tr>
      <td>{route.route}</td>
      <td className="canary-state">
        <span className="state" data-state={failing ? "FIRING" : "RUNNING"}>
          {failing ? t("LOST") : t("FOUND")}
        </span>{" "}
        {failing && route.error && <span className="danger-text">{route.error}</span>}
      </td>
      <td className="num">{formatInteger(route.sent)}</td>
      <td className={route.lost > 0 ? "num danger-text" : "num muted"}>{formatInteger(route.lost)}</td>
      <td className="num">{seconds(route.lastSeconds)}</td>
      <td className="num">{seconds(route.medianSeconds)}</td>
    </tr>
  );
}
