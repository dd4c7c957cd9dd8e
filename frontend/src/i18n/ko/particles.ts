/** Particles that depend on how the word before them ends: after a consonant, after a vowel. */
const FORMS: Record<string, [string, string]> = {
  "을(를)": ["을", "를"],
  "이(가)": ["이", "가"],
  "은(는)": ["은", "는"],
  "과(와)": ["과", "와"],
  "(으)로": ["으로", "로"],
};

/** Digits that are read with a final consonant: 0 영, 1 일, 3 삼, 6 육, 7 칠, 8 팔. */
const CONSONANT_DIGITS = "013678";
/** Latin letters that English words are mostly read with as a final: app 앱, web 웹, stream 스트림, token 토큰. */
const CONSONANT_LETTERS = "bmnp";
/** ㄹ as a final, after which 으로 is 로 as well. */
const RIEUL = 8;

function ending(before: string): "consonant" | "rieul" | "vowel" | undefined {
  const last =
    before
      .replace(/[\s"'`)\]}»”’]+$/, "")
      .at(-1)
      ?.toLowerCase() ?? "";
  const code = last.charCodeAt(0) - 0xac00;
  if (code >= 0 && code < 11_172) {
    const final = code % 28;
    return final === 0 ? "vowel" : final === RIEUL ? "rieul" : "consonant";
  }
  if (last >= "0" && last <= "9")
    return "178".includes(last) ? "rieul" : CONSONANT_DIGITS.includes(last) ? "consonant" : "vowel";
  if (last >= "a" && last <= "z")
    return last === "l" ? "rieul" : CONSONANT_LETTERS.includes(last) ? "consonant" : "vowel";
  return undefined;
}

/** Chooses the particle after each inserted word: 앱을(를) → 앱을. Stays as it is after what cannot be read aloud. */
export function particles(sentence: string): string {
  return sentence.replaceAll(/을\(를\)|이\(가\)|은\(는\)|과\(와\)|\(으\)로/g, (form, offset: number) => {
    const end = ending(sentence.slice(0, offset));
    const [consonant = form, vowel = form] = FORMS[form] ?? [];
    if (end === undefined) return form;
    if (form === "(으)로") return end === "consonant" ? consonant : vowel;
    return end === "vowel" ? vowel : consonant;
  });
}
