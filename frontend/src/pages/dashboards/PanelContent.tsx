import { lazy, Suspense, useMemo, useRef, type ReactNode } from "react";
import type { Row } from "../../api/types";
import { isQueryMistake } from "../../api/http";
import { ErrorText } from "../../components/ErrorText";
import { Legend } from "../../components/chart/Legend";
import { Sparkline } from "../../components/chart/Sparkline";
import { seriesToken } from "../../components/chart/seriesToken";
import { useMetrics } from "../../hooks/useMetrics";
import { useSize } from "../../hooks/useSize";
import { rich, t } from "../../i18n";
import type { Panel, Unit } from "../../models/dashboards";
import { formatDateTime, formatInteger, timeOf } from "../../models/format";
import { formatUnit, metricHistory, metricValue, paragraphs } from "../../models/panelData";
import { columnsOf, numberOf, type Column } from "../../models/resultTable";
import { clip } from "../../models/record";
import type { Span } from "../../models/timeRange";
import { usePanelData, type Lines } from "./usePanelData";

const TimeChart = lazy(() => import("../../components/chart/TimeChart"));

/** Characters of a text: more than its cell shows. */
const TEXT_SHOWN = 500;
const BARS_SHOWN = 30;
/** A chart below this height shows nothing. */
const LEAST_CHART = 60;

interface Props {
  panel: Panel;
  /** The panel's query with its variables replaced. */
  query: string;
  span: Span;
  /** Narrows the range of the dashboard. */
  onZoom: (start: number, end: number) => void;
}

/** What a panel shows: its data in the form of its kind. */
export function PanelContent(props: Props) {
  const { panel } = props;
  if (panel.kind === "text") return <TextContent text={panel.text ?? ""} />;
  if (panel.metric !== undefined) return <MetricContent panel={panel} metric={panel.metric} />;
  return <QueriedContent {...props} />;
}

function QueriedContent({ panel, query, span, onZoom }: Props) {
  const { data, error, isPending } = usePanelData(panel, query, span, true);
  if (error) {
    return (
      <div className="board-note" role="status">
        {isQueryMistake(error) && <p>{t("The query of this panel is not valid.")}</p>}
        <ErrorText as="p" error={error} />
      </div>
    );
  }
  if (isPending || !data) return <p className="board-note muted">{t("Loading…")}</p>;
  if (data.kind === "lines") {
    if (data.times.length === 0) return <Nothing />;
    return <ChartContent panel={panel} lines={data} span={span} onZoom={onZoom} />;
  }
  if (data.rows.length === 0) return panel.kind === "value" ? <Figure text="–" /> : <Nothing />;
  const columns = columnsOf(data.rows, query);
  if (panel.kind === "value") return <ValueContent rows={data.rows} columns={columns} unit={panel.unit} />;
  if (panel.kind === "top") return <TopContent rows={data.rows} columns={columns} unit={panel.unit} />;
  if (panel.kind === "table") return <TableContent rows={data.rows} columns={columns} unit={panel.unit} />;
  return (
    <p className="board-note muted">
      {rich("A chart over time needs a query that ends in stats, such as {example}.", {
        example: <code>error | stats by (app) count() n</code>,
      })}
    </p>
  );
}

function Nothing() {
  return <p className="board-note muted">{t("Nothing in this range.")}</p>;
}

function ChartContent({
  panel,
  lines,
  span,
  onZoom,
}: {
  panel: Panel;
  lines: Omit<Lines, "kind">;
  span: Span | undefined;
  onZoom?: (start: number, end: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { height } = useSize(box);
  const series = useMemo(
    () => lines.series.map((one, index) => ({ ...one, token: seriesToken(index) })),
    [lines.series],
  );
  const { start, end } = span ?? {};
  const wide = start !== undefined && end !== undefined ? ([start, end] as const) : undefined;
  return (
    <div className="board-chart">
      <div ref={box} className="board-plot">
        {height >= LEAST_CHART && (
          <Suspense fallback={null}>
            <TimeChart
              kind={panel.kind === "bar" ? "bars" : panel.kind === "area" ? "area" : "lines"}
              times={lines.times}
              stepMs={lines.stepMs}
              series={series}
              span={wide}
              format={(value) => formatUnit(value, panel.unit)}
              height={Math.floor(height)}
              label={panel.title ?? t("Chart")}
              {...(onZoom && { onSelect: (from, to) => onZoom(Math.floor(from), Math.ceil(to)) })}
            />
          </Suspense>
        )}
      </div>
      {(series.length > 1 || lines.left > 0) && (
        <div className="board-legend">
          <Legend items={series} />
          {lines.left > 0 && (
            <span className="muted">{t("and {left} smaller groups", { left: formatInteger(lines.left) })}</span>
          )}
        </div>
      )}
    </div>
  );
}

function MetricContent({ panel, metric }: { panel: Panel; metric: string }) {
  const { latest, history } = useMetrics();
  const past = metricHistory(history, metric);
  const value = metricValue(latest, metric);
  if (panel.kind === "line" || panel.kind === "area" || panel.kind === "bar") {
    if (!past) {
      return <p className="board-note muted">{t("This figure has no past. Show it as a single value.")}</p>;
    }
    if (past.times.length < 2) return <p className="board-note muted">{t("Collecting readings…")}</p>;
    const series = [{ name: panel.title ?? metric, values: past.values }];
    return (
      <ChartContent panel={panel} lines={{ times: past.times, stepMs: 1_000, series, left: 0 }} span={undefined} />
    );
  }
  return (
    <Figure text={value === undefined ? "–" : formatUnit(value, panel.unit)}>
      {past && <Sparkline values={past.values.filter((one) => one !== null).slice(-120)} />}
    </Figure>
  );
}

function Figure({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="board-figure">
      <b>{text}</b>
      {children}
    </div>
  );
}

interface RowsProps {
  rows: readonly Row[];
  columns: readonly Column[];
  unit: Unit | undefined;
}

/** The first number of the first row, with the names of further ones. */
function ValueContent({ rows, columns, unit }: RowsProps) {
  const numbers = columns.filter(({ numeric }) => numeric);
  const [first] = rows;
  if (!first || numbers.length === 0) {
    return <p className="board-note muted">{t("A single value needs a query with a number in its result.")}</p>;
  }
  return (
    <div className="board-figures">
      {numbers.slice(0, 4).map(({ name }) => {
        const value = numberOf(first[name]);
        return (
          <Figure key={name} text={value === undefined ? "–" : formatUnit(value, unit)}>
            {numbers.length > 1 && <span className="muted mono">{name}</span>}
          </Figure>
        );
      })}
    </div>
  );
}

function TopContent({ rows, columns, unit }: RowsProps) {
  const number = columns.find(({ numeric }) => numeric);
  if (!number) return <p className="board-note muted">{t("A top list needs a number, such as count() by app.")}</p>;
  const groups = columns.filter(({ numeric }) => !numeric);
  const bars = rows
    .map((row) => ({
      name: groups.map(({ name }) => clip(row[name] || "(none)", TEXT_SHOWN).text).join(" · ") || number.name,
      value: numberOf(row[number.name]) ?? 0,
    }))
    .sort((a, b) => b.value - a.value);
  const most = Math.max(...bars.map(({ value }) => value), 1e-9);
  return (
    <ul className="board-top">
      {bars.slice(0, BARS_SHOWN).map(({ name, value }, index) => (
        <li key={index}>
          <span className="mono" title={name}>
            {name}
          </span>
          <b>{formatUnit(value, unit)}</b>
          <span className="board-track">
            <span style={{ width: `${(Math.max(0, value) / most) * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function TableContent({ rows, columns, unit }: RowsProps) {
  return (
    <div className="board-table" tabIndex={0} role="region" aria-label={t("Rows")}>
      <table className="table">
        <thead>
          <tr>
            {columns.map(({ name, numeric }) => (
              <th key={name} className={numeric ? "num" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map(({ name, numeric, time }) => {
                const value = row[name] ?? "";
                const number = numeric ? numberOf(value) : undefined;
                if (number !== undefined) {
                  return (
                    <td key={name} className="num">
                      {formatUnit(number, unit)}
                    </td>
                  );
                }
                return (
                  <td key={name} className="mono" title={time ? undefined : clip(value, TEXT_SHOWN).text}>
                    {time ? formatDateTime(timeOf(value)) : clip(value, TEXT_SHOWN).text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TextContent({ text }: { text: string }) {
  return (
    <div className="board-text">
      {paragraphs(text).map((pieces, index) => (
        <p key={index}>
          {pieces.map((piece, place) =>
            piece.kind === "link" ? (
              <a key={place} href={piece.text} target="_blank" rel="noreferrer">
                {piece.text}
              </a>
            ) : (
              piece.text
            ),
          )}
        </p>
      ))}
    </div>
  );
}
