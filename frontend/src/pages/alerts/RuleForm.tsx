import { useState, type ReactNode } from "react";
import { createRule, updateRule } from "../../api/control";
import { ApiError } from "../../api/http";
import type { Rule, RuleDraft } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { QueryBox } from "../../components/query/QueryBox";
import { Sheet } from "../../components/Sheet";
import { useChange } from "../../hooks/useChange";
import { RulePreview } from "./RulePreview";
import { COMPARISONS, conditionOf, NEW_RULE, problemsOf, SEVERITIES } from "../../models/rules";

interface Props {
  /** The rule to edit; absent for a new one. */
  rule?: Rule;
  /** The query of a new rule, where it is created from a search. */
  query?: string;
  onClose: () => void;
}

export function RuleForm({ rule, query, onClose }: Props) {
  const [draft, setDraft] = useState<RuleDraft>(rule ?? { ...NEW_RULE, ...(query && { query }) });
  const [threshold, setThreshold] = useState(String(draft.threshold));
  const [tried, setTried] = useState(false);
  const next: RuleDraft = {
    ...draft,
    name: draft.name.trim(),
    threshold: threshold.trim() === "" ? Number.NaN : Number(threshold),
  };
  const problems = problemsOf(next);
  const save = useChange(
    (sent: RuleDraft) => (rule ? updateRule({ ...sent, id: rule.id }) : createRule(sent)),
    ["rules"],
  );
  const problem =
    save.error instanceof ApiError && save.error.problem.column !== undefined ? save.error.problem : undefined;
  const set = (part: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...part }));
  const shown = { ...(tried && problems), ...serverProblems(save.error) };
  function submit() {
    setTried(true);
    if (Object.keys(problems).length === 0) save.mutate(next, { onSuccess: onClose });
  }
  return (
    <Sheet title={rule ? `Edit ${rule.name}` : "New rule"} onClose={onClose}>
      <form
        className="form sheet-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field name="Name" wide problem={shown.name}>
          <input
            className="input"
            value={draft.name}
            autoFocus
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <div className="form-row">
          <span>Query: must end in a stats pipe with a column “value”; each group raises its own alert</span>
          <QueryBox
            value={draft.query}
            onChange={(query) => set({ query })}
            onRun={submit}
            problem={problem}
            label="Query of the rule (LogsQL)"
          />
          {shown.query && <span className="danger-text">{shown.query}</span>}
        </div>
        <Field name="Fires when value is">
          <select
            className="select"
            value={draft.comparison}
            onChange={(event) => set({ comparison: event.target.value })}
          >
            {COMPARISONS.map((comparison) => (
              <option key={comparison}>{comparison}</option>
            ))}
          </select>
        </Field>
        <Field name="Threshold" problem={shown.threshold}>
          <input
            className="input"
            inputMode="decimal"
            value={threshold}
            onChange={(event) => setThreshold(event.target.value)}
          />
        </Field>
        <Field name="Severity">
          <select className="select" value={draft.severity} onChange={(event) => set({ severity: event.target.value })}>
            {[...new Set<string>([...SEVERITIES, draft.severity])].map((severity) => (
              <option key={severity}>{severity}</option>
            ))}
          </select>
        </Field>
        <Field name="Over the last" problem={shown.window}>
          <input className="input" value={draft.window} onChange={(event) => set({ window: event.target.value })} />
        </Field>
        <Field name="Evaluate every" problem={shown.interval}>
          <input className="input" value={draft.interval} onChange={(event) => set({ interval: event.target.value })} />
        </Field>
        <Field name="For at least" problem={shown.for}>
          <input className="input" value={draft.for} onChange={(event) => set({ for: event.target.value })} />
        </Field>
        <p className="form-row">
          {Object.keys(problems).every((property) => property === "name") ? `Fires when ${conditionOf(next)}.` : ""}
        </p>
        <RulePreview draft={next} />
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={save.isPending}>
            {rule ? "Save" : "Create"}
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          {!problem && Object.keys(serverProblems(save.error)).length === 0 && (
            <ErrorText as="span" error={save.error} alert />
          )}
        </div>
      </form>
    </Sheet>
  );
}

/** The server's errors by property. */
function serverProblems(error: unknown): Partial<Record<keyof RuleDraft, string>> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ property, reason }) => [property, `Server: ${reason}.`]),
  );
}

interface FieldProps {
  name: string;
  problem?: string | undefined;
  wide?: boolean;
  children: ReactNode;
}

function Field({ name, problem, wide, children }: FieldProps) {
  return (
    <label className={wide ? "form-row" : undefined}>
      <span>{name}</span>
      {children}
      {problem && <span className="danger-text">{problem}</span>}
    </label>
  );
}
