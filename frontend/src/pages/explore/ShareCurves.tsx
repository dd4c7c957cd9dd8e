import type { ComparedCurves } from "../../api/compare";
import { t } from "../../i18n";
import { runsOf, sharesOf } from "../../models/explain";
import { formatPercent } from "../../models/format";

const WIDTH = 72;
const HEIGHT = 20;

type Curve = ComparedCurves["records"];

interface Props {
  curve: Curve;
  /** All records of both sides, which the shares are of. */
  records: Curve;
}

/** A share over time, here and there, on one scale; gaps are times without records. */
export function ShareCurves({ curve, records }: Props) {
  const here = sharesOf(curve.inside, records.inside);
  const there = sharesOf(curve.outside, records.outside);
  const top = Math.max(...[...here, ...there].map((share) => share ?? 0));
  return (
    <span className="share-curves">
      <Spark shares={here} top={top} name="here" label={t("Here: {range} over time", { range: spanOf(here) })} />
      <Spark shares={there} top={top} name="there" label={t("There: {range} over time", { range: spanOf(there) })} />
    </span>
  );
}

/** The least and the largest share, such as "0% – 12%". */
function spanOf(shares: readonly (number | undefined)[]): string {
  const known = shares.filter((share) => share !== undefined);
  if (known.length === 0) return t("no records");
  const [least, most] = [Math.min(...known), Math.max(...known)].map((share) => formatPercent(share, 1));
  return least === most ? `${most}` : `${least} – ${most}`;
}

interface SparkProps {
  shares: readonly (number | undefined)[];
  top: number;
  name: string;
  label: string;
}

function Spark({ shares, top, name, label }: SparkProps) {
  const step = WIDTH / Math.max(1, shares.length - 1);
  const at = ([index, share]: [number, number]) =>
    [index * step, HEIGHT - 1 - (top > 0 ? share / top : 0) * (HEIGHT - 3)].map((one) => one.toFixed(1)).join(" ");
  const path = runsOf(shares)
    // A line without length still has its round ends: a point alone is a dot.
    .map(
      (run) =>
        `M${at(run[0] ?? [0, 0])}${
          run.length === 1
            ? "h0"
            : run
                .slice(1)
                .map((one) => `L${at(one)}`)
                .join("")
        }`,
    )
    .join("");
  return (
    <svg className={`share-${name}`} viewBox={`-1 0 ${WIDTH + 2} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      <path d={path} />
    </svg>
  );
}
