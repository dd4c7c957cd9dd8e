import { fireEvent, render } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useFixedWindow } from "./useFixedWindow";

const ROW = 22;

function List({
  count,
  follow,
  onLeaveEnd,
  onReachEnd,
}: {
  count: number;
  follow: boolean;
  onLeaveEnd: () => void;
  onReachEnd: () => void;
}) {
  const { list, first, last, onScroll } = useFixedWindow(count, ROW, { follow, onLeaveEnd, onReachEnd });
  return (
    <div ref={list} onScroll={onScroll} data-testid="list">
      {first}–{last}
    </div>
  );
}

/** A list 600 pixels high (the test document's layout); its rows determine its scroll height. */
function open(count: number, follow: boolean) {
  const onLeaveEnd = vi.fn();
  const onReachEnd = vi.fn();
  let height = 600;
  Object.defineProperty(HTMLElement.prototype, "scrollHeight", { configurable: true, get: () => count * ROW });
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, get: () => height });
  const { getByTestId } = render(
    <List count={count} follow={follow} onLeaveEnd={onLeaveEnd} onReachEnd={onReachEnd} />,
  );
  const list = getByTestId("list");
  const scrollTo = (top: number) => {
    list.scrollTop = top;
    fireEvent.scroll(list);
  };
  const grow = (by: number) => {
    height += by;
  };
  return { list, scrollTo, grow, onLeaveEnd, onReachEnd };
}

describe("useFixedWindow", () => {
  it("renders only visible rows, at the end while following", () => {
    const { list } = open(100_000, true);
    expect(list.textContent).toBe("99952–100000");
  });

  it("renders the rows at the scroll position", () => {
    const { list, scrollTo } = open(100_000, false);
    scrollTo(50_000 * ROW);
    expect(list.textContent).toBe("49980–50048");
  });

  it("notices when the user leaves the end", () => {
    const following = open(1_000, true);
    following.scrollTo(10_000);
    expect(following.onLeaveEnd).toHaveBeenCalledTimes(1);
  });

  it("notices when the user returns to the end", () => {
    const standing = open(1_000, false);
    standing.scrollTo(10_000);
    expect(standing.onReachEnd).not.toHaveBeenCalled();
    standing.scrollTo(1_000 * ROW - 600);
    expect(standing.onReachEnd).toHaveBeenCalledTimes(1);
  });

  it("keeps following when the list grows in height", () => {
    const { scrollTo, grow, onLeaveEnd } = open(1_000, true);
    grow(200);
    scrollTo(1_000 * ROW - 800);
    expect(onLeaveEnd).not.toHaveBeenCalled();
  });
});
