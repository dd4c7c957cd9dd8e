import type { RuleTrial } from "../../api/ruleTrial";
import type { RuleDraft } from "../../api/types";
import { plural, rich, t } from "../../i18n";
import { formatValue } from "../../models/alerts";
import { formatDateTime, formatDuration, formatInteger, formatSpan } from "../../models/format";
import { firingsByGroup, formatPerWeek } from "../../models/ruleTrial";
import { kindOf } from "../../models/rules";

const CHOICES = [0, 1, 2, 5, 10, 50];
const GROUPS = 4;

interface Props {
  trial: RuleTrial;
  draft: RuleDraft;
  /** How often the proposed rule may fire in a week. */
  most: number;
  onMost: (most: number) => void;
  onChange: (part: Partial<RuleDraft>) => void;
}

/** Settings for at most a number of alerts a week, applied by one click; and which groups would have fired. */
export function ProposalBar({ trial, draft, most, onMost, onChange }: Props) {
  const { proposal } = trial;
  const groups = firingsByGroup(trial);
  return (
    <>
      {proposal && (
        <div className="past-proposal">
          <label>
            {rich("For at most {most} alerts a week:", {
              most: (
                <select className="select" value={most} onChange={(event) => onMost(Number(event.target.value))}>
                  {CHOICES.map((choice) => (
                    <option key={choice} value={choice}>
                      {choice}
                    </option>
                  ))}
                </select>
              ),
            })}
          </label>
          <b>
            {kindOf(draft) === "change" ? t("factor") : draft.comparison} {formatValue(proposal.threshold)}{" "}
            {t("for {duration}", { duration: formatDuration(proposal.for) })}
            {proposal.recoverThreshold !== undefined &&
              `, ${t("recovers at {value}", { value: formatValue(proposal.recoverThreshold) })}`}
          </b>
          <span>{t("({perWeek} a week)", { perWeek: formatPerWeek(proposal.perWeek) })}</span>
          <button type="button" className="button" onClick={() => onChange(applied(draft, trial))}>
            {t("Apply")}
          </button>
        </div>
      )}
      <p className="past-summary">
        {trial.totalFirings === 0
          ? t("It would not have fired.")
          : plural(trial.totalFirings, "It would have fired {n} time:", "It would have fired {n} times:")}
      </p>
      {groups.length > 0 && (
        <ul className="past-groups">
          {groups.slice(0, GROUPS).map(({ name, count, lasted, last }) => (
            <li key={name}>
              <b>{formatInteger(count)}×</b> <span className="mono">{name}</span>
              <span>
                {t("{lasted} in all, last at {from}: {reason}", {
                  lasted: formatSpan(lasted),
                  from: formatDateTime(Date.parse(last.from), false),
                  reason: last.reason,
                })}
              </span>
            </li>
          ))}
          {groups.length > GROUPS && (
            <li>{t("and {count} more groups", { count: formatInteger(groups.length - GROUPS) })}</li>
          )}
        </ul>
      )}
    </>
  );
}

/** The properties of a draft that the proposal sets. */
function applied(draft: RuleDraft, { proposal }: RuleTrial): Partial<RuleDraft> {
  if (!proposal) return {};
  const { threshold, for: hold, recoverThreshold } = proposal;
  if (kindOf(draft) === "change")
    return { for: hold, baseline: { method: "median-mad", ...draft.baseline, factor: threshold } };
  return { threshold, for: hold, ...(recoverThreshold !== undefined && { recoverThreshold }) };
}
