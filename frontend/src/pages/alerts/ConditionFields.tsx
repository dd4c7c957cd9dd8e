import { useState } from "react";
import { BASELINES, type Baseline, type RuleDraft } from "../../api/types";
import { Field, NumberInput } from "../../components/Field";
import { QueryBox } from "../../components/query/QueryBox";
import { useMarks } from "../../hooks/useMarks";
import { t } from "../../i18n";
import { LEVELS } from "../../models/levels";
import { parseExpected, printExpected, type RuleProblems } from "../../models/ruleCheck";
import { baselineWords, COMPARISONS, kindOf } from "../../models/rules";

interface Props {
  draft: RuleDraft;
  problems: RuleProblems;
  onChange: (part: Partial<RuleDraft>) => void;
}

/** The fields that only a rule's kind has. */
export function ConditionFields(props: Props) {
  switch (kindOf(props.draft)) {
    case "absence":
      return <AbsenceFields {...props} />;
    case "change":
      return <ChangeFields {...props} />;
    case "new-template":
      return <NewMessageFields {...props} />;
    case "ratio":
      return (
        <>
          <TotalQuery {...props} />
          <LevelFields {...props} />
        </>
      );
    default:
      return <LevelFields {...props} />;
  }
}

function ComparisonField({ draft, onChange, name }: Props & { name: string }) {
  return (
    <Field name={name}>
      <select
        className="select"
        value={draft.comparison}
        onChange={(event) => onChange({ comparison: event.target.value })}
      >
        {COMPARISONS.map((comparison) => (
          <option key={comparison}>{comparison}</option>
        ))}
      </select>
    </Field>
  );
}

function LevelFields(props: Props) {
  const { draft, problems, onChange } = props;
  const optional = ["warnThreshold", "recoverThreshold", "minRecords"] as const;
  const names = {
    warnThreshold: t("Warns at"),
    recoverThreshold: t("Recovers at"),
    minRecords: t("With at least records"),
  };
  return (
    <>
      <ComparisonField
        {...props}
        name={kindOf(draft) === "ratio" ? t("Fires when the ratio is") : t("Fires when value is")}
      />
      <Field name={t("Threshold")} problem={problems.threshold}>
        <NumberInput value={draft.threshold} onChange={(value) => onChange({ threshold: value })} />
      </Field>
      {optional.map((name) => (
        <Field key={name} name={names[name]} problem={problems[name]}>
          <NumberInput
            value={draft[name]}
            placeholder={name === "minRecords" ? t("any number") : t("not set")}
            onChange={(value) => onChange({ [name]: value })}
          />
        </Field>
      ))}
    </>
  );
}

function TotalQuery({ draft, problems, onChange }: Props) {
  return (
    <div className="form-row">
      <span>{t("Divided by: a query with the same groups")}</span>
      <QueryBox
        value={draft.totalQuery ?? ""}
        onChange={(totalQuery) => onChange({ totalQuery })}
        onRun={() => undefined}
        problem={undefined}
        label={t("Query of the whole (LogsQL)")}
      />
      {problems.totalQuery && <span className="danger-text">{problems.totalQuery}</span>}
    </div>
  );
}

function AbsenceFields({ draft, problems, onChange }: Props) {
  const [text, setText] = useState(() => printExpected(draft.expected ?? []));
  const { wrong } = parseExpected(text);
  const problem = wrong === undefined ? problems.expected : `“${wrong}” is not understood: write label=value.`;
  return (
    <>
      <Field
        name={t("Expected groups, one a line; others are expected once they were seen")}
        wide
        problem={problem}
        hint={t("An expected group that never sends fires, too.")}
      >
        <textarea
          className="input mono rule-expected"
          rows={3}
          placeholder={"host=web-1\nhost=web-2"}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onChange({ expected: parseExpected(event.target.value).groups });
          }}
        />
      </Field>
      <Field name={t("Forget a group after")} problem={problems.forgetAfter}>
        <input
          className="input"
          placeholder={t("never")}
          value={draft.forgetAfter ?? ""}
          onChange={(event) => onChange({ forgetAfter: event.target.value })}
        />
      </Field>
    </>
  );
}

function ChangeFields(props: Props) {
  const { draft, problems, onChange } = props;
  const baseline: Baseline = draft.baseline ?? { method: "median-mad", factor: 3 };
  const deviations = baseline.method === "median-mad";
  return (
    <>
      <Field name={t("Compared with")}>
        <select
          className="select"
          value={baseline.method}
          onChange={(event) =>
            onChange({ baseline: { ...baseline, method: event.target.value as Baseline["method"] } })
          }
        >
          {BASELINES.map((method) => (
            <option key={method} value={method}>
              {baselineWords(method)}
            </option>
          ))}
        </select>
      </Field>
      <ComparisonField {...props} name={t("Fires when value is")} />
      <Field
        name={deviations ? t("Deviations from the median (MAD)") : t("Times the earlier value")}
        problem={problems.baseline}
      >
        <NumberInput value={baseline.factor} onChange={(factor) => onChange({ baseline: { ...baseline, factor } })} />
      </Field>
      <Field name={t("And beyond the value")} problem={problems.threshold}>
        <NumberInput
          value={draft.threshold}
          placeholder={t("any")}
          onChange={(value) => onChange({ threshold: value })}
        />
      </Field>
      <Field name={t("With at least records")} problem={problems.minRecords}>
        <NumberInput
          value={draft.minRecords}
          placeholder={t("any number")}
          onChange={(value) => onChange({ minRecords: value })}
        />
      </Field>
    </>
  );
}

function NewMessageFields({ draft, problems, onChange }: Props) {
  const marks = useMarks();
  return (
    <>
      <Field name={t("At or above")} problem={problems.level}>
        <select
          className="select"
          value={draft.level ?? ""}
          onChange={(event) => onChange({ level: event.target.value })}
        >
          <option value="">{t("any level, or none")}</option>
          {LEVELS.map((level) => (
            <option key={level}>{level}</option>
          ))}
        </select>
      </Field>
      <Field name={t("New since")} problem={problems.sinceMark}>
        <select
          className="select"
          value={draft.sinceMark ?? ""}
          onChange={(event) => onChange({ sinceMark: event.target.value })}
        >
          <option value="">{t("the beginning")}</option>
          <option value="last">{t("the last mark")}</option>
          {(marks.data ?? []).map(({ id, text }) => (
            <option key={id} value={String(id)}>
              {text}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
}
