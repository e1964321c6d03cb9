/**
 * What is nobody's by itself and leaves a text public, like the name of a place: looked for together with names, so that
 * a company can write rules over it. Everybody else's dates and links stay out of what was found.
 */
import type { Detector } from '../../detector.ts'
import { date } from './date.ts'
import { webAddress } from './web-address.ts'

export const publicDetectors: readonly Detector[] = [date, webAddress]
