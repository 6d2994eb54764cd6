/** Contacts from the ties of a data set: each user knows whom its own ties lead to, by id. */
import { type Contact, type Dataset, type Fault, milli } from '@rashomon/kernel';

/**
 * Every user's contacts in order of id. Of several ties between the same two the closest counts.
 * @param taken users that become agents; ties to others of the source are left out
 * @param faults collects ties of or to unknown users, ties to oneself, and closeness out of range
 */
export function contactsFromTies(
  { ties, users }: Dataset,
  taken: ReadonlySet<number>,
  faults: Fault[],
): ReadonlyMap<number, readonly Contact[]> {
  const known = new Set(users.map((user) => user.id));
  const contacts = new Map<number, Map<number, Contact>>();
  ties.forEach(({ closeness, from, relation, to }, row) => {
    const before = faults.length;
    if (!known.has(from)) faults.push({ path: `ties[${row}].from`, value: from, expected: 'the id of a user' });
    if (!known.has(to)) faults.push({ path: `ties[${row}].to`, value: to, expected: 'the id of a user' });
    if (from === to) faults.push({ path: `ties[${row}].to`, value: to, expected: 'somebody else' });
    if (!(closeness >= 0 && closeness <= 1))
      faults.push({ path: `ties[${row}].closeness`, value: closeness, expected: '0 to 1' });
    if (faults.length > before || !taken.has(from) || !taken.has(to)) return;
    const own = contacts.get(from) ?? new Map<number, Contact>();
    contacts.set(from, own);
    const other = own.get(to);
    if (other === undefined || other.closeness < closeness)
      own.set(to, { agent: to, relation, closeness: milli(closeness) });
  });
  return new Map([...contacts].map(([from, own]) => [from, [...own.values()].sort((a, b) => a.agent - b.agent)]));
}
