import { createSilence } from "../../api/control";
import { isAbsent } from "../../api/http";
import type { Alert } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Menu } from "../../components/Menu";
import { useChange } from "../../hooks/useChange";
import { parseDuration } from "../../models/format";
import { useSilences } from "./useSilences";

const CHOICES = [
  { duration: "1h", label: "for 1 hour" },
  { duration: "4h", label: "for 4 hours" },
  { duration: "1d", label: "for a day" },
  { duration: "7d", label: "for a week" },
];

/** Stops notifications of one alert for a while; the alert stays visible. */
export function SilenceMenu({ alert }: { alert: Alert }) {
  const silences = useSilences();
  const silence = useChange(
    (duration: string) =>
      createSilence({
        matchers: { rule: alert.rule, ...alert.labels },
        note: alert.name,
        until: new Date(Date.now() + (parseDuration(duration) ?? 0)).toISOString(),
      }),
    ["alerts"],
  );
  if (isAbsent(silences.error)) return null;
  return (
    <Menu label="Silence" name={`Silence ${alert.name}`} align="right">
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
              {label}
            </button>
          ))}
          <ErrorText as="p" className="menu-section" error={silence.error} />
        </>
      )}
    </Menu>
  );
}
