/** The frame of every page, and what pages share. */
export default {
  Overview: "개요",
  Explore: "탐색",
  Live: "실시간",
  Dashboards: "대시보드",
  Templates: "템플릿",
  Series: "시계열",
  Alerts: "알림",
  Inputs: "입력",
  Transforms: "변환",
  Sinks: "싱크",
  Nodes: "노드",
  Admin: "관리",
  Pages: "페이지",
  "Parts of {page}": "{page} 하위 메뉴",
  "Skip to the content": "본문으로 건너뛰기",
  "Loading…": "불러오는 중…",
  Close: "닫기",
  firing: "발생 중",

  live: "연결됨",
  connecting: "연결 중",
  reconnecting: "재연결 중",
  "no live figures": "실시간 수치 없음",
  "Connection lost.": "연결이 끊어졌습니다.",
  "{reason} Retrying in {seconds} s; the page may be out of date.":
    "{reason} {seconds}초 후 다시 연결합니다. 화면의 내용이 최신이 아닐 수 있습니다.",
  "{reason} Retrying now; the page may be out of date.":
    "{reason} 지금 다시 연결합니다. 화면의 내용이 최신이 아닐 수 있습니다.",
  "Retry now": "지금 재시도",
  "The server refused the metrics stream: {reason}": "서버가 지표 스트림을 거부했습니다: {reason}",

  "Light theme": "밝은 테마",
  "Dark theme": "어두운 테마",
  "Theme of the system": "시스템 테마",
  Theme: "테마",
  Light: "밝게",
  Dark: "어둡게",
  "As the system": "시스템 설정",
  Language: "언어",
  "Language of the browser": "브라우저 언어",
  Times: "시간대",
  UTC: "UTC",
  "Local time": "현지 시간",
  "Times are shown in UTC. Click for local time": "시각을 UTC로 표시하고 있습니다. 클릭하면 현지 시간으로 바뀝니다",
  "Times are shown in local time ({zone}). Click for UTC":
    "시각을 현지 시간({zone})으로 표시하고 있습니다. 클릭하면 UTC로 바뀝니다",

  "Commands (Ctrl+K)": "명령 (Ctrl+K)",
  Commands: "명령",
  "Find a page, a search, a field": "페이지, 검색, 필드 찾기",
  "Page, saved search, recent query, field, words to search for": "페이지, 저장된 검색, 최근 쿼리, 필드, 검색어",
  "Go to": "이동",
  "Saved search": "저장된 검색",
  "Recent query": "최근 쿼리",
  "Count by field": "필드별 건수",
  "Search records": "로그 검색",

  "Keyboard shortcuts": "단축키",
  "Go to a page, a search, a field, or change a setting": "페이지·검색·필드로 이동하거나 설정을 변경합니다",
  "Focus the query": "쿼리 입력란으로 이동합니다",
  "Run the query (Shift+Enter for a new line)": "쿼리를 실행합니다 (줄바꿈은 Shift+Enter)",
  "Make the stage at the caret a comment, or a stage again": "커서가 있는 단계를 주석으로 바꾸거나 되돌립니다",
  "Leave the field, close details, cancel the running query":
    "입력란에서 나가거나, 상세 보기를 닫거나, 실행 중인 쿼리를 취소합니다",
  "Next or previous record; Enter opens it beside the list; arrow keys, Home and End work too":
    "다음 또는 이전 로그로 이동합니다. Enter로 목록 옆에 열고, 화살표 키와 Home, End도 쓸 수 있습니다",
  "Choose the record, to compare, copy or pin it with others; Ctrl+click does the same":
    "로그를 선택해 다른 로그와 비교하거나 복사하거나 고정합니다. Ctrl+클릭으로도 선택합니다",
  "Find in the loaded rows; Enter or n for the next, Shift+Enter or N for the one before":
    "불러온 행에서 찾습니다. 다음은 Enter나 n, 이전은 Shift+Enter나 N입니다",
  "Undo the last change of the query in Explore": "탐색에서 마지막 쿼리 변경을 되돌립니다",
  "Pause or resume the live tail": "실시간 로그를 일시 중지하거나 재개합니다",
  "The minimum level of the live tail: 1 for all, 2 for DEBUG and above, 6 for FATAL":
    "실시간 로그의 최소 레벨입니다. 1은 전체, 2는 DEBUG 이상, 6은 FATAL입니다",
  "Light theme, dark theme, theme of the system": "밝은 테마, 어두운 테마, 시스템 테마를 차례로 바꿉니다",
  "Toggle UTC and local time": "UTC와 현지 시간을 전환합니다",
  "Move the column whose head has the focus, or its edge": "포커스가 있는 열 또는 열의 경계를 옮깁니다",
  "Choose a cell of the map that has the focus; Enter shows its records in Explore":
    "포커스가 있는 지도의 칸 선택. Enter로 그 로그를 탐색에서 보기",
  "“Highlights” colours rows by rules, which the address keeps for those you send it to":
    "“강조”는 규칙에 따라 행에 색을 입힙니다. 규칙은 주소에 남아 함께 전달됩니다",
  "“Only taken out” shows what transforms and the record filter keep from being stored":
    "“걸러진 로그만”은 변환과 로그 필터가 저장하지 않은 로그를 보여 줍니다",
  "Next or previous record; Enter opens it and pauses":
    "다음 또는 이전 로그로 이동합니다. Enter로 열면 일시 중지됩니다",
  "Leave the field, close details": "입력란에서 나가거나 상세 보기를 닫습니다",
  "Query the open dashboard again": "열려 있는 대시보드를 다시 조회합니다",
  "Edit the open dashboard, unless it is built in": "열려 있는 대시보드를 편집합니다 (기본 제공 대시보드 제외)",
  "Move the panel whose handle has the focus; with Shift, resize it":
    "핸들에 포커스가 있는 패널을 옮깁니다. Shift를 함께 누르면 크기를 바꿉니다",
  "Take back a drag, leave the screen mode": "드래그를 취소하거나 전체 화면 모드에서 나갑니다",
  "Move the threshold in the chart of a rule's form, if it has the focus; Page Up and Page Down for more":
    "규칙 양식의 차트에서 포커스가 있는 임계값을 옮깁니다. Page Up과 Page Down은 더 크게 옮깁니다",
  "Move the transform whose handle has the focus": "핸들에 포커스가 있는 변환을 옮깁니다",
  "Drag across the chart of levels to open that time in Explore": "레벨 차트를 드래그하면 그 시간대를 탐색에서 엽니다",
  "A figure, a legend or a row leads to its records, or to the page that says more":
    "수치, 범례, 행을 클릭하면 해당 로그나 자세한 페이지로 이동합니다",
  "Drag across the histogram to zoom; “Explain” then says what differs inside":
    "히스토그램을 드래그하면 확대됩니다. 이어서 “원인 분석”을 누르면 그 구간에서 무엇이 다른지 알려 줍니다",
  "Alt+click on a value of a field asks for this value only": "필드 값을 Alt+클릭하면 그 값만 조회합니다",
  "Drag across a chart to zoom all panels": "차트를 드래그하면 모든 패널이 확대됩니다",
  "A click on a template shows its first message and its records by day":
    "템플릿을 클릭하면 첫 메시지와 일별 로그 수를 보여 줍니다",
  "Set a mark at a deploy; “New since” then lists what came with it":
    "배포할 때 마커를 남기면 그 뒤에 새로 나타난 템플릿을 볼 수 있습니다",
  "A click on a name shows its chart; a click on a query opens it in Explore":
    "이름을 클릭하면 차트를 보여 주고, 쿼리를 클릭하면 탐색에서 엽니다",
  "“Alert” starts a rule that judges the series": "“알림”을 누르면 그 시계열을 판정하는 규칙을 만듭니다",
  "Drag the threshold in the chart of a rule's form to see how often the rule would have fired":
    "규칙 양식의 차트에서 임계값을 드래그하면 규칙이 몇 번 발생했을지 볼 수 있습니다",
  "“Sources and deliveries” lists who sends, and who went quiet":
    "“발신원과 수신 확인” 탭에서 누가 보내고 있고 누가 끊겼는지 볼 수 있습니다",
  "Drag a transform by its handle: they run from top to bottom":
    "핸들을 드래그해 변환의 순서를 바꿉니다. 변환은 위에서 아래로 실행됩니다",
  "“Test” sends one record past the queue; “Replay…” sends stored records again":
    "“시험”은 큐를 거치지 않고 로그 하나를 보내고, “재전송…”은 저장된 로그를 다시 보냅니다",
  "A click on a filter shows the records that it selects": "필터를 클릭하면 선택되는 로그를 보여 줍니다",
  "A click on the query of a deletion shows what matches it now":
    "삭제 작업의 쿼리를 클릭하면 지금 일치하는 로그를 보여 줍니다",
  "What cannot be undone asks once more before it happens": "되돌릴 수 없는 작업은 실행 전에 한 번 더 확인합니다",
  "A capsule is read in your browser and sent nowhere; it also opens on its own, without a server":
    "캡슐은 브라우저 안에서만 읽고 어디에도 보내지 않습니다. 서버 없이 파일만으로도 열립니다",
  "On every page": "모든 페이지",
  "Close a sheet or a menu": "시트나 메뉴를 닫습니다",
  "Show keyboard shortcuts": "단축키를 보여 줍니다",
};
