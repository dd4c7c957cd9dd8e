import { useQuery } from "@tanstack/react-query";
import { getJson } from "../../api/http";
import { instant, type Asked } from "../../api/query";
import type { Explanation } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import { costLines } from "../../models/cost";

/** The cost of a query: what the server read and skipped. Opening the menu runs the query again. */
export function CostMenu({ asked, label }: { asked: Asked; label: string }) {
  return (
    <Menu label={label} name={t("Query cost: {label}", { label })} quiet>
      {() => <Cost asked={asked} />}
    </Menu>
  );
}

function Cost({ asked }: { asked: Asked }) {
  const { data, error } = useQuery({
    queryKey: ["cost", asked],
    queryFn: ({ signal }) =>
      getJson<Explanation>(
        "explain",
        { query: asked.query, start: instant(asked.start), end: instant(asked.end), run: "true" },
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (error) return <ErrorText as="p" className="menu-section" error={error} />;
  if (!data) return <p className="menu-section muted">{t("Running the query again…")}</p>;
  return (
    <div className="cost">
      <p className="muted">{t("The complete query over the complete range, as the server parses it:")}</p>
      <code>{data.canonical}</code>
      <dl>
        {costLines(data.run ?? {}).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
