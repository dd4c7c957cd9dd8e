import { useQuery } from "@tanstack/react-query";
import { getDashboards } from "../../api/dashboards";
import { ErrorText } from "../../components/ErrorText";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import { routeHash } from "../../models/route";

/** Adds a stats query as a panel to a dashboard. */
export function BoardMenu({ query }: { query: string }) {
  return (
    <Menu name={t("Add to dashboard")} label={t("Add to dashboard")} align="right" quiet>
      {() => <Boards query={query} />}
    </Menu>
  );
}

function Boards({ query }: { query: string }) {
  const { data, error } = useQuery({ queryKey: ["dashboards"], queryFn: ({ signal }) => getDashboards(signal) });
  const own = data?.filter(({ builtIn }) => !builtIn) ?? [];
  return (
    <>
      <ErrorText as="p" className="menu-section" error={error} />
      {own.map(({ id, name }) => (
        <a key={id} className="menu-item" href={routeHash("dashboards", { id, add: query, edit: "1" })}>
          {name}
        </a>
      ))}
      <a className="menu-item" href={routeHash("dashboards", { add: query })}>
        {t("A new dashboard…")}
      </a>
    </>
  );
}
