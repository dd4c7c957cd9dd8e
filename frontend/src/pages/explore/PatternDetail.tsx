import { t, tr } from "../../i18n";
import { noiseTransform, REMEDIES, transformHref } from "../../models/noise";
import { extractOf, patternFilter, type Extract } from "../../models/patterns";
import { includeFilter } from "../../models/queryEdit";
import { routeHash } from "../../models/route";
import { ruleQuery } from "../../models/ruleCheck";

interface Props {
  /** The search in which the pattern was found. */
  query: string;
  pattern: string;
  example: string | undefined;
  onExtract: OnExtract;
}

/** Shows a pattern's records with its variables as fields. */
export type OnExtract = (filter: string, extract: Extract) => void;

/** An example of a pattern, and what can be made of the pattern. */
export function PatternDetail({ query, pattern, example, onExtract }: Props) {
  const filter = patternFilter(pattern);
  const extract = extractOf(pattern, example);
  return (
    <>
      {example !== undefined && <pre className="pattern-example">{example}</pre>}
      {filter !== undefined && (
        <div className="pattern-uses">
          {extract && (
            <button type="button" className="button" title={extract.pipe} onClick={() => onExtract(filter, extract)}>
              {t("Extract its variables")}
            </button>
          )}
          <a
            className="button"
            href={routeHash("alerts", { new: ruleQuery(includeFilter(query, filter)) })}
            title={t("Create an alert rule from this pattern")}
          >
            {t("Alert")}
          </a>
          {REMEDIES.map(({ remedy, name, help }) => {
            const transform = noiseTransform(pattern, remedy);
            return (
              transform && (
                <a
                  key={remedy}
                  className="button"
                  href={transformHref(transform)}
                  title={t("{help}: see a preview first", { help: tr(help) })}
                >
                  {tr(name)}
                </a>
              )
            );
          })}
        </div>
      )}
    </>
  );
}
