import { useState } from "react";
import { Field } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { Sheet } from "../../components/Sheet";
import { t } from "../../i18n";
import { REFRESHES, type DashboardDraft, type Variable } from "../../models/dashboards";
import { RELATIVE_CHOICES } from "../../models/timeRange";

/** As the server checks it. */
const NAME = /^[a-zA-Z_]\w{0,49}$/;

interface Props {
  draft: DashboardDraft;
  title: string;
  verb: string;
  onSave: (draft: DashboardDraft) => void;
  onClose: () => void;
}

/** Edits what a dashboard is called, how it opens, and its variables. */
export function SettingsForm({ draft, title, verb, onSave, onClose }: Props) {
  const [name, setName] = useState(draft.name);
  const [description, setDescription] = useState(draft.description ?? "");
  const [range, setRange] = useState(draft.range ?? "1h");
  const [refresh, setRefresh] = useState(draft.refresh ?? "");
  const [variables, setVariables] = useState(draft.variables);
  const [tried, setTried] = useState(false);
  const problems = variables.map((one, index) => problemOf(one, variables.slice(0, index)));
  const change = (index: number, part: Partial<Variable>) =>
    setVariables(variables.map((one, place) => (place === index ? { ...one, ...part } : one)));

  function save() {
    setTried(true);
    if (name.trim() === "" || problems.some((problem) => problem !== undefined)) return;
    onSave({
      panels: draft.panels,
      name: name.trim(),
      range,
      variables: variables.map((one) => ({ ...one, name: one.name.trim() })),
      ...(description.trim() !== "" && { description: description.trim() }),
      ...(refresh !== "" && { refresh }),
    });
  }

  return (
    <Sheet title={title} onClose={onClose}>
      <form
        className="form sheet-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field name={t("Name")} problem={tried && name.trim() === "" ? t("Enter a name.") : undefined} wide>
          <input className="input" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field name={t("Description, optional")} wide>
          <input className="input" value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <Field name={t("Range")}>
          <select className="select" value={range} onChange={(event) => setRange(event.target.value)}>
            {!RELATIVE_CHOICES.some(({ duration }) => duration === range) && <option>{range}</option>}
            {RELATIVE_CHOICES.map(({ duration, label }) => (
              <option key={duration} value={duration}>
                {label}
              </option>
            ))}
          </select>
        </Field>
        <Field name={t("Refresh")}>
          <select className="select" value={refresh} onChange={(event) => setRefresh(event.target.value)}>
            <option value="">{t("never")}</option>
            {refresh !== "" && !REFRESHES.some((one) => one === refresh) && <option>{refresh}</option>}
            {REFRESHES.map((one) => (
              <option key={one} value={one}>
                {t("every {interval} [[refresh]]", { interval: one })}
              </option>
            ))}
          </select>
        </Field>
        <fieldset className="form-row">
          <legend>{t("Variables")}</legend>
          {variables.map((one, index) => (
            <VariableFields
              key={index}
              variable={one}
              problem={tried ? problems[index] : undefined}
              onChange={(part) => change(index, part)}
              onReplace={(next) => setVariables(variables.map((old, place) => (place === index ? next : old)))}
              onRemove={() => setVariables(variables.filter((_, place) => place !== index))}
            />
          ))}
          <button
            type="button"
            className="button variable-add"
            onClick={() => setVariables([...variables, { name: "", field: "app" }])}
          >
            <Icon name="plus" /> {t("Add a variable")}
          </button>
        </fieldset>
        <div className="form-foot">
          <button type="submit" className="button button-primary">
            {verb}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function problemOf({ name, values, field }: Variable, before: readonly Variable[]): string | undefined {
  if (!NAME.test(name.trim())) return t("Name it with letters, digits and underscores.");
  if (before.some((other) => other.name.trim() === name.trim())) return t("Another variable has this name.");
  if (values ? values.length === 0 : !field?.trim()) return t("Enter a field or values.");
  return undefined;
}

interface FieldsProps {
  variable: Variable;
  problem: string | undefined;
  onChange: (part: Partial<Variable>) => void;
  onReplace: (variable: Variable) => void;
  onRemove: () => void;
}

function VariableFields({ variable, problem, onChange, onReplace, onRemove }: FieldsProps) {
  const { name, label, values, field, query, initial } = variable;
  const fixed = values !== undefined;
  const kept = { name, ...(label !== undefined && { label }), ...(initial && { initial }) };
  return (
    <div className="variable-fields">
      <label>
        <span>{t("Name")}</span>
        <input className="input mono" value={name} onChange={(event) => onChange({ name: event.target.value })} />
      </label>
      <label>
        <span>{t("Values")}</span>
        <select
          className="select"
          value={fixed ? "fixed" : "field"}
          onChange={(event) =>
            onReplace(event.target.value === "fixed" ? { ...kept, values: [] } : { ...kept, field: "app" })
          }
        >
          <option value="field">{t("of a field")}</option>
          <option value="fixed">{t("a fixed list")}</option>
        </select>
      </label>
      {fixed ? (
        <label className="variable-wide">
          <span>{t("One a line")}</span>
          <textarea
            className="input mono"
            rows={2}
            defaultValue={values.join("\n")}
            onChange={(event) =>
              onChange({ values: event.target.value.split("\n").filter((line) => line.trim() !== "") })
            }
          />
        </label>
      ) : (
        <>
          <label>
            <span>{t("Field")}</span>
            <input
              className="input mono"
              value={field ?? ""}
              onChange={(event) => onChange({ field: event.target.value })}
            />
          </label>
          <label>
            <span>{t("In the records of")}</span>
            <input
              className="input mono"
              placeholder="*"
              value={query ?? ""}
              onChange={(event) => {
                const { value } = event.target;
                onReplace({ ...kept, field: field ?? "", ...(value.trim() !== "" && { query: value }) });
              }}
            />
          </label>
        </>
      )}
      <IconButton icon="trash" label={t("Remove the variable {name}", { name })} onClick={onRemove} />
      {problem && <p className="danger-text variable-problem">{problem}</p>}
    </div>
  );
}
