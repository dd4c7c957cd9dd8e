import { useState } from "react";
import { errorText } from "../../api/http";
import { actOnSink, deleteSink, type Sink, type SinkAction } from "../../api/sinks";
import { AskTwice } from "../../components/AskTwice";
import { ErrorText } from "../../components/ErrorText";
import { IconButton } from "../../components/IconButton";
import { useChange } from "../../hooks/useChange";
import { plural, t } from "../../i18n";
import { formatBytes, formatCount, formatInteger, formatSpan } from "../../models/format";
import { exploreHref } from "../../models/route";
import { droppedText, SINK_STATES, sinkTypeName, totalDropped } from "../../models/sinks";
import { ReplayForm } from "./ReplayForm";
import { SinkLetters } from "./SinkLetters";

interface Props {
  sink: Sink;
  onEdit: () => void;
}

/** A sink with its figures and actions. */
export function SinkRow({ sink, onEdit }: Props) {
  const { id, name, type, filter, state, lastError, readOnly = false, deadLetters } = sink;
  const [shown, setShown] = useState<"replay" | "letters">();
  const act = useChange(actOnSink, ["sinks"]);
  const remove = useChange(deleteSink, ["sinks"]);
  const refused = act.error ?? remove.error;
  /** A test often says what the last attempt to send said. */
  const told = refused && errorText(refused);
  const { label, tone, help } = SINK_STATES[state] ?? { label: state, tone: "bad", help: "" };
  const runs = !["disabled", "broken"].includes(state);
  const action = (one: SinkAction, text: string, title: string) => (
    <button
      type="button"
      className="button"
      title={title}
      disabled={act.isPending}
      onClick={() => act.mutate({ id, action: one })}
    >
      {act.isPending && act.variables.action === one ? `${text}…` : text}
    </button>
  );
  return (
    <li className="sink" aria-label={name}>
      <div className="sink-head">
        <span className="sink-state" data-tone={tone} title={help}>
          {label}
        </span>
        <b>{name}</b>
        <span className="muted">{sinkTypeName(type)}</span>
        <a className="sink-filter mono" href={exploreHref(filter || "*", "1h")} title={t("Records that it selects")}>
          {filter || "*"}
        </a>
        <span className="spacer" />
        <span className="sink-actions">
          {action("test", t("Test"), t("Sends one record that says it is a test, past the queue"))}
          {runs && state !== "paused" && action("pause", t("Pause"), t("Sends no more; the queue goes on filling"))}
          {runs && state === "paused" && action("resume", t("Resume"), t("Sends what waits"))}
          {runs && action("flush", t("Flush"), t("Sends what waits at once"))}
          {runs && (
            <button
              type="button"
              className="button"
              aria-expanded={shown === "replay"}
              title={t("Sends stored records again")}
              onClick={() => setShown(shown === "replay" ? undefined : "replay")}
            >
              {t("Replay…")}
            </button>
          )}
          {readOnly ? (
            <span className="muted" title={t("Described by logcaster.sinks[] in the settings")}>
              {t("from the settings")}
            </span>
          ) : (
            <>
              <IconButton icon="edit" label={t("Edit {name}", { name })} onClick={onEdit} />
              <AskTwice
                label={t("Delete {name} and its queue", { name })}
                verb={t("Delete with its queue")}
                busy={remove.isPending}
                onConfirm={() => remove.mutate(id)}
              />
            </>
          )}
        </span>
      </div>
      <Figures sink={sink} />
      {lastError && lastError !== told && <p className="sink-error danger-text">{lastError}</p>}
      {act.variables?.action === "test" && act.isSuccess && (
        <p className="sink-note" role="status">
          {t("The receiver took the test record.")}
        </p>
      )}
      <ErrorText className="sink-error" error={refused} alert />
      {deadLetters > 0 && (
        <button
          type="button"
          className="link sink-note"
          aria-expanded={shown === "letters"}
          onClick={() => setShown(shown === "letters" ? undefined : "letters")}
        >
          {plural(deadLetters, "{n} dead letter", "{n} dead letters")}
        </button>
      )}
      {shown === "replay" && <ReplayForm id={id} onDone={() => setShown(undefined)} />}
      {shown === "letters" && deadLetters > 0 && <SinkLetters sink={id} />}
    </li>
  );
}

function Figures({ sink }: { sink: Sink }) {
  const { queued, queuedBytes, sent, retried, dropped, lagSeconds, queue } = sink;
  const gone = totalDropped(dropped);
  return (
    <dl className="sink-figures">
      <div>
        <dt>{t("Sent")}</dt>
        <dd title={t("{sent} since the server started", { sent: formatInteger(sent) })}>{formatCount(sent)}</dd>
      </div>
      <div>
        <dt>{t("Waiting")}</dt>
        <dd>
          {formatCount(queued)}
          {queued > 0 && (
            <span className="muted">
              {" "}
              {formatBytes(queuedBytes)}
              {queue.maxBytes && ` ${t("of {size}", { size: queue.maxBytes })}`}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t("Lag")}</dt>
        <dd>{lagSeconds < 1 ? t("none") : formatSpan(lagSeconds * 1_000)}</dd>
      </div>
      <div>
        <dt>{t("Retried")}</dt>
        <dd>{formatCount(retried)}</dd>
      </div>
      <div>
        <dt>{t("Dropped")}</dt>
        <dd className={gone > 0 ? "danger-text" : undefined}>
          {formatCount(gone)}
          {gone > 0 && <span> ({droppedText(dropped)})</span>}
        </dd>
      </div>
    </dl>
  );
}
