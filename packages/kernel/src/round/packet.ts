/** Packets on their way into the log: numbered once it is their turn, and lightened once they are encoded. */
import type { LogEvent } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import { type Grounds, NO_GROUNDS } from '../events/grounds.ts';
import type { Packet, PacketEvent } from '../ports/acting.ts';

/** Causes that have been let go of; nobody adds to them. */
const FORGOTTEN: Cause[] = [];

/** Numbers the events of a packet from position `first` on, in place, and hands them over as events of the log. */
export function numbered({ events }: Packet, first: number): readonly LogEvent[] {
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as PacketEvent;
    event.position = first + i;
    const { causes } = event;
    for (let c = 0; c < causes.length; c++) {
      const cause = causes[c] as Cause;
      if (cause.position < 0) causes[c] = { ...cause, position: first - cause.position - 1 };
    }
  }
  // Sound: a turn adds the data that belongs to the type; encoding checks it.
  return events as unknown as readonly LogEvent[];
}

/**
 * Lets go of the grounds and causes of an event of a packet that has been encoded. Folds do not look at them, and they
 * are most of what a round holds in memory until it closes.
 */
export function forgetReasons(event: LogEvent): void {
  const { data } = event;
  if ('grounds' in data) (data as { grounds: Grounds }).grounds = NO_GROUNDS;
  // Sound: the event is one of a packet.
  (event as PacketEvent).causes = FORGOTTEN;
}
