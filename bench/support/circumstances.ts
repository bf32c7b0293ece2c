import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Figures without their machine say nothing. To be asked before the bench begins. */
export function circumstances(): { date: string; commit: string; machine: object } {
  return {
    date: new Date().toISOString(),
    commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
    machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, memoryGB: Math.round(totalmem() / 2 ** 30), system: `${type()} ${release()}`, loadBefore: loadavg()[0] },
  };
}

/** Puts figures into bench/results/, rounded to two places. @returns the file */
export function keepResults(name: string, results: object): string {
  const file = fileURLToPath(new URL(`../results/${name}.json`, import.meta.url));
  mkdirSync(fileURLToPath(new URL('../results', import.meta.url)), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value), 2)}\n`);
  return file;
}
