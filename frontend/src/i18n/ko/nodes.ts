/** The Nodes page, and what answers of several nodes lack. */
export default {
  Node: "노드",
  Roles: "역할",
  "Running for": "가동 시간",
  "Behind by": "밀린 배치",
  "Disk free": "디스크 여유",
  "this one": "현재 노드",
  "evaluates the alert rules": "알림 규칙을 평가함",
  "not queried": "쿼리 대상 아님",
  "It is not in logcaster.nodes.urls: its records are not in the answers of this node":
    "logcaster.nodes.urls에 없는 노드라서, 이 노드의 결과에 그 로그는 들어가지 않습니다",
  "Open the console of this node": "이 노드의 콘솔 열기",
  "Batches in Kafka that it has not stored yet": "Kafka에 있지만 아직 저장하지 않은 배치",
  "Messages that wait at the source": "원본에서 기다리는 메시지",
  "Not everything is shown.": "일부만 표시됩니다.",
  "Missing: {places}": "빠진 곳: {places}",
  "is away; its records are missing from here on until it is back":
    "노드가 응답하지 않습니다. 돌아올 때까지 그 로그는 여기부터 빠집니다",
  "Records only: rules and settings are in the shared control database, which is backed up on its own":
    "로그만 들어 있습니다. 규칙과 설정은 따로 백업하는 공용 제어 데이터베이스에 있습니다",
  AWAY: "응답 없음",
  "{n} nodes": "노드 {n}개",
  "{count}: {away} away, {ill} not well": "{count}: 응답 없음 {away}개, 이상 {ill}개",
  "{count}: {away} away": "{count}: 응답 없음 {away}개",
  "{count}: {ill} not well": "{count}: 이상 {ill}개",
  "This server does not list nodes.": "이 서버는 노드 목록을 제공하지 않습니다.",
  "Asking the nodes…": "노드에 묻는 중…",
  "The nodes run different versions: {versions}. That is fine while they are being replaced.":
    "노드의 버전이 서로 다릅니다: {versions}. 교체하는 동안에는 괜찮습니다.",
  "One LogCaster is enough for most teams": "대부분의 팀에는 LogCaster 하나로 충분합니다",
  "more join by settings, without a cluster": "클러스터 없이 설정만으로 노드를 더할 수 있습니다",
  "Query several LogCasters as one": "여러 LogCaster를 하나처럼 조회하기",
  "Each keeps its own records. Queries, the live tail and the figures of this console then cover all of them.":
    "각 노드는 자기 로그를 보관합니다. 쿼리, 실시간 로그, 이 콘솔의 수치는 모든 노드를 함께 보여 줍니다.",
  "Share rules and alerts": "규칙과 알림 공유하기",
  "Nodes with one control database find each other, and one of them evaluates the alert rules.":
    "제어 데이터베이스가 같은 노드들은 서로를 찾으며, 그중 하나가 알림 규칙을 평가합니다.",
  "A click on a node opens its own console": "노드를 클릭하면 그 노드의 콘솔이 열립니다",
  "Nodes that are away are listed with the reason": "응답하지 않는 노드는 이유와 함께 표시됩니다",
  "Copy the settings": "설정 복사",
};
