import { useState } from "react";
import { t } from "../../i18n";
import { formatInteger } from "../../models/format";
import { linkify } from "../../models/linkify";
import { clip } from "../../models/record";

/** A value whose web addresses are links; of a long one the beginning, and the rest on demand. */
export function LinkedText({ text, most }: { text: string; most: number }) {
  const [whole, setWhole] = useState(false);
  const shown = clip(text, whole ? text.length : most);
  return (
    <>
      {linkify(shown.text).map(({ text: part, href }, index) =>
        href === undefined ? (
          part
        ) : (
          <a key={index} href={href} target="_blank" rel="noreferrer noopener">
            {part}
          </a>
        ),
      )}
      {shown.left > 0 && (
        <button type="button" className="link long-text-more" onClick={() => setWhole(true)}>
          {t("… show {left} more characters", { left: formatInteger(shown.left) })}
        </button>
      )}
    </>
  );
}
