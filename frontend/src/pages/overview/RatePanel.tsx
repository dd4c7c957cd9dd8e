import { useMemo } from "react";
import { Legend } from "../../components/chart/Legend";
import { Panel } from "../../components/Panel";
import { useMetrics } from "../../hooks/useMetrics";
import { t } from "../../i18n";
import { inputSeries, storedBefore } from "../../models/liveSeries";
import { routeHash } from "../../models/route";
import { RecentChart } from "./RecentChart";
import { useSeed } from "./useSeed";

const TOKENS = 6;

/** Records per second of each input. */
export function RatePanel() {
  const { latest, history } = useMetrics();
  const now = latest ? Date.parse(latest.time) : undefined;
  const seed = useSeed();
  const { times, series } = useMemo(
    () => (now ? inputSeries(history, now) : { times: [], series: [] }),
    [history, now],
  );
  const drawn = useMemo(() => {
    const earlier = now ? storedBefore(history, seed.data ?? [], now) : [];
    const inputs = series.map(({ name, values }, index) => ({
      name,
      values,
      token: `--series-${(index % TOKENS) + 1}`,
    }));
    return earlier.some((value) => value !== null)
      ? [{ name: t("all inputs, earlier"), values: earlier, token: "--line-strong" }, ...inputs]
      : inputs;
  }, [series, history, seed.data, now]);
  return (
    <Panel
      title={t("Rate per input")}
      note={t("records/s, 15 min")}
      className="chart-panel"
      aside={<Legend items={drawn.map(({ name, token }) => ({ name, token, href: routeHash("inputs") }))} />}
    >
      <RecentChart
        now={now}
        kind="lines"
        times={times}
        series={drawn}
        label={t("Records per second of each input over the last 15 minutes")}
      />
    </Panel>
  );
}
