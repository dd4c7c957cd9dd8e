import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getTemplate, type Template } from "../../api/templates";
import { ErrorText } from "../../components/ErrorText";
import { PatternText } from "../../components/PatternText";
import { rich, t } from "../../i18n";
import { formatDateTime, formatInteger } from "../../models/format";
import { levelClass } from "../../models/levels";
import { dailyCounts, templateHref } from "../../models/templates";
import { routeHash } from "../../models/route";
import { equals } from "../../models/queryEdit";

/** A template; opened, it shows its first message and its counts by day. */
export function TemplateRow({ template }: { template: Template }) {
  const [open, setOpen] = useState(false);
  const { firstSeen, lastSeen, level, firstHost, firstApp, count } = template;
  return (
    <tr data-open={open ? "" : undefined}>
      <td className="template-time">{formatDateTime(Date.parse(firstSeen), false)}</td>
      <td>
        <span className={levelClass(level)}>{level || "–"}</span>
      </td>
      <td className="template-cell">
        <button
          type="button"
          className="pattern-text mono"
          aria-expanded={open}
          title={open ? t("Hide the details") : t("Show the first message and the counts by day")}
          onClick={() => setOpen(!open)}
        >
          <PatternText pattern={template.template} example={template.example} />
        </button>
        <span className="template-origin">
          {firstApp && <a href={routeHash("templates", { q: equals("app", firstApp) })}>{firstApp}</a>}
          {firstApp && firstHost && ` ${t("on [[host]]")} `}
          {firstHost && <a href={routeHash("templates", { q: equals("host", firstHost) })}>{firstHost}</a>}
        </span>
        {open && <TemplateDetail template={template} />}
      </td>
      <td className="num">
        <a href={templateHref(template)} title={t("Show these records in Explore")}>
          {formatInteger(count)}
        </a>
      </td>
      <td className="template-time">{formatDateTime(Date.parse(lastSeen), false)}</td>
    </tr>
  );
}

const DAYS_SHOWN = 60;

function TemplateDetail({ template }: { template: Template }) {
  const { data, error } = useQuery({
    queryKey: ["template", template.id],
    queryFn: ({ signal }) => getTemplate(template.id, signal),
  });
  const days = dailyCounts(data?.days ?? {}, DAYS_SHOWN);
  const most = Math.max(...days.map(({ count }) => count), 1);
  return (
    <div className="template-detail">
      <pre className="pattern-example">{template.example}</pre>
      <ErrorText error={error} />
      {days.length > 0 && (
        <figure className="template-days">
          <div aria-hidden="true">
            {days.map(({ day, count }) => (
              <span
                key={day}
                title={`${day}: ${formatInteger(count)}`}
                style={{ height: `${(count / most) * 100}%` }}
              />
            ))}
          </div>
          <figcaption>
            {t("Records by day (UTC), {from} to {to}, at most {most}", {
              from: days[0]?.day ?? "",
              to: days[days.length - 1]?.day ?? "",
              most,
            })}
          </figcaption>
        </figure>
      )}
      <a href={templateHref(template)}>{t("Show the records")}</a>
      <span className="muted"> {rich("id {id}", { id: <code>{template.id}</code> })}</span>
    </div>
  );
}
