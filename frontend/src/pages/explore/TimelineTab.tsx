import "./timeline.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { queryRows, type Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import type { FieldActions } from "../../components/record/fieldActions";
import { RecordLine } from "../../components/record/RecordLine";
import { seriesToken } from "../../components/chart/seriesToken";
import { useRowClick } from "../../hooks/useRowClick";
import { useShortcuts } from "../../hooks/useShortcuts";
import { plural, t } from "../../i18n";
import { formatInteger } from "../../models/format";
import { shownLevel } from "../../models/levels";
import { gapText, timelineOf, type Timeline, type TimelineItem } from "../../models/timeline";
import { RecordDrawer } from "./RecordDrawer";

/** A story of more records is read by a narrower query. */
const MOST_SHOWN = 500;
const LANES_SHOWN = 12;

interface Props {
  asked: Asked;
  actions: FieldActions;
}

/** The records of a query in order, in lanes of app and host, with the time between them. */
export default function TimelineTab({ asked, actions }: Props) {
  const { data, error } = useQuery({
    queryKey: ["timeline", asked.query, asked.start, asked.end],
    queryFn: ({ signal }) => queryRows(asked, MOST_SHOWN, signal),
  });
  const timeline = useMemo(() => timelineOf(data ?? []), [data]);
  if (error) return <ErrorText as="p" className="empty-row" error={error} />;
  if (!data) return <p className="empty-row">{t("Loading the timeline…")}</p>;
  if (timeline.items.length === 0) return <p className="empty-row">{t("No records with a time match.")}</p>;
  return <Waterfall timeline={timeline} cut={data.length >= MOST_SHOWN} asked={asked} actions={actions} />;
}

function Waterfall({ timeline, cut, asked, actions }: Props & { timeline: Timeline; cut: boolean }) {
  const { lanes, items, span, longGap } = timeline;
  const [open, setOpen] = useState<number>();
  const row = open === undefined ? undefined : items[open]?.row;
  const show = (index: number) => setOpen(Math.min(items.length - 1, Math.max(0, index)));
  const step = (by: 1 | -1) => show((open ?? -1) + by);
  useShortcuts({ j: () => step(1), k: () => step(-1), Escape: () => setOpen(undefined) });
  const click = useRowClick(({ currentTarget }) => {
    const index = Number((currentTarget as HTMLElement).dataset.index);
    setOpen(index === open ? undefined : index);
  });
  return (
    <div className="records">
      <div className="records-main timeline">
        <Lanes timeline={timeline} />
        <p className="timeline-note muted">
          {plural(items.length, "{n} record over {span}", "{n} records over {span}", { span: gapText(span) })}
          {lanes.length > LANES_SHOWN && ` · ${plural(lanes.length, "{n} lane", "{n} lanes")}`}
          {cut && ` · ${t("These are the newest; a narrower query shows a whole story.")}`}
        </p>
        <ol className="timeline-items" aria-label={t("Records in order")}>
          {items.map((item, index) => (
            <li key={index}>
              <div
                className="record-line timeline-item"
                role="button"
                tabIndex={0}
                data-index={index}
                data-level={shownLevel(item.row.level)}
                aria-pressed={index === open}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" || event.target !== event.currentTarget) return;
                  event.preventDefault();
                  setOpen(index === open ? undefined : index);
                }}
                {...click}
              >
                <Place item={item} span={span} long={item.gap >= longGap} />
                <RecordLine row={item.row} />
              </div>
            </li>
          ))}
        </ol>
      </div>
      {row && (
        <RecordDrawer
          row={row}
          asked={asked}
          columns={[]}
          actions={actions}
          onStep={step}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}

function share(at: number, span: number): string {
  return `${span > 0 ? (at / span) * 100 : 0}%`;
}

/** Where a record stands in the story: the time since the first one and since the one before, and both as a line. */
function Place({ item: { at, gap, lane }, span, long }: { item: TimelineItem; span: number; long: boolean }) {
  return (
    <>
      <span className="timeline-at">+{gapText(at)}</span>
      <span
        className="timeline-gap"
        data-long={long ? "" : undefined}
        title={t("{gap} after the one before", { gap: gapText(gap) })}
      >
        {gap > 0 ? gapText(gap) : ""}
      </span>
      <span className="timeline-track" aria-hidden="true">
        <i className="timeline-wait" style={{ left: share(at - gap, span), width: share(gap, span) }} />
        <i className="timeline-mark" style={{ left: share(at, span), background: `var(${seriesToken(lane)})` }} />
      </span>
    </>
  );
}

/** One line for each app and host, with a tick for each record. */
function Lanes({ timeline: { lanes, items, span } }: { timeline: Timeline }) {
  return (
    <ul className="timeline-lanes" aria-label={t("Apps and hosts")}>
      {lanes.slice(0, LANES_SHOWN).map(({ name, records, start, end }, index) => (
        <li key={name}>
          <span className="timeline-lane" title={name}>
            <i style={{ background: `var(${seriesToken(index)})` }} /> {name}
          </span>
          <span className="muted num">{formatInteger(records)}</span>
          <span className="timeline-track" aria-hidden="true">
            <i className="timeline-wait" style={{ left: share(start, span), width: share(end - start, span) }} />
            {items
              .filter(({ lane }) => lane === index)
              .map(({ at, row }, tick) => (
                <Tick key={tick} at={share(at, span)} row={row} />
              ))}
          </span>
          <span className="muted num">{gapText(end - start)}</span>
        </li>
      ))}
    </ul>
  );
}

function Tick({ at, row }: { at: string; row: Row }) {
  return (
    <i
      className="timeline-mark"
      style={{ left: at, background: `var(--level-${shownLevel(row.level).toLowerCase()})` }}
    />
  );
}
