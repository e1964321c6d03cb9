/** The text of a file somebody chose, or what is wrong with it and what to do. */
export type ChosenText = { readonly text: string } | { readonly problem: string }

/** What one question to the gate takes. */
const mostBytes = 6 * 1024 * 1024

/** Reads a chosen file as UTF-8, with or without a byte order mark. Never throws. */
export async function readChosenText(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<ChosenText> {
  if (file.size > mostBytes) return { problem: `${file.name} is larger than 6 MB: split it.` }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) }
  } catch (error) {
    const why = error instanceof TypeError ? 'is not UTF-8: save it as UTF-8' : 'cannot be read: look for it'
    return { problem: `${file.name} ${why} and choose it again.` }
  }
}
