import { setTimeout } from 'node:timers/promises'
import type { World } from './command.ts'

/** The world of this process: its environment, its clock, its three streams. */
export function openProcessWorld(openLocal: World['openLocal']): World {
  // Without a listener a closed pipe would end the process with a stack trace; `write` reports it instead.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  return {
    environment: process.env,
    now: Date.now,
    wait: setTimeout,
    // Opened when it is read: a command that reads nothing must not hold on to the terminal.
    get standardInput() {
      return process.stdin
    },
    isTerminal: process.stdin.isTTY === true,
    write: (text) =>
      new Promise((done, fail) => {
        process.stdout.write(text, (error) => (error ? fail(error) : done()))
      }),
    complain: (text) => void process.stderr.write(text),
    openLocal,
  }
}
