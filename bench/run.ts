import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'

/** `npm run bench -- NAME [--seconds N] [--json]`. Exit code 0 also when a goal is missed: the figures say it. */
export interface BenchOptions {
  readonly seconds: number
  /** One line for a person; nothing with `--json`. */
  readonly say: (line: string) => void
}

const benches: Readonly<Record<string, () => Promise<(options: BenchOptions) => AsyncIterable<Figure>>>> = {
  exchange: async () => (await import('./exchange/bench.ts')).benchExchange,
  governance: async () => (await import('./governance/bench.ts')).benchGovernance,
  inspection: async () => (await import('./inspection/bench.ts')).benchInspection,
  log: async () => (await import('./log/bench.ts')).benchLog,
  'log-index': async () => (await import('./log-index/bench.ts')).benchLogIndex,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '6' }, json: { type: 'boolean', default: false } },
})
const load = benches[positionals[0] ?? '']
const seconds = Number(values.seconds)
if (load === undefined || positionals.length !== 1 || !(seconds >= 1 && seconds <= 600)) {
  process.stderr.write(
    `usage: npm run bench -- ${Object.keys(benches).join('|')} [--seconds 1..600] [--json]\n`,
  )
  process.exit(2)
}

const bench = await load()
const say = values.json ? () => undefined : (line: string) => void process.stdout.write(`${line}\n`)
for await (const figure of bench({ seconds, say })) {
  process.stdout.write(values.json ? `${JSON.stringify(figure)}\n` : `${describe(figure)}\n`)
}

function describe({ name, value, unit, goal, met }: Figure): string {
  const verdict = met === undefined ? '' : met ? `  goal ${goal}: met` : `  goal ${goal}: MISSED`
  return `  ${name.padEnd(44)} ${String(value).padStart(10)} ${unit}${verdict}`
}
