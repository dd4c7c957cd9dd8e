import { metricsStore } from "../hooks/metricsStore";
import { useConnection } from "../hooks/useMetrics";
import { useNow } from "../hooks/useNow";
import { t } from "../i18n";

/** Says that the server is unreachable, why, and when the next attempt follows. Renders nothing while connected. */
export function ConnectionBanner() {
  const stream = useConnection();
  const now = useNow(500);
  if (stream.kind === "refused") {
    return (
      <div className="banner" role="alert">
        {t("The server refused the metrics stream: {reason}", { reason: stream.error.message })}
      </div>
    );
  }
  if (stream.kind !== "lost") return null;
  const seconds = Math.max(0, Math.ceil((stream.retryAt - now) / 1000));
  return (
    <div className="banner" role="alert">
      <span>
        <strong>{t("Connection lost.")}</strong>{" "}
        {seconds > 0
          ? t("{reason} Retrying in {seconds} s; the page may be out of date.", { reason: stream.reason, seconds })
          : t("{reason} Retrying now; the page may be out of date.", { reason: stream.reason })}
      </span>
      <button type="button" className="button" onClick={() => metricsStore.retryNow()}>
        {t("Retry now")}
      </button>
    </div>
  );
}
