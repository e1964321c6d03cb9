/** A text file somebody chose. */
export interface ChosenText {
  readonly name: string
  readonly text: string
}

/** What one question to the gate takes. */
const mostBytes = 6 * 1024 * 1024

/**
 * The file chosen in an input, read at once, so that what is sent is what was chosen. Undefined without one, and for one that cannot be
 * taken: then the input says why and its form is not sent.
 */
export async function readChosenText(
  input: Pick<HTMLInputElement, 'files' | 'setCustomValidity'>,
): Promise<ChosenText | undefined> {
  const file = input.files?.[0]
  input.setCustomValidity('')
  if (file === undefined) return undefined
  if (file.size > mostBytes) {
    input.setCustomValidity(`${file.name} is larger than 6 MB: split it.`)
    return undefined
  }
  try {
    const bytes = await file.arrayBuffer()
    return { name: file.name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    const why = error instanceof TypeError ? 'is not UTF-8: save it as UTF-8' : 'cannot be read: look for it'
    input.setCustomValidity(`${file.name} ${why} and choose it again.`)
    return undefined
  }
}
