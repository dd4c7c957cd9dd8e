import { useMarks } from "../../hooks/useMarks";
import { t } from "../../i18n";
import { formatDateTime } from "../../models/format";
import { markGroups } from "../../models/marks";
import { routeHash } from "../../models/route";
import type { ChartFrame } from "./chartOptions";

/** The least distance of two lines in pixels; closer ones could not be pointed at. */
const APART = 8;

interface Props {
  frame: ChartFrame;
  /** Whether they lead nowhere, such as in a form that a link would leave. */
  plain?: boolean;
}

/** Marks as lines over a chart. Each leads to the templates that are new since then. */
export function MarkLines({ frame, plain = false }: Props) {
  const { data } = useMarks();
  if (!data || data.length === 0 || frame.width <= 0) return null;
  return (
    <>
      {markGroups(data, frame.start, frame.end, APART / frame.width).map(({ place, marks }) => {
        const [first] = marks;
        if (!first) return null;
        const text = marks.map((mark) => `${formatDateTime(Date.parse(mark.time), false)}  ${mark.text}`).join("\n");
        const line = {
          className: "mark-line",
          style: { left: frame.left + place * frame.width, top: frame.top, height: frame.height },
          "data-side": place > 0.5 ? "left" : "right",
        };
        const tip = (
          <span className="mark-tip">
            {marks.map((mark) => (
              <span key={mark.id}>
                <span className="muted">{formatDateTime(Date.parse(mark.time), false)}</span> {mark.text}
              </span>
            ))}
          </span>
        );
        if (plain)
          return (
            <span key={first.id} {...line}>
              {tip}
            </span>
          );
        return (
          <a
            key={first.id}
            {...line}
            href={routeHash("templates", { since: `mark:${first.id}` })}
            aria-label={t("Mark: {text}. Show the templates that are new since then", { text })}
          >
            {tip}
          </a>
        );
      })}
    </>
  );
}
