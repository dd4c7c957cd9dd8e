import { useState } from "react";
import type { Channel, Hours, Route } from "../../../api/notices";
import { ErrorText } from "../../../components/ErrorText";
import { Field } from "../../../components/Field";
import { Sheet } from "../../../components/Sheet";
import { msg, t, tr } from "../../../i18n";
import { ALL_CHANNELS } from "../../../models/channels";
import { matcherProblem, splitMatchers } from "../../../models/matchers";
import { parseDuration } from "../../../models/format";
import { HoursFields, ownTimeZone } from "./HoursFields";

interface Props {
  route: Route;
  isNew: boolean;
  channels: readonly Channel[];
  error: unknown;
  busy: boolean;
  onSave: (route: Route) => void;
  onClose: () => void;
}

const TIMES = [
  { name: "groupWait", label: msg("Wait for others") },
  { name: "groupInterval", label: msg("Between two notices") },
  { name: "repeatInterval", label: msg("Repeat every (0s: never)") },
] as const;

/** A route's settings. */
export function RouteForm({ route, isNew, channels, error, busy, onSave, onClose }: Props) {
  const [draft, setDraft] = useState(route);
  const [match, setMatch] = useState(route.match.join("\n"));
  const [groupBy, setGroupBy] = useState(route.groupBy.join(" "));
  const [tried, setTried] = useState(false);
  const set = (part: Partial<Route>) => setDraft((old) => ({ ...old, ...part }));
  const matchers = splitMatchers(match);
  const problem = matchers.map(matcherProblem).find((one) => one !== undefined);
  const badTimes = TIMES.filter(({ name }) => parseDuration(draft[name]) === undefined).map(({ name }) => name);
  const escalates = (draft.escalateAfter ?? "") !== "";
  const others = draft.escalateTo ?? [];
  const ready =
    draft.name.trim() !== "" &&
    problem === undefined &&
    badTimes.length === 0 &&
    draft.channels.length > 0 &&
    (!escalates || (others.length > 0 && parseDuration(draft.escalateAfter ?? "") !== undefined));
  function submit() {
    setTried(true);
    if (!ready) return;
    const { escalateAfter, escalateTo, ...rest } = draft;
    onSave({
      ...rest,
      name: draft.name.trim(),
      match: matchers,
      groupBy: groupBy.split(/[\s,]+/).filter((label) => label !== ""),
      ...(escalates && { escalateAfter, escalateTo }),
    });
  }
  return (
    <Sheet title={isNew ? t("New route") : t("Edit {name}", { name: route.name })} onClose={onClose}>
      <form
        className="form sheet-form route-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field name={t("Name")} wide problem={tried && draft.name.trim() === "" ? t("Enter a name.") : undefined}>
          <input
            className="input"
            placeholder={t("critical to on-call")}
            autoFocus
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field
          name={t("Alerts that meet all of these conditions, one a line; none for all alerts")}
          wide
          problem={problem}
          hint={t("Labels of the alert, and rule, name, severity, kind: severity=critical, app=~shop.*")}
        >
          <textarea
            className="input mono"
            rows={2}
            placeholder="severity=critical"
            value={match}
            spellCheck={false}
            onChange={(event) => setMatch(event.target.value)}
          />
        </Field>
        <ChannelChoice
          legend="Go to"
          channels={channels}
          chosen={draft.channels}
          all
          problem={tried && draft.channels.length === 0 ? t("Choose at least one.") : undefined}
          onChange={(chosen) => set({ channels: chosen })}
        />
        <Field name={t("One notice for alerts that share")} hint="labels; * for one notice each">
          <input className="input mono" value={groupBy} onChange={(event) => setGroupBy(event.target.value)} />
        </Field>
        {TIMES.map(({ name, label }) => (
          <Field
            key={name}
            name={tr(label)}
            problem={badTimes.includes(name) ? t("Enter a duration such as 30s, 5m or 4h.") : undefined}
          >
            <input className="input" value={draft[name]} onChange={(event) => set({ [name]: event.target.value })} />
          </Field>
        ))}
        <div className="form-row route-flags">
          <label>
            <input
              type="checkbox"
              checked={draft.sendResolved}
              onChange={(event) => set({ sendResolved: event.target.checked })}
            />{" "}
            {t("Tell when alerts are resolved")}
          </label>
          <label>
            <input
              type="checkbox"
              checked={draft.continue}
              onChange={(event) => set({ continue: event.target.checked })}
            />{" "}
            {t("Alerts go on to the next routes, too")}
          </label>
        </div>
        <QuietHours hours={draft.quietHours} onChange={(quietHours) => set({ quietHours })} />
        <Field
          name={t("Escalate when nobody acknowledged after")}
          problem={
            escalates && parseDuration(draft.escalateAfter ?? "") === undefined
              ? t("Enter a duration such as 30m, or nothing.")
              : undefined
          }
        >
          <input
            className="input"
            placeholder={t("never")}
            value={draft.escalateAfter ?? ""}
            onChange={(event) => set({ escalateAfter: event.target.value })}
          />
        </Field>
        {escalates && (
          <ChannelChoice
            legend="Escalate to"
            channels={channels}
            chosen={others}
            problem={tried && others.length === 0 ? t("Choose at least one.") : undefined}
            onChange={(escalateTo) => set({ escalateTo })}
          />
        )}
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={busy}>
            {isNew ? t("Create") : t("Save")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          <ErrorText as="span" error={error} alert />
        </div>
      </form>
    </Sheet>
  );
}

interface ChoiceProps {
  legend: string;
  channels: readonly Channel[];
  chosen: readonly string[];
  /** Whether every channel is a choice of its own. */
  all?: boolean;
  problem: string | undefined;
  onChange: (chosen: string[]) => void;
}

function ChannelChoice({ legend, channels, chosen, all = false, problem, onChange }: ChoiceProps) {
  const every = chosen.includes(ALL_CHANNELS);
  return (
    <fieldset className="form-row route-flags">
      <legend>{legend}</legend>
      {all && (
        <label>
          <input
            type="checkbox"
            checked={every}
            onChange={(event) => onChange(event.target.checked ? [ALL_CHANNELS] : [])}
          />{" "}
          {t("every channel that is on")}
        </label>
      )}
      {channels.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={every || chosen.includes(id)}
            disabled={every}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />{" "}
          {name}
        </label>
      ))}
      {channels.length === 0 && <span>{t("There are no channels yet.")}</span>}
      {problem && <span className="danger-text">{problem}</span>}
    </fieldset>
  );
}

function QuietHours({ hours, onChange }: { hours: readonly Hours[]; onChange: (hours: Hours[]) => void }) {
  return (
    <div className="form-row">
      <span>{t("Quiet hours: nothing is sent; what still fires afterwards is told then")}</span>
      {hours.map((one, index) => (
        <div key={index} className="quiet-hours">
          <HoursFields
            hours={one}
            onChange={(next) => onChange(hours.map((other, at) => (at === index ? next : other)))}
          />
          <button type="button" className="button" onClick={() => onChange(hours.filter((_, at) => at !== index))}>
            {t("Remove")}
          </button>
        </div>
      ))}
      <div>
        <button
          type="button"
          className="button"
          onClick={() => onChange([...hours, { from: "22:00", to: "07:00", timeZone: ownTimeZone() }])}
        >
          {t("Add quiet hours")}
        </button>
      </div>
    </div>
  );
}
