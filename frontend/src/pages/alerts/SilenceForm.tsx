import { useState } from "react";
import { createSilence } from "../../api/control";
import type { Alert } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Field } from "../../components/Field";
import { Sheet } from "../../components/Sheet";
import { useChange } from "../../hooks/useChange";
import { plural, t } from "../../i18n";
import { formatLabels } from "../../models/alerts";
import { formatInteger, parseDuration } from "../../models/format";
import { matcherProblem, matches, splitMatchers } from "../../models/matchers";

interface Props {
  /** The alert that the silence starts from, if any. */
  from: Alert | undefined;
  alerts: readonly Alert[];
  onClose: () => void;
}

const LISTED = 5;

/** Silences alerts by their labels, and shows which ones that hides now. */
export function SilenceForm({ from, alerts, onClose }: Props) {
  const [text, setText] = useState(
    from ? [`rule=${from.rule}`, ...Object.entries(from.labels).map((pair) => pair.join("="))].join("\n") : "",
  );
  const [duration, setDuration] = useState("4h");
  const [note, setNote] = useState(from?.name ?? "");
  const match = splitMatchers(text);
  const problem = match.map(matcherProblem).find((one) => one !== undefined);
  const length = parseDuration(duration) ?? 0;
  const create = useChange(
    () =>
      createSilence({
        matchers: {},
        match,
        note: note.trim(),
        until: new Date(Date.now() + length).toISOString(),
      }),
    ["alerts"],
  );
  const hidden =
    match.length > 0 && problem === undefined
      ? alerts.filter(
          (alert) =>
            alert.state === "FIRING" &&
            match.every((one) => matches(one, { ...alert.labels, rule: alert.rule, severity: alert.severity })),
        )
      : [];
  return (
    <Sheet title={t("Silence by labels")} onClose={onClose}>
      <form
        className="form sheet-form silence-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (match.length === 0 || problem !== undefined || length <= 0) return;
          create.mutate(undefined, { onSuccess: onClose });
        }}
      >
        <Field
          name={t("Alerts that meet all of these conditions, one a line")}
          wide
          problem={problem}
          hint="= and != compare, =~ and !~ match a regular expression: app=web, host=~db.*, severity!=critical"
        >
          <textarea
            className="input mono"
            rows={3}
            placeholder="app=web"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Field name={t("For how long")} problem={length > 0 ? undefined : t("Enter a duration such as 30m, 4h or 7d.")}>
          <input className="input" value={duration} onChange={(event) => setDuration(event.target.value)} />
        </Field>
        <Field name={t("Why")}>
          <input className="input" value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <p className="form-row" role="status">
          {match.length === 0
            ? t("Without a condition nothing is silenced.")
            : hidden.length === 0
              ? t("Hides no firing alert now.")
              : plural(hidden.length, "Hides {n} firing alert now:", "Hides {n} firing alerts now:")}
        </p>
        {hidden.length > 0 && (
          <ul className="form-row silence-hides">
            {hidden.slice(0, LISTED).map((alert) => (
              <li key={alert.id}>
                {alert.name} <span className="mono">{formatLabels(alert.labels)}</span>
              </li>
            ))}
            {hidden.length > LISTED && (
              <li>{t("and {length} more", { length: formatInteger(hidden.length - LISTED) })}</li>
            )}
          </ul>
        )}
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={match.length === 0 || create.isPending}>
            {t("Silence")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          <ErrorText as="span" error={create.error} alert />
        </div>
      </form>
    </Sheet>
  );
}
