import { useQueries, useQuery } from "@tanstack/react-query";
import { fieldNames, fieldValues, queryRows } from "../../api/query";
import { plural, rich, t } from "../../i18n";
import type { ExploreState } from "../../models/exploreState";
import { chipsOf } from "../../models/filters";
import { closed, filterPart } from "../../models/logsql";
import { formatAgo, formatDateTime, timeOf } from "../../models/format";
import { remediesFor, respelt, type Remedy } from "../../models/nothingFound";
import { routeHash } from "../../models/route";
import { rangeLabel, resolveRange, type TimeRange } from "../../models/timeRange";

/** Fields whose values are compared with a value that nothing has. */
const MOST_FIELDS = 3;
const VALUES_COMPARED = 200;
const NEWEST = { query: "* | sort by (_time desc) | limit 1 | fields _time" };

interface Props {
  state: ExploreState;
  onRun: (part: Partial<ExploreState>) => void;
}

/** Says what would find records: another range, another spelling, one filter less; a click applies it. */
export function NothingFound({ state, onRun }: Props) {
  const range = rangeLabel(state.range);
  const names = useQuery({
    queryKey: ["nothing", "fields"],
    queryFn: ({ signal }) => fieldNames({ query: "*" }, signal),
  });
  const spelling = useSpelling(state, names.data !== undefined);
  const known = names.data?.map(({ value }) => value) ?? [];
  const remedies = names.isPending ? [] : [...spelling, ...remediesFor(state, known)];
  const counts = useQuery({
    queryKey: ["nothing", state.range, ...remedies.map(({ query }) => query)],
    queryFn: ({ signal }) => countsOf(remedies, state, signal),
    enabled: remedies.length > 0,
    retry: false,
  });
  const newest = useQuery({
    queryKey: ["nothing", "newest"],
    queryFn: async ({ signal }) => {
      const [row] = await queryRows(NEWEST, 1, signal);
      return { time: timeOf(row?._time), now: Date.now() };
    },
    retry: false,
  });
  const pending = names.isPending || (remedies.length > 0 && counts.isPending);
  const found = remedies.flatMap((remedy, index) => {
    const count = counts.data?.[index] ?? 0;
    return count > 0 || remedy.certain ? [{ remedy, count }] : [];
  });
  return (
    <div className="nothing" role="status">
      <p>{rich("{none} in “{range}”.", { none: <b>{t("No records match")}</b>, range })}</p>
      <NotYet range={state.range} newest={newest.data} />
      {found.length > 0 && (
        <ul>
          {found.map(({ remedy: { label, action, change }, count }) => (
            <li key={`${label} ${change.query ?? ""}`}>
              <span>
                {label}
                {count > 0 && (
                  <>
                    : <b>{plural(count, "{n} record", "{n} records")}</b>
                  </>
                )}
              </span>
              <button type="button" className="button" onClick={() => onRun(change)}>
                {action}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="muted">
        {pending
          ? t("Looking for what would match…")
          : found.length === 0 && t("Nothing like it is stored. Records that were just sent appear within a second.")}
      </p>
    </div>
  );
}

/** Says so where no record of any kind has arrived for the range, and what the senders are doing. */
function NotYet({ range, newest }: { range: TimeRange; newest: { time: number; now: number } | undefined }) {
  if (!newest) return null;
  const { time, now } = newest;
  const { start } = resolveRange(range, now);
  if (start === undefined || !(time < start)) return null;
  const senders = <a href={routeHash("inputs", { tab: "sources" })}>{t("See what each sender does")}</a>;
  if (start > now) return <p>{t("This range has not begun yet.")}</p>;
  return (
    <p>
      {rich("No record at all has arrived for this range yet: the newest is from {time}, {ago}. {senders}", {
        time: <b>{formatDateTime(time, false)}</b>,
        ago: formatAgo(now - time),
        senders,
      })}
    </p>
  );
}

/** The records that each remedy finds; one after the other, as they are not worth crowding out other queries. */
async function countsOf(remedies: readonly Remedy[], state: ExploreState, signal: AbortSignal): Promise<number[]> {
  const counts: number[] = [];
  for (const { query, change } of remedies) {
    const asked = {
      query: `${closed(query)} | stats count() n`,
      ...resolveRange(change.range ?? state.range, Date.now()),
    };
    const [row] = await queryRows(asked, 1, signal);
    counts.push(Number(row?.n ?? 0));
  }
  return counts;
}

/** Remedies for values that no record has, but that resemble one. */
function useSpelling(state: ExploreState, enabled: boolean): Remedy[] {
  const filter = filterPart(state.query);
  const chips = chipsOf(filter)
    .filter(({ values, negated }) => values?.length === 1 && !negated)
    .slice(0, MOST_FIELDS);
  const values = useQueries({
    queries: chips.map(({ field = "" }) => ({
      queryKey: ["nothing", "values", field],
      queryFn: ({ signal }: { signal: AbortSignal }) => fieldValues({ query: "*" }, field, VALUES_COMPARED, signal),
      enabled,
      retry: false,
    })),
  });
  return chips.flatMap((chip, index) => {
    const known = values[index]?.data?.map(({ value }) => value) ?? [];
    if (known.includes(chip.values?.[0] ?? "")) return [];
    const query = respelt(filter, chip, known);
    if (query === undefined) return [];
    const pipes = state.query.slice(state.query.indexOf(filter) + filter.length);
    const [better] = chipsOf(query).filter(({ from }) => from === chip.from);
    const value = better?.values?.[0] ?? "";
    const label = t("No {field} is {value}, but there is {near}", {
      field: chip.field ?? "",
      value: chip.values?.[0] ?? "",
      near: value,
    });
    return [
      { label, action: t("Use {name}", { name: value }), query, change: { query: `${query}${pipes}` }, certain: true },
    ];
  });
}
