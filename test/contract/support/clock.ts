/** A clock that stands until a test moves it. */
export interface TestClock {
  (): number;
  advance(seconds: number): void;
}

export function testClock(start = Date.UTC(2026, 10, 23, 12)): TestClock {
  let now = start;
  return Object.assign(() => now, {
    advance: (seconds: number) => {
      now += seconds * 1000;
    },
  });
}
