/**
 * What is nobody's by itself and leaves a text public, like the name of a place: looked for together with names, so that
 * a company can write rules over it. Everybody else's dates and links stay out of what was found.
 */
import type { Detector } from '../../detector.ts'
import { date } from './date.ts'
import { datePart } from './date-part.ts'
import { groupName } from './group-name.ts'
import { webAddress } from './web-address.ts'
import { yearDetector } from './year.ts'

/** Words that stand in names as well: what is taken for a name with one of them in it is that name. */
export const publicWords: readonly Detector[] = [datePart, yearDetector, groupName]

export const publicDetectors: readonly Detector[] = [date, webAddress, ...publicWords]
