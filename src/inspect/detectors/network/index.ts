/** Networks: addresses of machines, devices and pages inside a company. */
import type { Detector } from '../../detector.ts'
import { imei } from './imei.ts'
import { internalHost } from './internal-host.ts'
import { internalUrl } from './internal-url.ts'
import { ipAddress } from './ip-address.ts'
import { macAddress } from './mac-address.ts'

export const networkDetectors: readonly Detector[] = [ipAddress, macAddress, imei, internalHost, internalUrl]
