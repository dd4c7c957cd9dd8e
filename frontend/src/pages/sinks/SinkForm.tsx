import { useState } from "react";
import { ApiError } from "../../api/http";
import { createSink, updateSink, WHEN_FULL, type Sink, type SinkDraft, type SinkType } from "../../api/sinks";
import { ErrorText } from "../../components/ErrorText";
import { Field, NumberInput } from "../../components/Field";
import { OptionField } from "../../components/OptionField";
import { QueryBox } from "../../components/query/QueryBox";
import { Sheet } from "../../components/Sheet";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import { hasProblems, NEW_SINK, sinkBody, sinkProblems, sinkTypeName } from "../../models/sinks";

interface Props {
  /** The sink to edit; absent for a new one. */
  sink?: Sink;
  types: readonly SinkType[];
  onClose: () => void;
}

/** A sink's settings. Which options it has, the server says for each type. */
export function SinkForm({ sink, types, onClose }: Props) {
  const [draft, setDraft] = useState<SinkDraft>(
    sink ? { ...sink, filter: sink.filter || "*" } : { ...NEW_SINK, type: types[0]?.type ?? "file" },
  );
  const [tried, setTried] = useState(false);
  const type = types.find((one) => one.type === draft.type);
  const save = useChange(
    (sent: SinkDraft) => (sink ? updateSink({ ...sent, id: sink.id }) : createSink(sent)),
    ["sinks"],
  );
  const problems = sinkProblems(draft, type, sink);
  const shown = tried ? problems : { options: {} };
  const refused = save.error instanceof ApiError ? save.error.problem : undefined;
  const failed: Partial<Record<string, string>> = Object.fromEntries(
    (refused?.errors ?? []).map(({ property, reason }) => [property, `Server: ${reason}.`]),
  );
  const set = (part: Partial<SinkDraft>) => setDraft((old) => ({ ...old, ...part }));
  function submit() {
    setTried(true);
    if (!hasProblems(problems)) save.mutate(sinkBody(draft), { onSuccess: onClose });
  }
  const sorted = [...(type?.options ?? [])].sort((a, b) => Number(b.required) - Number(a.required));
  return (
    <Sheet title={sink ? t("Edit {name}", { name: sink.name }) : t("New sink")} onClose={onClose}>
      <form
        className="form sheet-form sink-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field name={t("Type")}>
          <select
            className="select"
            value={draft.type}
            disabled={sink !== undefined}
            onChange={(event) =>
              set({ type: event.target.value, options: {}, batchSize: undefined, linger: undefined })
            }
          >
            {types.map((one) => (
              <option key={one.type} value={one.type}>
                {sinkTypeName(one.type)}
              </option>
            ))}
          </select>
        </Field>
        <Field name={t("Name")} problem={shown.name ?? failed.name}>
          <input
            className="input"
            placeholder="siem"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <label className="option-flag">
          <span>{t("Sends records")}</span>
          <span>
            <input
              type="checkbox"
              checked={draft.enabled}
              onChange={(event) => set({ enabled: event.target.checked })}
            />{" "}
            {t("On")}
          </span>
        </label>
        <div className="form-row">
          <span>{t("Filter: the records that are sent; * for all")}</span>
          <QueryBox
            value={draft.filter}
            onChange={(filter) => set({ filter })}
            onRun={submit}
            problem={refused?.column === undefined ? undefined : refused}
            label={t("Filter of the sink (LogsQL)")}
          />
          {failed.filter && <span className="danger-text">{failed.filter}</span>}
        </div>
        {sorted.map((option) => (
          <OptionField
            key={`${draft.type} ${option.name}`}
            option={option}
            value={draft.options[option.name]}
            problem={shown.options[option.name] ?? failed[`options.${option.name}`]}
            onChange={(value) => {
              const options = { ...draft.options };
              if (value === undefined) delete options[option.name];
              else options[option.name] = value;
              set({ options });
            }}
          />
        ))}
        {!sink && (
          <Field name={t("Begins with")} hint={t("now, how long ago such as 24h, or a time")} problem={failed.from}>
            <input className="input" value={draft.from} onChange={(event) => set({ from: event.target.value })} />
          </Field>
        )}
        <Field name={t("Records at once")} problem={shown.batchSize ?? failed.batchSize}>
          <NumberInput
            value={draft.batchSize}
            placeholder={String(type?.batchSize ?? "")}
            onChange={(batchSize) => set({ batchSize })}
          />
        </Field>
        <Field name={t("Waits for them")} problem={shown.linger ?? failed.linger}>
          <input
            className="input"
            placeholder={type?.linger}
            value={draft.linger ?? ""}
            onChange={(event) => set({ linger: event.target.value })}
          />
        </Field>
        <Field name={t("Queue on disk, at most")} problem={shown.maxBytes ?? failed["queue.maxBytes"]}>
          <input
            className="input"
            placeholder="256MB"
            value={draft.queue.maxBytes ?? ""}
            onChange={(event) => set({ queue: { ...draft.queue, maxBytes: event.target.value } })}
          />
        </Field>
        <Field name={t("When it is full")} problem={failed["queue.whenFull"]}>
          <select
            className="select"
            value={draft.queue.whenFull ?? ""}
            onChange={(event) => {
              const { maxBytes } = draft.queue;
              const whenFull = event.target.value;
              set({ queue: { ...(maxBytes !== undefined && { maxBytes }), ...(whenFull !== "" && { whenFull }) } });
            }}
          >
            <option value="">{t("the default")}</option>
            {WHEN_FULL.map((one) => (
              <option key={one} value={one}>
                {WHEN_FULL_WORDS[one]}
              </option>
            ))}
          </select>
        </Field>
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={save.isPending}>
            {sink ? t("Save") : t("Create")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          {Object.keys(failed).length === 0 && refused?.column === undefined && (
            <ErrorText as="span" error={save.error} alert />
          )}
        </div>
      </form>
    </Sheet>
  );
}

const WHEN_FULL_WORDS: Record<(typeof WHEN_FULL)[number], string> = {
  block: "block: read on from the store later",
  "drop-oldest": "drop the oldest",
  "drop-newest": "drop the newest",
};
