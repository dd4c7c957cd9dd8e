import "./admin.css";
import { t } from "../../i18n";
import { DeletionsPanel } from "./DeletionsPanel";
import { SnapshotsPanel } from "./SnapshotsPanel";
import { TokensPanel } from "./TokensPanel";

export default function AdminPage() {
  return (
    <div className="page-pad admin">
      <h1 className="visually-hidden">{t("Admin")}</h1>
      <DeletionsPanel />
      <SnapshotsPanel />
      <TokensPanel />
    </div>
  );
}
