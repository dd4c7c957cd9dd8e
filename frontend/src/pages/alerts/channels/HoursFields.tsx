import { t } from "../../../i18n";
import { formatWeekday } from "../../../models/format";
import type { Hours } from "../../../api/notices";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** The browser's time zone: what people who set hours mean. */
export const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Hours of the week: days, start and end, and their time zone. */
export function HoursFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const days = hours.days ?? [];
  return (
    <div className="hours">
      <span className="hours-days">
        {DAYS.map((day) => (
          <label key={day}>
            <input
              type="checkbox"
              checked={days.length === 0 || days.includes(day)}
              onChange={(event) => {
                const chosen = DAYS.filter((one) =>
                  one === day ? event.target.checked : days.length === 0 || days.includes(one),
                );
                onChange({ ...hours, days: [...chosen] });
              }}
            />{" "}
            {formatWeekday(day)}
          </label>
        ))}
      </span>
      <label>
        {t("from")}{" "}
        <input
          className="input"
          type="time"
          value={hours.from}
          onChange={(event) => onChange({ ...hours, from: event.target.value })}
        />
      </label>
      <label>
        {t("to")}{" "}
        <input
          className="input"
          type="time"
          value={hours.to}
          onChange={(event) => onChange({ ...hours, to: event.target.value })}
        />
      </label>
      <label>
        {t("time zone")}{" "}
        <input
          className="input"
          placeholder="UTC"
          value={hours.timeZone ?? ""}
          onChange={(event) => onChange({ ...hours, timeZone: event.target.value })}
        />
      </label>
    </div>
  );
}
