/** Points in time as files spell them, into seconds since 1970: numbers, and dates in the manner of ISO 8601. */
import { TIME_MAX } from './ratings-file.ts';

const DATES = '1997-09-24 or 1997-09-24T18:30:00Z';
/** What is understood, for messages. */
export const TIME_EXPECTED = `seconds since 1970 from 0 to ${TIME_MAX}, or a date such as ${DATES}`;

const NUMBER = /^\d+(\.\d+)?(e\+?\d+)?$/i;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):?(\d\d))?)?$/i;

const DAYS_BEFORE_MONTH: readonly number[] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_OF_MONTH: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Undefined for what is no time, and for times before 1970 or after the most that is understood. Dates without a zone
 * are UTC.
 */
export function secondsOf(cell: string): number | undefined {
  const text = cell.trim();
  const seconds = NUMBER.test(text) ? Number(text) : secondsOfDate(text);
  return seconds !== undefined && seconds >= 0 && seconds <= TIME_MAX ? seconds : undefined;
}

function secondsOfDate(text: string): number | undefined {
  const found = DATE.exec(text);
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const [fraction, sign, zoneHours, zoneMinutes] = [
    Number(found[7] ?? 0),
    found[8] === '-' ? -1 : 1,
    Number(found[9] ?? 0),
    Number(found[10] ?? 0),
  ];
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > daysOf(year, month) ||
    hour > 23 ||
    minute > 59 ||
    second > 60 ||
    zoneHours > 23 ||
    zoneMinutes > 59
  )
    return undefined;
  return (
    ((dayNumber(year, month, day) * 24 + hour - sign * zoneHours) * 60 + minute - sign * zoneMinutes) * 60 +
    second +
    fraction
  );
}

/** Days since 1970-01-01 in the Gregorian calendar. */
function dayNumber(year: number, month: number, day: number): number {
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  return (
    365 * (year - 1970) +
    leapYearsBefore(year) -
    leapYearsBefore(1970) +
    (DAYS_BEFORE_MONTH[month - 1] as number) +
    leapDay +
    day -
    1
  );
}

function leapYearsBefore(year: number): number {
  const last = year - 1;
  return Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400);
}

function daysOf(year: number, month: number): number {
  return (DAYS_OF_MONTH[month - 1] as number) + (month === 2 && isLeap(year) ? 1 : 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
