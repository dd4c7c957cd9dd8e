import { lazy, Suspense, useMemo } from "react";
import type { Row } from "../../api/types";
import { Legend } from "../../components/chart/Legend";
import type { Asked } from "../../api/query";
import { seriesToken } from "../../components/chart/seriesToken";
import { t } from "../../i18n";
import { formatCount } from "../../models/format";
import { Figures } from "./Figures";
import { columnsOf, figuresOf, numberOf, timeSeriesOf } from "../../models/resultTable";

const TimeChart = lazy(() => import("../../components/chart/TimeChart"));

const HEIGHT = 320;
const BARS_SHOWN = 40;

interface Props {
  rows: readonly Row[];
  asked: Asked;
  onZoom: (start: number, end: number) => void;
}

/** A computed result as a chart: lines where it has times, bars where it has groups. */
export function ResultChart({ rows, asked, onZoom }: Props) {
  const columns = useMemo(() => columnsOf(rows, asked.query), [rows, asked.query]);
  const lines = useMemo(() => timeSeriesOf(rows, columns, asked), [rows, columns, asked]);
  const drawn = useMemo(
    () => lines?.series.map(({ name, values }, index) => ({ name, values, token: seriesToken(index) })) ?? [],
    [lines],
  );
  const figures = figuresOf(rows, columns);
  if (figures.length > 0) return <Figures figures={figures} />;
  const number = columns.find(({ numeric }) => numeric);
  if (rows.length > 0 && !number) {
    return <p className="empty-row">{t("A chart needs a numeric column, such as the result of count() or avg(…).")}</p>;
  }
  if (lines) {
    return (
      <div className="result-chart">
        <Legend items={drawn} />
        {lines.left > 0 && (
          <p className="panel-note">{t("The {left} smallest groups are only in the table.", { left: lines.left })}</p>
        )}
        <Suspense fallback={null}>
          <TimeChart
            kind="lines"
            times={lines.times}
            stepMs={lines.stepMs}
            series={drawn}
            format={formatCount}
            height={HEIGHT}
            label={t("The result over time")}
            onSelect={(start, end) => onZoom(Math.floor(start), Math.ceil(end))}
          />
        </Suspense>
      </div>
    );
  }
  if (!number) return null;
  const groups = columns.filter(({ numeric }) => !numeric);
  const bars = rows
    .map((row) => ({
      name: groups.map(({ name }) => row[name] || "(none)").join(" · ") || number.name,
      value: numberOf(row[number.name]) ?? Number.NaN,
    }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => b.value - a.value);
  const most = Math.max(...bars.map(({ value }) => value), 1e-9);
  return (
    <div className="result-chart">
      <ul className="bars" aria-label={t("{name} by group", { name: number.name })}>
        {bars.slice(0, BARS_SHOWN).map(({ name, value }, index) => (
          <li key={index}>
            <span className="mono">{name}</span>
            <span className="bars-track">
              <span style={{ width: `${(Math.max(0, value) / most) * 100}%` }} />
            </span>
            <b>{formatCount(value)}</b>
          </li>
        ))}
      </ul>
      {bars.length > BARS_SHOWN && (
        <p className="panel-note">
          {t("The {length} smaller groups are only in the table.", { length: bars.length - BARS_SHOWN })}
        </p>
      )}
    </div>
  );
}
