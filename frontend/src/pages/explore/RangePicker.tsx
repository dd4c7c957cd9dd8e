import { useState } from "react";
import { Menu } from "../../components/Menu";
import { MomentInput } from "../../components/MomentInput";
import { t } from "../../i18n";
import { parseRangeText, RANGE_EXAMPLES } from "../../models/rangeText";
import {
  fromLocalInput,
  rangeLabel,
  RELATIVE_CHOICES,
  resolveRange,
  toLocalInput,
  type TimeRange,
} from "../../models/timeRange";
import { presentZoneName, zoneName } from "../../models/zone";

interface Props {
  range: TimeRange;
  onChange: (range: TimeRange) => void;
}

/** The time range: typed, a preset, between two times, or everything. */
export function RangePicker({ range, onChange }: Props) {
  return (
    <Menu label={rangeLabel(range)} name={t("Time range: {range}", { range: rangeLabel(range) })} align="right">
      {(close) => {
        const choose = (next: TimeRange) => {
          close();
          onChange(next);
        };
        return (
          <>
            <Typed onChange={choose} />
            {RELATIVE_CHOICES.map(({ duration, label }) => (
              <button
                key={duration}
                type="button"
                className="menu-item"
                aria-current={range.kind === "last" && range.duration === duration}
                onClick={() => choose({ kind: "last", duration })}
              >
                {label}
              </button>
            ))}
            <button
              type="button"
              className="menu-item"
              aria-current={range.kind === "all"}
              onClick={() => choose({ kind: "all" })}
            >
              {t("All time")}
            </button>
            <Between key={rangeLabel(range)} range={range} onChange={choose} />
          </>
        );
      }}
    </Menu>
  );
}

function Typed({ onChange }: { onChange: (range: TimeRange) => void }) {
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  return (
    <form
      className="range-typed"
      onSubmit={(event) => {
        event.preventDefault();
        const range = parseRangeText(text, Date.now());
        if (range) onChange(range);
        else setRefused(true);
      }}
    >
      <input
        className="input"
        aria-label={t("Time range")}
        aria-invalid={refused}
        placeholder={t("Enter a range, for example 90m")}
        title={RANGE_EXAMPLES}
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setRefused(false);
        }}
      />
      {refused && (
        <p className="danger-text" role="alert">
          {t("Not understood. Write {examples}", { examples: RANGE_EXAMPLES })}
        </p>
      )}
    </form>
  );
}

function initial(range: TimeRange): { start: string; end: string } {
  const now = Date.now();
  const { start, end } = resolveRange(range, now);
  return { start: toLocalInput(start ?? now - 86_400_000), end: toLocalInput(end ?? now) };
}

function Between({ range, onChange }: Props) {
  const [ends, setEnds] = useState(() => initial(range));
  const start = fromLocalInput(ends.start);
  const end = fromLocalInput(ends.end);
  const valid = start < end;
  return (
    <form
      className="menu-section range-between"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onChange({ kind: "between", start, end });
      }}
    >
      <label>
        {t("From ({zone})", { zone: Number.isNaN(start) ? presentZoneName() : zoneName(start) })}
        <MomentInput value={ends.start} onChange={(start) => setEnds({ ...ends, start })} />
      </label>
      <label>
        {t("To")}
        <MomentInput value={ends.end} onChange={(end) => setEnds({ ...ends, end })} />
      </label>
      {!valid && <p className="danger-text">{t("The start must be before the end.")}</p>}
      <button type="submit" className="button range-show" disabled={!valid}>
        {t("Show")}
      </button>
    </form>
  );
}
