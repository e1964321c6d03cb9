/** What the settings file may say about where and how Sallyport listens, beside `host` and `port`. */
import { z } from 'zod'
import { isHost, problemOfOrigin } from './address.ts'
import { clientCertificates, forwardedHeaders } from './api.ts'
import {
  hostHeader,
  must,
  network,
  networkBut,
  path,
  secretFile,
  textWithout,
  wholeNumber,
} from './field-schemas.ts'

export const host = z
  .string(must('a host name or an IP address'))
  .refine(isHost, must('a host name or an IP address'))
  .optional()
export const port = wholeNumber(0, 65_535, 'a port; 0 takes any free one').optional()
export const publicUrl = textWithout(problemOfOrigin, 'an address such as https://ai.example.com').optional()

const place = z.enum(['all', 'admin'], must('all or admin')).optional()

const tls = z.strictObject(
  {
    certificate: path,
    privateKey: secretFile,
    // YAML reads it as a number.
    minVersion: z.literal(['1.2', '1.3', 1.2, 1.3], must('1.2 or 1.3')).optional(),
    for: place,
    clientCertificates: z
      .enum(clientCertificates, must(`one of ${clientCertificates.join(', ')}`))
      .optional(),
    clientCertificatesFor: place,
    clientCa: path.optional(),
  },
  must(
    'a list of certificate, privateKey, minVersion, for, clientCertificates, clientCertificatesFor, clientCa',
  ),
)

export const networkSchema = {
  hosts: z
    .array(hostHeader, must('a list of names'))
    .max(100, must('a list of at most 100 names'))
    .optional(),
  trustedProxies: z
    .array(network, must('a list of networks'))
    .max(100, must('a list of at most 100 networks'))
    .optional(),
  forwardedHeader: z.enum(forwardedHeaders, must(`one of ${forwardedHeaders.join(', ')}`)).optional(),
  tls: tls.optional(),
  admin: z.strictObject({ host, port, publicUrl }, must('a list of host, port, publicUrl')).optional(),
}

export const feedsSchema = z.strictObject(
  {
    networks: z
      .array(
        networkBut('so that anybody reads which tools are in use; name the proxies and filters'),
        must('a list of networks'),
      )
      .max(100, must('a list of at most 100 networks'))
      .optional(),
  },
  must('a list of networks'),
)
