import { deleteSilence } from "../../api/control";
import type { Rule, Silence } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { useChange } from "../../hooks/useChange";
import { useNow } from "../../hooks/useNow";
import { formatLabels } from "../../models/alerts";
import { formatDateTime, formatSpan } from "../../models/format";
import { useSilences } from "./useSilences";

/** The active silences; renders nothing while there are none. */
export function SilencesPanel({ rules }: { rules: readonly Rule[] }) {
  const { data } = useSilences();
  const now = useNow(10_000);
  const current = (data ?? []).filter(({ until }) => Date.parse(until) > now);
  if (current.length === 0) return null;
  return (
    <Panel title="Silences" note="no notifications are sent for these alerts">
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
  const { rule, ...labels } = silence.matchers;
  const name = rules.find(({ id }) => id === rule)?.name ?? silence.note;
  const until = Date.parse(silence.until);
  return (
    <li>
      <span>{name}</span>
      <span className="mono muted">{formatLabels(labels)}</span>
      <span className="spacer" />
      <span className="muted" title={formatDateTime(until, false)}>
        {formatSpan(until - now)} left
      </span>
      <button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate(silence.id)}>
        End now
      </button>
      <ErrorText as="span" error={end.error} />
    </li>
  );
}
