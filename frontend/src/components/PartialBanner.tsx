import { useEffect, useSyncExternalStore } from "react";
import { t } from "../i18n";
import { partialStore } from "../models/partial";
import type { Page } from "../models/route";

/** Says which nodes or places the answers on the page lack. Renders nothing while they are complete. */
export function PartialBanner({ page }: { page: Page }) {
  const missing = useSyncExternalStore(partialStore.subscribe, partialStore.read);
  useEffect(() => () => partialStore.clear(), [page]);
  if (missing.length === 0) return null;
  return (
    <div className="banner banner-partial" role="status">
      <span>
        <strong>{t("Not everything is shown.")}</strong> {t("Missing: {places}", { places: missing.join("; ") })}
      </span>
    </div>
  );
}
