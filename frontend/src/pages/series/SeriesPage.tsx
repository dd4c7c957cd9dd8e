import "./series.css";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { deleteSeries, type Series } from "../../api/series";
import { AskTwice } from "../../components/AskTwice";
import { CopyButton } from "../../components/CopyButton";
import { ErrorText } from "../../components/ErrorText";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
import { useNow } from "../../hooks/useNow";
import { useParams } from "../../hooks/useRoute";
import { useSeries } from "../../hooks/useSeries";
import { rich, t } from "../../i18n";
import {
  formatDuration,
  durationText,
  formatBytes,
  formatDateTime,
  formatInteger,
  formatSpan,
} from "../../models/format";
import { exploreHref, routeHash } from "../../models/route";
import { seriesQuery } from "../../models/ruleSeries";
import { seriesFrom, stepMsOf } from "../../models/series";
import { SeriesChart } from "./SeriesChart";
import { SeriesForm } from "./SeriesForm";

/** Stats that are kept as time series, beyond the retention of their records. */
export default function SeriesPage() {
  const [params, setParams] = useParams("series");
  const { data, error } = useSeries();
  const from = params.get("new");
  const [editing, setEditing] = useState<Series | "new" | undefined>(from === null ? undefined : "new");
  const sorted = [...(data ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const chosen = sorted.find(({ id }) => id === params.get("id")) ?? sorted[0];
  const choose = (id: string) => setParams(new URLSearchParams({ id }), "replace");
  function close() {
    setEditing(undefined);
    if (from !== null) setParams(new URLSearchParams(), "replace");
  }
  return (
    <div className="page-pad series-page">
      <h1 className="visually-hidden">{t("Series")}</h1>
      {chosen && <SeriesChart key={chosen.id} series={chosen} />}
      <Panel
        title={t("Kept series")}
        note={t("stats that are computed step by step and outlive their records")}
        error={isAbsent(error) ? undefined : error}
        aside={
          <button type="button" className="button" onClick={() => setEditing("new")}>
            <Icon name="plus" /> {t("New series")}
          </button>
        }
      >
        {isAbsent(error) && <p className="empty-row">{t("This server keeps no series.")}</p>}
        {!data && !error && <p className="empty-row">{t("Loading series…")}</p>}
        {data?.length === 0 && <FirstSeries />}
        {sorted.length > 0 && (
          <Table
            className="series-table"
            heads={[
              t("Name"),
              t("Query"),
              `${t("Step")}#`,
              `${t("Groups")}#`,
              t("Kept since"),
              t("Computed until"),
              `${t("Size")}#`,
              "",
            ]}
          >
            {sorted.map((one) => (
              <SeriesRow
                key={one.id}
                series={one}
                chosen={one === chosen}
                onChoose={() => choose(one.id)}
                onEdit={() => setEditing(one)}
              />
            ))}
          </Table>
        )}
        {sorted.length > 0 && <ScrapeNote />}
      </Panel>
      {editing && (
        <SeriesForm
          {...(editing !== "new" && { series: editing })}
          {...(editing === "new" && from !== null && { start: seriesFrom(from) })}
          onClose={close}
          onSaved={choose}
        />
      )}
    </div>
  );
}

interface RowProps {
  series: Series;
  chosen: boolean;
  onChoose: () => void;
  onEdit: () => void;
}

function SeriesRow({ series, chosen, onChoose, onEdit }: RowProps) {
  const remove = useChange(deleteSeries, ["series"]);
  const { id, name, query, from, until, bytes, leftOut, error } = series;
  const stepMs = stepMsOf(series);
  return (
    <tr data-chosen={chosen ? "" : undefined}>
      <td>
        <button type="button" className="link" aria-pressed={chosen} title={t("Show the chart")} onClick={onChoose}>
          {name}
        </button>
        <ErrorText error={error || remove.error} />
      </td>
      <td className="series-query mono">
        <a href={exploreHref(query, "1h")} title={query}>
          {query}
        </a>
      </td>
      <td className="num">{formatDuration(durationText(stepMs))}</td>
      <td className="num">
        {formatInteger(series.series)}
        {leftOut > 0 && (
          <div className="danger-text" title={t("Raise logcaster.series.max-series, or group by fewer fields")}>
            {t("{leftOut} values left out", { leftOut: formatInteger(leftOut) })}
          </div>
        )}
      </td>
      <td className="muted series-time">{from ? formatDateTime(Date.parse(from), false) : "–"}</td>
      <td className="muted series-time">
        <Until until={until} stepMs={stepMs} />
      </td>
      <td className="num">{formatBytes(bytes)}</td>
      <td className="series-actions">
        <a
          className="button"
          href={routeHash("alerts", { new: seriesQuery(id) })}
          title={t("Create an alert rule that judges this series")}
        >
          {t("Alert")}
        </a>
        <IconButton icon="edit" label={t("Edit {name}", { name })} onClick={onEdit} />
        <AskTwice
          label={t("Delete {name} and its values", { name })}
          verb={t("Delete with its values")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(id)}
        />
      </td>
    </tr>
  );
}

/** How far the series is; one that lags behind is computing the past, or fails. */
function Until({ until, stepMs }: { until: string | null | undefined; stepMs: number }) {
  const now = useNow(5_000);
  if (!until) return <>{t("not yet")}</>;
  const behind = now - Date.parse(until);
  if (behind < stepMs + 60_000) return <>{t("up to date")}</>;
  return (
    <span title={formatDateTime(Date.parse(until), false)}>{t("{behind} behind", { behind: formatSpan(behind) })}</span>
  );
}

function FirstSeries() {
  return (
    <p className="empty-row">
      {rich(
        "No series yet. A series keeps the result of a stats query, such as errors per app and minute, for longer than its records: as a chart, for alerts, and for Prometheus to scrape. Create one here, or from a stats query in {explore}.",
        { explore: <a href={exploreHref("* | stats by (_time:5m, app) count() value", "1h")}>{t("Explore")}</a> },
      )}
    </p>
  );
}

function ScrapeNote() {
  const address = new URL("api/v1/series/metrics", window.location.href.replace(/#.*$/, "")).href;
  return (
    <p className="series-scrape">
      <span className="muted">{t("Prometheus scrapes the latest values at")}</span> <code>{address}</code>{" "}
      <CopyButton text={address} label={t("Copy the address")} />
    </p>
  );
}
