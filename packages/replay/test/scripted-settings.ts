/** Settings of a run whose agents follow a script, at once or through the recorder. */
import type { Settings } from '@rashomon/replay/testing';

const rules = [
  { agents: [0, 1], pages: ['next', { watch: { rank: 2 } }], rate: 5, feeling: 'I would see it again.' },
  { agents: [2], rounds: [1], pages: [{ search: 'metropolis' }, { watch: { rank: 1 } }], rate: 2 },
  { agents: [3], social: { post: { text: 'What shall I watch?', films: [1], liking: [0.5] } } },
  { agents: 'all', rounds: { from: 2, to: 3 }, pages: [{ watch: { rank: 1 } }], rate: 4 },
];

/** @param delay milliseconds that an outside answer takes */
export function scriptedSettings({
  outside,
  delay = 0,
}: {
  readonly outside: boolean;
  readonly delay?: number;
}): Settings {
  return {
    agents: 8,
    rounds: 3,
    'social.degree': 3,
    mind: 'scripted',
    'mind.script': { rules },
    'mind.outside': outside,
    'mind.delay': delay,
  };
}
