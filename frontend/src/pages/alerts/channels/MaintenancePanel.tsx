import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../../api/http";
import {
  createMaintenance,
  deleteMaintenance,
  getMaintenance,
  type Hours,
  type Maintenance,
} from "../../../api/notices";
import { AskTwice } from "../../../components/AskTwice";
import { ErrorText } from "../../../components/ErrorText";
import { Field } from "../../../components/Field";
import { MomentInput } from "../../../components/MomentInput";
import { Panel } from "../../../components/Panel";
import { Sheet } from "../../../components/Sheet";
import { useChange } from "../../../hooks/useChange";
import { plural, t } from "../../../i18n";
import { formatDateTime } from "../../../models/format";
import { hoursText } from "../../../models/channels";
import { matcherProblem, splitMatchers } from "../../../models/matchers";
import { fromLocalInput, toLocalInput } from "../../../models/timeRange";
import { presentZoneName } from "../../../models/zone";
import { HoursFields, ownTimeZone } from "./HoursFields";

/** Times in which nobody is told of some alerts: once, or in hours of the week. */
export function MaintenancePanel() {
  const { data, error } = useQuery({ queryKey: ["maintenance"], queryFn: ({ signal }) => getMaintenance(signal) });
  const [open, setOpen] = useState(false);
  if (isAbsent(error)) return null;
  return (
    <Panel
      title={t("Maintenance")}
      note={t("planned times without notices")}
      error={error}
      aside={
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t("New window")}
        </button>
      }
    >
      {data?.length === 0 && (
        <p className="empty-row">{t("No maintenance windows. Plan one before work that would raise alerts.")}</p>
      )}
      {data && data.length > 0 && (
        <ul className="routes">
          {[...data]
            .sort((a, b) => rank(a) - rank(b))
            .map((window) => (
              <WindowItem key={window.id} window={window} />
            ))}
        </ul>
      )}
      {open && <WindowForm onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function WindowItem({ window }: { window: Maintenance }) {
  const remove = useChange(deleteMaintenance, ["maintenance", "alerts"]);
  const { id, name, match, active, hides } = window;
  return (
    <li>
      <span className="state" data-state={active ? "RUNNING" : undefined}>
        {active ? t("ON") : window.next ? t("PLANNED") : t("OVER")}
      </span>
      <div className="route-what">
        <div>
          <b>{name}</b> <span className="mono">{match?.length ? match.join("  ") : t("all alerts")}</span>
        </div>
        <div className="muted">
          {timesOf(window)}
          {active && `; ${plural(hides.count, "hides {n} firing alert now", "hides {n} firing alerts now")}`}
        </div>
        <ErrorText error={remove.error} />
      </div>
      <span className="channel-actions">
        <AskTwice label={t("Delete {name}", { name })} busy={remove.isPending} onConfirm={() => remove.mutate(id)} />
      </span>
    </li>
  );
}

/** Those that hide alerts now first, then the planned ones. */
const rank = ({ active, next }: Maintenance) => (active ? 0 : next ? 1 : 2);

function timesOf({ start, end, hours, until, next }: Maintenance): string {
  const at = (time: string) => formatDateTime(Date.parse(time), false);
  if (hours) {
    const more = until ? `, on until ${at(until)}` : next ? `, next at ${at(next)}` : "";
    return `${hoursText(hours)}${more}`;
  }
  return start && end ? t("{start} to {end}", { start: at(start), end: at(end) }) : "";
}

const HOUR_MS = 3_600_000;

function WindowForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [match, setMatch] = useState("");
  const [ends, setEnds] = useState(() => {
    const now = Date.now();
    return { start: toLocalInput(now), end: toLocalInput(now + 2 * HOUR_MS) };
  });
  const [hours, setHours] = useState<Hours>();
  const [tried, setTried] = useState(false);
  const create = useChange(createMaintenance, ["maintenance", "alerts"]);
  const matchers = splitMatchers(match);
  const problem = matchers.map(matcherProblem).find((one) => one !== undefined);
  const start = fromLocalInput(ends.start);
  const end = fromLocalInput(ends.end);
  const valid = hours !== undefined || start < end;
  return (
    <Sheet title={t("New maintenance window")} onClose={onClose}>
      <form
        className="form sheet-form route-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim() === "" || problem !== undefined || !valid) return;
          create.mutate(
            {
              name: name.trim(),
              match: matchers,
              ...(hours ? { hours } : { start: new Date(start).toISOString(), end: new Date(end).toISOString() }),
            },
            { onSuccess: onClose },
          );
        }}
      >
        <Field name={t("Name")} wide problem={tried && name.trim() === "" ? t("Enter a name.") : undefined}>
          <input
            className="input"
            placeholder={t("database upgrade")}
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field
          name={t("Alerts that meet all of these conditions, one a line; none for all alerts")}
          wide
          problem={problem}
          hint="host=~db.*"
        >
          <textarea className="input mono" rows={2} value={match} onChange={(event) => setMatch(event.target.value)} />
        </Field>
        <label className="form-row window-recurs">
          <span>
            <input
              type="checkbox"
              checked={hours !== undefined}
              onChange={(event) =>
                setHours(event.target.checked ? { from: "22:00", to: "23:00", timeZone: ownTimeZone() } : undefined)
              }
            />{" "}
            {t("Recurs in hours of the week")}
          </span>
        </label>
        {hours ? (
          <div className="form-row">
            <HoursFields hours={hours} onChange={setHours} />
          </div>
        ) : (
          <>
            <Field name={t("From ({zone})", { zone: presentZoneName() })}>
              <MomentInput value={ends.start} onChange={(value) => setEnds({ ...ends, start: value })} />
            </Field>
            <Field name={t("To")} problem={valid ? undefined : t("The start must be before the end.")}>
              <MomentInput value={ends.end} onChange={(value) => setEnds({ ...ends, end: value })} />
            </Field>
          </>
        )}
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={create.isPending}>
            {t("Create")}
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
