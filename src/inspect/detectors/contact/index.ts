/** Contact: where to find somebody, besides mail and telephone. */
import type { Detector } from '../../detector.ts'
import { postcode } from './postcode.ts'
import { profileUrl } from './profile-url.ts'
import { socialHandle } from './social-handle.ts'
import { streetAddress } from './street-address.ts'

export const contactDetectors: readonly Detector[] = [streetAddress, postcode, profileUrl, socialHandle]
