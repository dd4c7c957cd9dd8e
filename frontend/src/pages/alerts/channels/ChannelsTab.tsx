import "./channels.css";
import { useQuery } from "@tanstack/react-query";
import { isAbsent } from "../../../api/http";
import { getChannelKinds, getChannels } from "../../../api/notices";
import { Panel } from "../../../components/Panel";
import { t } from "../../../i18n";
import { ChannelsPanel } from "./ChannelsPanel";
import { DeadLettersPanel } from "./DeadLettersPanel";
import { MaintenancePanel } from "./MaintenancePanel";
import { RoutesPanel } from "./RoutesPanel";

/** Where alerts go: channels, routes, maintenance windows, and what could not be delivered. */
export default function ChannelsTab() {
  const channels = useQuery({ queryKey: ["channels"], queryFn: ({ signal }) => getChannels(signal) });
  const kinds = useQuery({
    queryKey: ["channel kinds"],
    queryFn: ({ signal }) => getChannelKinds(signal),
    staleTime: Infinity,
  });
  if (isAbsent(channels.error)) {
    return (
      <Panel title={t("Channels")}>
        <p className="empty-row">{t("This server has no channels.")}</p>
      </Panel>
    );
  }
  const known = channels.data ?? [];
  return (
    <>
      <ChannelsPanel list={channels} kinds={kinds.data ?? []} />
      <RoutesPanel channels={known} />
      <MaintenancePanel />
      <DeadLettersPanel channels={known} />
    </>
  );
}
