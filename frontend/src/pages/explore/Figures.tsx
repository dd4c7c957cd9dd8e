import { t } from "../../i18n";
import { formatFigure } from "../../models/format";

/** A result that is a single row of numbers, in large figures. */
export function Figures({ figures }: { figures: readonly { name: string; value: number | undefined }[] }) {
  return (
    <dl className="figures">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt title={name}>{name}</dt>
          <dd title={value === undefined ? t("The function had no numbers to compute") : String(value)}>
            {value === undefined ? "–" : formatFigure(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
