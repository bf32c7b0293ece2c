import { it } from 'node:test';

export type Step = (name: string, work: () => void | Promise<void>) => void;

/** Steps that stand each on the one before: after a failure the rest would only fail slowly, and is left out. */
export function story(): Step {
  let failed: string | undefined;
  return (name, work) => {
    it(name, async (context) => {
      if (failed !== undefined) {
        context.skip(`"${failed}" failed`);
        return;
      }
      failed = name;
      await work();
      failed = undefined;
    });
  };
}
