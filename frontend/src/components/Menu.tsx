import "./menu.css";
import { useEffect, useRef, useState, type ReactNode } from "react";

interface Props {
  label: ReactNode;
  /** The accessible name, where the label alone does not describe the menu. */
  name?: string;
  align?: "left" | "right";
  /** Whether the button looks like plain text. */
  quiet?: boolean;
  /** Whether the label is an icon. */
  icon?: boolean;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a popup below itself; Escape, a click elsewhere or the content closes it. */
export function Menu({ label, name, align = "left", quiet = false, icon = false, children }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    function onPointer(event: PointerEvent) {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    }
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      setOpen(false);
    }
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, [open]);
  return (
    <div
      ref={box}
      className="menu"
      onBlur={(event) => {
        // Tabbing out of the popup closes it; a click on its background does not.
        if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.preventDefault();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className={quiet ? "menu-quiet" : icon ? "icon-button" : "button"}
        aria-label={name}
        title={icon ? name : undefined}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      {open && <div className={`menu-sheet menu-${align}`}>{children(() => setOpen(false))}</div>}
    </div>
  );
}
