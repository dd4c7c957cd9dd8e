import { metricsStore } from "../hooks/metricsStore";
import { useConnection } from "../hooks/useMetrics";
import { useNow } from "../hooks/useNow";

/** Says that the server is unreachable, why, and when the next attempt follows. Renders nothing while connected. */
export function ConnectionBanner() {
  const stream = useConnection();
  const now = useNow(500);
  if (stream.kind === "refused") {
    return (
      <div className="banner" role="alert">
        The server refused the metrics stream: {stream.error.message}
      </div>
    );
  }
  if (stream.kind !== "lost") return null;
  const seconds = Math.max(0, Math.ceil((stream.retryAt - now) / 1000));
  return (
    <div className="banner" role="alert">
      <span>
        <strong>Connection lost.</strong> {stream.reason} Retrying {seconds > 0 ? `in ${seconds} s` : "now"}; the page
        may be out of date.
      </span>
      <button type="button" className="button" onClick={() => metricsStore.retryNow()}>
        Retry now
      </button>
    </div>
  );
}
