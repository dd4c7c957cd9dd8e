import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { PartialBanner } from "./components/PartialBanner";
import { Shell } from "./components/Shell";
import { useOpenAlertCount } from "./hooks/useAlerts";
import { metricsStore } from "./hooks/metricsStore";
import { useInstallation } from "./hooks/useInstallation";
import { useLocale } from "./hooks/useLocale";
import { useReconnect } from "./hooks/useReconnect";
import { useRoute } from "./hooks/useRoute";
import { useZone } from "./hooks/useZone";
import { t, tr } from "./i18n";
import { titleOf } from "./models/installation";
import { clip } from "./models/record";
import { PAGE_TITLES, type Page } from "./models/route";

const VIEWS = {
  overview: lazy(() => import("./pages/overview/OverviewPage")),
  explore: lazy(() => import("./pages/explore/ExplorePage")),
  dashboards: lazy(() => import("./pages/dashboards/DashboardsPage")),
  live: lazy(() => import("./pages/live/LivePage")),
  templates: lazy(() => import("./pages/templates/TemplatesPage")),
  series: lazy(() => import("./pages/series/SeriesPage")),
  alerts: lazy(() => import("./pages/alerts/AlertsPage")),
  inputs: lazy(() => import("./pages/inputs/InputsPage")),
  transforms: lazy(() => import("./pages/transforms/TransformsPage")),
  sinks: lazy(() => import("./pages/sinks/SinksPage")),
  nodes: lazy(() => import("./pages/nodes/NodesPage")),
  admin: lazy(() => import("./pages/admin/AdminPage")),
  capsule: lazy(() => import("./pages/capsule/CapsulePage")),
} satisfies Record<Page, unknown>;

/** Characters of a query in the title: about what a browser's tab shows. */
const TITLE_SHOWN = 60;

export function App() {
  const { page, params } = useRoute();
  const query = params.get("q") ?? "";
  const locale = useLocale();
  const product = titleOf(useInstallation());
  useEffect(() => metricsStore.start(), []);
  const firing = useOpenAlertCount();
  useEffect(() => {
    const name = page === "overview" ? product : `${tr(PAGE_TITLES[page])} · ${product}`;
    const title = query === "" || query === "*" ? name : `${clip(query, TITLE_SHOWN).text} · ${name}`;
    document.title = firing > 0 ? `(${firing}) ${title}` : title;
  }, [page, query, firing, locale, product]);
  // What failed while the server was away is asked again.
  const client = useQueryClient();
  useReconnect(
    () => void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" }),
  );
  const zone = useZone();
  const View = VIEWS[page];
  // On a screen on the wall, a dashboard is all there is.
  if (page === "dashboards" && params.get("kiosk") === "1") {
    return (
      <main key={locale} className="kiosk">
        <PartialBanner page={page} />
        <Suspense fallback={<div className="loading">{t("Loading…")}</div>}>
          <View key={zone} />
        </Suspense>
      </main>
    );
  }
  return (
    <Shell key={locale} page={page}>
      <Suspense fallback={<div className="loading">{t("Loading…")}</div>}>
        {/* A new time zone changes every time on the page, and a new language every text, so they are remounted. */}
        <View key={zone} />
      </Suspense>
    </Shell>
  );
}
