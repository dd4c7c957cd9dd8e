/** The Templates page, and marks. */
export default {
  Noise: "노이즈",
  Marks: "마커",
  "moments such as deploys: lines in every chart": "배포 같은 시점. 모든 차트에 선으로 표시됩니다",
  "Delete mark {text}": "마커 {text} 삭제",
  "What happened": "내용",
  "When ({zone}); empty for now": "시각 ({zone}), 비우면 지금",
  "Set mark": "마커 추가",
  "No marks yet. Let a deploy script set one; then see what is new since the deploy, and compare before and after.":
    "아직 마커가 없습니다. 배포 스크립트에서 마커를 추가하면 배포 이후 새로 나타난 것을 보고 전후를 비교할 수 있습니다.",
  "Copy the command": "명령 복사",
  "Hide the details": "상세 숨기기",
  "Show the first message and the counts by day": "첫 메시지와 날짜별 건수 보기",
  "on [[host]]": "@",
  "Records by day (UTC), {from} to {to}, at most {most}": "날짜별 로그 수 (UTC), {from} ~ {to}, 최대 {most}건",
  "Show the records": "로그 보기",
  "id {id}": "ID {id}",
  "This server does not keep templates. Explore shows patterns of any search.":
    "이 서버는 템플릿을 저장하지 않습니다. 탐색에서 검색 결과의 패턴을 볼 수 있습니다.",
  "Filter of the templates (LogsQL)": "템플릿 필터 (LogsQL)",
  "Words, or a filter such as app:=shop count:>100": "단어, 또는 app:=shop count:>100 같은 필터",
  "{name} or above": "{name} 이상",
  "newest first": "최신순",
  "most records": "로그 많은 순",
  "by text": "텍스트순",
  "the last hour": "최근 1시간",
  "the last 24 hours": "최근 24시간",
  "the last 7 days": "최근 7일",
  "Loading templates…": "템플릿을 불러오는 중…",
  Template: "템플릿",
  "{shown} of {all} are shown.": "{all}개 중 {shown}개를 표시합니다.",
  "No templates yet. The server learns the constant text of messages as records are written to disk, usually within a minute.":
    "아직 템플릿이 없습니다. 서버는 로그를 디스크에 쓸 때 메시지의 고정된 부분을 학습하며, 보통 1분 안에 나타납니다.",
  "No template matches: no message of this kind appeared for the first time in the selected range.":
    "맞는 템플릿이 없습니다. 고른 기간에 처음 나타난 메시지가 없습니다.",
};
