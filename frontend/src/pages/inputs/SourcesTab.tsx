import "./sources.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { getSources, type Source } from "../../api/sources";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useNow } from "../../hooks/useNow";
import { t } from "../../i18n";
import { formatDateTime, formatPercent, formatRate, formatAgo } from "../../models/format";
import { addFilter } from "../../models/queryEdit";
import { exploreHref } from "../../models/route";
import { selectSources, sourceQuery, type SourceSort } from "../../models/sources";
import { CanaryPanel } from "./CanaryPanel";
import { DeliveriesPanel } from "./DeliveriesPanel";

const POLL_MS = 15_000;
const SHOWN = 200;

/** Who sends: sources, numbered deliveries and the canary. */
export default function SourcesTab() {
  const { isPending } = useSources();
  return (
    <>
      <SourcesPanel />
      {/* Only then, as the sources would push them down. */}
      {!isPending && (
        <>
          <DeliveriesPanel />
          <CanaryPanel />
        </>
      )}
    </>
  );
}

function useSources() {
  return useQuery({
    queryKey: ["sources"],
    queryFn: ({ signal }) => getSources(signal),
    refetchInterval: POLL_MS,
  });
}

function SourcesPanel() {
  const { data, error } = useSources();
  const now = useNow(10_000);
  const [text, setText] = useState("");
  const [quietOnly, setQuietOnly] = useState(false);
  const [sort, setSort] = useState<SourceSort>("lastSeen");
  if (isAbsent(error)) return null;
  const several = (data ?? []).some(({ node }) => node !== undefined);
  const found = selectSources(data ?? [], { text, quietOnly, sort });
  const quiet = (data ?? []).filter((source) => source.quiet).length;
  return (
    <Panel
      title={t("Sources")}
      note={
        data &&
        (quiet > 0
          ? t("{known} known, {quiet} gone quiet", { known: data.length, quiet })
          : t("{known} known", { known: data.length }))
      }
      error={error}
      aside={
        <span className="sources-bar">
          <input
            className="input"
            type="search"
            aria-label={t("Host or app")}
            placeholder={t("Host or app")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <label className="check">
            <input type="checkbox" checked={quietOnly} onChange={(event) => setQuietOnly(event.target.checked)} />{" "}
            {t("Only quiet")}
          </label>
          <select
            className="select"
            aria-label={t("Order")}
            value={sort}
            onChange={(event) => setSort(event.target.value as SourceSort)}
          >
            <option value="lastSeen">{t("last seen")}</option>
            <option value="firstSeen">{t("newest")}</option>
            <option value="rate">{t("highest rate")}</option>
            <option value="errorShare">{t("most errors")}</option>
          </select>
        </span>
      }
    >
      {!data && !error && <p className="empty-row">{t("Loading sources…")}</p>}
      {data?.length === 0 && (
        <p className="empty-row">{t("No sources yet. Each host and app appears here with its first record.")}</p>
      )}
      {data && data.length > 0 && found.length === 0 && <p className="empty-row">{t("No source matches.")}</p>}
      {found.length > 0 && (
        <Table
          className="sources"
          heads={[
            ...(several ? [t("Node")] : []),
            t("Host"),
            t("App"),
            t("State"),
            `${t("Records/s")}#`,
            `${t("Errors")}#`,
            t("Last seen"),
            t("First seen"),
          ]}
        >
          {found.slice(0, SHOWN).map((source) => (
            <SourceRow
              key={`${source.node ?? ""} ${source.host} ${source.app}`}
              source={source}
              now={now}
              several={several}
            />
          ))}
        </Table>
      )}
      {found.length > SHOWN && (
        <p className="empty-row">
          {t("The first {shown} of {all} are shown. Enter a part of a name to find others.", {
            shown: SHOWN,
            all: found.length,
          })}
        </p>
      )}
    </Panel>
  );
}

function SourceRow({ source, now, several }: { source: Source; now: number; several: boolean }) {
  const { host, app, firstSeen, lastSeen, rate, errorShare, quiet } = source;
  const query = sourceQuery(source);
  return (
    <tr>
      {several && <td>{source.node}</td>}
      <td>
        <a href={exploreHref(query, quiet ? "24h" : "15m")}>{host || t("(none)")}</a>
      </td>
      <td>{app || <span className="muted">{t("(none)")}</span>}</td>
      <td>
        {quiet ? (
          <span className="state source-quiet" title={t("Sent regularly before, and nothing for some time")}>
            {t("QUIET")}
          </span>
        ) : (
          <span className="muted">{t("sending")}</span>
        )}
      </td>
      <td className="num">{formatRate(rate)}</td>
      <td className="num">
        {errorShare > 0 ? (
          <a href={exploreHref(addFilter("level:>=ERROR", query), "1h")}>{formatPercent(errorShare, 1)}</a>
        ) : (
          <span className="muted">0 %</span>
        )}
      </td>
      <td title={formatDateTime(Date.parse(lastSeen), false)}>{formatAgo(now - Date.parse(lastSeen))}</td>
      <td className="muted">{formatDateTime(Date.parse(firstSeen), false)}</td>
    </tr>
  );
}
