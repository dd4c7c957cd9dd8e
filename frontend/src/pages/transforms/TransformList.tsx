import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getTransformCounts, type Transform, type TransformCounts } from "../../api/transforms";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { t } from "../../i18n";
import { formatCount } from "../../models/format";
import { isEnabled } from "../../models/transforms";

interface Props {
  transforms: readonly Transform[];
  chosen: number;
  onChoose: (index: number) => void;
  onMove: (from: number, to: number) => void;
  onChange: (index: number, next: Transform) => void;
  onRemove: (index: number) => void;
}

const POLL_MS = 10_000;

/** The transforms in their order; the handle drags one, and the arrow keys move it. */
export function TransformList({ transforms, chosen, onChoose, onMove, onChange, onRemove }: Props) {
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const counts = useQuery({
    queryKey: ["transform counts"],
    queryFn: ({ signal }) => getTransformCounts(signal),
    enabled: transforms.length > 0,
    refetchInterval: POLL_MS,
  });
  return (
    <ol className="transforms" aria-label={t("Transforms in their order")}>
      {transforms.map((transform, index) => (
        <li
          key={index}
          data-chosen={index === chosen ? "" : undefined}
          data-off={isEnabled(transform) ? undefined : ""}
          data-over={over === index && dragged !== index ? ((dragged ?? 0) < index ? "after" : "before") : undefined}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setData("text/plain", transform.name);
            setDragged(index);
          }}
          onDragEnd={() => {
            setDragged(undefined);
            setOver(undefined);
          }}
          onDragOver={(event) => {
            if (dragged === undefined) return;
            event.preventDefault();
            setOver(index);
          }}
          onDrop={(event) => {
            event.preventDefault();
            if (dragged !== undefined && dragged !== index) onMove(dragged, index);
          }}
        >
          <button
            type="button"
            className="transform-handle"
            title={t("Drag, or press ↑ and ↓, to move it")}
            aria-label={t("Move {name}, {index} of {length}; arrow keys move it", {
              name: transform.name,
              index: index + 1,
              length: transforms.length,
            })}
            onKeyDown={(event) => {
              const to = index + (event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0);
              if (to === index) return;
              event.preventDefault();
              if (to < 0 || to >= transforms.length) return;
              onMove(index, to);
              // The focus stays with what is moved.
              const item = event.currentTarget.closest("li")?.parentElement?.children[to];
              item?.querySelector<HTMLElement>(".transform-handle")?.focus();
            }}
          >
            <Icon name="fields" />
          </button>
          <input
            type="checkbox"
            aria-label={t("{name} is on", { name: transform.name })}
            checked={isEnabled(transform)}
            onChange={(event) => onChange(index, { ...transform, enabled: event.target.checked })}
          />
          <button
            type="button"
            className="transform-name"
            aria-pressed={index === chosen}
            onClick={() => onChoose(index)}
          >
            <span>
              <b>{transform.name || t("(no name)")}</b> <span className="muted">{transform.action}</span>
            </span>
            <span className="muted mono">{transform.filter || "*"}</span>
          </button>
          <Counted counts={counts.data?.find(({ name }) => name === transform.name)} />
          <IconButton
            icon="trash"
            label={t("Remove {name}", { name: transform.name })}
            onClick={() => onRemove(index)}
          />
        </li>
      ))}
    </ol>
  );
}

function Counted({ counts }: { counts: TransformCounts | undefined }) {
  if (!counts) return null;
  const found = Object.values(counts.redacted).reduce((sum, count) => sum + count, 0);
  return (
    <span className="transform-counts" title={t("Records since the server started")}>
      <span>{t("{in} in", { in: formatCount(counts.in) })}</span>
      {counts.dropped > 0 && <span>{t("{dropped} dropped", { dropped: formatCount(counts.dropped) })}</span>}
      {found > 0 && <span>{t("{found} redacted", { found: formatCount(found) })}</span>}
      {counts.errors > 0 && (
        <span className="danger-text">{t("{errors} errors", { errors: formatCount(counts.errors) })}</span>
      )}
    </span>
  );
}
