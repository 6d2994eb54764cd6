/**
 * Documents that are made from the code: the reference of events. UPDATE_DOCS=1 writes them; without
 * it they are compared, so that they cannot go stale.
 */
import { expect, test } from '@jest/globals';
import { CAUSE_ROLES, eventCatalogue, groundsField } from '@rashomon/kernel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const reference = join(import.meta.dirname, '..', '..', '..', 'docs', 'events.md');

test('docs/events.md says what the catalogue says', () => {
  const generated = eventReference();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(reference, generated);
  expect(readFileSync(reference, 'utf8')).toBe(generated);
});

function eventReference(): string {
  const lines = [
    '# Events',
    '',
    'Every type of event that a log can hold, made from `packages/kernel/src/events` ' +
      'by `UPDATE_DOCS=1 npm run -s jest -- events-reference`.',
    'An event is `{ position, round, agent, type, version, data, causes }`; ' +
      '`agent` is null for the system, `causes` are `{ role, position, weight? }`',
    `with a role from: ${CAUSE_ROLES.join(', ')}. Numbers in thousandths have at most three decimals.`,
    '',
  ];
  for (const [type, { code, version, about, data }] of Object.entries(eventCatalogue)) {
    lines.push(`## ${type}`, '', `${about} (code ${code}, version ${version})`, '', '| member | value |', '|---|---|');
    for (const [member, field] of Object.entries(data.shape))
      lines.push(`| \`${member}\` | ${field === groundsField ? '[grounds](#grounds)' : tidy(field.kind)} |`);
    lines.push('');
  }
  lines.push(
    '## Grounds',
    '',
    'Why a decision fell so. A term holds one number per option, in utility units; ' +
      'the mind names its terms and leaves out those that are all zeros.',
    '',
  );
  lines.push(
    'The option with the largest sum was taken, the first of equals. ' +
      'Options below 0 are actions, see `ACTION` in `events/grounds.ts`.',
    '',
  );
  lines.push('| member | value |', '|---|---|');
  for (const [member, field] of Object.entries(groundsField.shape)) lines.push(`| \`${member}\` | ${field.kind} |`);
  return `${lines.join('\n')}\n`;
}

/** A kind inside a table cell. */
function tidy(kind: string): string {
  return kind.replaceAll('|', '\\|');
}
