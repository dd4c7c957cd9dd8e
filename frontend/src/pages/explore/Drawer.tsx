import "./drawer.css";
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { IconButton } from "../../components/IconButton";
import { useDrawerWidth } from "../../hooks/useDrawerWidth";
import { t } from "../../i18n";

const STEP = 32;

interface Props {
  title: ReactNode;
  /** The accessible name. */
  name: string;
  /** Further buttons in its head. */
  tools?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A part of the page beside the rows, whose width is dragged; on a narrow screen it lies over their lower part. */
export function Drawer({ title, name, tools, onClose, children }: Props) {
  const [width, setWidth] = useDrawerWidth();
  const dragged = useRef(false);
  function onKey(event: KeyboardEvent) {
    const step = event.key === "ArrowLeft" ? STEP : event.key === "ArrowRight" ? -STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    setWidth(width + step);
  }
  return (
    <aside className="drawer" aria-label={name} style={{ width }}>
      <div
        className="drawer-grip"
        role="separator"
        aria-orientation="vertical"
        aria-label={t("Width of the panel {name}", { name })}
        aria-valuenow={width}
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = true;
        }}
        onPointerMove={(event) => {
          const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0;
          if (dragged.current) setWidth(right - event.clientX);
        }}
        onPointerUp={() => {
          dragged.current = false;
        }}
      />
      <div className="drawer-head">
        {title}
        <span className="spacer" />
        {tools}
        <IconButton icon="close" label={t("Close the panel {name}", { name })} onClick={onClose} />
      </div>
      <div className="drawer-body">{children}</div>
    </aside>
  );
}
