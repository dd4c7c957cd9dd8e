import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { getFilter, putFilter } from "../../api/control";
import { ApiError, isAbsent } from "../../api/http";
import type { RecordFilter } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { QueryBox } from "../../components/query/QueryBox";
import { t } from "../../i18n";
import { LEVELS } from "../../models/levels";

/** The record filter, editable at run time. */
export function FilterPanel() {
  const { data, error } = useQuery({
    queryKey: ["filter"],
    queryFn: ({ signal }) => getFilter(signal),
    staleTime: 60_000,
  });
  if (isAbsent(error)) return null;
  return (
    <Panel title={t("Record filter")} note={t("filtered records are counted but not stored")} error={error}>
      {data && <FilterForm key={JSON.stringify(data)} filter={data} />}
    </Panel>
  );
}

function FilterForm({ filter }: { filter: RecordFilter }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(filter);
  const [include, setInclude] = useState(filter.includeCategories.join(", "));
  const [exclude, setExclude] = useState(filter.excludeCategories.join(", "));
  const save = useMutation({
    mutationFn: putFilter,
    onSuccess: (saved, sent) => client.setQueryData(["filter"], saved ?? sent),
  });
  const next: RecordFilter = { ...draft, includeCategories: list(include), excludeCategories: list(exclude) };
  const changed = JSON.stringify(next) !== JSON.stringify(filter);
  const submit = () => save.mutate(next);
  const problem = save.error instanceof ApiError ? save.error.problem : undefined;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label>
        <span>{t("Minimum level")}</span>
        <select
          className="select"
          value={draft.minLevel}
          onChange={(event) => setDraft({ ...draft, minLevel: event.target.value })}
        >
          {LEVELS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Categories label={t("Include categories")} value={include} placeholder={t("all")} onChange={setInclude} />
      <Categories label={t("Exclude categories")} value={exclude} placeholder={t("none")} onChange={setExclude} />
      <div className="form-row">
        <span>{t("Drop matching records")}</span>
        <QueryBox
          value={draft.drop}
          onChange={(drop) => setDraft((old) => ({ ...old, drop }))}
          onRun={submit}
          problem={problem?.code === "query_syntax" ? problem : undefined}
          label={t("Query of the records to drop (LogsQL)")}
          hint={t("empty drops nothing; for example app:=chatty level:<WARN")}
        />
      </div>
      <div className="form-foot">
        <button type="submit" className="button button-primary" disabled={!changed || save.isPending}>
          {t("Save")}
        </button>
        {save.isSuccess && !changed && <span role="status">{t("Saved. Applies to new records.")}</span>}
        {problem?.code !== "query_syntax" && <ErrorText as="span" error={save.error} alert />}
      </div>
    </form>
  );
}

interface CategoriesProps {
  label: string;
  value: string;
  placeholder: string;
  onChange: (value: string) => void;
}

function Categories({ label, value, placeholder, onChange }: CategoriesProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        className="input"
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function list(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
