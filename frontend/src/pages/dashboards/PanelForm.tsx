import { useState } from "react";
import { Field } from "../../components/Field";
import { Sheet } from "../../components/Sheet";
import { useQueryCheck } from "../../hooks/useQueryCheck";
import { useSeries } from "../../hooks/useSeries";
import { t, tr } from "../../i18n";
import { PANEL_KIND_NAMES, PANEL_KINDS, UNITS, type Panel, type PanelKind, type Unit } from "../../models/dashboards";
import { METRICS } from "../../models/panelData";
import { withValues } from "../../models/variables";

type Source = "query" | "series" | "metric";

const UNIT_NAMES: Record<Unit, string> = {
  number: "plain numbers",
  bytes: "bytes",
  milliseconds: "milliseconds",
  seconds: "seconds",
  percent: "percent",
  "per-second": "per second",
};

interface Props {
  panel: Panel;
  /** The names of the dashboard's variables. */
  variables: readonly string[];
  onSave: (panel: Panel) => void;
  onClose: () => void;
}

/** Edits what a panel shows and how. */
export function PanelForm({ panel, variables, onSave, onClose }: Props) {
  const [kind, setKind] = useState<PanelKind>(panel.kind);
  const [title, setTitle] = useState(panel.title ?? "");
  const [source, setSource] = useState<Source>(
    panel.series !== undefined ? "series" : panel.metric !== undefined ? "metric" : "query",
  );
  const [query, setQuery] = useState(panel.query ?? "* | stats by (app) count() records");
  const [series, setSeries] = useState(panel.series ?? "");
  const [metric, setMetric] = useState(panel.metric ?? "rates.received");
  const [text, setText] = useState(panel.text ?? "");
  const [unit, setUnit] = useState<Unit>(panel.unit ?? "number");
  const kept = useSeries(source === "series").data ?? [];
  // The server knows no variables; any value shows whether the rest is a query.
  const check = useQueryCheck(withValues(query, Object.fromEntries(variables.map((name) => [name, []]))));
  const chosenSeries = series || kept[0]?.id || "";
  const missing =
    kind === "text"
      ? text.trim() === "" && t("Enter a text.")
      : source === "query"
        ? query.trim() === "" && t("Enter a query.")
        : source === "series" && chosenSeries === "" && t("There is no series yet; create one on the page Series.");

  function save() {
    if (missing) return;
    const { id, x, y, width, height } = panel;
    onSave({
      ...{ id, x, y, width, height, kind },
      ...(title.trim() !== "" && { title: title.trim() }),
      ...(kind === "text"
        ? { text }
        : source === "query"
          ? { query: query.trim() }
          : source === "series"
            ? { series: chosenSeries }
            : { metric }),
      ...(kind !== "text" && unit !== "number" && { unit }),
    });
  }

  return (
    <Sheet title={panel.title ? t("Panel “{title}”", { title: panel.title }) : t("Panel")} onClose={onClose}>
      <form
        className="form sheet-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field name={t("Title")}>
          <input className="input" value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field name={t("Shown as")}>
          <select className="select" value={kind} onChange={(event) => setKind(event.target.value as PanelKind)}>
            {PANEL_KINDS.map((one) => (
              <option key={one} value={one}>
                {tr(PANEL_KIND_NAMES[one])}
              </option>
            ))}
          </select>
        </Field>
        {kind === "text" ? (
          <Field name={t("Text")} hint={t("An empty line begins a paragraph; web addresses become links")} wide>
            <textarea className="input" rows={6} value={text} onChange={(event) => setText(event.target.value)} />
          </Field>
        ) : (
          <>
            <Field name={t("Unit")}>
              <select className="select" value={unit} onChange={(event) => setUnit(event.target.value as Unit)}>
                {UNITS.map((one) => (
                  <option key={one} value={one}>
                    {UNIT_NAMES[one]}
                  </option>
                ))}
              </select>
            </Field>
            <Field name={t("Data")}>
              <select className="select" value={source} onChange={(event) => setSource(event.target.value as Source)}>
                <option value="query">{t("a query")}</option>
                <option value="series">{t("a kept series")}</option>
                <option value="metric">{t("a figure of this server")}</option>
              </select>
            </Field>
            {source === "query" && (
              <Field
                name={t("Query")}
                problem={check.kind === "mistake" ? (check.problem.detail ?? check.problem.title) : undefined}
                hint={
                  variables.length > 0
                    ? t("Variables: {names}", { names: variables.map((name) => `app:in(\${${name}})`).join(", ") })
                    : "A chart over time needs stats without _time; its steps follow from the range"
                }
                wide
              >
                <textarea
                  className="input mono"
                  rows={4}
                  spellCheck={false}
                  value={query}
                  onChange={(event) => setQuery(event.target.value)}
                />
              </Field>
            )}
            {source === "series" && kept.length > 0 && (
              <Field name={t("Series")} wide>
                <select className="select" value={chosenSeries} onChange={(event) => setSeries(event.target.value)}>
                  {kept.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </Field>
            )}
            {source === "metric" && (
              <Field name={t("Figure")} wide>
                <select className="select" value={metric} onChange={(event) => setMetric(event.target.value)}>
                  {METRICS.map(([path, name]) => (
                    <option key={path} value={path}>
                      {tr(name)}
                    </option>
                  ))}
                </select>
              </Field>
            )}
          </>
        )}
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={Boolean(missing)}>
            {t("Apply")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          {missing && <span className="form-hint">{missing}</span>}
        </div>
      </form>
    </Sheet>
  );
}
