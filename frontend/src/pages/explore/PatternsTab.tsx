import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { patterns, type Asked } from "../../api/query";
import { getTemplates } from "../../api/templates";
import type { Pattern } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Sparkline } from "../../components/chart/Sparkline";
import { PatternText } from "../../components/PatternText";
import { Table } from "../../components/Table";
import { useMarks } from "../../hooks/useMarks";
import { t } from "../../i18n";
import { formatInteger, formatPercent } from "../../models/format";
import { filterPart } from "../../models/logsql";
import { baseChoices, rangeOf } from "../../models/patternBase";
import { patternFilter } from "../../models/patterns";
import { sinceChoices } from "../../models/templates";
import { ComparisonTable } from "./ComparisonTable";
import { FilterButtons } from "./FilterButtons";
import { VariableHover } from "./VariableHover";
import { VariablePicker } from "./VariablePicker";
import { PatternDetail, type OnExtract } from "./PatternDetail";

const SHOWN = 200;

interface Props {
  asked: Asked;
  onFilter: (filter: string, exclude: boolean) => void;
  onExtract: OnExtract;
}

/** The templates of the messages found, or how they differ from those of another range. */
export default function PatternsTab({ asked, onFilter, onExtract }: Props) {
  const marks = useMarks();
  const [chosen, setChosen] = useState("");
  const [since, setSince] = useState("");
  const range = rangeOf(asked);
  const choices = range ? baseChoices(range, marks.data ?? []) : [];
  const choice = choices.find(({ id }) => id === chosen);
  return (
    <>
      <div className="compare-bar">
        {choices.length > 0 && (
          <label>
            <span>{t("Compare with")}</span>
            <select className="select" value={choice?.id ?? ""} onChange={(event) => setChosen(event.target.value)}>
              <option value="">{t("nothing")}</option>
              {choices.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        {!choice && (
          <label>
            <span>{t("New since")}</span>
            <select className="select" value={since} onChange={(event) => setSince(event.target.value)}>
              <option value="">{t("the beginning")}</option>
              {sinceChoices(marks.data ?? [], since).map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {choice ? (
        <ComparisonTable query={asked.query} choice={choice} onFilter={onFilter} onExtract={onExtract} />
      ) : (
        <PatternsTable asked={asked} since={since} onFilter={onFilter} onExtract={onExtract} />
      )}
    </>
  );
}

interface TableProps extends Props {
  /** What the patterns shown are new since, by the API of templates; empty for all. */
  since: string;
}

function PatternsTable({ asked, since, onFilter, onExtract }: TableProps) {
  const question = { ...asked, query: filterPart(asked.query) };
  const { data, error, isFetching } = useQuery({
    queryKey: ["patterns", question.query, asked.start, asked.end],
    queryFn: ({ signal }) => patterns(question, SHOWN, signal),
  });
  const ids = (data ?? []).flatMap(({ id }) => id ?? []);
  const births = useQuery({
    queryKey: ["patterns", "births", since, ids],
    queryFn: ({ signal }) => getTemplates({ since, query: `id:in(${ids.join(",")})`, limit: SHOWN }, signal),
    enabled: since !== "" && ids.length > 0,
  });
  if (isAbsent(error)) return <p className="empty-row">{t("This server does not provide patterns.")}</p>;
  if (error) return <ErrorText as="p" className="empty-row" error={error} />;
  if (!data) return <p className="empty-row">{isFetching ? t("Loading patterns…") : ""}</p>;
  if (data.length === 0) return <p className="empty-row">{t("No patterns: no records match.")}</p>;
  if (births.error) return <ErrorText as="p" className="empty-row" error={births.error} />;
  if (since !== "" && !births.data) return <p className="empty-row">{t("Loading patterns…")}</p>;
  const born = new Set(births.data?.templates.map(({ id }) => id));
  const shown = since === "" ? data : data.filter(({ id }) => id !== undefined && born.has(id));
  if (shown.length === 0) return <p className="empty-row">{t("No pattern of these records is new since then.")}</p>;
  const total = data.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="result-scroll">
      <Table className="patterns" heads={[`${t("Records")}#`, `${t("Share")}#`, t("Trend"), t("Pattern"), ""]}>
        {shown.map((pattern) => (
          <PatternRow
            key={pattern.pattern}
            asked={question}
            pattern={pattern}
            total={total}
            onFilter={onFilter}
            onExtract={onExtract}
          />
        ))}
      </Table>
    </div>
  );
}

interface RowProps extends Props {
  pattern: Pattern;
  total: number;
}

function PatternRow({ asked, pattern, total, onFilter, onExtract }: RowProps) {
  const [open, setOpen] = useState(false);
  const filter = patternFilter(pattern.pattern);
  return (
    <tr>
      <td className="num">{formatInteger(pattern.count)}</td>
      <td className="num muted">{formatPercent(pattern.count, total)}</td>
      <td className="pattern-trend">{pattern.trend && <Sparkline values={pattern.trend} token="--series-2" />}</td>
      <td>
        <VariableHover asked={asked} pattern={pattern.pattern} onFilter={onFilter}>
          <button
            type="button"
            className="pattern-text mono"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            title={t("Show an example, and what to make of the pattern")}
          >
            <PatternText pattern={pattern.pattern} example={pattern.example} />
          </button>
        </VariableHover>
        {open && (
          <>
            <VariablePicker asked={asked} pattern={pattern.pattern} example={pattern.example} onFilter={onFilter} />
            <PatternDetail
              query={asked.query}
              pattern={pattern.pattern}
              example={pattern.example}
              onExtract={onExtract}
            />
          </>
        )}
      </td>
      <td className="pattern-actions">
        <FilterButtons filter={filter} onFilter={onFilter} />
      </td>
    </tr>
  );
}
