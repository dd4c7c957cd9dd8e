import { useState } from "react";
import { replaySink } from "../../api/sinks";
import { ErrorText } from "../../components/ErrorText";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import { isReplayStart } from "../../models/sinks";

/** Sends stored records again, from a time on. */
export function ReplayForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [from, setFrom] = useState("1h");
  const [to, setTo] = useState("");
  const replay = useChange(replaySink, ["sinks"]);
  const fine = isReplayStart(from) && (to.trim() === "" || isReplayStart(to));
  return (
    <form
      className="sink-replay"
      onSubmit={(event) => {
        event.preventDefault();
        if (fine)
          replay.mutate({ id, from: from.trim(), ...(to.trim() !== "" && { to: to.trim() }) }, { onSuccess: onDone });
      }}
    >
      <label>
        <span>{t("Send again what is stored since")}</span>
        <input
          className="input"
          value={from}
          placeholder="2h"
          aria-invalid={!isReplayStart(from)}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label>
        <span>{t("until")}</span>
        <input
          className="input"
          value={to}
          placeholder={t("now")}
          aria-invalid={to.trim() !== "" && !isReplayStart(to)}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={!fine || replay.isPending}>
        {t("Replay")}
      </button>
      <span className="muted">{t("A duration ago such as 2h, or a time such as 2026-11-21T09:00:00Z.")}</span>
      <ErrorText as="span" error={replay.error} alert />
    </form>
  );
}
