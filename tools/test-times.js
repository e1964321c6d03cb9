// What `npm test -- --times` prints: which files and tests cost most. The figures of files come from test-end.js.
import { relative } from 'node:path'

/** So many of each: below them a second in all is not to be found. */
const shown = 40

/** @param {string} root @param {string} lines one JSON for each process @param {string} tap @returns {string} */
export function timesText(root, lines, tap) {
  const files = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const sum = files.reduce((all, { processorMs }) => all + processorMs, 0)
  const tests = [
    ...tap.matchAll(/^ *ok \d+ - (.*)\n *---\n *duration_ms: ([\d.]+)\n(?! *type: 'suite')/gm),
  ].map(([, name, duration]) => ({ name: String(name), wallMs: Number(duration) }))
  return [
    `\n${files.length} processes took ${seconds(sum)} of processor time; the longest, with their processor time:`,
    ...longest(files).map(
      ({ file, wallMs, processorMs }) =>
        `${seconds(wallMs)} ${seconds(processorMs)}  ${relative(root, file)}`,
    ),
    '\nThe longest tests:',
    ...longest(tests).map(({ name, wallMs }) => `${seconds(wallMs)}  ${name}`),
    '',
  ].join('\n')
}

/** @template {{ wallMs: number }} T @param {readonly T[]} of @returns {T[]} */
const longest = (of) => [...of].sort((one, other) => other.wallMs - one.wallMs).slice(0, shown)

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1_000).toFixed(1).padStart(6)} s`
