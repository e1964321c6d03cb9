import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const project = join(import.meta.dirname, '..', '..')

/** A folder that looks like this project, with programs that only pretend. */
export interface MadeUpRoot {
  readonly path: string
  readonly write: (file: string, text: string) => void
  readonly writeProgram: (file: string, script: string) => void
  readonly copy: (...files: readonly string[]) => void
  readonly remove: () => void
}

export function makeRoot(): MadeUpRoot {
  const path = mkdtempSync(join(tmpdir(), 'sallyport-root-'))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text)
  }
  return {
    path,
    write,
    writeProgram: (file, script) => {
      write(file, `#!/bin/sh\n${script}\n`)
      chmodSync(join(path, file), 0o755)
    },
    copy: (...files) => {
      for (const file of files) {
        mkdirSync(dirname(join(path, file)), { recursive: true })
        copyFileSync(join(project, file), join(path, file))
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a script of the folder with this Node; programs are looked for in its `programs` folder first. */
export function runScript(
  root: MadeUpRoot,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  onOut: (out: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> {
  const env = { PATH: `${join(root.path, 'programs')}:/usr/bin:/bin`, HOME: root.path, ...environment }
  const child = spawn(process.execPath, args, { cwd: root.path, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    onOut(out, (signal) => child.kill(signal))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done({ code, out, err }))
  })
}
