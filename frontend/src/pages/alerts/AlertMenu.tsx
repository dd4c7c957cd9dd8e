import { useState } from "react";
import { createSilence } from "../../api/control";
import { isAbsent } from "../../api/http";
import { acknowledge, withdrawAcknowledgement } from "../../api/notices";
import type { Alert } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Menu } from "../../components/Menu";
import { useChange } from "../../hooks/useChange";
import { msg, t, tr } from "../../i18n";
import { parseDuration } from "../../models/format";
import { useSilences } from "./useSilences";

const CHOICES = [
  { duration: "1h", label: msg("for 1 hour") },
  { duration: "4h", label: msg("for 4 hours") },
  { duration: "1d", label: msg("for a day") },
  { duration: "7d", label: msg("for a week") },
];

/** What can be done about one alert: take it on, or silence it for a while. It stays visible. */
export function AlertMenu({ alert, onSilence }: { alert: Alert; onSilence: (alert: Alert) => void }) {
  const silences = useSilences();
  return (
    <span className="alert-actions">
      <AckButton alert={alert} />
      {!isAbsent(silences.error) && <SilenceMenu alert={alert} onSilence={onSilence} />}
    </span>
  );
}

/** Acknowledges one alert, not its neighbours; or takes that back. */
function AckButton({ alert }: { alert: Alert }) {
  const [comment, setComment] = useState("");
  const put = useChange(acknowledge, ["alerts"]);
  const undo = useChange(withdrawAcknowledgement, ["alerts"]);
  if (alert.acknowledged) {
    return (
      <>
        <button
          type="button"
          className="button"
          aria-label={t("Undo the acknowledgement of {name}", { name: alert.name })}
          title={t("Undo the acknowledgement")}
          disabled={undo.isPending}
          onClick={() => undo.mutate(alert)}
        >
          {t("Undo")}
        </button>
        <ErrorText as="span" error={undo.error} alert />
      </>
    );
  }
  return (
    <Menu label={t("Acknowledge")} name={t("Acknowledge {name}", { name: alert.name })} align="right">
      {(close) => (
        <form
          className="ack"
          onSubmit={(event) => {
            event.preventDefault();
            put.mutate({ alert, comment: comment.trim() }, { onSuccess: close });
          }}
        >
          <label>
            <span className="muted">
              {t("Stops repeated notices and escalation of this alert; its end is still told.")}
            </span>
            <input
              className="input"
              aria-label={t("Comment")}
              placeholder={t("Comment, such as “restarting it”")}
              autoFocus
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          </label>
          <button type="submit" className="button button-primary" disabled={put.isPending}>
            {t("Acknowledge")}
          </button>
          <ErrorText as="p" error={put.error} alert />
        </form>
      )}
    </Menu>
  );
}

function SilenceMenu({ alert, onSilence }: { alert: Alert; onSilence: (alert: Alert) => void }) {
  const silence = useChange(
    (duration: string) =>
      createSilence({
        matchers: { rule: alert.rule, ...alert.labels },
        note: alert.name,
        until: new Date(Date.now() + (parseDuration(duration) ?? 0)).toISOString(),
      }),
    ["alerts"],
  );
  return (
    <Menu label={t("Silence")} name={t("Silence {name}", { name: alert.name })} align="right">
      {(close) => (
        <>
          {CHOICES.map(({ duration, label }) => (
            <button
              key={duration}
              type="button"
              className="menu-item"
              disabled={silence.isPending}
              onClick={() => silence.mutate(duration, { onSuccess: close })}
            >
              {tr(label)}
            </button>
          ))}
          <button
            type="button"
            className="menu-item"
            onClick={() => {
              close();
              onSilence(alert);
            }}
          >
            {t("by labels…")}
          </button>
          <ErrorText as="p" className="menu-section" error={silence.error} />
        </>
      )}
    </Menu>
  );
}
