import type { ComparedCurves, ComparedSides } from "../../api/compare";
import { PatternText } from "../../components/PatternText";
import { plural, t } from "../../i18n";
import type { Finding, FindingGroup } from "../../models/explain";
import { formatFigure, formatInteger, formatPercent } from "../../models/format";
import { formatRatio } from "../../models/patternBase";
import { FilterButtons } from "./FilterButtons";
import { ShareCurves } from "./ShareCurves";

interface Props {
  group: FindingGroup;
  sides: ComparedSides;
  /** All records over time; absent while the curves are still counted. */
  records: ComparedCurves["records"] | undefined;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** A difference: its shares, their curves, and what else has the same records. */
export function DifferenceRow({ group: { first, same, curve }, sides, records, onFilter }: Props) {
  return (
    <tr>
      <Share count={first.inside} total={sides.inside} />
      <Share count={first.outside} total={sides.outside} />
      <td className="num">
        {first.outside === 0 ? t("new") : first.inside === 0 ? t("gone") : formatRatio(first.ratio)}
      </td>
      <td className="difference-curves">{curve && records && <ShareCurves curve={curve} records={records} />}</td>
      <td className="difference-value">
        <What finding={first} onFilter={onFilter} />
        <Numbers numbers={first.numbers} />
        {same.length > 0 && (
          <details className="difference-same">
            <summary>{plural(same.length, "{n} more says the same", "{n} more say the same")}</summary>
            <ul>
              {same.map((one) => (
                <li key={one.key}>
                  <What finding={one} onFilter={onFilter} />
                  <Numbers numbers={one.numbers} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td className="pattern-actions">
        <FilterButtons filter={first.filter} onFilter={onFilter} />
      </td>
    </tr>
  );
}

/** The field and value, or the template; a click narrows the search to its records. */
function What({ finding: { field, template, filter }, onFilter }: { finding: Finding; onFilter: Props["onFilter"] }) {
  const text = field ? (
    <>
      <span className="muted">{field.name}</span> {field.value === "" ? t("(empty)") : field.value}
    </>
  ) : (
    template && <PatternText pattern={template.text} example={template.example} />
  );
  if (filter === undefined) return <span className="mono">{text}</span>;
  return (
    <button
      type="button"
      className="pattern-text mono"
      title={template?.example ?? t("Records with {filter}", { filter })}
      onClick={() => onFilter(filter, false)}
    >
      {text}
    </button>
  );
}

function Numbers({ numbers }: { numbers: Finding["numbers"] }) {
  if (!numbers) return null;
  const { inside, outside } = numbers;
  const figure = (value: number | undefined) => (value === undefined ? "–" : formatFigure(value));
  return (
    <p className="muted difference-numbers">
      {(["median", "p90", "p99"] as const)
        .map((name) =>
          t("{name} {here}, there {there}", { name, here: figure(inside?.[name]), there: figure(outside?.[name]) }),
        )
        .join(" · ")}
    </p>
  );
}

/** A share as a number and as the length of a bar. */
function Share({ count, total }: { count: number; total: number }) {
  return (
    <td className="num" title={t("{count} of {total}", { count: formatInteger(count), total: formatInteger(total) })}>
      <span className="compare-share">
        {formatPercent(count, total)}
        <i style={{ width: `${total > 0 ? (100 * count) / total : 0}%` }} />
      </span>
    </td>
  );
}
