import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { isAbsent, isQueryMistake } from "../../api/http";
import { tryRule, type RuleTrial } from "../../api/ruleTrial";
import type { RuleDraft } from "../../api/types";
import { Legend } from "../../components/chart/Legend";
import type { ChartFrame } from "../../components/chart/chartOptions";
import { ErrorText } from "../../components/ErrorText";
import { useSettled } from "../../hooks/useSettled";
import { rich, t } from "../../i18n";
import { formatValue } from "../../models/alerts";
import { formatInteger, parseDuration } from "../../models/format";
import { alignCurves, formatPerWeek, ownRate, rateAt } from "../../models/ruleTrial";
import { hasLevels } from "../../models/rules";
import { PastFirings } from "./PastFirings";
import { ProposalBar } from "./ProposalBar";
import { ThresholdLine } from "./ThresholdLine";

const TimeChart = lazy(() => import("../../components/chart/TimeChart"));

const RANGES = ["24h", "7d", "30d"] as const;
const HEIGHT = 200;
/** As many colours as there are. */
const CURVES = 6;

interface Props {
  /** A complete draft; only its name may be missing. */
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
}

/** What the rule would have done on past records. Its threshold is a line that is dragged. */
export function PastPanel({ draft, onChange }: Props) {
  const [range, setRange] = useState<(typeof RANGES)[number]>("7d");
  const [maxPerWeek, setMaxPerWeek] = useState(1);
  const [moving, setMoving] = useState<number>();
  const rule = useSettled(JSON.stringify({ ...draft, name: draft.name || t("Draft"), enabled: true }));
  const { data, error, isFetching } = useQuery({
    queryKey: ["rule trial", rule, range, maxPerWeek],
    queryFn: ({ signal }) => tryPast(rule, range, maxPerWeek, signal),
    enabled: rule !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  const curves = useMemo(() => alignCurves(data?.series ?? [], CURVES), [data]);
  const drawn = useMemo(
    () => curves.series.map((series, index) => ({ ...series, token: `--series-${index + 1}` })),
    [curves],
  );
  if (isAbsent(error)) return null;
  const threshold = hasLevels(draft) ? draft.threshold : undefined;
  const rate = data && rateOf(data, moving, isFetching ? threshold : undefined);
  const meaning = rate === undefined ? "" : t("{rate} alerts a week", { rate: formatPerWeek(rate) });
  const overlay = (frame: ChartFrame) => (
    <>
      {data && moving === undefined && <PastFirings trial={data} frame={frame} />}
      {threshold !== undefined && Number.isFinite(threshold) && (
        <ThresholdLine
          frame={frame}
          value={moving ?? threshold}
          comparison={draft.comparison ?? ">"}
          meaning={meaning}
          onMove={setMoving}
          onPut={(value) => {
            setMoving(undefined);
            onChange({ threshold: value });
          }}
        />
      )}
    </>
  );
  return (
    <section className="form-row past" aria-label={t("Try on the past")}>
      <div className="past-head">
        <h3>{t("Try on the past")}</h3>
        <div className="segmented" role="group" aria-label={t("Range of the trial")}>
          {RANGES.map((one) => (
            <button key={one} type="button" aria-pressed={one === range} onClick={() => setRange(one)}>
              {one}
            </button>
          ))}
        </div>
        <span className="spacer" />
        {rate !== undefined && (
          <span className="past-rate" role="status">
            {rich("{rate} alerts a week", { rate: <b>{formatPerWeek(rate)}</b> })}
          </span>
        )}
      </div>
      {/* Errors in an unfinished query are underlined in place. */}
      {!isQueryMistake(error) && <ErrorText error={error} />}
      {!data && !error && <p className="past-empty">{t("Reading the records of the last {range}…", { range })}</p>}
      {data && data.series.length === 0 && data.firings.length === 0 && (
        <p className="past-empty">
          {t("No values in the last {range}: no record matched the query. Try a longer range.", { range })}
        </p>
      )}
      {data && (data.series.length > 0 || data.firings.length > 0) && (
        <>
          <div className="past-chart" data-stale={isFetching ? "" : undefined}>
            <Suspense fallback={<div style={{ height: HEIGHT }} />}>
              <TimeChart
                kind="lines"
                times={curves.times}
                series={drawn}
                span={[Date.parse(data.start), Date.parse(data.end)]}
                include={threshold}
                format={formatValue}
                height={HEIGHT}
                label={t("Values over the last {range}", { range })}
                overlay={overlay}
              />
            </Suspense>
          </div>
          <div className="past-legend">
            <Legend items={drawn} />
            {data.groups > drawn.length && (
              <span>
                {t("and {groups} groups that are further from firing", {
                  groups: formatInteger(data.groups - drawn.length),
                })}
              </span>
            )}
          </div>
          <ProposalBar trial={data} draft={draft} most={maxPerWeek} onMost={setMaxPerWeek} onChange={onChange} />
        </>
      )}
    </section>
  );
}

async function tryPast(text: string, range: string, maxPerWeek: number, signal: AbortSignal): Promise<RuleTrial> {
  const rule = JSON.parse(text) as RuleDraft;
  const end = Date.now();
  const trial = await tryRule(
    {
      rule,
      start: new Date(end - (parseDuration(range) ?? 0)).toISOString(),
      end: new Date(end).toISOString(),
      maxPerWeek,
    },
    signal,
  );
  if (!trial) throw new Error(t("The server's answer is empty."));
  return trial;
}

/** Exact for the tried rule; for a line that moves, from the thresholds that were tried with it. */
function rateOf(trial: RuleTrial, moving: number | undefined, waiting: number | undefined): number | undefined {
  const threshold = moving ?? waiting;
  return threshold === undefined ? ownRate(trial) : (rateAt(trial.perWeek, threshold) ?? ownRate(trial));
}
