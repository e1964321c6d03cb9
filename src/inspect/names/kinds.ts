import type { Kind } from '../api.ts'

export interface NameKind extends Kind {
  /** For people, as a reason: never repeats the text. */
  readonly proof: string
}

const person: NameKind = {
  type: 'person-name',
  family: 'person',
  class: 'internal',
  label: 'name of a person',
  proof: 'stands and is written like the name of a person',
}

/**
 * A city or a company says nothing about anybody by itself: 'the weather in Lisbon' stays public. They are found so that
 * a company can write rules over them.
 */
export const placeKind: NameKind = {
  type: 'place-name',
  family: 'other',
  class: 'public',
  label: 'name of a place',
  proof: 'stands and is written like the name of a place',
}

const organisation: NameKind = {
  type: 'organisation-name',
  family: 'other',
  class: 'public',
  label: 'name of an organisation',
  proof: 'stands and is written like the name of an organisation',
}

const address: NameKind = {
  type: 'postal-address',
  family: 'contact',
  class: 'internal',
  label: 'postal address',
  proof: 'has the parts of a postal address in their order',
}

const patient: NameKind = {
  type: 'patient-detail',
  family: 'health',
  class: 'restricted',
  label: 'detail that tells who a patient is',
  proof: 'stands in a clinical note where such notes say who the patient is',
}

export const titleKind: NameKind = {
  type: 'person-title',
  family: 'other',
  class: 'public',
  label: 'form of address',
  proof: 'stands before the name of a person',
}

/** The kind of each type of the weights. Numbers and addresses of mail in notes have detectors of their own. */
export const nameKinds: Readonly<Record<string, NameKind>> = {
  PER: person,
  LOC: placeKind,
  ORG: organisation,
  ADR: address,
  DATE: patient,
  AGE: patient,
  SEX: patient,
  KIN: patient,
  LIFE: patient,
  ID: patient,
  TEL: patient,
}

/** Every kind names can give, once. */
export const kindsOfNames: readonly NameKind[] = [
  person,
  titleKind,
  placeKind,
  organisation,
  address,
  patient,
]
