import { lazy, Suspense, useEffect } from "react";
import { Shell } from "./components/Shell";
import { useOpenAlertCount } from "./hooks/useAlerts";
import { metricsStore } from "./hooks/metricsStore";
import { useRoute } from "./hooks/useRoute";
import { useZone } from "./hooks/useZone";
import type { Page } from "./models/route";

const VIEWS = {
  overview: lazy(() => import("./pages/overview/OverviewPage")),
  explore: lazy(() => import("./pages/explore/ExplorePage")),
  live: lazy(() => import("./pages/live/LivePage")),
  templates: lazy(() => import("./pages/templates/TemplatesPage")),
  series: lazy(() => import("./pages/series/SeriesPage")),
  alerts: lazy(() => import("./pages/alerts/AlertsPage")),
  inputs: lazy(() => import("./pages/inputs/InputsPage")),
  transforms: lazy(() => import("./pages/transforms/TransformsPage")),
  sinks: lazy(() => import("./pages/sinks/SinksPage")),
  admin: lazy(() => import("./pages/admin/AdminPage")),
} satisfies Record<Page, unknown>;

export function App() {
  const { page } = useRoute();
  useEffect(() => metricsStore.start(), []);
  const firing = useOpenAlertCount();
  useEffect(() => {
    const name = page === "overview" ? "LogCaster" : `${page.charAt(0).toUpperCase()}${page.slice(1)} · LogCaster`;
    document.title = firing > 0 ? `(${firing}) ${name}` : name;
  }, [page, firing]);
  const zone = useZone();
  const View = VIEWS[page];
  return (
    <Shell page={page}>
      <Suspense fallback={<div className="loading">Loading…</div>}>
        {/* A new time zone changes every time on the page, so the page is remounted. */}
        <View key={zone} />
      </Suspense>
    </Shell>
  );
}
