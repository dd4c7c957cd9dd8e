import { useState } from "react";
import type { Asked } from "../../api/query";
import { t } from "../../i18n";
import { patternParts, variablesOf } from "../../models/patterns";
import { VariableValues } from "./VariableValues";

interface Props {
  asked: Asked;
  pattern: string;
  example: string | undefined;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** The variables of a template as buttons, for those who do not point; the one with the focus shows its values. */
export function VariablePicker({ asked, pattern, example, onFilter }: Props) {
  const [place, setPlace] = useState<number>();
  const kinds = variablesOf(pattern, example);
  const stars = patternParts(pattern)
    .filter(({ variable }) => variable)
    .map(({ text }, index) => ({ text, variable: kinds[index] }))
    .filter(({ text }) => text === "<*>");
  if (stars.length === 0) return null;
  return (
    <div className="variable-picker">
      <div className="pattern-text variable-list" role="group" aria-label={t("Values of a variable")}>
        {stars.map(({ variable }, index) => (
          <button
            key={index}
            type="button"
            className="button mono"
            aria-pressed={place === index}
            aria-label={t("Values of variable {number}, such as {value}", {
              number: index + 1,
              value: variable?.value ?? "?",
            })}
            onFocus={() => setPlace(index)}
            onClick={() => setPlace(index)}
          >
            <i data-kind={variable?.kind}>{variable?.value || `<${index + 1}>`}</i>
          </button>
        ))}
      </div>
      {place !== undefined && (
        <div className="variable-card">
          <VariableValues asked={asked} pattern={pattern} place={place} onFilter={onFilter} />
        </div>
      )}
    </div>
  );
}
