import type { StreamState } from "../../api/sse";
import { useNow } from "../../hooks/useNow";
import { t } from "../../i18n";
import { formatInteger } from "../../models/format";
import { TAIL_CAPACITY, type TailBuffer } from "../../models/tailBuffer";

interface Props {
  buffer: TailBuffer;
  stream: StreamState;
  onResume: () => void;
}

/** The state of the tail: the connection, the rows shown and the rows waiting. */
export function TailStatus({ buffer, stream, onResume }: Props) {
  return (
    <div className="tail-status" role="status">
      {!(buffer.paused && stream.kind === "open") && <StreamText stream={stream} />}
      <span className="muted">
        {buffer.length >= TAIL_CAPACITY
          ? t("{count} shown (newest only; see Explore for older records)", { count: buffer.length })
          : t("{count} shown", { count: buffer.length })}
      </span>
      {buffer.paused && (
        <button type="button" className="button tail-resume" onClick={onResume}>
          {t("Paused · {waiting} new", { waiting: formatInteger(buffer.waiting) })}
        </button>
      )}
    </div>
  );
}

function StreamText({ stream }: { stream: StreamState }) {
  const now = useNow(1_000);
  if (stream.kind === "open") return <span>{t("Following")}</span>;
  if (stream.kind === "connecting") return <span className="muted">{t("Connecting…")}</span>;
  if (stream.kind === "refused")
    return <span className="danger-text">{t("Not following: the server rejected the query")}</span>;
  return (
    <span className="danger-text">
      {t("{reason} Meanwhile, new records appear in Explore. Retrying in {seconds} s.", {
        reason: stream.reason,
        seconds: Math.max(0, Math.ceil((stream.retryAt - now) / 1000)),
      })}
    </span>
  );
}
