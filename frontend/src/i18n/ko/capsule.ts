/** Incident capsules: the form in Explore and the page that opens one. */
export default {
  Capsule: "캡슐",
  "Open a capsule": "캡슐 열기",
  "Incident capsule": "장애 캡슐",
  "Save what is known of an incident as one file": "장애에 관해 알려진 내용을 파일 하나로 저장",
  "One file with the query, its histogram, patterns, alerts and records. It opens in any browser, offline.":
    "쿼리와 그 히스토그램, 패턴, 알림, 로그를 담은 파일입니다. 어떤 브라우저에서든 오프라인으로 열립니다.",
  Incident: "장애",
  Notes: "메모",
  "With {n} chosen records.": "선택한 로그 {n}건을 담습니다.",
  "Choose rows first to take those instead.": "먼저 행을 선택하면 그 로그를 대신 담습니다.",
  "the newest {count}": "최신 {count}건",
  "Hide, also in the query and the notes": "숨길 항목 (쿼리와 메모 포함)",
  "Collecting…": "모으는 중…",
  "Save the file": "파일 저장",
  "a file that Explore saved, read in your browser and sent nowhere":
    "탐색에서 저장한 파일. 브라우저에서만 읽고 어디로도 보내지 않습니다",
  "File of a capsule": "캡슐 파일",
  "Open a file…": "파일 열기…",
  "The file is too large for a capsule.": "캡슐로 보기에는 파일이 너무 큽니다.",
  "In Explore, “Capsule” saves a query with its records, patterns, alerts and your notes as one file.":
    "탐색의 “캡슐”은 쿼리와 로그, 패턴, 알림, 메모를 파일 하나로 저장합니다.",
  "The file is no capsule: it has no data of one.": "캡슐 파일이 아닙니다. 캡슐 데이터가 없습니다.",
  "The capsule's data is damaged; it may have been cut on its way.":
    "캡슐 데이터가 손상되었습니다. 전송 중에 잘렸을 수 있습니다.",
  "The capsule has a format that this console does not know. Newer versions may open it.":
    "이 콘솔이 모르는 형식의 캡슐입니다. 더 새로운 버전에서는 열릴 수 있습니다.",
  "The capsule's data is not what LogCaster writes, so it is not shown.":
    "LogCaster가 쓴 데이터가 아니므로 표시하지 않습니다.",
  "{start} to {end}, made {made}": "{start} ~ {end}, 생성 {made}",
  "hidden: {kinds}": "숨긴 항목: {kinds}",
  "Ask this server the same": "이 서버에서 같은 쿼리 실행",
  "at most {most}": "최대 {most}건",
  "Show {more} more of {left}": "나머지 {left}건 중 {more}건 더 보기",
  "Long values or further records are left out.": "긴 값이나 나머지 로그는 빠졌습니다.",
};
