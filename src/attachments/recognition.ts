import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/**
 * The program for text recognition: `named` or `tesseract`, looked for on the path where that is no path itself; null where
 * there is none. Somebody may install or remove it at any time, so it is looked for again each time.
 */
export async function findRecognition(named: string | null | undefined): Promise<string | null> {
  if (named === null) return null
  const program = named ?? 'tesseract'
  const folders = program.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter)
  for (const folder of folders) {
    const path = join(folder, program)
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return null
}

/** Each takes a third of the time of the first more. */
const mostLanguages = 6
/** Of those installed, these are read before others. */
const firstLanguages = ['eng', 'deu', 'fra', 'spa', 'nld', 'por', 'ita', 'pol']
const mostListed = 64 * 1024

/** What was listed: a process a picture is enough. A program whose list could not be read is asked again. */
const listed = new Map<string, readonly string[]>()

/**
 * The languages a program has models for, at most six, in the order it is to try them; none where it does not list them in
 * time, and then it reads what it reads by itself.
 */
export async function languagesOf(program: string, milliseconds: number): Promise<readonly string[]> {
  const known = listed.get(program)
  if (known !== undefined) return known
  const languages = readLanguages(await listOf(program, milliseconds))
  if (languages.length > 0) listed.set(program, languages)
  return languages
}

/** One name a line, behind a heading. `osd` tells which way up a page is, `equ` is for formulas. */
export function readLanguages(list: string): readonly string[] {
  const names = list.split('\n').filter((line) => /^[a-z]{3}(?:_[a-zA-Z]{2,12})?$/.test(line))
  const rank = (name: string): number => (firstLanguages.indexOf(name) + 100) % 100
  return names
    .filter((name) => name !== 'osd' && name !== 'equ')
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, mostLanguages)
}

function listOf(program: string, milliseconds: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, ['--list-langs'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'] },
    })
    let text = ''
    const settle = (list: string): void => {
      clearTimeout(deadline)
      child.kill('SIGKILL')
      resolve(list)
    }
    const deadline = setTimeout(settle, milliseconds, '')
    child.once('error', () => settle(''))
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      if (text.length > mostListed) settle('')
    })
    child.once('close', () => settle(text))
  })
}
