import { useQuery } from "@tanstack/react-query";
import { getPluginTransforms, type Transform } from "../../api/transforms";
import { Field } from "../../components/Field";
import { OptionField } from "../../components/OptionField";
import { Panel } from "../../components/Panel";
import { QueryBox } from "../../components/query/QueryBox";
import { t } from "../../i18n";
import { ACTIONS, newTransform, SECRET_KINDS, shownOption, withChoices, withOption } from "../../models/transforms";

interface Props {
  transform: Transform;
  onChange: (next: Transform) => void;
}

/** The form of one transform; each change is in the preview at once. */
export function TransformEditor({ transform, onChange }: Props) {
  const spec = ACTIONS[transform.action];
  const plugins = useQuery({
    queryKey: ["transforms", "types"],
    queryFn: ({ signal }) => getPluginTransforms(signal),
    enabled: transform.action === "plugin",
  });
  return (
    <Panel title={t("Edit")} note={spec && `${transform.action} ${spec.help}`} className="transform-editor">
      <div className="form">
        <Field name={t("Name")}>
          <input
            className="input"
            value={transform.name}
            onChange={(event) => onChange({ ...transform, name: event.target.value })}
          />
        </Field>
        <Field name={t("Action")}>
          <select
            className="select"
            value={transform.action}
            onChange={(event) => {
              const { action, options } = newTransform(event.target.value, []);
              onChange({ ...transform, action, ...(options && { options }) });
            }}
          >
            {[...new Set([...Object.keys(ACTIONS), transform.action])].map((action) => (
              <option key={action}>{action}</option>
            ))}
          </select>
        </Field>
        <div className="form-row">
          <span>{t("Filter: the records that it applies to; * for all")}</span>
          <QueryBox
            value={transform.filter ?? "*"}
            onChange={(filter) => onChange({ ...transform, filter })}
            onRun={() => undefined}
            label={t("Filter of the transform (LogsQL)")}
          />
        </div>
        {transform.action === "redact" && <Kinds transform={transform} onChange={onChange} />}
        {spec?.options.map((option) => (
          <OptionField
            key={`${transform.action} ${option.name}`}
            option={
              transform.action === "plugin" && option.name === "type"
                ? withChoices(option, plugins.data?.map(({ type }) => type) ?? [], transform)
                : option
            }
            value={shownOption(transform, option.name)}
            problem={undefined}
            onChange={(value) => onChange(withOption(transform, option.name, value))}
          />
        ))}
      </div>
    </Panel>
  );
}

/** The kinds of secrets; without any, all are looked for. */
function Kinds({ transform, onChange }: Props) {
  const kinds = transform.options?.kinds ?? [];
  return (
    <fieldset className="form-row transform-kinds">
      <legend>{kinds.length === 0 ? t("Looks for all of these") : t("Looks for")}</legend>
      {Object.entries(SECRET_KINDS).map(([kind, words]) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={kinds.includes(kind)}
            onChange={(event) => {
              const next = event.target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind);
              onChange(withOption(transform, "kinds", next.length > 0 ? next : undefined));
            }}
          />{" "}
          {words}
        </label>
      ))}
    </fieldset>
  );
}
