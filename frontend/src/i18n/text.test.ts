import { afterEach, describe, expect, it } from "vitest";
import { chooseLocale, locale, onLocale, preferred } from "./locale";
import { particles } from "./ko/particles";
import { msg, plural, t, tr } from "./text";

afterEach(() => chooseLocale("en"));

describe("texts", () => {
  it("are English without a catalogue", () => {
    expect(t("Loading…")).toBe("Loading…");
    expect(
      t("{reason} Retrying in {seconds} s; the page may be out of date.", { reason: "Gone.", seconds: 1200 }),
    ).toBe("Gone. Retrying in 1,200 s; the page may be out of date.");
    expect(t("Open [[verb]]")).toBe("Open");
    expect(tr(msg("Overview"))).toBe("Overview");
  });

  it("choose singular and plural by the count", () => {
    const rows = (count: number) => plural(count, "{n} row of {table}", "{n} rows of {table}", { table: "a" });
    expect([0, 1, 2, 12_000].map(rows)).toEqual(["0 rows of a", "1 row of a", "2 rows of a", "12,000 rows of a"]);
  });

  it("are those of the chosen language as soon as its catalogue is there", async () => {
    let told = 0;
    const stop = onLocale(() => told++);
    await chooseLocale("ko");
    stop();
    expect([locale(), told]).toEqual(["ko", 1]);
    expect(t("Loading…")).toBe("불러오는 중…");
    expect(tr(msg("Overview"))).toBe("개요");
    // What the catalogue lacks stays English.
    expect(t("Not in any catalogue [[test]]")).toBe("Not in any catalogue");
    await chooseLocale("en");
    expect(t("Loading…")).toBe("Loading…");
  });

  it("leave a name without a value as it is, and a value with braces alone", () => {
    const values = { a: "{b}" } as Record<"a" | "b", string>;
    expect(t("{a} {b}", values)).toBe("{b} {b}");
  });
});

describe("the browser's language", () => {
  it("is the first that the console speaks", () => {
    expect(preferred(["fr-FR", "ko-KR", "en"])).toBe("ko");
    expect(preferred(["en-GB", "ko"])).toBe("en");
    expect(preferred(["kok", "fr"])).toBe("en");
    expect(preferred([])).toBe("en");
  });
});

describe("Korean particles", () => {
  it("follow the sound before them", () => {
    expect(particles("규칙을(를)")).toBe("규칙을");
    expect(particles("쿼리을(를)")).toBe("쿼리를");
    expect(particles("3이(가) 2이(가)")).toBe("3이 2가");
    expect(particles("서울(으)로 부산(으)로 대구(으)로")).toBe("서울로 부산으로 대구로");
    expect(particles("“app”은(는)")).toBe("“app”은");
    expect(particles("host과(와)")).toBe("host와");
    expect(particles("*을(를)")).toBe("*을(를)");
  });
});
