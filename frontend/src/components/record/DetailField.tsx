import { useState } from "react";
import type { Asked } from "../../api/query";
import { togglePin } from "../../hooks/usePins";
import { t } from "../../i18n";
import { withoutAnsi } from "../../models/ansi";
import { jsonIn } from "../../models/json";
import { isShared } from "../../models/timeline";
import { traceOf } from "../../models/trace";
import { CopyButton } from "../CopyButton";
import { IconButton } from "../IconButton";
import { FieldDistribution } from "./FieldDistribution";
import { LinkedText } from "./LinkedText";
import { MessageView } from "./MessageView";
import type { FieldActions } from "./fieldActions";

const VALUE_SHOWN = 2_000;

/** Whether a value is better read as a tree, or with the calls of its stack trace folded. */
const isStructured = (value: string) =>
  /^\s*[[{]/.test(value) ? jsonIn(value) !== undefined : traceOf(value) !== undefined;

interface Props {
  name: string;
  value: string;
  actions: FieldActions;
  /** Where the installation sends readers of this field. */
  links?: readonly { title: string; href: string }[];
  /** Whether the field is shown as a column. */
  column: boolean;
  pinned: boolean;
  /** The query whose records the value is compared with. */
  asked?: Asked | undefined;
}

/** A field of a record: its value, what can be done with it, and on demand how common it is. */
export function DetailField({ name, value, actions, links = [], column, pinned, asked }: Props) {
  const [spread, setSpread] = useState(false);
  return (
    <div className="detail-field" data-pinned={pinned ? "" : undefined}>
      <dt title={name}>{name}</dt>
      <dd>
        {isStructured(value) && <MessageView message={value} label={name} />}
        <span className="detail-value">
          {!isStructured(value) && <LinkedText text={withoutAnsi(value)} most={VALUE_SHOWN} />}
          {links.map(({ title, href }) => (
            <a key={href} className="detail-link" href={href} target="_blank" rel="noreferrer noopener">
              {title} ↗
            </a>
          ))}
        </span>
        <span className="detail-actions">
          {name !== "_time" && (
            <>
              <IconButton
                icon="plus"
                label={t("Only records with this {name}", { name })}
                onClick={() => actions.onFilter(name, value, false)}
              />
              <IconButton
                icon="minus"
                label={t("Exclude this {name}", { name })}
                onClick={() => actions.onFilter(name, value, true)}
              />
            </>
          )}
          {asked && !name.startsWith("_") && (
            <IconButton
              icon="bars"
              label={t("How common this {name} is", { name })}
              aria-expanded={spread}
              onClick={() => setSpread(!spread)}
            />
          )}
          {actions.onTimeline && isShared(name, value) && (
            <IconButton
              icon="timeline"
              label={t("Timeline of this {name}", { name })}
              onClick={() => actions.onTimeline?.(name, value)}
            />
          )}
          {actions.onColumn && !name.startsWith("_") && (
            <IconButton
              icon="columns"
              label={column ? t("Hide the column {name}", { name }) : t("Show {name} as a column", { name })}
              onClick={() => actions.onColumn?.(name)}
            />
          )}
          <IconButton
            icon="pin"
            label={pinned ? t("Unpin {name}", { name }) : t("Pin {name}: list it first in every record", { name })}
            aria-pressed={pinned}
            onClick={() => togglePin(name)}
          />
          <CopyButton text={value} label={t("Copy {name}", { name })} />
        </span>
        {spread && asked && <FieldDistribution asked={asked} field={name} value={value} onFilter={actions.onFilter} />}
      </dd>
    </div>
  );
}
