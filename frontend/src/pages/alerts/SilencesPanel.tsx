import { useState } from "react";
import { deleteSilence, updateSilence } from "../../api/control";
import type { Rule, Silence } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { useChange } from "../../hooks/useChange";
import { useNow } from "../../hooks/useNow";
import { t } from "../../i18n";
import { formatLabels } from "../../models/alerts";
import { formatDateTime, formatInteger, formatSpan } from "../../models/format";
import { silenceMatchers } from "../../models/matchers";
import { useSilences } from "./useSilences";

const HOUR_MS = 3_600_000;

/** The active silences with what they hide now; renders nothing while there are none. */
export function SilencesPanel({ rules }: { rules: readonly Rule[] }) {
  const { data } = useSilences();
  const now = useNow(10_000);
  const current = (data ?? []).filter(({ until }) => Date.parse(until) > now);
  if (current.length === 0) return null;
  return (
    <Panel title={t("Silences")} note={t("nobody is told of these alerts")}>
      <ul className="silences">
        {current.map((silence) => (
          <SilenceItem key={silence.id} silence={silence} rules={rules} now={now} />
        ))}
      </ul>
    </Panel>
  );
}

function SilenceItem({ silence, rules, now }: { silence: Silence; rules: readonly Rule[]; now: number }) {
  const end = useChange(deleteSilence, ["alerts"]);
  const [open, setOpen] = useState(false);
  const { id, matchers, match, note, author, hides, endsSoon } = silence;
  const { rule, ...labels } = matchers;
  const name = rules.find((one) => one.id === rule)?.name;
  const until = Date.parse(silence.until);
  const extend = useChange(
    () =>
      updateSilence({
        id,
        matchers,
        note,
        match,
        author,
        until: new Date(until + HOUR_MS).toISOString(),
      }),
    ["alerts"],
  );
  return (
    <li data-warning={endsSoon ? "" : undefined}>
      <span className="silence-what">
        <span>{name ?? note}</span>{" "}
        <span className="mono muted">{silenceMatchers({ matchers: labels, match }).join(" ")}</span>
        <span className="silence-note">
          {[name !== undefined && note !== name && note, author && t("by {author}", { author })]
            .filter(Boolean)
            .join(", ")}
        </span>
      </span>
      <button
        type="button"
        className="link"
        aria-expanded={open}
        disabled={hides.count === 0}
        onClick={() => setOpen(!open)}
      >
        {t("hides {count} now", { count: formatInteger(hides.count) })}
      </button>

      <span className={endsSoon ? "silence-soon" : "muted"} title={formatDateTime(until, false)}>
        {endsSoon
          ? t("ends soon, alerts still fire: {time} left", { time: formatSpan(until - now) })
          : t("{time} left", { time: formatSpan(until - now) })}
      </span>
      <button type="button" className="button" disabled={extend.isPending} onClick={() => extend.mutate()}>
        {t("+1 hour")}
      </button>

      <button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate(id)}>
        {t("End now")}
      </button>
      {open && (
        <ul className="silence-hides">
          {hides.alerts.map((alert, index) => (
            <li key={index}>
              {alert.name} <span className="mono muted">{formatLabels(alert.labels)}</span>
            </li>
          ))}
        </ul>
      )}
      <ErrorText as="span" error={end.error ?? extend.error} />
    </li>
  );
}
