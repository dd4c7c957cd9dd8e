import "./templates.css";
import { t } from "../../i18n";
import { MarksPanel } from "./MarksPanel";
import { TemplatesPanel } from "./TemplatesPanel";

export default function TemplatesPage() {
  return (
    <div className="page-pad templates-page">
      <h1 className="visually-hidden">{t("Templates")}</h1>
      <TemplatesPanel />
      <MarksPanel />
    </div>
  );
}
