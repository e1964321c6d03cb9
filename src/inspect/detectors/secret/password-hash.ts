import { type Detector, type Match, nothing } from '../../detector.ts'

/**
 * What stands in password files: the scheme, its costs, salt and hash. `bcrypt` has 53 signs after its cost, the MD5 schemes
 * 22, SHA-256 43 and SHA-512 86, types 8 and 9 of Cisco IOS 14 signs of salt and 43. Kerberos answers are kept as
 * hashcat writes them: the checksum, then what is encrypted with the password.
 */
const shape =
  /\$(?:apr1|1)\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}|\$2[abxy]\$\d\d\$[./0-9A-Za-z]{53}|\$5\$(?:rounds=\d{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{43}|\$6\$(?:rounds=\d{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{86}|\$[89]\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}|\$krb5(?:asrep|tgs|pa)\$\d\d\$(?:[^\s$:]{1,120}:)?[0-9a-f]{24,64}\$[0-9a-f]{64,4096}|\$g?y\$[./0-9A-Za-z]{1,10}\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{43}|\$argon2(?:id|i|d)\$v=\d{1,3}\$[a-z0-9=,]{5,60}\$[+/0-9A-Za-z]{8,90}\$[+/0-9A-Za-z]{16,90}|\{S?SHA(?:256|384|512)?\}[+/0-9A-Za-z]{27,120}={0,2}|pbkdf2_sha256\$\d{3,9}\$[0-9A-Za-z]{1,64}\$[+/0-9A-Za-z]{43}=/y

const beforeHash = [':', '"', "'", '=']

function findHash(text: string, found: number): readonly Match[] {
  const start = beforeHash.includes(text.charAt(found)) ? found + 1 : found
  shape.lastIndex = start
  if (!shape.test(text)) return nothing
  const end = shape.lastIndex
  return [
    { start, end, score: 0.95, isProved: true, why: 'the scheme, salt and length of a stored password' },
  ]
}

const of = (length: number): string => '7Kq.9xLmZ2/pQwErTy'.repeat(6).slice(0, length)

/** Stored passwords as `htpasswd`, `/etc/shadow`, LDAP and web frameworks keep them: they can be guessed at leisure. */
export const passwordHash: Detector = {
  type: 'password-hash',
  family: 'secret',
  class: 'restricted',
  label: 'stored password',
  trigger: {
    literals: [
      ...['$apr1$', '$2a$', '$2b$', '$2x$', '$2y$', '$y$', '$gy$', '$argon2', '$krb5'],
      ...['{SHA', '{SSHA', 'pbkdf2_sha256$'],
      // A scheme of one digit is a price unless something stands before it, as in files.
      ...['1', '5', '6', '8', '9'].flatMap((scheme) => beforeHash.map((sign) => `${sign}$${scheme}$`)),
    ],
  },
  examine: findHash,
  proof: 'the scheme, and the length of its salt and hash',
  finds: [
    `ada:«$apr1$${of(8)}$${of(22)}»`,
    `bob:«$2y$05$${of(53)}» # web`,
    `root:«$6$rounds=5000$${of(8)}$${of(86)}»:19000:0:99999:7:::`,
    `carl:«$5$${of(12)}$${of(43)}»`,
    `hash = "«$6$${of(8)}$${of(86)}»"\n`,
    `enable secret 8 "«$8$${of(14)}$${of(43)}»"`,
    `«$krb5asrep$23$${'ada@example.com'}:${'3e156ada'.repeat(4)}$${'007497cb51b6c811'.repeat(20)}»`,
    `eve:«$y$j9T$${of(22)}$${of(43)}»:19000`,
    `carl:«{SHA}${of(27).replaceAll('.', '+')}=»`,
    `userPassword: «{SSHA}${of(36).replaceAll('.', '+')}==»`,
    `"«$argon2id$v=19$m=65536,t=3,p=4$${of(22).replaceAll('.', '+')}$${of(43).replaceAll('.', '+')}»"`,
    `«pbkdf2_sha256$600000$saltsaltsalt$${of(43).replaceAll('.', '+')}=»`,
  ],
  ignores: [
    'it costs $1$ or $2',
    '$apr1$ is the scheme of Apache',
    `$2y$05$${of(20)}`,
    '{SHA} hashes are weak',
    '$6$salt$',
  ],
  source:
    'crypt(5) of libxcrypt 4; Apache HTTP Server 2.4, "Password Formats"; RFC 2307, section 5.3; Django 5 documentation; hashcat wiki, "example hashes", modes 500, 9200, 9300, 13100, 18200',
}
