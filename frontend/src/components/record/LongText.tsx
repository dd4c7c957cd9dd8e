import { useState } from "react";
import { t } from "../../i18n";
import { formatInteger } from "../../models/format";
import { clip } from "../../models/record";

/** Text that may be very long: shows its beginning, and the rest on demand. */
export function LongText({ text, most }: { text: string; most: number }) {
  const [whole, setWhole] = useState(false);
  const shown = clip(text, whole ? text.length : most);
  return (
    <>
      {shown.text}
      {shown.left > 0 && (
        <button type="button" className="link long-text-more" onClick={() => setWhole(true)}>
          {t("… show {left} more characters", { left: formatInteger(shown.left) })}
        </button>
      )}
    </>
  );
}
