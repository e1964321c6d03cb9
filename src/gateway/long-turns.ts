import { setImmediate } from 'node:timers/promises'

/** Characters from which on a step over a body takes a millisecond and more: hashing, changing or writing it. */
const longFrom = 131_072

/** A turn for the event loop costs a short exchange more than its steps do. */
export const isLong = ({ characters }: { readonly characters: number }): boolean => characters >= longFrom

/** Between two steps over a long body: others wait for one step then and not for all of them. */
export const nextTurn = (): Promise<void> => setImmediate()
