import { z } from 'zod'
import { unique } from '../fields.ts'

/** Labels of letters, digits and hyphens, two at least: a whole top-level domain is nobody's. Source: RFC 1035, section 2.3.1. */
const domainPattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/

/** A name and everything below it; names of other scripts as they stand in the DNS, `xn--...`. */
export const domain = z
  .string('must be a domain')
  .trim()
  .toLowerCase()
  .max(253, 'must be a domain, like chat.example.com')
  .regex(domainPattern, 'must be a domain, like chat.example.com')

export const domains = unique(domain, 100).min(1, 'must name at least one domain')

/** Whether `outer` is `inner`, or stands above it. */
export const holdsDomain = (outer: string, inner: string): boolean =>
  inner === outer || inner.endsWith(`.${outer}`)
