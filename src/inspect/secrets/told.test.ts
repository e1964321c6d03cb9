import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTriggerScan } from '../trigger-scan.ts'
import { toldPasswords } from './told.ts'

const scan = createTriggerScan(toldPasswords)

function found(text: string): readonly string[] {
  const values = new Set<string>()
  scan(text, (detector, start, end) => {
    for (const match of detector.examine(text, start, end)) values.add(text.slice(match.start, match.end))
  })
  return [...values]
}

const value = `Tr0ub4dor${'&3x'}`

test('a password is found under what it is called in many languages', () => {
  for (const text of [
    `Mot de passe : ${value}`,
    `mdp = ${value}`,
    `Contraseña: ${value}`,
    `contrasena: ${value}`,
    `Clave de acceso: ${value}`,
    `Senha do wifi: ${value}`,
    `palavra-passe: ${value}`,
    `Wachtwoord: ${value}`,
    `WLAN-Passwort: ${value}`,
    `lösenord: ${value}`,
    `passord: ${value}`,
    `adgangskode: ${value}`,
    `salasana: ${value}`,
    `heslo: ${value}`,
    `jelszó: ${value}`,
    `parola: ${value}`,
    `hasło: ${value}`,
    `şifre: ${value}`,
    `пароль: ${value}`,
    `Пароль - ${value}`,
    `密码: ${value}`,
    `パスワード: ${value}`,
    `비밀번호: ${value}`,
    `κωδικός: ${value}`,
  ])
    assert.deepEqual(found(text), [value], text)
})

test('a sentence, a note and the cell of a table tell it', () => {
  for (const text of [
    `Das Passwort lautet ${value}`,
    `Das Passwort für das NAS ist jetzt ${value}.`,
    `Votre mot de passe provisoire est ${value}`,
    `La contraseña del wifi es ${value}`,
    `A senha é ${value}`,
    `La password è ${value}`,
    `Het wachtwoord is ${value}`,
    `the password was changed to ${value}`,
    `password has been reset to ${value}.`,
    `Password - ${value}`,
    `Password (temporary): ${value}`,
    `Password:\n${value}`,
    `| Password | ${value} |`,
    `mot de passe : « ${value} »`,
    `Passwort: „${value}“`,
    `passcode: "${value}"`,
  ])
    assert.deepEqual(found(text), [value], text)
})

test('what is no mixed value, is another name, is a sentence in quotes, or says how a password is, is left alone', () => {
  for (const text of [
    'Mot de passe : oublié',
    'La contraseña es segura',
    'password: Password1',
    'PASS - Login_Test01',
    'passe: 12h30-Paris',
    `passwords ${value}`,
    `passwordHash: ${value}`,
    'Das Passwort ist SHA256-gehasht',
    'password is AES256-encrypted',
    'testPassword = "this!isA4word: with blanks"',
    `password: ${'aB1!'.repeat(20)}`,
    'пароль: ABCDEF123456',
    `код: ${value}`,
    value,
  ])
    assert.deepEqual(found(text), [], text)
})
