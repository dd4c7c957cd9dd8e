import { useMemo } from "react";
import { Legend } from "../../components/chart/Legend";
import { Panel } from "../../components/Panel";
import { useMetrics } from "../../hooks/useMetrics";
import { navigate } from "../../hooks/useRoute";
import { t } from "../../i18n";
import { STACK_ORDER, type ShownLevel } from "../../models/levels";
import { levelSeries } from "../../models/liveSeries";
import { encodeRange } from "../../models/timeRange";
import { exploreHref } from "../../models/route";
import { equals } from "../../models/queryEdit";
import { RecentChart } from "./RecentChart";
import { useSeed } from "./useSeed";

/** Records per second by level; data from before the console was opened is queried once. */
export function LevelPanel() {
  const { latest, history } = useMetrics();
  const now = latest ? Date.parse(latest.time) : undefined;
  const seed = useSeed();
  const { times, series } = useMemo(
    () => (now ? levelSeries(history, seed.data ?? [], now) : { times: [], series: [] }),
    [history, seed.data, now],
  );
  const drawn = useMemo(
    () => series.map(({ name, values }) => ({ name, values, token: `--fill-${name.toLowerCase()}` })),
    [series],
  );
  return (
    <Panel
      title={t("Levels")}
      note={t("records/s, drag to zoom")}
      className="chart-panel"
      aside={<Legend items={legendOf(series.map(({ name }) => name))} />}
    >
      <RecentChart
        now={now}
        kind="area"
        times={times}
        series={drawn}
        label={t("Records per second by level over the last 15 minutes")}
        onSelect={(start, end) =>
          navigate("explore", new URLSearchParams({ q: "*", range: encodeRange({ kind: "between", start, end }) }))
        }
      />
    </Panel>
  );
}

function legendOf(names: readonly string[]) {
  return STACK_ORDER.filter((level) => names.includes(level)).map((level: ShownLevel) => ({
    name: level,
    token: `--fill-${level.toLowerCase()}`,
    href: exploreHref(level === "NONE" ? equals("level", "") : equals("level", level), "15m"),
  }));
}
