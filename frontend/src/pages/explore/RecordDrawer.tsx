import { useState } from "react";
import type { Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { IconButton } from "../../components/IconButton";
import type { FieldActions } from "../../components/record/fieldActions";
import { RecordDetail, type DetailTab } from "../../components/record/RecordDetail";
import { t } from "../../i18n";
import { contextId } from "../../models/context";
import { formatDateTime, timeOf } from "../../models/format";
import { levelClass } from "../../models/levels";
import { levelText, sourceOf } from "../../models/record";
import { ContextPanel } from "./ContextPanel";
import { Drawer } from "./Drawer";

interface Props {
  row: Row;
  asked: Asked;
  columns: readonly string[];
  actions: FieldActions;
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
}

/** The open record, beside the rows. */
export function RecordDrawer({ row, asked, columns, actions, onStep, onClose }: Props) {
  // The tab outlives the record, so that one can go through the contexts of several.
  const [tab, setTab] = useState("fields");
  const time = timeOf(row._time);
  const tabs: DetailTab[] = [
    ...(contextId(row) === undefined
      ? []
      : [{ id: "context", name: t("Context"), content: () => <ContextPanel key={contextId(row)} row={row} /> }]),
  ];
  return (
    <Drawer
      name={t("Record")}
      title={
        <h2 className="drawer-title">
          <span className={levelClass(row.level)}>{levelText(row.level)}</span>{" "}
          {Number.isNaN(time) ? t("Record") : formatDateTime(time)} <span className="muted">{sourceOf(row)}</span>
        </h2>
      }
      tools={
        <>
          <IconButton icon="up" label={t("The record above (k)")} onClick={() => onStep(-1)} />
          <IconButton icon="down" label={t("The record below (j)")} onClick={() => onStep(1)} />
        </>
      }
      onClose={onClose}
    >
      <RecordDetail row={row} asked={asked} actions={actions} columns={columns} tabs={tabs} tab={tab} onTab={setTab} />
    </Drawer>
  );
}
