/**
 * Sentences and forms with places for names, written by hand for this purpose. {P} a person's full name, {G} a given
 * name, {S} a surname, {C} a city, {N} a country, {O} an organisation, {A} an address, {B} a street. A place in
 * double braces is a name that stays unmarked; lower-case fillers come from `text-parts.ts`.
 */
import type { Language } from './text-parts.ts'

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('\\n', '\n').replaceAll('\\t', '\t'))

export const templates: Readonly<Record<Language, readonly string[]>> = {
  en: lines(String.raw`
{"user":{"first_name":"{G}","last_name":"{S}","city":"{C}"}}
{"first_name": "{G}", "last_name": "{S}", "email": "{mail}", "city": "{C}", "country": "{N}"}
{"id": {age}, "contact": "{P}", "account": "{O}", "street": "{B}", "town": "{C}"}
{G},{S},{age},{C}\n{G},{S},{age},{C}\n{G},{S},{age},{C}
{P},{age},{C},{role}\n{P},{age},{C},{role}
{S}\t{G}\t{C}\n{S}\t{G}\t{C}
my boss {G} keeps asking me for the report
my colleague {G} is on holiday until {day}
my wife {G} and my son {G} are coming too
hi im {G} from accounting, can you tell {G} that the invoice for {O} is late?
hey {G} its {G}, quick question
just talked to {G}, {G} and {G} are fine with it
Contact: {P}, {A}
user: {P}\nhost: server-4\nregion: eu-west-1
owner: {P}\nteam: billing
author = "{P}"
# Written by {P}
Reviewed-by: {P} <{mail}>
customer_name={P}&city={C}
{G} {does}.
{S} {does}.
{P} {does}.
{G} {does}, but {G} {does}.
Yesterday {G} {does} and {S} was not amused.
"That will not work", said {G}.
"We are ready," {S} told reporters in {C}.
The {S} case is closed.
The {S} family lives in {C}.
The {S} report was published by {O}.
We drove from {C} to {C} and then to {C}.
{C}'s mayor met {S}.
Our partners are {O}, {O} and {O}.
{O}, {O} and {O} sent offers.
Invoices from {O} are paid late, those from {O} on time.
Where is the head office of {O}?
The {O} app keeps crashing.
{O} customer service was very helpful.
Pick up: {A}\nDrop off: {A}
send it to {P}, {A}, and a copy to {P}, {A}
home: {A}\nwork: {A}
{T} {P}\n{A}
{T} {S} {does}.
{T} {P} {does}.
please tell {T} {S} that {T} {P} called
Hi {G}, can you send me the slides before {day}? Thanks, {G}
hi {G}, this is {P} from {O}
Dear Mr. {S},\n\nThank you for your call on {day}. We have booked a room in {C}.\n\nKind regards,\n{P}\n{role}\n{O}
Dear Ms. {S}, your order {id} will be delivered to {A}.
Dear Dr. {S}, please find the results of {P} attached.
Mrs. {P} moved to {C} last year.
My name is {P} and I live at {A}.
my name is {P}, i live in {C}
i'm {G} and i work for {O} in {C}
I work at {O}.
I was talking to {G} and {G} about the budget.
Please draft a reply to {P} at {O} about invoice {id}.
Write a reference letter for {P}, who worked with us as {role} until {day}.
Summarise the meeting between {P}, {P} and {P}.
Attendees: {P}, {P}, {P} and {P}
Attendees: {P} ({O}), {P} ({O})
Name: {P}\nAddress: {A}\nPhone: {phone}
Name: {P}\nDate of birth: 12/03/1984\nCity: {C}\nCountry: {N}
First name: {G}\nLast name: {S}\nCompany: {O}\nCity: {C}
Customer: {S}, {G}\nTicket: {id}\nStreet: {B}\nZip: 20341\nCity: {C}
{"name": "{P}", "city": "{C}", "country": "{N}", "age": {age}}
{"firstName":"{G}","lastName":"{S}","employer":"{O}","address":"{A}"}
{"customer": {"name": "{P}", "company": "{O}"}, "street": "{B}"}
name,city,company\n{P},{C},{O}\n{P},{C},{O}
{P};{A};{phone}
| Name | City | Role |\n|---|---|---|\n| {P} | {C} | {role} |\n| {P} | {C} | {role} |
- {P}, {role}, {O}\n- {P}, {role}, {O}\n- {P}
1. {P}\n2. {P}\n3. {P}
From: {P} <{mail}>\nTo: {P} <{mail}>\nSubject: Contract with {O}
On {day}, {P} wrote:
{P} wrote: I will be in {C} on {day}.
Best regards,\n{P}
Best,\n{G}
Cheers, {G}
Thanks\n{G}
{P}\n{O}\n{A}
{O}\n{A}\nPhone: {phone}
{P}\n{A}
Ship to:\n{P}\n{A}
Bill to: {O}, {A}
Our office is at {A}.
Can you deliver to {A}?
I just moved to {A} and need to update my account.
please change my address to {A}
Office: {A}
{P}\n{role}\n{O}\n{A}\n{phone}
We met at {B}, right next to the station.
The shop on the corner of {B} and {B} has closed.
The crash happened near {B} in {C}.
Patient {P}, aged {age}, lives in {C} and was seen by Dr. {S}.
{P} is a {age} year old teacher from {C}, {N}.
HR note: {P} has been on leave since {day}. Manager: {P}.
Performance review for {P}: meets expectations. Reviewer: {P}
Interview with {P} for the position of {role} at {O}.
{O} has agreed to buy {O} for {sum}.
{O} announced on {day} that {P} will become {role}.
{O}, based in {C}, makes software for hospitals.
The {O} team in {C} is short of two people.
Founded in 1987, {O} has offices in {C}, {C} and {C}.
Shares of {O} fell by {sum} after the news.
A spokesperson for {O} declined to comment.
Our supplier {O} raised prices again.
I bought a ticket from {O} but never got a refund.
what's the number of {O}?
The agreement between {O} and {O} is governed by the laws of {N}.
This contract is made between {P}, resident at {A}, and {O}.
I'd like to open an account at {O}.
{P} sent {sum} to {P} through {O}.
Transfer {sum} to {P}, please.
Is {G} in today? {G} from support is looking for her.
{G}: are you coming?\n{G}: yes, in five minutes
[10:32] {P}: the server in {C} is down\n[10:33] {P}: looking into it
@team {G} is out sick, {G} takes over the call with {O}
tell {G} that {G} called
ask {P} about it
can u call {G} back asap
met {P} yesterday, nice person
flights from {C} to {C} on {day}
I am flying from {C} to {C} via {C}.
Weather in {C}, {N}?
we're opening a store in {C} next spring
{C} is the capital of {N}.
Travelling to {N} needs a visa. {N} and {N} do not.
The company was founded in {N} and moved to {N}.
He was born in {C}, grew up in {N} and studied at {O}.
{P} was born in {C}.
{P} and {P} got married in {C}.
{P}'s account is locked.
{G}'s laptop needs a new battery.
Reset the password for {P} please.
User {P} cannot log in.
Emergency contact: {P} (wife), {phone}
Signed: {P}, {C}, {day}
Witness: {P}
Claimant: {P}\nInsurer: {O}\nPlace of accident: {B}, {C}
Book a table for {P} at eight.
the invoice should go to {P}, not to {P}
{S} won again in {C}.
{P} scored twice for {O}.
President {S} arrived in {C} on {day}.
Judge {S} dismissed the case.
According to {P}, {O} will close its plant in {C}.
According to {S}, nothing has changed.
Mr {S} and Mrs {S} would like a room with a view.
I love the new song by {P}!
{P} released an album in 1999.
Has anyone worked with {P}? They say they are from {O}.
Hello, {G} here. I have a question about my order {id}.
Good morning {G},\nI hope you are well.\n{P}
To whom it may concern: {P} has rented the flat at {A} since 2015.
Where can I get good pizza in {C}?
{C}, {day}
The train to {C} leaves at nine from {C}.
Participants were recruited in {N}, {N} and {N}.
case {id}: {P} vs. {O}
CV\n{P}\n{A}\n{phone}\nEducation: {O}\nExperience: {O}, {C}
Employee,Manager,Office\n{S},{S},{C}\n{S},{S},{C}
Zoom with {G} / {G} re {O}
cc {P}, {P}
FW: documents for {P}
{O} logo, {O} website
{G}, {G} and I are going to {C}.
Your appointment with Dr. {P} is on {day} at {A}.
How do I say hello to {P} in a formal way?
who is {P}?
write a birthday poem for my colleague {G}
translate this mail to {P} from {O} into French
`),
  de: lines(String.raw`
Liebe Grüße\n{G}
Liebe Grüße aus {C}\n{G}
Herzliche Grüße\n{P}
Beste Grüße, {P}
mein chef {G} will den bericht bis {tag}
hi ich bin {G} aus der buchhaltung
meine kollegin {G} ist im urlaub
Ich habe mit {S} gesprochen.
{S} sagte am {tag}, man werde die Entscheidung prüfen.
Das betonte {S}.
Für {S} ist das kein Problem.
{S} spielte in der Mannschaft von {S}.
Nach dem Tod von {S} wurde {S} sein Nachfolger.
Vorname;Nachname;Ort\n{G};{S};{C}\n{G};{S};{C}
Bitte schreibe eine Mail an Frau Dr. {S} von der {O} in {C}.
{S} {tut}.
{P} {tut}.
{G} {tut}.
Am {tag} {tut2} {S} in {C}.
Später {tut2} {P} den Preis der Stadt {C}.
Im Jahr 1998 {tut2} {S} nach {N}.
Damit {tut2} {S} gegen {S}.
„Das ist richtig“, sagte {S}.
"Wir sind zufrieden", so {P}.
Präsident {S} und Ministerin {S} trafen sich in {C}.
Die Familie {S} stammt aus {C}.
Das Buch von {S} erschien in {C}.
{S}s Bruder lebt in {N}.
Mit {S}, {S} und {S} kamen drei neue Spieler.
Der von {S} gegründete Verein spielt in {C}.
Hallo {G}, kannst du mir bitte bis {tag} die Folien schicken? Danke, {G}
Sehr geehrter Herr {S},\n\nvielen Dank für Ihre Anfrage vom {tag}.\n\nMit freundlichen Grüßen\n{P}\n{O}
Sehr geehrte Frau {S}, anbei erhalten Sie die Rechnung {id}.
Sehr geehrte Frau Dr. {S}, der Befund von {P} liegt vor.
Liebe {G}, lieber {G},
Ich heiße {P} und wohne in {C}.
ich heiße {P} und wohne in {C}
mein name ist {P}, ich arbeite bei {O}
Name: {P}\nAnschrift: {A}\nTelefon: {phone}
Vorname: {G}\nNachname: {S}\nOrt: {C}\nLand: {N}
Kunde: {S}, {G}\nStraße: {B}\nOrt: {C}
{"name": "{P}", "ort": "{C}", "firma": "{O}"}
Name;Ort;Firma\n{P};{C};{O}\n{P};{C};{O}
Teilnehmer: {P}, {P}, {P}
Protokoll: {P} berichtet über das Projekt mit der {O}.
Bitte schreibe eine Antwort an {P} von der {O}.
Die {O} mit Sitz in {C} stellt Maschinen her.
Der Vertrag zwischen der {O} und {P} beginnt am {tag}.
{P} arbeitet seit 2015 bei der {O} in {C}.
{P} wurde in {C} geboren und lebt heute in {N}.
Der Patient {P}, {age} Jahre, wohnhaft {A}, wurde am {tag} aufgenommen.
Frau {P} ist seit {tag} krankgeschrieben.
Herr {S} hat angerufen.
Wer vertritt {G} in der nächsten Woche?
{G} und {G} fahren nach {C}.
Lieferadresse:\n{P}\n{A}
Wir sind umgezogen: {A}
Bitte liefern Sie an {A}.
Mit freundlichen Grüßen\n{P}
Viele Grüße\n{G}
LG {G}
kannst du {G} fragen ob das passt
hab gestern {P} getroffen
fliege am {tag} von {C} nach {C}
Wie ist das Wetter in {C}?
Der Zug nach {C} fährt um neun Uhr in {C} ab.
{P}, Geschäftsführer der {O}, sagte am {tag} in {C}, die Lage sei gut.
Nach Angaben von {P} wird das Werk in {C} geschlossen.
Bundeskanzler {S} reiste nach {N}.
Der Schauspieler {P} spielt die Hauptrolle.
Das Spiel gewann {S} gegen {S}.
Trainer {P} wechselt zum {O}.
Die Stadt {C} in {N} hat viele Einwohner.
In {C}, {C} und {C} gibt es Filialen.
Die Universität und die {O} arbeiten zusammen.
Antrag von {P} auf Elternzeit ab {tag}
Zeugnis für {P}: stets zu unserer vollen Zufriedenheit.
Ansprechpartner: {P}, {phone}
Das Konto von {P} ist gesperrt.
Überweise bitte {sum} an {P}.
[10:32] {P}: Server in {C} ist aus\n[10:33] {P}: schaue ich mir an
1989 veröffentlichte {P} den Roman.
Der Sohn von {P} und {P} studierte in {C}.
Später zog {S} nach {C}.
Das Unternehmen {O} wurde von {P} gegründet.
Laut {O} steigen die Preise.
`),
  fr: lines(String.raw`
Bien à vous,\n{P}
À bientôt,\n{G}
mon chef {G} veut le rapport pour {jour}
prénom;nom;ville\n{G};{S};{C}\n{G};{S};{C}
{S} a déclaré que la décision serait examinée.
Bonjour {G}, peux-tu m'envoyer le dossier avant {jour} ? Merci, {G}
Monsieur {S},\n\nNous vous remercions de votre courrier du {jour}.\n\nCordialement,\n{P}\n{O}
Chère Madame {S}, veuillez trouver ci-joint la facture {id}.
Cher {G},
M. {S} et Mme {S} habitent à {C}.
Je m'appelle {P} et j'habite à {C}.
je m'appelle {P} et je travaille chez {O}
je suis {G}, de {C}
Nom : {P}\nAdresse : {A}\nTéléphone : {phone}
Nom : {S}\nPrénom : {G}\nVille : {C}\nPays : {N}
{"nom": "{P}", "ville": "{C}", "société": "{O}"}
nom;ville;société\n{P};{C};{O}\n{P};{C};{O}
Participants : {P}, {P} et {P}
Rédige une réponse à {P} de la société {O}.
La société {O}, dont le siège est à {C}, fabrique des machines.
Le contrat entre {O} et {P} commence le {jour}.
{P} travaille chez {O} à {C} depuis 2015.
{P} est né à {C} et vit en {N}.
Le patient {P}, {age} ans, demeurant {A}, a été admis le {jour}.
Mme {P} est en arrêt depuis {jour}.
Livrer à :\n{P}\n{A}
Notre bureau se trouve au {A}.
Cordialement,\n{P}
Bises, {G}
tu peux demander à {G} ?
j'ai vu {P} hier
vol de {C} à {C} le {jour}
Quel temps fait-il à {C} ?
Selon {P}, l'usine de {C} va fermer.
Le ministre {P} s'est rendu en {N}.
Le film de {P} avec {P}
{P}, directeur de {O}, a déclaré {jour} à {C} que tout va bien.
Contact : {P}, {phone}
Le compte de {P} est bloqué.
Virement de {sum} à {P}
Compte rendu : {G} présente le budget, {G} prend des notes.
{C}, {C} et {C} sont de grandes villes.
`),
  es: lines(String.raw`
Saludos,\n{G}
mi jefe {G} quiere el informe para el {dia}
nombre;apellido;ciudad\n{G};{S};{C}\n{G};{S};{C}
{S} dijo que se revisará la decisión.
Hola {G}, ¿me puedes enviar el informe antes del {dia}? Gracias, {G}
Estimado Sr. {S}:\n\nGracias por su carta del {dia}.\n\nAtentamente,\n{P}\n{O}
Estimada Sra. {S}, le adjunto la factura {id}.
Querida {G}:
Me llamo {P} y vivo en {C}.
me llamo {P} y trabajo en {O}
soy {G}, de {C}
Nombre: {P}\nDirección: {A}\nTeléfono: {phone}
Nombre: {G}\nApellidos: {S}\nLocalidad: {C}\nPaís: {N}
{"nombre": "{P}", "ciudad": "{C}", "empresa": "{O}"}
nombre;ciudad;empresa\n{P};{C};{O}\n{P};{C};{O}
Asistentes: {P}, {P} y {P}
Redacta una respuesta a {P} de {O}.
La empresa {O}, con sede en {C}, fabrica máquinas.
El contrato entre {O} y {P} empieza el {dia}.
{P} trabaja en {O} en {C} desde 2015.
{P} nació en {C} y vive en {N}.
El paciente {P}, de {age} años, con domicilio en {A}, ingresó el {dia}.
D. {P} y Dña. {P} firman el contrato en {C}.
Doctora {P}, especialista en cardiología
Enviar a:\n{P}\n{A}
Nuestra oficina está en {A}.
Un saludo,\n{P}
Besos, {G}
¿puedes preguntar a {G}?
ayer vi a {P}
vuelo de {C} a {C} el {dia}
¿Qué tiempo hace en {C}?
Según {P}, la fábrica de {C} va a cerrar.
El ministro {P} viajó a {N}.
{P}, director de {O}, dijo el {dia} en {C} que todo va bien.
Contacto: {P}, {phone}
La cuenta de {P} está bloqueada.
Transferir {sum} a {P}
{C}, {C} y {C} son ciudades grandes.
`),
  nl: lines(String.raw`
Groeten,\n{G}
mijn baas {G} wil het rapport voor {dag}
voornaam;achternaam;plaats\n{G};{S};{C}\n{G};{S};{C}
{S} zei dat het besluit wordt bekeken.
Hoi {G}, kun je me de stukken voor {dag} sturen? Bedankt, {G}
Geachte heer {S},\n\nDank voor uw brief van {dag}.\n\nMet vriendelijke groet,\n{P}\n{O}
Geachte mevrouw {S}, hierbij ontvangt u factuur {id}.
Beste {G},
Lieve {G},
Ik heet {P} en woon in {C}.
ik heet {P} en werk bij {O}
mijn naam is {P}, ik kom uit {C}
Naam: {P}\nAdres: {A}\nTelefoon: {phone}
Voornaam: {G}\nAchternaam: {S}\nPlaats: {C}\nLand: {N}
{"naam": "{P}", "plaats": "{C}", "bedrijf": "{O}"}
naam;plaats;bedrijf\n{P};{C};{O}\n{P};{C};{O}
Aanwezig: {P}, {P} en {P}
Schrijf een antwoord aan {P} van {O}.
Het bedrijf {O} uit {C} maakt machines.
De overeenkomst tussen {O} en {P} begint op {dag}.
{P} werkt sinds 2015 bij {O} in {C}.
{P} is geboren in {C} en woont in {N}.
Patiënt {P}, {age} jaar, wonende {A}, werd opgenomen op {dag}.
Mevrouw {P} is ziek sinds {dag}.
Bezorgen bij:\n{P}\n{A}
Ons kantoor is gevestigd aan de {A}.
Met vriendelijke groet,\n{P}
Groetjes, {G}
kun je {G} even bellen
gisteren {P} gesproken
vlucht van {C} naar {C} op {dag}
Hoe is het weer in {C}?
Volgens {P} gaat de fabriek in {C} dicht.
Minister {S} reisde naar {N}.
{P}, directeur van {O}, zei {dag} in {C} dat het goed gaat.
Contactpersoon: {P}, {phone}
Het account van {P} is geblokkeerd.
Maak {sum} over aan {P}.
{C}, {C} en {C} zijn grote steden.
`),
  pt: lines(String.raw`
Abraços,\n{G}
meu chefe {G} quer o relatório até {data}
nome;apelido;cidade\n{G};{S};{C}\n{G};{S};{C}
{S} disse que a decisão será revista.
Olá {G}, podes enviar-me o relatório até {data}? Obrigada, {G}
Oi {G}, tudo bem? Aqui é o {G} da {O}
Caro Sr. {S},\n\nObrigado pela sua carta de {data}.\n\nAtenciosamente,\n{P}\n{O}
Prezada Sra. {S}, segue em anexo a fatura {id}.
Querida {G},
Chamo-me {P} e moro em {C}.
meu nome é {P} e trabalho na {O}
sou a {G}, de {C}
Nome: {P}\nEndereço: {A}\nTelefone: {phone}
Nome: {G}\nApelido: {S}\nCidade: {C}\nPaís: {N}
{"nome": "{P}", "cidade": "{C}", "empresa": "{O}"}
nome;cidade;empresa\n{P};{C};{O}\n{P};{C};{O}
Presentes: {P}, {P} e {P}
Escreva uma resposta para {P} da {O}.
A empresa {O}, com sede em {C}, fabrica máquinas.
O contrato entre a {O} e {P} começa em {data}.
{P} trabalha na {O} em {C} desde 2015.
{P} nasceu em {C} e vive em {N}.
O paciente {P}, de {age} anos, residente em {A}, foi internado em {data}.
Dra. {P}, especialista em cardiologia
Entregar a:\n{P}\n{A}
O nosso escritório fica na {A}.
Atenciosamente,\n{P}
Beijos, {G}
pode perguntar para {G}?
ontem vi {P}
voo de {C} para {C} em {data}
Como está o tempo em {C}?
Segundo {P}, a fábrica de {C} vai fechar.
O ministro {P} viajou para {N}.
{P}, diretor da {O}, disse em {C} que está tudo bem.
Contacto: {P}, {phone}
A conta de {P} está bloqueada.
Transferir {sum} para {P}
{C}, {C} e {C} são cidades grandes.
`),
}
