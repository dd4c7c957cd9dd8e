import { lazy, Suspense, useState } from "react";
import type { Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { t } from "../../i18n";

const CapsuleSheet = lazy(() => import("../capsule/CapsuleSheet"));

/** Opens the form of a capsule of what is asked, with the chosen rows if there are any. */
export function CapsuleButton({ asked, rows, className }: { asked: Asked; rows?: readonly Row[]; className: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={className}
        title={t("Save what is known of an incident as one file")}
        onClick={() => setOpen(true)}
      >
        {t("Capsule")}
      </button>
      {open && (
        <Suspense fallback={null}>
          <CapsuleSheet asked={asked} {...(rows && { rows })} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
