// Children of the tools: run to the end, with their output shown or kept.
import { spawn } from 'node:child_process';
import { childEnv, root } from './project.mjs';

/**
 * Run a command to its end. Never rejects for a failing command: look at `code`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: Record<string, string>, show?: boolean, cwd?: string, onLine?: (line: string) => void}} [options]
 *   `show`: its output appears as it comes
 * @returns {Promise<{code: number, output: string, ms: number}>} code 127 when it could not start
 */
export function run(command, args, options = {}) {
  const started = Date.now();
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: childEnv(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stopped = false;
    const stopChild = (signal) => {
      stopped = true;
      child.kill(signal);
    };
    process.on('SIGINT', stopChild).on('SIGTERM', stopChild);
    let output = '';
    let partial = '';
    const take = (stream) => (chunk) => {
      const text = chunk.toString();
      output += text;
      if (options.show) stream.write(text);
      if (!options.onLine) return;
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines) options.onLine(line);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    const finish = (code, why = '') => {
      process.off('SIGINT', stopChild).off('SIGTERM', stopChild);
      // Ctrl-C means the tool, not only the step that happened to run.
      if (stopped) process.exit(130);
      done({ code, output: output + why, ms: Date.now() - started });
    };
    child.once('error', (error) => finish(127, `${error.message}\n`));
    child.once('close', (code, signal) => finish(code ?? (signal ? 130 : 1)));
  });
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
