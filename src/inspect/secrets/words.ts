/** Words that announce a secret, lower case: English, German, French, Spanish, Portuguese and Dutch. */

/** Of something a person chooses. */
export const passwordWords = [
  'pass',
  'pwd',
  'psw',
  'pssw',
  'pasw',
  'kennwort',
  'contrase',
  'senha',
  'wachtwoord',
  'clave',
  'identified by',
  'securestring',
  'pw',
  '--user',
] as const

/** Of something a machine gave out. */
export const keyWords = [
  'secret',
  'token',
  'key',
  'auth',
  'cred',
  'bearer',
  'basic',
  'digest',
  'ntlm',
  'cookie',
  'session',
  'sig=',
  'access',
  'private',
  'salt',
  'seed',
  'otp',
  'sid=',
  'pat=',
  'login',
  'license',
  'webhook',
] as const
