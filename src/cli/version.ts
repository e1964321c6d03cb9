import { readProductVersion } from '#/core/product.ts'
import { type Command, exitCodes } from './command.ts'

export const version: Command = {
  usage: '',
  about: 'Shows the version of Sallyport and of the Node it runs on.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const own = readProductVersion()
    await asked.tell(
      { version: own, node: process.versions.node },
      `sallyport ${own} (Node ${process.versions.node})`,
    )
    return exitCodes.ok
  },
}
