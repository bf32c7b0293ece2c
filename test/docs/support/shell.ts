import { spawn } from 'node:child_process';

const END = '--- end of block ---';

export interface Ran {
  /** What each block wrote to its standard output. */
  outputs: string[];
  status: number | null;
  /** What the shell said beside. */
  errors: string;
}

/** Runs blocks one after another in one shell, which stops at the first command that fails. The server may be in this process. */
export function runInShell(blocks: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  const script = `set -euo pipefail\n${blocks.map((block) => `${block}\necho; echo '${END}'\n`).join('')}`;
  return new Promise((resolve, reject) => {
    const shell = spawn('bash', ['-c', script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    shell.once('error', reject);
    shell.once('close', (status) => {
      resolve({ outputs: output.split(`\n${END}\n`), status, errors });
    });
  });
}
