// What a test in VS Code says of its steps, a line each; a step that fails does not keep the others from being tried.
import { VSCode } from "./vscode.mjs";

export class Report {
  failed = 0;
  #started = Date.now();
  #all = [];
  #time;

  /** All steps together may take so long. */
  constructor(time) {
    this.#time = time;
  }

  async start(options) {
    const vscode = await VSCode.start(options);
    this.#all.push(vscode);
    return vscode;
  }

  /** Runs what starts the editors and takes the steps, and stops the editors. */
  async drive(run) {
    let limit;
    const late = new Promise((_, failed) => {
      limit = setTimeout(() => failed(new Error("it took too long")), this.#time);
    });
    try {
      await Promise.race([run(), late]);
    } catch (error) {
      this.failed += 1;
      console.log(`not ok  ${error.stack}`);
    }
    clearTimeout(limit);
    for (const vscode of this.#all) {
      if (this.failed > 0) console.log(`${vscode.log()}\n${vscode.extensionLog()}`);
      await vscode.stop();
    }
  }

  /** `mend` makes the editor fit for the next step when this one has failed. */
  async step(name, run, mend) {
    const time = () => `${((Date.now() - this.#started) / 1000).toFixed(1).padStart(5)} s`;
    try {
      const note = await run();
      console.log(`ok     ${time()}  vscode  ${name}${note ? ` – ${String(note).replace(/\s+/g, " ").slice(0, 110)}` : ""}`);
    } catch (error) {
      this.failed += 1;
      console.log(`not ok ${time()}  vscode  ${name}: ${error.message}`);
      await mend().catch(() => undefined);
    }
  }
}
