/** Texts without a name in them, with capital letters where names could be. Written by hand for this purpose. */
export const plainTexts: readonly string[] = String.raw`
Write a Python function that reads a CSV file and returns a list of dictionaries.
Summarise the Quarterly Report in three bullet points.
Can you explain the difference between TCP and UDP?
Dear Sir or Madam,\n\nThank you for your interest.\n\nKind regards,\nThe Support Team
Best regards,\nCustomer Service
Please review the attached Non-Disclosure Agreement and the Master Services Agreement.
The Board of Directors met on Monday, 12 March.
Terms and Conditions apply. See Section 4.2 of the Agreement.
Q3 Revenue grew 12% while Operating Expenses fell.
README\n\nInstallation\n\nRun npm install and then npm start.
Error: Cannot read properties of undefined (reading 'map')
TypeError: Object of type Decimal is not JSON serializable
SELECT id, name FROM customers WHERE created_at > '2024-01-01' ORDER BY name;
const total = items.reduce((sum, item) => sum + item.price, 0)
{"status": "active", "type": "Invoice", "currency": "EUR", "items": []}
2024-05-01 12:00:03 INFO Server started on port 8080
2024-05-01 12:00:04 WARN Connection Pool exhausted, retrying
GET /api/v1/users HTTP/1.1\nHost: api.example.com\nAccept: application/json
Happy Birthday! Have a Great Day
Good Morning everyone, the Daily Standup starts at ten.
The Annual General Meeting will be held in the Main Hall on Friday.
Privacy Policy | Cookie Settings | Imprint
Name,Quantity,Price\nBlue Pen,3,1.20\nRed Pen,2,1.20
| Feature | Status |\n|---|---|\n| Login | Done |\n| Search | In Progress |
- Fix Login Bug\n- Update Release Notes\n- Write Unit Tests
Title: How to Bake Bread\nIngredients: Flour, Water, Salt, Yeast
Step 1: Open the Settings. Step 2: Click Save.
Tell me a joke about a Penguin and a Polar Bear.
What is the meaning of Life?
Mom and Dad are coming for Christmas and New Year.
God bless you. Oh my God!
Is the Earth round? Yes, and so are Mars and Venus.
Translate this Sentence into Spanish, please.
The Company shall pay the Supplier within thirty days of the Invoice Date.
The Employee shall keep all Confidential Information secret.
The Borrower and the Lender agree to the Loan Agreement.
Thanks a lot! See you on Thursday.
Hi there, I have a question about my order.
hi all, quick update from the weekly call: the release is on track
can you check this mail for spelling mistakes please
what's a good name for a dog? maybe something short
my flight got cancelled, can i get a refund?
i will call you back tomorrow, thanks and take care
IMPORTANT: READ THIS BEFORE YOU BEGIN
WARNING: HIGH VOLTAGE
FYI, ASAP, TBD, EOD and OOO are common in Mail.
He said Yes. She said No. Both were right.
Machine Learning, Deep Learning and Natural Language Processing
Use Docker, Kubernetes, Java, Python, Excel and Word.
Windows 11, Office 365, iPhone 15, Android 14
English, German, French and Spanish are supported.
The American, the German and the Chinese teams agreed.
Chapter 1. Introduction. Chapter 2. Methods. Chapter 3. Results.
Figure 3 shows the Error Rate. Table 2 lists the Parameters.
Type II Diabetes, Hypertension, Chronic Kidney Disease
Rx: Ibuprofen 400 mg, Paracetamol 500 mg
Payment Method: Credit Card. Delivery: Express.
Subject: Your Invoice for March
Re: Re: Meeting on Tuesday
To Do: Laundry, Groceries, Gym
Lead Developer wanted! Apply Now.
curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json"
region: eu-west-1\nname: production\nversion: 3\nkind: Deployment
Room 12, floor 4, building 3. The meeting is in Room 7.
import { readFileSync } from 'node:fs'\nexport interface Options { readonly Port: number }
Claude, ChatGPT, Copilot and Gemini are assistants.
export const openGateway = async (settings: Settings, clock: Clock): Promise<Gateway> => new Gateway(settings, clock)
public class OrderService extends BaseService implements Runnable { private final Logger logger; }
def parse_invoice(self, path: Path) -> Invoice:\n    return Invoice.from_file(path)
import { Router, Request, Response } from 'express'\nimport { Governance, Snapshot } from './governance.ts'
type Props = { Title: string; Children: ReactNode; Theme: Palette }
func (s *Server) Handle(w http.ResponseWriter, r *http.Request) error { return nil }
Exception in thread "main" java.lang.NullPointerException at com.example.App.main(App.java:14)
FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "main.ts"]
git commit -m "Fix typo" && git push origin main
Providers: Bedrock, Azure, Vertex. Databases: Postgres, Redis, Mongo.
| Name | Type | Default | Description |\n|---|---|---|---|\n| Port | Number | 8080 | Where the Server listens |
The Router passes the Request to the Handler, which returns a Response.
User, Admin, Owner, Reviewer, Auditor and Operator are Roles.
Status: Open. Priority: High. Component: Backend. Sprint: Alpha.
Black Friday Sale: Up to 50% Off
Bitte fasse den folgenden Text in drei Sätzen zusammen.
Der Geschäftsführer informiert den Betriebsrat über die Einführung der Software.
Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre Anfrage.\n\nMit freundlichen Grüßen
Die Rechnung ist innerhalb von dreißig Tagen ohne Abzug fällig.
Der Arbeitnehmer hat Anspruch auf Urlaub. Die Kündigung bedarf der Schriftform.
Im Jahr 2023 stieg der Umsatz, während die Kosten für Personal und Material sanken.
Guten Morgen zusammen, das Protokoll der Sitzung liegt im Ordner.
Schreibe ein Programm, das Zahlen sortiert. Erkläre den Algorithmus.
Am Montag findet die Schulung statt. Die Teilnahme ist Pflicht.
Der Hund, die Katze und die Maus. Der Tisch, der Stuhl und das Fenster.
Welche Vorteile hat die Umstellung auf Strom aus Wind und Sonne?
Die Bundesregierung will das Gesetz zur Förderung der Forschung ändern.
Allgemeine Geschäftsbedingungen, Datenschutz, Impressum
Wie lautet die Formel für die Fläche eines Kreises?
Zutaten: Mehl, Wasser, Salz, Hefe, Butter, Zucker
Résume le texte suivant en trois phrases.
Madame, Monsieur,\n\nNous vous remercions de votre demande.\n\nCordialement
Le Conseil d'administration s'est réuni lundi. La Direction a présenté le budget.
Conditions générales de vente. Mentions légales.
Écris une fonction en Python qui trie une liste.
L'Entreprise et le Client conviennent de ce qui suit.
Bonjour à tous, la réunion commence à dix heures.
Resume el siguiente texto en tres frases.
Estimados señores:\n\nGracias por su interés.\n\nUn cordial saludo
El Consejo de Administración se reunió el lunes.
Escribe una función en Python que ordene una lista.
Buenos días a todos, la reunión empieza a las diez.
El Trabajador y la Empresa acuerdan lo siguiente.
Vat de volgende tekst samen in drie zinnen.
Geachte heer, mevrouw,\n\nDank voor uw bericht.\n\nMet vriendelijke groet
De Raad van Bestuur kwam maandag bijeen.
Schrijf een functie in Python die een lijst sorteert.
Goedemorgen allemaal, de vergadering begint om tien uur.
Resuma o texto seguinte em três frases.
Prezados Senhores,\n\nAgradecemos o seu contacto.\n\nAtenciosamente
O Conselho de Administração reuniu-se na segunda-feira.
Escreva uma função em Python que ordene uma lista.
Bom dia a todos, a reunião começa às dez.
`
  .trim()
  .split('\n')
  .map((line) => line.replaceAll('\\n', '\n'))
