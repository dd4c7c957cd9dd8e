/** The Series page: stats that outlive their records. */
export default {
  "average of {step}": "{step} 평균",
  "Range of the chart": "차트 기간",
  "1y": "1년",
  "No values in this range.": "이 기간에는 값이 없습니다.",
  "No values in this range: the first step is not computed yet.":
    "이 기간에는 값이 없습니다. 첫 간격을 아직 계산하지 않았습니다.",
  "{name} over the last {range}": "최근 {range}의 {name}",
  "and {left} smaller groups": "외 작은 그룹 {left}개",
  "New series": "새 시계열",
  "Name: also the name of the metric": "이름 (지표 이름으로도 사용)",
  Step: "간격",
  "Query: must end in a stats pipe; each group is a line":
    "쿼리: stats 파이프로 끝나야 하며, 그룹마다 선이 하나씩 그려집니다",
  "Query of the series (LogsQL)": "시계열의 쿼리 (LogsQL)",
  "Saving removes the values of this series and computes them anew.":
    "저장하면 이 시계열의 값을 지우고 다시 계산합니다.",
  "Running the query over the last {step}…": "최근 {step}의 로그로 쿼리를 실행하는 중…",
  "No group in the last {step}: no record matched.": "최근 {step} 동안 맞는 로그가 없어 그룹이 없습니다.",
  "{count} or more groups in the last {step}:": "최근 {step}의 그룹 {count}개 이상:",
  "{n} groups in the last {step}:": "최근 {step}의 그룹 {n}개:",
  "Kept series": "저장 시계열",
  "stats that are computed step by step and outlive their records": "간격마다 계산하며 원본 로그보다 오래 남는 통계",
  "This server keeps no series.": "이 서버는 시계열을 저장하지 않습니다.",
  "Loading series…": "시계열을 불러오는 중…",
  "Kept since": "저장 시작",
  "Computed until": "계산 완료 시점",
  "Show the chart": "차트 보기",
  "Raise logcaster.series.max-series, or group by fewer fields":
    "logcaster.series.max-series를 늘리거나 묶는 필드를 줄이세요",
  "{leftOut} values left out": "제외된 값 {leftOut}개",
  "Create an alert rule that judges this series": "이 시계열로 판정하는 알림 규칙 만들기",
  "Delete {name} and its values": "{name}과(와) 그 값 삭제",
  "Delete with its values": "값과 함께 삭제",
  "not yet": "아직 없음",
  "up to date": "최신",
  "{behind} behind": "{behind} 지연",
  "No series yet. A series keeps the result of a stats query, such as errors per app and minute, for longer than its records: as a chart, for alerts, and for Prometheus to scrape. Create one here, or from a stats query in {explore}.":
    "아직 시계열이 없습니다. 시계열은 앱별 분당 오류 수 같은 stats 쿼리의 결과를 원본 로그보다 오래 보관하며, 차트와 알림, Prometheus 수집에 쓸 수 있습니다. 여기에서 만들거나 {explore}의 stats 쿼리에서 만드세요.",
  "Prometheus scrapes the latest values at": "Prometheus가 최신 값을 수집하는 주소:",
  "Copy the address": "주소 복사",
  "Use letters, digits and underscores; a digit cannot be the first.":
    "영문자, 숫자, 밑줄만 쓸 수 있으며 숫자로 시작할 수 없습니다.",
  "The query must end in a stats pipe.": "쿼리는 stats 파이프로 끝나야 합니다.",
  "Use whole seconds between 10s and 1d.": "10s에서 1d 사이의 초 단위 값을 사용하세요.",
};
