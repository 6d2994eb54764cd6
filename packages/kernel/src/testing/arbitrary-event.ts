/** Events of any type with whatever data its schema allows: for properties of their bytes. */
import fc from 'fast-check';
import { eventCatalogue, type EventType, type LogEvent } from '../events/catalogue.ts';
import { CAUSE_ROLES, type Cause } from '../events/causes.ts';
import { arbitraryValue } from './store-values.ts';

const arbitraryCause = fc.record({
  role: fc.constantFrom(...CAUSE_ROLES),
  back: fc.nat(1_000_000_000),
  weight: fc.option(fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000 + 0)),
});

/** An event of the type, with causes that lie before it, some of them weighed. */
export function arbitraryEvent(type: EventType): fc.Arbitrary<LogEvent> {
  const { data, version } = eventCatalogue[type];
  return fc
    .record({
      position: fc.integer({ min: 1, max: 1_000_000_000 }),
      round: fc.nat(67_108_863),
      agent: fc.option(fc.nat(0xffffffff)),
      data: arbitraryValue(data.schema),
      causes: fc.array(arbitraryCause, { maxLength: 4 }),
    })
    .map(({ position, causes, ...event }) => {
      const before = causes.map(({ role, back, weight }): Cause => {
        const at = position - 1 - (back % position);
        return weight === null ? { role, position: at } : { role, position: at, weight };
      });
      // Sound: the data is made from the type's own schema.
      return { ...event, position, type, version, causes: before } as unknown as LogEvent;
    });
}
