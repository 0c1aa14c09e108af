import { NATIONAL_IDS } from './national-ids.ts';
import type { ScannerSource } from './scanner.ts';

const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const IPV4 = String.raw`${BYTE}(?:\.${BYTE}){3}`;
/** RFC 4291, section 2.2: eight groups, or fewer around `::`, of which the last two may be written as IPv4. */
const IPV6 = `(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){0,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){1,7}:|::(?:ffff:)?${IPV4}`;
const ADDRESS = String.raw`\[?(?:${IPV4}|${IPV6})\]?(?::\d{1,5})?`;

const MAIL_HOST = String.raw`(?:[a-z]|\d[a-wyz0-9-])[a-z0-9-]*\.(?:[a-z0-9-]+\.)*[a-z]{2,24}\b`;

const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const YEAR = String.raw`(?:19|20)\d\d`;
const MONTH_NAME = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';

/** One line of words, of any script. */
const LINE = String.raw`^[^\d\s@<>{}=][^\n@<>{}=]{0,199}$`;

/** What tells of a person: how to reach them, who they are, where they live. */
export const PERSONAL: readonly ScannerSource[] = [
  {
    id: 'email',
    name: 'E-mail address',
    type: 'email',
    // The first label is no `2x`: `button@2x.png` is an image.
    value: String.raw`(?:^|[^\w.!#$%&'*+/=?^{|}~-])[\w.!#$%&'*+/=?^{|}~-]+@${MAIL_HOST}|[\w.+-]+%40${MAIL_HOST}`,
  },
  ...NATIONAL_IDS,
  {
    id: 'phone-international',
    name: 'Phone number with a country code',
    type: 'phone',
    value: String.raw`^\s*(?:tel:)?(?:\+[1-9](?:[ ./()-]{0,2}\d){6,13}|00[1-9](?:[ ./()-]{0,2}\d){8,13})(?:\s*(?:x|ext\.?)\s*\d{1,6})?\s*$`,
  },
  {
    id: 'phone-north-american',
    name: 'Phone number as in North America',
    type: 'phone',
    value: String.raw`^\s*1?[ .-]?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?:\s*(?:x|ext\.?)\s*\d{1,6})?\s*$`,
  },
  {
    id: 'phone-key',
    name: 'Phone number, by its key',
    type: 'phone',
    keys: [
      ...['phone', 'phone number', 'phone no', 'telephone', 'telephone number', 'mobile', 'mobile number'],
      ...['mobile phone', 'cell', 'cell phone', 'msisdn', 'fax', 'fax number', 'whatsapp', 'tel', 'telefon'],
      ...['telefono', 'handynummer'],
    ],
    value: String.raw`^\s*\+?\(?\d(?:[ ./()-]{0,3}\d){5,14}\s*(?:(?:x|ext\.?)\s*\d{1,6}\s*)?$`,
  },
  {
    id: 'ip-address',
    name: 'IP address, or a list of them',
    type: 'ip_address',
    value: String.raw`^\s*${ADDRESS}(?:\s*,\s*${ADDRESS})*\s*$`,
  },
  {
    id: 'mac-address',
    name: 'MAC address',
    type: 'mac_address',
    value: '^(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})$',
  },
  {
    id: 'imei',
    name: 'IMEI of a device, by its key',
    type: 'imei',
    keys: ['imei', 'imei number', 'device imei'],
    value: String.raw`^\s*\d{2}[- ]?\d{6}[- ]?\d{6}[- ]?\d\s*$`,
    checksum: 'luhn',
  },
  {
    id: 'vin',
    name: 'Vehicle identification number, by its key',
    type: 'vin',
    keys: [
      ...['vin', 'vin number', 'vehicle identification number', 'chassis number', 'fahrgestellnummer', 'fin'],
    ],
    value: String.raw`^\s*[a-hj-npr-z0-9]{17}\s*$`,
  },
  {
    id: 'date-of-birth',
    name: 'Date of birth, by its key',
    type: 'date_of_birth',
    keys: [
      ...['date of birth', 'dob', 'birth date', 'birthdate', 'birthday', 'birth day', 'born', 'born on'],
      ...['bday', 'geburtsdatum', 'geburtstag', 'date de naissance', 'date naissance', 'fecha nacimiento'],
      ...['fecha de nacimiento', 'data di nascita', 'data nascita', 'data nascimento', 'geboortedatum'],
      ...['fodelsedatum'],
    ],
    value: String.raw`^\s*(?:${YEAR}[-/.]?${MONTH}[-/.]?${DAY}(?:t[\d:.+-]+z?)?|${DAY}[-/. ]${MONTH}[-/. ](?:${YEAR}|\d\d)|${MONTH}[-/]${DAY}[-/](?:${YEAR}|\d\d)|${DAY}\.? ${MONTH_NAME} ${YEAR}|${MONTH_NAME} ${DAY},? ${YEAR})\s*$`,
  },
  {
    id: 'person-name',
    name: "A person's name, by its key",
    type: 'name',
    keys: [
      ...['first name', 'last name', 'given name', 'family name', 'full name', 'middle name', 'maiden name'],
      ...['surname', 'forename', 'fname', 'lname', 'display name', 'contact name', 'customer name'],
      ...['cardholder', 'cardholder name', 'card holder', 'name on card', 'account holder', 'recipient name'],
      ...['mothers maiden name', 'vorname', 'nachname', 'prenom', 'nom de famille', 'nombre', 'apellido'],
      ...['apellidos', 'cognome', 'achternaam', 'voornaam', 'sobrenome'],
    ],
    value: LINE,
  },
  {
    id: 'postal-address',
    name: 'Postal address, by its key',
    type: 'address',
    keys: [
      ...['address', 'address line', 'street', 'street address', 'street name', 'home address'],
      ...['mailing address', 'postal address', 'shipping address', 'delivery address', 'billing address'],
      ...['residential address', 'addr', 'strasse', 'straße', 'anschrift', 'rue', 'adresse', 'direccion'],
      ...['indirizzo', 'endereco', 'adres'],
    ],
    value: String.raw`^\s*(?:[^\s@<>{}=:/\\]+[ ,\n]+)+[^\s@<>{}=:\\]+\s*$`,
  },
  {
    id: 'postal-code',
    name: 'Postal code, by its key',
    type: 'zipcode',
    keys: [
      ...['zip', 'zip code', 'zipcode', 'postal code', 'postcode', 'post code', 'plz', 'postleitzahl'],
      ...['code postal', 'cep', 'cap', 'eircode'],
    ],
    value: String.raw`^\s*(?:[a-z]{1,2}-?)?\d{3,5}(?:[- ]?\d{2,4})?(?: ?[a-z]{2})?\s*$|^\s*[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\s*$|^\s*[a-z]\d[a-z][ -]?\d[a-z]\d\s*$|^\s*[a-z]\d{2} ?[a-z0-9]{4}\s*$`,
  },
  {
    id: 'location',
    name: 'Geographic coordinates, by their key',
    type: 'location',
    keys: [
      ...['latitude', 'longitude', 'lat', 'lng', 'lon', 'long', 'latlng', 'coordinates', 'geo'],
      ...['geolocation', 'gps'],
    ],
    value: String.raw`^\s*-?\d{1,3}\.\d{2,}(?:\s*[,;]\s*-?\d{1,3}\.\d{2,})?\s*$`,
  },
];
