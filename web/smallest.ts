import { minify } from 'terser'
import type { Plugin } from 'vite'

/**
 * Names of members that are our own and nobody else's: none is a member of what the platform has, none is asked for with
 * `in` or by a text, and none is in what the worker is sent and answers. Each becomes one or two letters.
 */
const ownMembers = (
  'start end type label score isProved kind detector trigger examine isAnyCase names sharedNames forms ' +
  'ownForms isValid isUnchecked isProof shape judge isDismissed wakes fillers terms verbs fields lead ' +
  'longest shortest most first last ranges lengths usualLengths units hasLetters hasSpaces signs runs ' +
  'hasContext nameStart nameEnd tie quote isLatin way patches spanOf touches around left reach ' +
  'encodings isDecoded isOfWords isOnce pairs octets spaced rot13 mirror leet hasPercent hasAmpersand ' +
  'hasBackslash hasEquals addWord addSign countBelow addRun addLetter addPair addNumber clues isWordStart isList ' +
  'isOwn isDigits wakesAt wakesLength isNumberOf isKey rows view unit done copyUntil finish isParted ' +
  'literals digits family mixed'
).split(' ')

/** What runs in a worker, as small as it gets: after the bundler's own step, in a second and a half. */
export const smallest = (): Plugin => ({
  name: 'smallest',
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      const { code } = await minify(chunk.code, {
        ecma: 2022,
        module: true,
        compress: {
          passes: 4,
          pure_getters: true,
          hoist_vars: true,
          hoist_funs: true,
          lhs_constants: false,
          unsafe_arrows: true,
        },
        // Longer, and half a kilobyte less once compressed: letters of one script share most of an escape.
        format: { ascii_only: true },
        mangle: { properties: { builtins: true, regex: new RegExp(`^(?:${ownMembers.join('|')})$`) } },
      })
      if (code === undefined) this.error(`nothing was left of ${chunk.fileName}`)
      chunk.code = code
    }
  },
})
