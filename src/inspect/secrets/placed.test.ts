import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTriggerScan } from '../trigger-scan.ts'
import { placedSecrets } from './placed.ts'

const scan = createTriggerScan(placedSecrets)

function found(text: string): readonly string[] {
  const values = new Set<string>()
  scan(text, (detector, start, end) => {
    for (const match of detector.examine(text, start, end)) values.add(text.slice(match.start, match.end))
  })
  return [...values]
}

const value = `Tr0ub4dor${'&3x'}`
const key = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'

test('the password of a command is found without a word for it, and over the lines of one command', () => {
  for (const text of [
    `curl -u ada:${value} https://example.com`,
    `curl -X POST -H 'Accept: text/plain' \\\n  --user "ada:${value}" https://example.com`,
    `curl -u "${value}:" https://example.com`,
    `PsExec.exe \\\\host -u EXAMPLE\\ada -p ${value} cmd`,
    `machine files.example.com\n  login ada\n  password ${value}\n`,
    `curl https://example.com \\\n-u ada:${value}`,
    `mysql -u root -p${value} -h db shop`,
    `mysqldump -uroot -p'${value}' shop > a.sql`,
    `sshpass -p '${value}' ssh ada@files.example.com`,
    `redis-cli -h cache -a ${value} ping`,
    `docker login -u ada -p ${value} registry.example.com`,
    `az login --service-principal -u app -p ${value}`,
    `mongosh "mongodb://db" -u ada -p ${value}`,
    `ldapsearch -x -D "cn=admin,dc=example" -w ${value} -b dc=example`,
    `smbclient //files/share -U ada%${value}`,
    `lftp -u ada,${value} ftp.example.com`,
    `net use Z: \\\\files\\share /user:ada ${value}`,
    `useradd -m -p ${value} ada`,
    `htpasswd -nb file ada ${value}`,
    `network={\n  ssid="office"\n  psk="${value}"\n}`,
    `sqlplus -s scott/${value}@//db:1521/orcl`,
    `unzip -P ${value} a.zip`,
    `echo '${value}' | sudo -S true`,
    `echo "ada:${value}" | sudo chpasswd`,
    `chpasswd <<< 'ada:${value}'`,
    `curl_easy_setopt(curl, CURLOPT_PROXYUSERPWD, "ada:${value}");`,
    `$p = ConvertTo-SecureString '${value}' -AsPlainText -Force`,
    `ConvertTo-SecureString -AsPlainText -Force ${value}`,
    `ALTER USER 'ada'@'localhost' IDENTIFIED WITH mysql_native_password BY '${value}';`,
  ])
    assert.deepEqual(found(text), [value], text)
})

test('a variable, a placeholder, another argument and a command without a password are none', () => {
  for (const text of [
    'curl -u ada:$PASSWORD https://example.com',
    'curl -u user:password https://example.com',
    'curl -u <user:password> https://example.com',
    'curl -u <name>:<password> https://example.com',
    'curl https://example.com:8443/a',
    'psexec \\\\host -u ada -p %PASSWORD% cmd',
    'the machine login is shown with a password prompt',
    'curl_easy_setopt(curl, CURLOPT_USERPWD, credentials);',
    'ConvertTo-SecureString $value -AsPlainText -Force',
    'ConvertTo-SecureString cmdlet converts plain text',
    'ConvertTo-SecureString -String password',
    'mysql -u root -p shop',
    'mysql -h db -P 3306',
    'mysql -u root; grep -p words',
    'docker login -u ada -p $TOKEN',
    'docker run -p 8080:80 web',
    'mongosh -u ada -p --host db',
    'echo words and more | sudo -S',
    'echo $WORD1234 | sudo -S true',
    'htpasswd -c file ada',
    'net use Z: \\\\files\\share /user:ada /persistent:no',
    'unzip -P <password> a.zip',
    'the mysql_native_password plugin is gone in MySQL 9',
  ])
    assert.deepEqual(found(text), [], text)
})

test('a key is found by its place in an address, a request or a setting', () => {
  for (const [text, wanted] of [
    [
      `{"method":"auth.login_with_api_key", "params": ["8-${key.repeat(3).slice(0, 64)}"]}`,
      `8-${key.repeat(3).slice(0, 64)}`,
    ],
    [`https://thingsboard.cloud/api/v1/${hex.slice(0, 20)}/telemetry`, hex.slice(0, 20)],
    [`https://ada.tines.com/webhook/${hex}/${hex}`, `${hex}/${hex}`],
    [
      `Endpoint=https://a.azconfig.io;Id=Ab-1:x;Secret=${key.repeat(2).slice(0, 43)}=`,
      `${key.repeat(2).slice(0, 43)}=`,
    ],
    [`CC_TEST_REPORTER_ID: ${hex}${hex}`, `${hex}${hex}`],
    [`git clone https://${key}@github.com/a/b.git`, key],
    [`kubectl create secret generic db \\\n  --from-literal=dsn='${key}'`, key],
    [`tgram://12345678:${key.repeat(2).slice(0, 35)}/`, `12345678:${key.repeat(2).slice(0, 35)}`],
  ] as const)
    assert.deepEqual(found(text), [wanted], text)
})

test('a variable, a word and an address without a key are none', () => {
  for (const text of [
    '{"method":"auth.login_with_api_key", "params": []}',
    'https://thingsboard.cloud/docs/api/v1/',
    'git clone git@github.com:a/b.git',
    'kubectl create configmap web --from-literal=mode=production',
    'https://continuous-integration@gitlab.example.com/a',
    'Endpoint=https://a.azconfig.io;Id=xxx;Secret=xxx',
  ])
    assert.deepEqual(found(text), [], text)
})

test('what Terraform calls sensitive and a share that unseals a vault are secrets', () => {
  assert.deepEqual(found(`{"db": {"sensitive": true, "type": "string", "value": "${value}"}}`), [value])
  assert.deepEqual(found(`{"db": {"sensitive": false, "type": "string", "value": "${value}"}}`), [])
  const share = `${key}5${key.slice(0, 17)}`
  assert.deepEqual(found(`Unseal Key 1: ${share}\n`), [share])
})
