/** Every detector there is. A new one is a file in its family's folder and a line here. */
import type { Detector } from '../detector.ts'
import { email } from './contact/email.ts'
import { contactDetectors } from './contact/index.ts'
import { phoneNumber } from './contact/phone.ts'
import { healthDetectors } from './health/index.ts'
import { identityIds } from './identity/index.ts'
import { usSsn } from './identity/us-ssn.ts'
import { networkDetectors } from './network/index.ts'
import { iban } from './payment/iban.ts'
import { paymentDetectors } from './payment/index.ts'
import { paymentCard } from './payment/payment-card.ts'
import { personDetectors } from './person/index.ts'
import { awsAccessKey } from './secret/aws-access-key.ts'
import { awsSecretKey } from './secret/aws-secret-key.ts'
import { jwt } from './secret/jwt.ts'
import { kubernetesSecret } from './secret/kubernetes-secret.ts'
import { namedSecret } from './secret/named-secret.ts'
import { namedVendorKeys } from './secret/named-vendor-keys.ts'
import { password } from './secret/password.ts'
import { passwordHash } from './secret/password-hash.ts'
import { pgpass } from './secret/pgpass.ts'
import { privateKey } from './secret/private-key.ts'
import { sallyportKey } from './secret/sallyport-key.ts'
import { urlCredentials } from './secret/url-credentials.ts'
import { vendorKeys } from './secret/vendor-keys.ts'

export const detectors: readonly Detector[] = [
  paymentCard,
  iban,
  usSsn,
  ...identityIds,
  email,
  phoneNumber,
  privateKey,
  jwt,
  awsAccessKey,
  awsSecretKey,
  ...vendorKeys,
  ...namedVendorKeys,
  urlCredentials,
  passwordHash,
  pgpass,
  kubernetesSecret,
  password,
  namedSecret,
  sallyportKey,
  ...paymentDetectors,
  ...healthDetectors,
  ...networkDetectors,
  ...personDetectors,
  ...contactDetectors,
]
