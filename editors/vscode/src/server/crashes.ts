//! How often a server may end before it is left alone.

const most = 4;
const within = 3 * 60 * 1000;

export class Crashes {
  private times: number[] = [];

  /** Notes a crash, and says whether another start is worth trying. */
  another(now: number): boolean {
    this.times = [...this.times.filter((time) => now - time < within), now];
    return this.times.length < most;
  }

  forget(): void {
    this.times = [];
  }
}
