import { useQuery } from "@tanstack/react-query";
import { isAbsent } from "../../api/http";
import { getSources } from "../../api/sources";
import { getTemplates } from "../../api/templates";
import { Panel } from "../../components/Panel";
import { PatternText } from "../../components/PatternText";
import { useNow } from "../../hooks/useNow";
import { t } from "../../i18n";
import { formatCount, formatSpan } from "../../models/format";
import { OWN_APPS } from "../../models/ownRecords";
import { addFilter, equals } from "../../models/queryEdit";
import { exploreHref, routeHash } from "../../models/route";
import { templateHref } from "../../models/templates";

const POLL_MS = 30_000;
const SINCE = "24h";
const LEVEL = "ERROR";
const NEW_SHOWN = 5;
const QUIET_SHOWN = 4;

/** What is wrong although no rule says so: errors that were never seen before, and senders that stopped. */
export function TroublePanel() {
  const now = useNow(10_000);
  const fresh = useQuery({
    queryKey: ["templates", "overview"],
    queryFn: ({ signal }) => getTemplates({ since: SINCE, level: LEVEL, sort: "count", limit: 50 }, signal),
    refetchInterval: POLL_MS,
  });
  const sources = useQuery({
    queryKey: ["sources"],
    queryFn: ({ signal }) => getSources(signal),
    refetchInterval: POLL_MS,
  });
  const errors = (fresh.data?.templates ?? []).filter(({ firstApp }) => !OWN_APPS.includes(firstApp));
  const quiet = (sources.data ?? []).filter(({ quiet: silent, app }) => silent && !OWN_APPS.includes(app));
  const failed = [fresh.error, sources.error].find((error) => error && !isAbsent(error));
  const aside = (
    <a className="panel-note" href={routeHash("templates", { since: SINCE, level: LEVEL })}>
      {t("All new errors")}
    </a>
  );
  return (
    <Panel title={t("New errors")} note={t("first seen in the last 24 hours")} aside={aside} error={failed}>
      {(fresh.isPending || sources.isPending) && errors.length + quiet.length === 0 && (
        <p className="empty-row">{t("Loading…")}</p>
      )}
      <ul className="trouble">
        {errors.slice(0, NEW_SHOWN).map((template) => (
          <li key={template.id}>
            <a className="mono trouble-text" href={templateHref(template)} title={template.example}>
              <PatternText pattern={template.template} example={template.example} />
            </a>
            <span className="muted trouble-from">{template.firstApp || template.firstHost}</span>
            <span className="trouble-count">{formatCount(template.count)}</span>
            <span className="muted trouble-age">{formatSpan(now - Date.parse(template.firstSeen))}</span>
          </li>
        ))}
        {quiet.slice(0, QUIET_SHOWN).map(({ host, app, lastSeen }) => (
          <li key={`${host} ${app}`}>
            <a className="trouble-text" href={exploreHref(addFilter(equals("host", host), equals("app", app)), "24h")}>
              {app && host ? t("{app} on {host}", { app, host }) : app || host}{" "}
              <span className="state" data-state="PENDING">
                {t("gone quiet")}
              </span>
            </a>
            <span className="muted trouble-age">{formatSpan(now - Date.parse(lastSeen))}</span>
          </li>
        ))}
      </ul>
      {quiet.length > QUIET_SHOWN && (
        <p className="trouble-more">
          <a href={routeHash("inputs", { tab: "sources" })}>
            {t("{count} senders have gone quiet", { count: formatCount(quiet.length) })}
          </a>
        </p>
      )}
      {errors.length === 0 && quiet.length === 0 && fresh.data && !sources.isPending && (
        <p className="empty-row">{t("No new kind of error, and no sender went quiet.")}</p>
      )}
    </Panel>
  );
}
