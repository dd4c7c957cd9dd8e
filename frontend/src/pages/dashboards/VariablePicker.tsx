import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldValues } from "../../api/query";
import { ErrorText } from "../../components/ErrorText";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import type { Variable } from "../../models/dashboards";
import { formatCount } from "../../models/format";
import { clip } from "../../models/record";
import type { Span } from "../../models/timeRange";

/** Values that are offered; more are found by typing. */
const OFFERED = 500;
const SHOWN = 100;
const VALUE_SHOWN = 60;

interface Props {
  variable: Variable;
  /** The chosen values; none stands for all. */
  chosen: readonly string[];
  span: Span;
  onChange: (values: string[]) => void;
}

/** Chooses the values of a variable. */
export function VariablePicker({ variable, chosen, span, onChange }: Props) {
  const label = variable.label || variable.name;
  const [first] = chosen;
  const text =
    first === undefined
      ? "all"
      : chosen.length === 1
        ? clip(first || "(none)", 24).text
        : t("{count} of them", { count: chosen.length });
  return (
    <Menu
      name={`${label}: ${text}`}
      label={
        <>
          <span className="muted">{label}</span> {text}
        </>
      }
    >
      {() => <Values variable={variable} chosen={chosen} span={span} onChange={onChange} />}
    </Menu>
  );
}

function Values({ variable, chosen, span, onChange }: Props) {
  const [search, setSearch] = useState("");
  const { data, error } = useQuery({
    queryKey: ["variable", variable.field, variable.query, span.start, span.end],
    queryFn: ({ signal }) =>
      fieldValues({ query: variable.query ?? "*", ...span }, variable.field ?? "", OFFERED, signal),
    enabled: variable.values === undefined,
    gcTime: 30_000,
  });
  const found: { value: string; hits?: number }[] = variable.values
    ? variable.values.map((value) => ({ value }))
    : (data ?? []);
  const known = new Set(found.map(({ value }) => value));
  const offered: typeof found = [...chosen.filter((value) => !known.has(value)).map((value) => ({ value })), ...found];
  const typed = search.trim();
  const matching = offered.filter(({ value }) => value.toLowerCase().includes(typed.toLowerCase()));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <div className="variable-menu">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== "") onChange([typed]);
        }}
      >
        <input
          className="input"
          aria-label={t("Search the values of {label}", { label: variable.label || variable.name })}
          placeholder={t("Search, or type a value and press Enter")}
          autoFocus
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </form>
      <ErrorText error={error} />
      <button type="button" className="menu-item" aria-pressed={chosen.length === 0} onClick={() => onChange([])}>
        {t("All")}
      </button>
      <ul>
        {matching.slice(0, SHOWN).map(({ value, hits }) => (
          <li key={value}>
            <label className="variable-value">
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
              <span className="mono">{clip(value || "(none)", VALUE_SHOWN).text}</span>
              {hits !== undefined && <span className="muted">{formatCount(hits)}</span>}
            </label>
          </li>
        ))}
      </ul>
      {matching.length === 0 && variable.values === undefined && !error && (
        <p className="muted">{data ? t("No such value in this range.") : t("Loading…")}</p>
      )}
    </div>
  );
}
