import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/http";
import { previewTransforms, type PreviewStage, type Transform } from "../../api/transforms";
import type { Row } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { QueryBox } from "../../components/query/QueryBox";
import { useSettled } from "../../hooks/useSettled";
import { t } from "../../i18n";
import { formatInteger, formatMillis } from "../../models/format";
import { rowText } from "../../models/rowText";
import { isEnabled, stageRows, transformBody, type StageRow } from "../../models/transforms";

const SAMPLE = 50;
const SHOWN = 20;

interface Props {
  transforms: readonly Transform[];
  chosen: number;
  onChoose: (index: number) => void;
}

/** Recent records after each transform, as it is edited. Nothing is stored. */
export function PreviewPanel({ transforms, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState<string>();
  // Records that the chosen transform selects show best what it does.
  const query = typed ?? (transforms[chosen]?.filter?.trim() || "*");
  const settled = useSettled(JSON.stringify({ query, transforms: transforms.map(transformBody) }));
  const { data, error, isFetching } = useQuery({
    queryKey: ["transform preview", settled],
    queryFn: ({ signal }) => {
      const body = JSON.parse(settled) as { query: string; transforms: Transform[] };
      return previewTransforms({ ...body, limit: SAMPLE }, signal);
    },
    enabled: settled !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  const enabled = transforms
    .map((transform, index) => ({ transform, index }))
    .filter(({ transform }) => isEnabled(transform));
  const place = enabled.findIndex(({ index }) => index === chosen);
  const stage = data?.stages[place];
  const before = place > 0 ? data?.stages[place - 1]?.records : data?.records;
  const wrong = error instanceof ApiError ? indexOf(error) : undefined;
  return (
    <Panel
      title={t("Preview")}
      note={
        data
          ? t("the newest {length} records of the last 24 hours that match", {
              length: formatInteger(data.records.length),
            })
          : undefined
      }
      className="transform-preview"
    >
      <div className="preview-query">
        <QueryBox
          value={query}
          onChange={setTyped}
          onRun={() => undefined}
          label={t("Records of the preview (LogsQL)")}
        />
      </div>
      {error && (
        <p className="empty-row">
          {wrong !== undefined && transforms[wrong] && <b>{transforms[wrong].name}: </b>}
          <ErrorText as="span" error={error} alert />
        </p>
      )}
      {!error && data && (
        <>
          <ol className="stages" data-stale={isFetching ? "" : undefined} aria-label={t("Stages")}>
            {data.stages.map((one, at) => (
              <Stage key={at} stage={one} chosen={at === place} onChoose={() => onChoose(enabled[at]?.index ?? 0)} />
            ))}
          </ol>
          {data.records.length === 0 && <p className="empty-row">{t("No record of the last 24 hours matches.")}</p>}
          {place < 0 && <p className="empty-row">{t("This transform is off.")}</p>}
          {stage && before && data.records.length > 0 && <StageRecords before={before} stage={stage} />}
        </>
      )}
    </Panel>
  );
}

function indexOf({ problem }: ApiError): number | undefined {
  const { index } = problem as { index?: unknown };
  return typeof index === "number" ? index : undefined;
}

function Stage({ stage, chosen, onChoose }: { stage: PreviewStage; chosen: boolean; onChoose: () => void }) {
  const redacted = Object.entries(stage.redacted);
  return (
    <li>
      <button type="button" aria-pressed={chosen} onClick={onChoose}>
        <b>{stage.name}</b>
        <span>
          {stage.selected < stage.in
            ? t("{in} in, {selected} selected → {out} out", stage)
            : t("{in} in → {out} out", stage)}
        </span>
        {stage.dropped > 0 && <span>{t("{dropped} dropped", { dropped: stage.dropped })}</span>}
        {redacted.length > 0 && (
          <span>
            {t("redacted {found}", { found: redacted.map(([kind, count]) => `${count} ${kind}`).join(", ") })}
          </span>
        )}
        {stage.errors > 0 && <span className="danger-text">{t("{errors} errors", { errors: stage.errors })}</span>}
        <span className="muted">{formatMillis(stage.millis)}</span>
      </button>
    </li>
  );
}

function StageRecords({ before, stage }: { before: readonly Row[]; stage: PreviewStage }) {
  const rows = stageRows(before, stage);
  const changed = rows.filter(({ changes }) => changes && changes.length > 0).length;
  const paired = rows[0]?.changes !== undefined;
  return (
    <div className="stage-records">
      <p className="muted">
        {rows.length === 0 && t("No record is left.")}
        {rows.length > 0 &&
          paired &&
          t("{changed} of {length} records change:", {
            changed: formatInteger(changed),
            length: formatInteger(rows.length),
          })}
        {rows.length > 0 && !paired && t("What is left:")}
      </p>
      <ul>
        {(paired && changed > 0 ? rows.slice(0, Math.min(SHOWN, changed)) : rows.slice(0, SHOWN)).map((row, index) => (
          <StageRecord key={index} {...row} />
        ))}
      </ul>
    </div>
  );
}

function StageRecord({ row, changes = [] }: StageRow) {
  const message = changes.find(({ name }) => name === "_msg");
  return (
    <li className="mono">
      {message?.before && <del className="stage-before">{message.before}</del>}
      {message ? <ins className="stage-after">{row._msg || t("(no message)")}</ins> : <span>{rowText(row)}</span>}
      {changes
        .filter(({ name }) => name !== "_msg")
        .map(({ name, before, after }) => (
          <span key={name} className="stage-field">
            <span className="muted">{name}: </span>
            {before && <del>{before}</del>} {after && <ins>{after}</ins>}
          </span>
        ))}
    </li>
  );
}
