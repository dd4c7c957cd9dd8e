import "./ruleForm.css";
import { useState } from "react";
import { createRule, updateRule } from "../../api/control";
import { ApiError } from "../../api/http";
import { RULE_KINDS, type Rule, type RuleDraft } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Field } from "../../components/Field";
import { QueryBox } from "../../components/query/QueryBox";
import { Sheet } from "../../components/Sheet";
import { useChange } from "../../hooks/useChange";
import { msg, t, tr, type Message } from "../../i18n";
import { problemsOf, type RuleProblems } from "../../models/ruleCheck";
import { severityName } from "../../models/alerts";
import { bodyOf, conditionOf, hasLevels, kindOf, KINDS, NEW_RULE, SEVERITIES, withKind } from "../../models/rules";
import { seriesOf } from "../../models/ruleSeries";
import { ConditionFields } from "./ConditionFields";
import { PastPanel } from "./PastPanel";
import { RulePreview } from "./RulePreview";
import { RuleSource } from "./RuleSource";

interface Props {
  /** The rule to edit; absent for a new one. */
  rule?: Rule;
  /** The query of a new rule, where it is created from a search. */
  query?: string;
  onClose: () => void;
}

/** A rule's settings, and what it would have done with them on past records. */
export function RuleForm({ rule, query, onClose }: Props) {
  const [draft, setDraft] = useState<RuleDraft>(rule ?? { ...NEW_RULE, ...(query && { query }) });
  const [tried, setTried] = useState(false);
  const kind = kindOf(draft);
  const onSeries = seriesOf(draft.query) !== undefined;
  const next = bodyOf({ ...draft, name: draft.name.trim() });
  const problems = problemsOf(next);
  const save = useChange(
    (sent: RuleDraft) => (rule ? updateRule({ ...sent, id: rule.id }) : createRule(sent)),
    ["rules"],
  );
  const problem =
    save.error instanceof ApiError && save.error.problem.column !== undefined ? save.error.problem : undefined;
  const set = (part: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...part }));
  const shown: RuleProblems = { ...(tried && problems), ...serverProblems(save.error) };
  const complete = Object.keys(problems).every((property) => property === "name");
  function submit() {
    setTried(true);
    if (Object.keys(problems).length === 0) save.mutate(next, { onSuccess: onClose });
  }
  return (
    <Sheet title={rule ? t("Edit {name}", { name: rule.name }) : t("New rule")} onClose={onClose}>
      <form
        className="form sheet-form rule-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field name={t("Name")} wide problem={shown.name}>
          <input
            className="input"
            value={draft.name}
            autoFocus
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <fieldset className="form-row rule-kinds">
          <legend>{t("Watches for")}</legend>
          {RULE_KINDS.map((one) => (
            <label key={one} data-chosen={one === kind ? "" : undefined}>
              <input
                type="radio"
                name="kind"
                checked={one === kind}
                onChange={() => setDraft((old) => withKind(old, one))}
              />
              {KINDS[one].label}
            </label>
          ))}
          <span className="form-hint">{KINDS[kind].hint}</span>
        </fieldset>
        <RuleSource draft={draft} onChange={setDraft} />
        {onSeries && shown.query && <p className="form-row danger-text">{shown.query}</p>}
        <div className="form-row" hidden={onSeries}>
          <span>{tr(QUERY_LABELS[kind] ?? QUERY_LABELS.threshold)}</span>
          <QueryBox
            value={draft.query}
            onChange={(text) => set({ query: text })}
            onRun={submit}
            problem={problem}
            label={t("Query of the rule (LogsQL)")}
          />
          {shown.query && <span className="danger-text">{shown.query}</span>}
        </div>
        <ConditionFields draft={draft} problems={shown} onChange={set} />
        <Field name={t("Severity")}>
          <select className="select" value={draft.severity} onChange={(event) => set({ severity: event.target.value })}>
            {[...new Set<string>([...SEVERITIES, draft.severity])].map((severity) => (
              <option key={severity} value={severity}>
                {severityName(severity)}
              </option>
            ))}
          </select>
        </Field>
        <Field name={kind === "absence" ? t("Silent for") : t("Over the last")} problem={shown.window}>
          <input className="input" value={draft.window} onChange={(event) => set({ window: event.target.value })} />
        </Field>
        <Field name={t("Evaluate every")} problem={shown.interval}>
          <input className="input" value={draft.interval} onChange={(event) => set({ interval: event.target.value })} />
        </Field>
        <Field name={t("For at least")} problem={shown.for}>
          <input className="input" value={draft.for} onChange={(event) => set({ for: event.target.value })} />
        </Field>
        <Field name={t("Keep firing for")} problem={shown.keepFiring}>
          <input
            className="input"
            placeholder="0s"
            value={draft.keepFiring ?? ""}
            onChange={(event) => set({ keepFiring: event.target.value })}
          />
        </Field>
        <p className="form-row">{complete ? t("Fires when {next}.", { next: conditionOf(next) }) : ""}</p>
        {hasLevels(draft) && kind !== "ratio" && !onSeries && <RulePreview draft={next} />}
        {complete && <PastPanel draft={next} onChange={set} />}
        <div className="form-foot rule-foot">
          <button type="submit" className="button button-primary" disabled={save.isPending}>
            {rule ? t("Save") : t("Create")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          {!problem && Object.keys(serverProblems(save.error)).length === 0 && (
            <ErrorText as="span" error={save.error} alert />
          )}
        </div>
      </form>
    </Sheet>
  );
}

const QUERY_LABELS: { threshold: Message } & Partial<Record<string, Message>> = {
  threshold: msg("Query: must end in a stats pipe with a column “value”; each group raises its own alert"),
  absence: msg("Query: must end in a stats pipe with a column “value”; each of its groups must keep sending"),
  "new-template": msg("Query: a filter of the messages that count; * for all"),
  ratio: msg("Query: the part, which must end in a stats pipe with a column “value”"),
};

/** The server's errors by property. */
function serverProblems(error: unknown): RuleProblems {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ property, reason }) => [property, t("Server: {reason}.", { reason })]),
  );
}
