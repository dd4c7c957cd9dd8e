import { useState } from "react";
import { PatternText } from "../../components/PatternText";
import { LongText } from "../../components/record/LongText";
import { Table } from "../../components/Table";
import { t } from "../../i18n";
import type { Capsule } from "../../models/capsule";
import { formatDateTime, formatInteger } from "../../models/format";
import { shownLevel } from "../../models/levels";
import { exploreHref } from "../../models/route";
import { encodeRange } from "../../models/timeRange";

/** Rows shown at once. */
const SHOWN = 200;
/** Rows that a click adds. */
const MORE = 1_000;
/** Characters of a message, and of the fields below it. */
const MESSAGE_SHOWN = 2_000;
const FIELDS_SHOWN = 500;
/** Fields that have columns of their own, or say nothing without the server. */
const APART: ReadonlySet<string> = new Set(["_time", "_msg", "level", "_stream", "_stream_id"]);

/** What a capsule contains, all of it as text. */
export function CapsuleView({ capsule }: { capsule: Capsule }) {
  const { title, notes, query, start, end, made, redacted, patterns, alerts, records, cut } = capsule;
  const [most, setMost] = useState(SHOWN);
  const shown = records.slice(0, most);
  return (
    <div className="capsule">
      <header>
        <h2>{title}</h2>
        <p className="muted">
          {t("{start} to {end}, made {made}", {
            start: formatDateTime(start, false),
            end: formatDateTime(end, false),
            made: formatDateTime(made, false),
          })}
          {redacted.length > 0 &&
            ` · ${t("hidden: {kinds}", { kinds: redacted.map(([kind, count]) => `${kind} ${formatInteger(count)}`).join(", ") })}`}
        </p>
      </header>
      <section>
        <h3>{t("Query")}</h3>
        <pre>{query}</pre>
        <a href={exploreHref(query, encodeRange({ kind: "between", start, end }))}>{t("Ask this server the same")}</a>
      </section>
      {notes !== "" && (
        <section>
          <h3>{t("Notes")}</h3>
          <pre>{notes}</pre>
        </section>
      )}
      <Bars capsule={capsule} />
      {patterns.length > 0 && (
        <section>
          <h3>{t("Patterns")}</h3>
          <Table heads={[`${t("Records")}#`, t("Template")]}>
            {patterns.map(({ template, records: count }, index) => (
              <tr key={index}>
                <td className="num">{formatInteger(count)}</td>
                <td className="capsule-wide">
                  <PatternText pattern={template} />
                </td>
              </tr>
            ))}
          </Table>
        </section>
      )}
      {alerts.length > 0 && (
        <section>
          <h3>{t("Alerts")}</h3>
          <Table heads={[t("Time"), t("Alert"), t("Change"), t("Reason")]}>
            {alerts.map(({ time, name, labels, from, to, reason }, index) => (
              <tr key={index}>
                <td>{formatDateTime(time, false)}</td>
                <td className="capsule-wide">
                  {name} <span className="muted">{labels}</span>
                </td>
                <td>{`${from} → ${to}`}</td>
                <td className="capsule-wide">{reason}</td>
              </tr>
            ))}
          </Table>
        </section>
      )}
      <section>
        <h3>{t("Records")}</h3>
        <Table heads={[t("Time"), t("Level"), t("Message")]} className="capsule-records stacked">
          {shown.map((row, index) => (
            <tr key={index}>
              <td className="capsule-time">{timeText(row._time)}</td>
              <td data-level={shownLevel(row.level)}>{row.level}</td>
              <td className="capsule-wide stacked-wide">
                <pre>
                  <LongText text={row._msg ?? ""} most={MESSAGE_SHOWN} />
                </pre>
                <div className="muted">
                  <LongText
                    text={Object.entries(row)
                      .filter(([name]) => !APART.has(name))
                      .map(([name, value]) => `${name}=${value}`)
                      .join("  ")}
                    most={FIELDS_SHOWN}
                  />
                </div>
              </td>
            </tr>
          ))}
        </Table>
        {records.length > shown.length && (
          <div className="list-foot">
            <button type="button" className="button" onClick={() => setMost(most + MORE)}>
              {t("Show {more} more of {left}", {
                more: Math.min(MORE, records.length - most),
                left: records.length - most,
              })}
            </button>
          </div>
        )}
        {cut && <p className="muted">{t("Long values or further records are left out.")}</p>}
      </section>
    </div>
  );
}

function Bars({ capsule: { histogram, start, end, stepMs } }: { capsule: Capsule }) {
  const most = histogram.reduce((max, { records }) => Math.max(max, records), 1);
  const range = Math.max(1, end - start);
  if (histogram.length === 0) return null;
  return (
    <section>
      <h3>{t("Records over time")}</h3>
      <svg className="capsule-bars" role="img" viewBox="0 0 1000 100" preserveAspectRatio="none">
        <title>{t("at most {most}", { most })}</title>
        {histogram.map(({ time, records }, index) => (
          <rect
            key={index}
            x={((time - start) / range) * 1000}
            width={Math.min(1000, Math.max(1, (stepMs / range) * 900))}
            y={100 - (records / most) * 100}
            height={(records / most) * 100}
          >
            <title>{`${formatDateTime(time, false)}: ${formatInteger(records)}`}</title>
          </rect>
        ))}
      </svg>
      <p className="muted">{t("at most {most}", { most })}</p>
    </section>
  );
}

function timeText(time: string | undefined): string {
  const ms = Date.parse(time ?? "");
  return Number.isNaN(ms) ? (time ?? "") : formatDateTime(ms);
}
